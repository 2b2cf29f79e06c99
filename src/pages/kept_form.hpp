// SPDX-License-Identifier: Apache-2.0
#pragma once
// The page that sends a form again which was kept over a sign-in: by itself, once, with a button for browsers
// without script.

#include "http/head.hpp"
#include "pages/page.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sekisho::pages
{

enum class kept_form_begins : std::uint8_t
{
    by_itself,
    when_asked, // the button is pressed
};

struct kept_form_field
{
    std::string name;
    std::string value;
    bool is_empty_file = false; // a file field in which nothing was chosen
};

struct kept_form
{
    std::string action; // an address of our own host
    bool is_multipart = false;
    std::vector<kept_form_field> fields{};
    kept_form_begins begins = kept_form_begins::by_itself;
};

// 200. All text of fields is UTF-8 without NUL.
http::response kept_form_page(const setting& with, const kept_form& form);

// The page's script, byte for byte what the hash in its security policy is of.
std::string_view kept_form_script();

} // namespace sekisho::pages

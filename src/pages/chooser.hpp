// SPDX-License-Identifier: Apache-2.0
#pragma once
// The page on which a person chooses where to sign in: links and one form, no script. With "keep me signed
// in" it is all one form.

#include "http/head.hpp"
#include "pages/page.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sekisho::pages
{

// One way to sign in.
struct way
{
    std::string label;
    std::string logo;       // as logo_address makes it; empty: none
    std::string url;        // an address of ours
    std::string provider{}; // its name, sent as `idp` where keeping is offered
};

enum class address_fault : std::uint8_t
{
    none,
    unknown_domain,
    malformed,
};

enum class first_way : std::uint8_t
{
    like_the_others,
    of_last_time, // shown above the others
};

// Whether people may wish to be kept signed in.
enum class keeping : std::uint8_t
{
    not_offered,
    offered,
    chosen, // the box is ticked already
};

struct chooser
{
    std::vector<way> ways; // in their order; may be empty when an address is asked for
    first_way first = first_way::like_the_others;
    std::string address_action{}; // where the form with the e-mail address goes; empty: none is asked for
    std::vector<std::pair<std::string, std::string>> hidden_fields{};
    std::string address{}; // what was typed the last time
    address_fault fault = address_fault::none;
    std::string form_targets{}; // further CSP sources of form-action, as of sign_out_form
    // Offered: the page is one form, sent to `action` with the hidden fields, and its ways are buttons.
    keeping keeps = keeping::not_offered;
    std::string action{};
};

// 200. Images are allowed by its policy only when a way has one, and only as data.
http::response chooser_page(const setting& with, const chooser& what);

} // namespace sekisho::pages

// SPDX-License-Identifier: Apache-2.0
#pragma once
// The one frame of all pages: markup, style, and the security policy that belongs to them.

#include "http/head.hpp"
#include "pages/page.hpp"
#include "pages/template.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::pages
{

enum class images : std::uint8_t
{
    none,
    as_data, // within the page itself
};

enum class forms : std::uint8_t
{
    none,
    to_us,
};

// What stands in the frame. Empty texts are left out.
struct content
{
    int status = 200;
    std::string_view title{};
    std::string_view text{};
    std::string_view advice{};
    std::string_view note{};     // a further sentence under the advice
    std::string_view main_url{}; // the button, a link
    std::string_view main_label{};
    std::string_view second_url{}; // the quieter link beside it
    std::string_view second_label{};
    std::string_view error_code{};
    std::string_view refresh_url{};      // goes there by itself
    const sign_out_form* form = nullptr; // instead of the button
    std::string_view form_label{};

    // A page's own part between the words and the button: a template of ours and what fills it.
    std::string_view part{};
    const template_values* part_values = nullptr;
    images shows = images::none;
    forms sends = forms::none;
    std::string_view form_targets{}; // further sources of form-action, with forms::to_us
    std::string_view script_hash{};  // of the one script in `part`, as a policy has it; empty: no script runs
};

// The page with all its fields: Content-Type, Content-Language, CSP, no-store and the rest.
http::response lay_out(const setting& with, const content& what);

// The inline style sheet, byte for byte what the hash in the security policy is of.
std::string_view style_sheet();

} // namespace sekisho::pages

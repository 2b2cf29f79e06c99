// SPDX-License-Identifier: Apache-2.0
#pragma once
// The one frame of all pages: markup, style, and the security policy that belongs to them.

#include "http/head.hpp"
#include "pages/page.hpp"
#include "pages/template.hpp"

#include <string>
#include <string_view>

namespace sekisho::pages
{

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
};

// The page with all its fields: Content-Type, Content-Language, CSP, no-store and the rest.
http::response lay_out(const setting& with, const content& what);

// The inline style sheet, byte for byte what the hash in the security policy is of.
std::string_view style_sheet();

} // namespace sekisho::pages

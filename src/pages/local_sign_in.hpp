// SPDX-License-Identifier: Apache-2.0
#pragma once
// The page on which the temporary password of local.restore is typed: one form, no script.

#include "http/head.hpp"
#include "pages/page.hpp"

#include <string>
#include <string_view>

namespace sekisho::pages
{

struct local_form
{
    std::string_view action{}; // an address of ours
    std::string_view token{};  // of the form, sent back with it
};

// 200. The form posts `form` and `password`.
http::response local_sign_in_page(const setting& with, const local_form& form);

} // namespace sekisho::pages

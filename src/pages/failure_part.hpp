// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an administrator reads about a failure, on the test page and on error pages: the code, exactly what
// was found, what lies behind it and what to do.

#include "base/error.hpp"
#include "pages/language.hpp"
#include "pages/template.hpp"

#include <string_view>

namespace sekisho::pages
{

// Stands on a page with layout's frame; empty without add_failure().
extern const std::string_view failure_part;

// `failure`: where it failed and what exactly was wrong; without secrets.
void add_failure(template_values& to, errc code, std::string_view failure, language in);

} // namespace sekisho::pages

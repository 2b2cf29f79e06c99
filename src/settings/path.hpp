// SPDX-License-Identifier: Apache-2.0
#pragma once
// Paths as settings write them.

#include <string_view>

namespace sekisho::settings
{

// An absolute path that can be read in one way only: no query, fragment, percent escape, backslash, white
// space, "*", dot segment or empty segment (one "/" at the end may be).
bool is_plain_path(std::string_view path);

// A plain path, or one that ends in "/*".
bool is_path_pattern(std::string_view pattern);

} // namespace sekisho::settings

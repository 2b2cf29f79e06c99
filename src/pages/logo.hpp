// SPDX-License-Identifier: Apache-2.0
#pragma once
// Images of our pages come with the page: nothing is loaded from anywhere, so that the security policy can
// say so.

#include "base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace sekisho::pages
{

inline constexpr std::size_t largest_logo = 32 * 1024; // bytes of the file

// The bytes of a PNG, JPEG, GIF, WebP or SVG file as "data:image/…;base64,…". Errors: value_malformed for
// any other content, value_too_large; the detail says what to do.
result<std::string> logo_address(std::string_view file);

} // namespace sekisho::pages

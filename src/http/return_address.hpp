// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where a person may be sent back to: our own host, whatever the address that was asked for pretends to be.

#include "base/url.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace sekisho::http
{

inline constexpr std::size_t longest_return_address = 4096; // bytes

// The path, query and fragment of `candidate`, byte for byte, if it is a path on our host or an absolute URL
// of `public_origin`; "/" for everything else. The result starts with exactly one "/" and never leaves our
// host, however a browser or an application decodes it.
std::string safe_return_address(std::string_view candidate, const url& public_origin);

} // namespace sekisho::http

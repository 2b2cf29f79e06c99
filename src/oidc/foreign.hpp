// SPDX-License-Identifier: Apache-2.0
#pragma once
// Texts of a peer inside our error details: short, in quotes, without anything that could forge a log line.

#include "base/result.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::oidc
{

// The text in double quotes; bytes that are not printable ASCII, quotes and backslashes become "?", and what
// exceeds the limit (bytes) becomes "…".
std::string in_quotes(std::string_view foreign, std::size_t limit = 200);

// Several of them, with commas between; after the first eight only how many more there are. "none" when there
// are none.
std::string in_quotes(std::span<const std::string> foreign);

// An OAuth error code as it may appear in a detail: the characters of RFC 6749 4.1.2.1, at most 64 of them;
// anything else becomes "(unprintable)".
std::string error_name(std::string_view foreign);

// The same failure under another code, at a place of ours.
std::unexpected<error> translated(const error& failure, errc code, std::string_view where);

} // namespace sekisho::oidc

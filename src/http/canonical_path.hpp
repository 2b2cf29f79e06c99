// SPDX-License-Identifier: Apache-2.0
#pragma once
// The steps that make a path canonical; http/target.hpp is what uses them.

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::http
{

// What to do with "%2F" and "%5C" in a path, which some applications decode and some do not.
enum class encoded_slash : std::uint8_t
{
    refuse,
    keep, // left as they are, still encoded
};

struct path_scan
{
    std::size_t path_size = 0; // up to "?" or the end
    bool is_canonical = true;
    std::string_view problem; // why it is refused; empty: it is not
};

// Looks at a target's path once. `text` starts with "/".
path_scan scan_path(std::string_view text, encoded_slash slashes) noexcept;

// Whether only printable ASCII without "#" is in it.
bool is_target_text(std::string_view text) noexcept;

// A path that scan_path() has accepted, with unreserved characters decoded, other escapes in upper case (RFC
// 3986, 6.2.2.1 and 6.2.2.2) and dot segments removed (RFC 3986, 5.2.4). Error: request_target_ambiguous for
// climbing above the root and for what only shows after decoding.
result<std::string> normalized_path(std::string_view path);

} // namespace sekisho::http

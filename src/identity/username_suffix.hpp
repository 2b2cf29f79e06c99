// SPDX-License-Identifier: Apache-2.0
#pragma once
// What keeps two people from sharing a user name: a few characters of who they are behind it.

#include <cstddef>
#include <string>
#include <string_view>

namespace sekisho::identity
{

inline constexpr std::size_t username_suffix_size = 9; // bytes, the underscore included

// "_" and eight characters (a to z, 2 to 7) of the SHA-256 of both: the same for one person at every sign-in.
// 40 bits, so that two people of one name have one suffix once in a million million times; the key of a
// person is issuer and subject nevertheless.
std::string username_suffix(std::string_view issuer, std::string_view subject);

// The name, cut where both would be longer than `most` bytes (at the beginning of a character), and the
// suffix, whole. An empty name stays empty.
std::string with_suffix(std::string_view name, std::string_view suffix, std::size_t most);

} // namespace sekisho::identity

// SPDX-License-Identifier: Apache-2.0
#pragma once
// SHA-2, HMAC, HKDF and comparison in constant time.

#include "base/encoding.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace sekisho::crypto
{

enum class digest
{
    sha256,
    sha384,
    sha512,
};

bytes hash(digest algorithm, byte_view data);
bytes hmac(digest algorithm, byte_view key, byte_view data);
// For one-time codes of authenticator apps, most of which know nothing else (RFC 6238).
bytes hmac_sha1(byte_view key, byte_view data);
// HKDF (RFC 5869) with SHA-256, extract and expand; `info` separates the purposes.
std::array<std::byte, 32> derive_key(byte_view secret, std::string_view salt, std::string_view info);
// Takes the same time wherever the two differ; different sizes are unequal.
bool equal_in_constant_time(byte_view left, byte_view right) noexcept;

} // namespace sekisho::crypto

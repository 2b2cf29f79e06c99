// SPDX-License-Identifier: Apache-2.0
#pragma once
// Bytes as text and back. Decoders are strict: what they accept has exactly one spelling.

#include "base/result.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho
{

using bytes = std::vector<std::byte>;
using byte_view = std::span<const std::byte>;

// The bytes of a text, not copied.
byte_view as_bytes(std::string_view text) noexcept;
// Bytes as text, not copied.
std::string_view as_text(byte_view data) noexcept;

// RFC 4648, 5, without padding.
std::string base64url_encode(byte_view data);
// Refuses padding, white space, other alphabets and non-zero trailing bits. Error: value_malformed.
result<bytes> base64url_decode(std::string_view text);

// RFC 4648, 4, with padding (HTTP Basic).
std::string base64_encode(byte_view data);
// Error: value_malformed.
result<bytes> base64_decode(std::string_view text);

// Lower case.
std::string hex_encode(byte_view data);

// RFC 3986: everything but unreserved characters becomes %XX.
std::string percent_encode(std::string_view text);
// Decodes each %XX once; "+" stays. Error: value_malformed for a broken escape.
result<std::string> percent_decode(std::string_view text);

// application/x-www-form-urlencoded: a space is "+".
std::string form_encode(std::string_view text);
// Error: value_malformed for a broken escape.
result<std::string> form_decode(std::string_view text);

// Whether the text is well-formed UTF-8 (no surrogates, no overlong forms).
bool is_utf8(std::string_view text) noexcept;

} // namespace sekisho

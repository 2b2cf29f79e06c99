// SPDX-License-Identifier: Apache-2.0
#pragma once
// How long a message's body is (RFC 9112, 6), strictly: whatever two readers could count differently is an
// error.

#include "base/result.hpp"
#include "http/fields.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace sekisho::http
{

enum class framing_kind : std::uint8_t
{
    none,   // no body
    length, // `length` bytes, may be 0
    chunked,
    until_close, // responses only
};

struct framing
{
    framing_kind kind = framing_kind::none;
    std::uint64_t length = 0; // bytes; for kind `length`
    friend bool operator==(const framing&, const framing&) = default;
};

// A request's body. `version` is 10 or 11. Error: request_malformed for more than one Content-Length (equal
// ones too), a length that is not plain digits, any Transfer-Encoding but exactly one "chunked", both fields,
// or a Transfer-Encoding in HTTP/1.0.
result<framing> request_framing(std::span<const field> fields, int version);

// The body of the answer to a request of that method. Error: upstream_protocol_error, for the same reasons
// and for 1xx and 204 answers that announce a body.
result<framing>
response_framing(std::span<const field> fields, int version, int status, std::string_view request_method);

// A Content-Length: one or more digits below 2^63. Error: value_malformed.
result<std::uint64_t> parse_content_length(std::string_view text);

} // namespace sekisho::http

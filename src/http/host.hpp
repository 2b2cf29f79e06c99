// SPDX-License-Identifier: Apache-2.0
#pragma once
// The Host of a request (RFC 9110, 7.2).

#include "base/result.hpp"
#include "http/fields.hpp"

#include <span>
#include <string_view>

namespace sekisho::http
{

// uri-host [":" port]: a name of letters, digits, "-", "_" and ".", an IPv4 address or an IPv6 address in
// brackets; a port of 1 to 65535.
bool is_host(std::string_view text) noexcept;

// The Host of a request (RFC 9112, 3.2); empty: an HTTP/1.0 request without one.
// Error: request_malformed for none, more than one, or one that is not well-formed.
result<std::string_view> request_host(std::span<const field> fields, int version);

} // namespace sekisho::http

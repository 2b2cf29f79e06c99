// SPDX-License-Identifier: Apache-2.0
#pragma once
// Looks at a head's raw bytes before a parser does, so that nothing depends on how lenient the parser is.

#include "base/result.hpp"
#include "http/fields.hpp"

#include <span>
#include <string_view>

namespace sekisho::http
{

// `head`: the request line up to and with the empty line. Error: request_malformed for bare LF, bare CR, NUL
// and other controls, line folding, white space before a colon, a name that is not a token, a request line
// that is not "method SP target SP HTTP/1.x" (RFC 9112, 2.2, 3, 5.1 and 5.2).
result<void> check_request_head(std::string_view head);

// The same for a status line and its fields. Error: upstream_protocol_error.
result<void> check_response_head(std::string_view head);

// uri-host [":" port]: a name of letters, digits, "-", "_" and ".", an IPv4 address or an IPv6 address in
// brackets; a port of 1 to 65535.
bool is_host(std::string_view text) noexcept;

// The Host of a request (RFC 9112, 3.2); empty: an HTTP/1.0 request without one.
// Error: request_malformed for none, more than one, or one that is not well-formed.
result<std::string_view> request_host(std::span<const field> fields, int version);

} // namespace sekisho::http

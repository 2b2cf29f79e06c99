// SPDX-License-Identifier: Apache-2.0
#pragma once
// Heads of HTTP/1.1 messages, taken apart in one strict pass over bytes that have all arrived. What it gives
// are views into those bytes. Bare LF or CR, NUL and other controls, line folding, white space before a colon
// and names that are no tokens are errors, so that nobody behind us can split a head differently (RFC
// 9112, 2.2, 3, 4, 5.1 and 5.2).

#include "base/result.hpp"
#include "http/fields.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace sekisho::http
{

struct request_line
{
    std::string_view method;
    std::string_view target;
    int version = 11; // 10 or 11
};

struct status_line
{
    int status = 0; // 100 to 999
    std::string_view reason;
    int version = 11;
};

// `head`: up to and with the empty line. Fields are appended to `into`, at most `most_fields`.
// Errors: request_malformed, request_head_too_large (too many fields).
result<request_line>
read_request_head(std::string_view head, std::vector<field>& into, std::size_t most_fields);

// Error: upstream_protocol_error.
result<status_line>
read_response_head(std::string_view head, std::vector<field>& into, std::size_t most_fields);

// Field lines alone, up to and with the empty line: trailers. Errors: value_malformed, value_too_large.
result<void> read_field_lines(std::string_view lines, std::vector<field>& into, std::size_t most_fields);

} // namespace sekisho::http

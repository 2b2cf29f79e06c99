// SPDX-License-Identifier: Apache-2.0
#pragma once
// The Authorization field and the challenges that ask for it (RFC 9110, 11; RFC 7617; RFC 6750).

#include "base/result.hpp"
#include "base/secret.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace sekisho::http
{

// "Bearer abc": a scheme, compared without case, and what follows it; views the field.
struct credentials
{
    std::string_view scheme;
    std::string_view text; // may be empty
};

// Error: value_malformed when there is no scheme.
result<credentials> parse_credentials(std::string_view field_value);

struct basic_credentials
{
    std::string user;
    secret password;
};

// RFC 7617. Error: value_malformed when it is another scheme, not base64, without ":" or with control
// characters.
result<basic_credentials> parse_basic(std::string_view field_value);

// "Basic ..." of a user without ":".
secret basic_authorization(std::string_view user, std::string_view password);

// The token of RFC 6750, 2.1. Error: value_malformed when it is another scheme or not a b64token.
result<std::string_view> parse_bearer(std::string_view field_value);

using challenge_parameter = std::pair<std::string_view, std::string_view>;

// `Bearer realm="sekisho", error="invalid_token"`: names must be tokens, values are quoted.
std::string challenge(std::string_view scheme, std::span<const challenge_parameter> parameters);

// A quoted-string (RFC 9110, 5.6.4); control characters, which it cannot hold, become spaces.
std::string quoted(std::string_view text);

} // namespace sekisho::http

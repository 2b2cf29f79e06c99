// SPDX-License-Identifier: Apache-2.0
#pragma once
// Addresses of a provider: https, unless it is this very machine or plain http was allowed.

#include "base/result.hpp"
#include "base/url.hpp"

#include <cstdint>
#include <string_view>

namespace sekisho::oidc
{

enum class transport : std::uint8_t
{
    https_or_loopback,
    plain_http_allowed, // oidc.allow_http: for tests and closed networks
};

// Error: value_malformed with `where` (a literal), the detail says what is wrong and how to allow plain http.
result<url> parse_address(std::string_view text, transport rule, std::string_view where);

} // namespace sekisho::oidc

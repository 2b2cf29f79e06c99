// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the token endpoint answers (Core 3.1.3.3, RFC 6749 5.1 and 5.2).

#include "base/result.hpp"
#include "base/secret.hpp"
#include "oidc/dpop.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::oidc
{

struct token_response
{
    std::string id_token;                           // not validated yet; empty only after a refresh
    secret access_token;                            // empty: none; of the scheme that was expected
    secret refresh_token;                           // empty: none
    std::optional<std::chrono::seconds> expires_in; // of the access token; saturated to 0 … 10 years
    std::string scope;                              // empty: as requested
};

enum class id_token_need : std::uint8_t
{
    required, // redeeming a code
    optional, // a refresh (Core 12.2)
};

// `content_type` is the field's value, empty when there is none.
// Errors: oidc_code_exchange_failure with the provider's `error`, the status and a hint; a `where` of
// "token_response.invalid_grant" tells a code or refresh token that is used up from everything else.
// oidc_code_exchange_token_missing: a good answer without an ID token.
// An access token of another scheme is refused: one that is good by itself, where it was to be bound to our
// key, is what an attacker would like us to have (RFC 9449, 5).
result<token_response> parse_token_response(
    int status,
    std::string_view content_type,
    std::string_view body,
    id_token_need need,
    token_scheme scheme = token_scheme::bearer
);

// The answer to a refresh (RFC 6749, 6). Errors: oidc_refresh_refused when the provider says that this grant
// is over (`invalid_grant`) or that the person has to come again (Core 3.1.2.6's codes); everything else, all
// of 5xx and 429 whatever they say, is oidc_refresh_failure: nobody is thrown out for it.
result<token_response> parse_refresh_response(
    int status,
    std::string_view content_type,
    std::string_view body,
    token_scheme scheme = token_scheme::bearer
);

} // namespace sekisho::oidc

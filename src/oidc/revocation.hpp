// SPDX-License-Identifier: Apache-2.0
#pragma once
// Token revocation (RFC 7009): what is sent, and what the answer means.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/url.hpp"
#include "oidc/client_authentication.hpp"

#include <cstdint>
#include <string_view>

namespace sekisho::oidc
{

enum class token_hint : std::uint8_t
{
    access_token,
    refresh_token,
};

// RFC 7009, 2.1.
form_request revocation_request(
    const url& revocation_endpoint, const client_credentials& client, const secret& token, token_hint what
);

// RFC 7009, 2.2: every 2xx is good, for tokens too that the provider does not know. Error:
// oidc_revocation_failure with the status and the provider's `error`; a `where` of
// "revocation.unsupported_token_type" is a provider that never revokes tokens of this kind (2.2.1).
result<void> read_revocation(int status, std::string_view body);

} // namespace sekisho::oidc

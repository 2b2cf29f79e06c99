// SPDX-License-Identifier: Apache-2.0
#pragma once
// The claims inside an access token, for providers that say there and nowhere else what somebody may do. It
// is not written for us (RFC 9068, 6), so it proves nothing about who somebody is.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/key.hpp"
#include "oidc/claims.hpp"
#include "oidc/key_set.hpp"

#include <span>

namespace sekisho::oidc
{

// Only of a JWT that a key of the provider signed, under one of these algorithms (symmetric ones never count:
// our own secret signs nothing for others). Issuer, audience and times are another party's to check: a
// provider's access tokens name other issuers than its ID tokens (ADFS, Entra v1). It must have come together
// with the ID token, from the token endpoint or bound by at_hash. Error: value_malformed, at
// unknown_access_token_key when the set has no key that could have signed it (fetch it again); the detail
// reads on from "the access token …".
inline constexpr std::string_view unknown_access_token_key = "access_token.key";
result<claims> read_access_token(
    const secret& access_token, std::span<const crypto::algorithm> allowed, const key_set& keys
);

} // namespace sekisho::oidc

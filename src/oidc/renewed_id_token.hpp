// SPDX-License-Identifier: Apache-2.0
#pragma once
// An ID token that came with refreshed tokens, held against the sign-in that it renews (Core 12.2). What
// every ID token must be is checked before (oidc/id_token).

#include "base/result.hpp"
#include "oidc/claims.hpp"
#include "oidc/names.hpp"

#include <string>

namespace sekisho::oidc
{

// What is known of the person who signed in.
struct renewed_person
{
    std::string issuer; // byte for byte the one of the first ID token; never empty
    oidc::subject subject;
    claims id_token; // of the last one that was kept; none: none is kept
};

// That the claims are about the same person, and newer. `iss` and `sub` must be the same. `iat` must not be
// before the kept token's. A `nonce` should not be there; if it is, it must be the kept token's, and where no
// token is kept it is not looked at: what binds the answer is the refresh token and the TLS connection, a
// nonce only tells sign-ins through a browser apart. `aud` and `azp` are ours, as of every ID token.
// `auth_time` is left to the caller, who goes on with that of the first token whatever this one says: signing
// in again for another application must not look like signing in again here.
// Errors: oidc_refresh_refused for another `iss` or `sub`; oidc_generic_token_failure; oidc_nonce_missing.
result<void> check_renewed(const claims& renewed, const renewed_person& person);

// The claims with `iss` and `sub` of this person, whatever they say themselves.
claims as_person(const claims& known, const renewed_person& person);

} // namespace sekisho::oidc

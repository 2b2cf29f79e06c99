// SPDX-License-Identifier: Apache-2.0
#pragma once
// Validation of a logout token, by which a provider says that somebody signed out there: every check of
// OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6.

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/key.hpp"
#include "oidc/id_token.hpp"
#include "oidc/names.hpp"
#include "oidc/signed_claims.hpp"

#include <chrono>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::oidc
{

struct logout_token
{
    oidc::issuer issuer;   // as the token has it: what `iss` of ID tokens was
    std::string sid;       // which session at the provider; empty: all of the subject's
    oidc::subject subject; // empty: only `sid` says who is meant
    std::string jti;
    time_point good_until; // from then on it is refused anyway: how long its jti has to be remembered
};

// A token without `exp`, which older drafts knew nothing of, is good for what 2.4 recommends.
inline constexpr std::chrono::minutes logout_token_life_without_exp{2};
// A token that was issued longer ago is refused whatever its `exp` says, so that jtis can be forgotten.
inline constexpr std::chrono::minutes longest_logout_token_life{10};

// Error: oidc_generic_token_failure at "logout_token" when it is no JWS or its algorithm is unknown.
result<jwt_header> inspect_logout_token(std::string_view logout_token);

// `where` of a signature that no key made, as oidc::bad_signature.
inline constexpr std::string_view bad_logout_signature = "logout_token.signature";

// `expected` as for the ID tokens of the same provider, whose rules for `iss`, `aud`, `iat`, `exp` and the
// algorithm it has; what belongs to one sign-in (nonce, hashes, max_age) is not looked at. That the jti was
// not seen before is for the caller. Errors: oidc_generic_token_failure, oidc_issuer_mismatch; `where` names
// the claim ("logout_token.events"), never the token.
result<logout_token> validate_logout_token(
    std::string_view text,
    const id_token_expectations& expected,
    std::span<const crypto::verification_key> keys,
    time_point now
);

} // namespace sekisho::oidc

// SPDX-License-Identifier: Apache-2.0
#pragma once
// An authorization response inside a JWT that the provider signed (JARM 1.0): one parameter, `response`,
// whose claims are the parameters.

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/key.hpp"
#include "oidc/id_token.hpp"
#include "oidc/names.hpp"
#include "oidc/signed_claims.hpp"

#include <span>
#include <string>
#include <string_view>

namespace sekisho::oidc
{

// The `response` parameter; empty: there is none, the answer is a plain one. Error: oidc_login_error when
// anything stands beside it, which nobody signed.
result<std::string> response_in(std::span<const parameter> received);

// The `state` that it claims, before anything is verified: only good for finding the sign-in that it may
// belong to. Empty: it has none, or cannot be read.
oidc::state claimed_state(std::string_view jwt);

// Error: oidc_generic_token_failure at "response" when it is no JWS or its algorithm is unknown ("none"
// always is).
result<jwt_header> inspect_response(std::string_view jwt);

// `where` of a signature that no key made, as oidc::bad_signature.
inline constexpr std::string_view bad_response_signature = "response.signature";

// The claims that are texts, `iss` among them, as if they had come as parameters (JARM 2.1 and 2.4).
// `expected` as for the ID tokens of the same provider; what belongs to one sign-in is not looked at. Errors:
// oidc_generic_token_failure, oidc_issuer_mismatch; `where` names the claim ("response.aud").
result<parameters> validate_response(
    std::string_view jwt,
    const id_token_expectations& expected,
    std::span<const crypto::verification_key> keys,
    time_point now
);

} // namespace sekisho::oidc

// SPDX-License-Identifier: Apache-2.0
#pragma once
// A provider's keys inside a JWT that keys known beforehand signed: whoever reaches the provider's address,
// or its TLS key, cannot put keys of their own in (OpenID Federation 1.0, 5.2.1, signed_jwks_uri).

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/key.hpp"
#include "oidc/issuer.hpp"
#include "oidc/key_set.hpp"

#include <chrono>
#include <span>
#include <string_view>

namespace sekisho::oidc
{

struct signed_key_set_expectations
{
    const issuer_setting& issuer; // whose keys they are
    const key_set& signers;       // by whose signature alone they count
    std::span<const crypto::algorithm> algorithms;
    std::chrono::seconds clock_skew;
};

// The set, with its `exp` as expiry(). `iss` and `sub` must name the provider, `iat` must not lie ahead and
// `exp` not behind, each where it is there; `typ` is jwk-set+jwt, JWT or absent. White space around the JWT
// is taken off. Errors: oidc_key_fetch_failure, `where` names the claim ("signed_jwks.exp"); a set without a
// usable key is refused too.
result<key_set>
open_signed_key_set(std::string_view jwt, const signed_key_set_expectations& expected, time_point now);

} // namespace sekisho::oidc

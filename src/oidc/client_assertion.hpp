// SPDX-License-Identifier: Apache-2.0
#pragma once
// The signed statement that a client is who it says (RFC 7523, 2.2 and 3; Core 9).

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "crypto/certificate.hpp"
#include "crypto/signing_key.hpp"
#include "oidc/names.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::oidc
{

// How long an assertion of ours lives: enough for a slow network, too little to be of use to a thief.
inline constexpr std::chrono::seconds assertion_life{60};

struct assertion_claims
{
    client_id client;     // iss and sub
    std::string audience; // the token endpoint or the issuer, as the provider says it
    std::string jti;      // never the same again
    time_point now;       // iat; exp is assertion_life later
};

struct assertion_signer
{
    const crypto::signing_key& key;
    crypto::algorithm alg;
    std::optional<crypto::certificate_thumbprints> certificate{}; // x5t and x5t#S256 of the header
};

// Error: value_malformed when the algorithm does not go with the key.
result<secret> make_client_assertion(const assertion_claims& claims, const assertion_signer& signer);

// With what to sign: what the key is bound to; else its usual algorithm (for a shared secret HS256) if the
// provider lists it or lists nothing; else the first listed one that goes with the key; else the usual one.
crypto::algorithm choose_algorithm(const crypto::signing_key& key, std::span<const std::string> supported);

// An assertion that somebody else made, as its file has it; white space around it is taken off. Not verified:
// that is for the provider. Errors: value_malformed: empty, no JWT, expired by its own `exp` (the detail has
// both times), not valid yet by its `nbf` (one minute is allowed for clocks).
result<secret> accept_foreign_assertion(std::string_view file, time_point now);

} // namespace sekisho::oidc

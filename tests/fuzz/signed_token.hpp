// SPDX-License-Identifier: Apache-2.0
#pragma once
// A payload under a signature of ours, so that a token's checks are reached, and what such a token is
// expected to be.

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "oidc/id_token.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::fuzz
{

inline const secret shared("a secret that nobody guesses");
inline const time_point now{std::chrono::seconds(1'800'000'000)};

inline std::string signed_token(std::string_view payload)
{
    const auto input =
        base64url_encode(as_bytes(R"({"alg":"HS256"})")) + "." + base64url_encode(as_bytes(payload));
    return input + "." +
           base64url_encode(crypto::hmac(crypto::digest::sha256, as_bytes(shared.reveal()), as_bytes(input)));
}

inline std::vector<crypto::verification_key> keys()
{
    return {crypto::verification_key::from_secret(shared)};
}

inline oidc::id_token_expectations expectations()
{
    oidc::id_token_expectations expected;
    expected.issuer = oidc::issuer("https://idp.example");
    expected.client = oidc::client_id("our-client");
    expected.algorithms.push_back(crypto::algorithm::hs256);
    return expected;
}

} // namespace sekisho::fuzz

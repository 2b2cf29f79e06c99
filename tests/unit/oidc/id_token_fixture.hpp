// SPDX-License-Identifier: Apache-2.0
#pragma once
// A good ID token, what it is expected to be, and the key that signs it.

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "crypto/hash.hpp"
#include "oidc/id_token.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::oidc::id_token_tests
{

inline constexpr std::int64_t clock_says = 1'800'000'000;
inline const time_point now{std::chrono::seconds(clock_says)};

inline json good_claims()
{
    return {
        {"iss", "https://idp.example"},
        {"sub", "alice"},
        {"aud", "our-client"},
        {"exp", clock_says + 300},
        {"iat", clock_says - 10},
        {"nonce", "the-nonce"},
    };
}

inline json with(std::string_view name, json value)
{
    auto all = good_claims();
    all[std::string(name)] = std::move(value);
    return all;
}

inline json without(std::string_view name)
{
    auto all = good_claims();
    all.erase(std::string(name));
    return all;
}

inline id_token_expectations expectations(const std::string& iss = "https://idp.example")
{
    id_token_expectations expected;
    expected.issuer = issuer(iss);
    expected.client = client_id("our-client");
    expected.nonce = nonce("the-nonce");
    return expected;
}

// The provider's key in these tests; made once, for they are many.
inline const test::signing_key& idp_key()
{
    static const auto key = test::signing_key::make("ES256");
    return key;
}

inline std::vector<crypto::verification_key> keys_of(const test::signing_key& key)
{
    return {crypto::verification_key::from_jwk(json::parse(key.jwk({.kid = "k1", .use = "sig", .alg = ""})))
                .value()};
}

inline result<claims> validate(const json& payload, const id_token_expectations& expected = expectations())
{
    return validate_id_token(
        idp_key().sign_with_kid("k1", payload.dump()), expected, keys_of(idp_key()), now
    );
}

inline std::string left_half_of_sha256(std::string_view text)
{
    const auto whole = crypto::hash(crypto::digest::sha256, as_bytes(text));
    return base64url_encode(byte_view(whole).first(16));
}

} // namespace sekisho::oidc::id_token_tests

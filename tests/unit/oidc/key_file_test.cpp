// SPDX-License-Identifier: Apache-2.0
#include "oidc/key_set.hpp"
#include "support/catch.hpp"
#include "support/test_certificates.hpp"
#include "support/test_keys.hpp"

using namespace sekisho;
using namespace sekisho::oidc;
using test::signing_key;

TEST_CASE("a file of keys is a JWK set, one JWK, or PEM", "[oidc]")
{
    const auto one = signing_key::make("ES256");
    const auto other = signing_key::make("EdDSA");
    const auto certificate = test::test_authority().issue({}).certificate_pem; // P-256
    const auto [text, number] = GENERATE_COPY(table<std::string, std::size_t>({
        {one.jwks({.kid = "k1"}), 1},
        {" \n" + one.jwk({.kid = "k1"}), 1},
        {one.public_pem(), 1},
        {one.public_pem() + "\nthe next one\n" + other.public_pem(), 2},
        {certificate, 1},
        {"subject=CN = op\n" + certificate + other.public_pem(), 2},
    }));
    CAPTURE(text);
    const auto made = key_set::from_file(text);
    if (!made)
        FAIL(made.error().detail);
    CHECK(made->keys().size() == number);
    CHECK(made->choose("k1", crypto::algorithm::es256).size() == 1);
}

TEST_CASE("a key in a file without kid may have made any signature, one with a kid only its own", "[oidc]")
{
    const auto key = signing_key::make("ES256");
    const auto [text, kid, is_chosen] = GENERATE_COPY(table<std::string, std::optional<std::string>, bool>({
        {key.public_pem(), "anything", true},
        {key.public_pem(), std::nullopt, true},
        {key.jwks({.kid = ""}), "anything", true},
        {key.jwks({.kid = "k1"}), "k1", true},
        {key.jwks({.kid = "k1"}), "k2", false},
    }));
    const auto made = key_set::from_file(text);
    REQUIRE(made);
    CHECK(made->choose(kid, crypto::algorithm::es256).empty() != is_chosen);
    CHECK(made->choose(kid, crypto::algorithm::rs256).empty()); // no key of another kind
}

TEST_CASE("Core 10.1: a published key without kid is not taken for a token that names one", "[oidc]")
{
    const auto made = key_set::parse(signing_key::make("ES256").jwks({.kid = ""}));
    REQUIRE(made);
    CHECK(made->choose("k1", crypto::algorithm::es256).empty());
}

TEST_CASE("a file that holds no usable key is refused with the reason", "[oidc]")
{
    const auto good = signing_key::make("ES256");
    const auto [text, hint] = GENERATE_COPY(table<std::string, std::string>({
        {"", "neither a JWK set nor public keys"},
        {"nonsense", "neither a JWK set nor public keys"},
        {"{}", "no array \"keys\""},
        {R"({"keys":[]})", "empty"},
        {R"({"keys":[{"kty":"oct","k":"AAAA"}]})", "no key is usable"}, // a shared secret is no public key
        {good.private_pem(), "PEM block 1"},
        {good.public_pem() + "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "PEM block 2"},
        {signing_key::make_rsa("RS256", 1024).public_pem(), "PEM block 1"},
    }));
    CAPTURE(text);
    const auto made = key_set::from_file(text);
    REQUIRE_FALSE(made);
    CAPTURE(made.error().detail);
    CHECK(made.error().code == errc::value_malformed);
    CHECK(made.error().detail.find(hint) != std::string::npos);
}

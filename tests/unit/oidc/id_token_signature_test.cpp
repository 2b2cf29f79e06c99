// SPDX-License-Identifier: Apache-2.0
// Who signed an ID token, and how: algorithms, keys, and what a header may not bring about.
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "unit/oidc/id_token_fixture.hpp"

using namespace sekisho;
using namespace sekisho::oidc;
using namespace sekisho::oidc::id_token_tests;
using test::outcome;
using test::signing_key;

TEST_CASE("every asymmetric algorithm is accepted with its own key (Core 3.1.3.7, 6 to 8)", "[oidc]")
{
    const auto alg = GENERATE(
        as<std::string>(),
        "RS256",
        "RS384",
        "RS512",
        "PS256",
        "PS384",
        "PS512",
        "ES256",
        "ES384",
        "ES512",
        "EdDSA",
        "Ed25519",
        "Ed448"
    );
    CAPTURE(alg);
    const auto key = signing_key::make(alg);
    const auto token = key.sign_with_kid("k1", good_claims().dump());
    const auto set = key_set::parse(key.jwks({.kid = "k1", .use = "sig", .alg = alg}));
    REQUIRE(set);
    const auto keys = choose_keys(inspect(token).value(), *set, secret());
    CHECK(outcome(validate_id_token(token, expectations(), keys, now)) == "ok");
}

TEST_CASE(
    "OIDCCClientTestInvalidIdTokenSignature: a signature of another key or over other bytes is refused",
    "[oidc]"
)
{
    const auto alg = GENERATE(as<std::string>(), "RS256", "ES256", "EdDSA", "PS256");
    CAPTURE(alg);
    const auto key = signing_key::make(alg);
    auto token = key.sign_with_kid("k1", good_claims().dump());
    auto other_payload = token;
    other_payload.replace(
        token.find('.') + 1,
        token.rfind('.') - token.find('.') - 1,
        test::base64url(with("sub", "mallory").dump())
    );
    const auto forged = validate_id_token(other_payload, expectations(), keys_of(key), now);
    CHECK(outcome(forged) == "oidc_generic_token_failure at id_token.signature");
    CHECK(forged.error().where == bad_signature);
    const auto unknown = signing_key::make(alg == "RS256" ? "ES256" : alg == "PS256" ? "ES256" : alg);
    CHECK_FALSE(validate_id_token(token, expectations(), keys_of(unknown), now));
    CHECK_FALSE(validate_id_token(token, expectations(), {}, now));
}

TEST_CASE("OIDCCClientTestIdTokenSigAlgNone: no signature, no identity", "[oidc]")
{
    const auto header = GENERATE(
        as<std::string>(),
        R"({"alg":"none"})",
        R"({"alg":"None"})",
        R"({"alg":"NONE"})",
        R"({"alg":""})",
        R"({"typ":"JWT"})",
        R"({"alg":null})",
        R"({"alg":"es256"})",
        R"({"alg":"ES256","crit":["exp"]})",
        R"({"alg":"ES256","alg":"none"})"
    );
    CAPTURE(header);
    const auto bare = test::base64url(header) + "." + test::base64url(good_claims().dump()) + ".";
    CHECK(
        outcome(validate_id_token(bare, expectations(), keys_of(idp_key()), now)) ==
        "oidc_generic_token_failure at id_token"
    );
    const auto signed_token = idp_key().sign(header, good_claims().dump());
    CHECK(
        outcome(validate_id_token(signed_token, expectations(), keys_of(idp_key()), now)) ==
        "oidc_generic_token_failure at id_token"
    );
    CHECK(outcome(inspect(signed_token)) == "oidc_generic_token_failure at id_token");
}

TEST_CASE(
    "HS256 is accepted only when it is asked for, with the client secret as its key (Core 3.1.3.7, 8)",
    "[oidc]"
)
{
    const std::string shared = "a client secret of some length!!";
    const auto token = signing_key::with_secret("HS256", shared).sign_with_kid("k1", good_claims().dump());
    const auto set = key_set::parse(idp_key().jwks()).value();
    const auto keys = choose_keys(inspect(token).value(), set, secret(shared));
    REQUIRE(keys.size() == 1);
    auto expected = expectations();
    CHECK(
        outcome(validate_id_token(token, expected, keys, now)) == "oidc_generic_token_failure at id_token.alg"
    );
    expected.algorithms.push_back(crypto::algorithm::hs256);
    CHECK(outcome(validate_id_token(token, expected, keys, now)) == "ok");
    const auto wrong = choose_keys(inspect(token).value(), set, secret("another secret"));
    CHECK(
        outcome(validate_id_token(token, expected, wrong, now)) ==
        "oidc_generic_token_failure at id_token.signature"
    );
    CHECK(choose_keys(inspect(token).value(), set, secret()).empty()); // a public client has no such key
}

TEST_CASE("CVE-2026-33322: HS256 keyed with the provider's public key is refused", "[oidc]")
{
    const auto rsa = signing_key::make("RS256");
    const auto with_pem = signing_key::with_secret("HS256", rsa.public_pem());
    const auto token = with_pem.sign_with_kid("k1", good_claims().dump());
    auto expected = expectations();
    CHECK(
        outcome(validate_id_token(token, expected, keys_of(rsa), now)) ==
        "oidc_generic_token_failure at id_token.alg"
    );
    expected.algorithms.push_back(crypto::algorithm::hs256);
    CHECK(
        outcome(validate_id_token(token, expected, keys_of(rsa), now)) ==
        "oidc_generic_token_failure at id_token.signature"
    );
}

TEST_CASE("CVE-2024-47616: a token that says it is of another kind is no ID token (RFC 8725, 3.11)", "[oidc]")
{
    const auto [typ, expected] = GENERATE(table<std::string, std::string>({
        {"JWT", "ok"},
        {"jwt", "ok"},
        {"at+jwt", "oidc_generic_token_failure at id_token.typ"},
        {"application/at+jwt", "oidc_generic_token_failure at id_token.typ"},
        {"logout+jwt", "oidc_generic_token_failure at id_token.typ"},
        {"AT+JWT", "oidc_generic_token_failure at id_token.typ"},
    }));
    CAPTURE(typ);
    const auto token = idp_key().sign(R"({"alg":"ES256","typ":")" + typ + R"("})", good_claims().dump());
    CHECK(outcome(validate_id_token(token, expectations(), keys_of(idp_key()), now)) == expected);
}

TEST_CASE("CVE-2025-52477: keys and addresses inside a token's header are never used", "[oidc]")
{
    const auto mallory = signing_key::make("ES256");
    const auto token = mallory.sign(
        R"({"alg":"ES256","kid":"k1","jku":"https://evil.example/keys","jwk":)" + mallory.jwk() + "}",
        good_claims().dump()
    );
    CHECK(
        outcome(validate_id_token(token, expectations(), keys_of(idp_key()), now)) ==
        "oidc_generic_token_failure at id_token.signature"
    );
}

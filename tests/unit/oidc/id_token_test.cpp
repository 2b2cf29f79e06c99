// SPDX-License-Identifier: Apache-2.0
// The claims of an ID token, one rule after the other; its signature has a file of its own.
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "unit/oidc/id_token_fixture.hpp"

using namespace sekisho;
using namespace sekisho::oidc;
using namespace sekisho::oidc::id_token_tests;
using test::outcome;
using test::signing_key;

TEST_CASE("a good ID token gives its claims", "[oidc]")
{
    const auto received = validate(good_claims());
    REQUIRE(outcome(received) == "ok");
    CHECK(received->subject() == subject("alice"));
}

TEST_CASE("each claim of an ID token is held against OpenID Connect Core 3.1.3.7", "[oidc]")
{
    const std::string token = "oidc_generic_token_failure at id_token.";
    const auto [rule, name, value, expected] =
        GENERATE_COPY(table<std::string, std::string, json, std::string>({
            {"2: iss, final slash", "iss", "https://idp.example/", "oidc_issuer_mismatch at id_token.iss"},
            {"2: iss, scheme", "iss", "http://idp.example", "oidc_issuer_mismatch at id_token.iss"},
            {"2: OIDCCClientTestInvalidIssuerInIdToken",
             "iss",
             "https://evil",
             "oidc_issuer_mismatch at id_token.iss"},
            {"2: iss, list", "iss", json::array({"https://idp.example"}), token + "iss"},
            {"2: iss, null", "iss", nullptr, token + "iss"},
            {"Core 2: sub, empty (CVE-2026-23990)", "sub", "", token + "sub"},
            {"Core 2: sub, number", "sub", 7, token + "sub"},
            {"Core 2: sub, null (CVE-2026-41571)", "sub", nullptr, token + "sub"},
            {"Core 2: sub, 255 bytes", "sub", std::string(255, 'a'), "ok"},
            {"Core 2: sub, 256 bytes", "sub", std::string(256, 'a'), token + "sub"},
            {"3: OIDCCClientTestInvalidAudInIdToken", "aud", "other-client", token + "aud"},
            {"3: aud, other case", "aud", "Our-Client", token + "aud"},
            {"3: aud, prefix", "aud", "our-client-2", token + "aud"},
            {"3: aud, empty", "aud", "", token + "aud"},
            {"3: aud, list of ours", "aud", json::array({"our-client"}), "ok"},
            {"3: aud, list without ours", "aud", json::array({"a", "b"}), token + "aud"},
            {"3: aud, empty list", "aud", json::array(), token + "aud"},
            {"3: aud, list with a number", "aud", json::array({"our-client", 1}), token + "aud"},
            {"3: aud, object", "aud", {{"our-client", true}}, token + "aud"},
            {"4: several audiences without azp", "aud", json::array({"our-client", "b"}), token + "azp"},
            {"5: azp of another", "azp", "other-client", token + "azp"},
            {"5: azp ours", "azp", "our-client", "ok"},
            {"5: azp, list", "azp", json::array({"our-client"}), token + "azp"},
            {"5: azp, null", "azp", nullptr, token + "azp"},
            {"9: exp passed", "exp", clock_says - 61, token + "exp"},
            {"9: exp just passed", "exp", clock_says - 60, token + "exp"},
            {"9: exp within the skew", "exp", clock_says - 59, "ok"},
            {"9: exp, fraction", "exp", clock_says + 0.5, "ok"},
            {"9: exp, 1e300 is saturated", "exp", 1e300, "ok"},
            {"9: exp, negative", "exp", -1, token + "exp"},
            {"9: exp, -1e300", "exp", -1e300, token + "exp"},
            {"9: exp, beyond 2038", "exp", 5'000'000'000, "ok"},
            {"9: exp, most unsigned", "exp", 18446744073709551615U, "ok"},
            {"9: exp, text", "exp", "1800000300", token + "exp"},
            {"9: exp, null", "exp", nullptr, token + "exp"},
            {"9: exp, true", "exp", true, token + "exp"},
            {"10: iat in the future", "iat", clock_says + 61, token + "iat"},
            {"10: iat within the skew", "iat", clock_says + 60, "ok"},
            {"10: iat, 1e300", "iat", 1e300, token + "iat"},
            {"10: iat, text", "iat", "1800000000", token + "iat"},
            {"10: iat, long ago", "iat", 1, "ok"},
            {"RFC 7519, 4.1.5: nbf in the future", "nbf", clock_says + 61, token + "nbf"},
            {"RFC 7519, 4.1.5: nbf within the skew", "nbf", clock_says + 60, "ok"},
            {"RFC 7519, 4.1.5: nbf, text", "nbf", "1", token + "nbf"},
            {"11: OIDCCClientTestNonceInvalid", "nonce", "another", "oidc_nonce_missing at id_token.nonce"},
            {"11: nonce, prefix", "nonce", "the-nonc", "oidc_nonce_missing at id_token.nonce"},
            {"11: nonce, empty", "nonce", "", "oidc_nonce_missing at id_token.nonce"},
            {"11: nonce, number", "nonce", 0, "oidc_nonce_missing at id_token.nonce"},
            {"unknown claims are ignored", "x", {{"y", 1}}, "ok"},
        }));
    CAPTURE(rule);
    CHECK(outcome(validate(with(name, value))) == expected);
}

TEST_CASE("an ID token without a required claim is refused", "[oidc]")
{
    const auto [rule, name, expected] = GENERATE(table<std::string, std::string, std::string>({
        {"iss", "iss", "oidc_generic_token_failure at id_token.iss"},
        {"OIDCCClientTestMissingSub", "sub", "oidc_generic_token_failure at id_token.sub"},
        {"OIDCCClientTestMissingAud, CVE-2026-55689", "aud", "oidc_generic_token_failure at id_token.aud"},
        {"exp", "exp", "oidc_generic_token_failure at id_token.exp"},
        {"OIDCCClientTestMissingIat", "iat", "oidc_generic_token_failure at id_token.iat"},
        {"OIDCCClientTestNonce", "nonce", "oidc_nonce_missing at id_token.nonce"},
    }));
    CAPTURE(rule);
    CHECK(outcome(validate(without(name))) == expected);
}

TEST_CASE("several audiences are fine when azp is ours or the others are trusted", "[oidc]")
{
    auto payload = with("aud", json::array({"our-client", "api"}));
    auto expected = expectations();
    CHECK(outcome(validate(payload, expected)) == "oidc_generic_token_failure at id_token.azp");
    expected.trusted_audiences = {"api"};
    CHECK(outcome(validate(payload, expected)) == "ok");
    expected.trusted_audiences.clear();
    payload["azp"] = "our-client";
    CHECK(outcome(validate(payload, expected)) == "ok");
    payload["aud"] = json::array({"api"});
    CHECK(outcome(validate(payload, expected)) == "oidc_generic_token_failure at id_token.aud");
}

TEST_CASE("a nonce is not asked for only when none was sent", "[oidc]")
{
    auto expected = expectations();
    expected.nonce.reset();
    CHECK(outcome(validate(without("nonce"), expected)) == "ok");
    expected.nonce = nonce("");
    CHECK(outcome(validate(with("nonce", ""), expected)) == "oidc_nonce_missing at id_token.nonce");
}

TEST_CASE("the skew is what the settings say, either way", "[oidc]")
{
    auto expected = expectations();
    expected.skew = std::chrono::seconds(0);
    CHECK(
        outcome(validate(with("exp", clock_says), expected)) == "oidc_generic_token_failure at id_token.exp"
    );
    CHECK(outcome(validate(with("exp", clock_says + 1), expected)) == "ok");
    CHECK(
        outcome(validate(with("iat", clock_says + 1), expected)) ==
        "oidc_generic_token_failure at id_token.iat"
    );
    const auto late = validate(with("exp", clock_says - 100));
    CHECK_THAT(test::detail(late), Catch::Matchers::Contains("2027-01-15T07:58:20Z"));
    CHECK_THAT(test::detail(late), Catch::Matchers::Contains("2027-01-15T08:00:00Z"));
}

TEST_CASE("CVE-2026-71575: auth_time is checked when max_age was sent", "[oidc]")
{
    auto expected = expectations();
    expected.max_age = std::chrono::seconds(600);
    const auto [value, code] = GENERATE(table<json, std::string>({
        {clock_says - 660, "ok"},
        {clock_says - 661, "oidc_generic_token_failure at id_token.auth_time"},
        {nullptr, "oidc_generic_token_failure at id_token.auth_time"},
        {"1800000000", "oidc_generic_token_failure at id_token.auth_time"},
        {1e300, "oidc_generic_token_failure at id_token.auth_time"},
        {-1e300, "oidc_generic_token_failure at id_token.auth_time"},
    }));
    CAPTURE(value.dump());
    CHECK(outcome(validate(with("auth_time", value), expected)) == code);
    CHECK(outcome(validate(good_claims(), expected)) == "oidc_generic_token_failure at id_token.auth_time");
    CHECK(outcome(validate(with("auth_time", 1))) == "ok"); // not asked for
}

TEST_CASE("at_hash and c_hash are checked when there (Core 3.1.3.6, 3.2.2.9, 3.3.2.11)", "[oidc]")
{
    auto expected = expectations();
    expected.access_token = secret("the-access-token");
    expected.code = code("the-code");
    const auto right = left_half_of_sha256("the-access-token");
    const auto [rule, name, value, outcome_text] =
        GENERATE_COPY(table<std::string, std::string, json, std::string>({
            {"right", "at_hash", right, "ok"},
            {"OIDCCClientTestInvalidAtHash",
             "at_hash",
             left_half_of_sha256("x"),
             "oidc_generic_token_failure at id_token.at_hash"},
            {"whole hash", "at_hash", right + "AAAA", "oidc_generic_token_failure at id_token.at_hash"},
            {"empty", "at_hash", "", "oidc_generic_token_failure at id_token.at_hash"},
            {"number", "at_hash", 1, "oidc_generic_token_failure at id_token.at_hash"},
            {"right", "c_hash", left_half_of_sha256("the-code"), "ok"},
            {"OIDCCClientTestInvalidCHash", "c_hash", right, "oidc_generic_token_failure at id_token.c_hash"},
            {"neither there", "x", 1, "ok"},
        }));
    CAPTURE(rule, name);
    CHECK(outcome(validate(with(name, value), expected)) == outcome_text);
}

TEST_CASE(
    "OIDCCClientTestMissingAtHash: implicit with an access token requires at_hash (Core 3.2.2.9)", "[oidc]"
)
{
    auto expected = expectations();
    expected.at_hash = hash_claim::required;
    CHECK(outcome(validate(good_claims(), expected)) == "ok"); // no access token came
    expected.access_token = secret("the-access-token");
    CHECK(outcome(validate(good_claims(), expected)) == "oidc_generic_token_failure at id_token.at_hash");
    CHECK(outcome(validate(with("at_hash", left_half_of_sha256("the-access-token")), expected)) == "ok");
}

TEST_CASE("at_hash uses the hash of the signature's algorithm", "[oidc]")
{
    const auto [alg, digest] = GENERATE(table<std::string, crypto::digest>(
        {{"ES384", crypto::digest::sha384},
         {"RS512", crypto::digest::sha512},
         {"EdDSA", crypto::digest::sha512},
         {"Ed25519", crypto::digest::sha512}}
    ));
    CAPTURE(alg);
    const auto key = signing_key::make(alg);
    const auto whole = crypto::hash(digest, as_bytes("the-access-token"));
    auto expected = expectations();
    expected.access_token = secret("the-access-token");
    const auto payload = with("at_hash", base64url_encode(byte_view(whole).first(whole.size() / 2)));
    CHECK(
        outcome(validate_id_token(key.sign_with_kid("k1", payload.dump()), expected, keys_of(key), now)) ==
        "ok"
    );
    const auto other = with("at_hash", left_half_of_sha256("the-access-token"));
    CHECK(
        outcome(validate_id_token(key.sign_with_kid("k1", other.dump()), expected, keys_of(key), now)) ==
        "oidc_generic_token_failure at id_token.at_hash"
    );
}

TEST_CASE("at_hash beside an Ed448 signature is the left half of 114 bytes of SHAKE256", "[oidc]")
{
    const auto key = signing_key::make("Ed448").as(GENERATE(as<std::string>(), "EdDSA", "Ed448"));
    auto expected = expectations();
    expected.access_token = secret("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");
    // What oidc-token-hash for JavaScript makes of it.
    const auto [at_hash, is_right] = GENERATE(table<std::string, bool>({
        {"W6Ie3EoycJT-JESJ2WSAWX7LRP3FuHvmvNycBMeL-NngYGhJXChp7YRUBdOXcrKGZD4qnhCAstjO", true},
        {"q7nS86GgvvFaZkzALLWqJYaJIKw2wCDAVfCAsm5CrBM", false}, // SHA-512, which is Ed25519's
        {"W6Ie3EoycJT-JESJ2WSAWX7LRP3FuHvmvNycBMeL-Nk", false}, // of 64 bytes
    }));
    CAPTURE(at_hash);
    const auto token = key.sign_with_kid("k1", with("at_hash", at_hash).dump());
    CHECK(
        outcome(validate_id_token(token, expected, keys_of(key), now)) ==
        (is_right ? "ok" : "oidc_generic_token_failure at id_token.at_hash")
    );
}

TEST_CASE("a payload that is no unambiguous JSON object is refused", "[oidc]")
{
    const auto payload = GENERATE(
        as<std::string>(), "", "[]", "null", "\"text\"", "{", R"({"sub":"alice","sub":"mallory"})", "{}x"
    );
    CAPTURE(payload);
    const auto token = idp_key().sign_with_kid("k1", payload);
    CHECK(
        outcome(validate_id_token(token, expectations(), keys_of(idp_key()), now)) ==
        "oidc_generic_token_failure at id_token"
    );
}

TEST_CASE("CVE-2026-48042: a payload nested deeply is a clean error", "[oidc]")
{
    const auto token = idp_key().sign_with_kid("k1", R"({"a":)" + std::string(40'000, '['));
    CHECK(
        outcome(validate_id_token(token, expectations(), keys_of(idp_key()), now)) ==
        "oidc_generic_token_failure at id_token"
    );
}

TEST_CASE("what is no compact JWS is refused", "[oidc]")
{
    const auto good = idp_key().sign_with_kid("k1", good_claims().dump());
    const auto text = GENERATE_COPY(
        std::string(""),
        std::string("."),
        std::string(".."),
        std::string("a.b"),
        good + ".",
        good + "=",
        " " + good,
        good + "\n"
    );
    CAPTURE(text);
    CHECK(
        outcome(validate_id_token(text, expectations(), keys_of(idp_key()), now)) ==
        "oidc_generic_token_failure at id_token"
    );
    CHECK(outcome(inspect(text)) == "oidc_generic_token_failure at id_token");
}

TEST_CASE("no refusal repeats the token or a claim that identifies somebody", "[oidc]")
{
    const auto refused = validate(with("aud", "x"));
    CHECK_FALSE(test::has(test::detail(refused), "alice"));
    CHECK_FALSE(test::has(test::detail(validate(with("nonce", "z"))), "the-nonce"));
}

// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"
#include "base/json.hpp"
#include "crypto/hash.hpp"
#include "oidc/id_token.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::oidc;
using test::outcome;
using test::signing_key;

namespace
{

constexpr std::int64_t clock_says = 1'800'000'000;
const time_point now{std::chrono::seconds(clock_says)};

json good_claims()
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

json with(std::string_view name, json value)
{
    auto all = good_claims();
    all[std::string(name)] = std::move(value);
    return all;
}

json without(std::string_view name)
{
    auto all = good_claims();
    all.erase(std::string(name));
    return all;
}

id_token_expectations expectations()
{
    id_token_expectations expected;
    expected.issuer = issuer("https://idp.example");
    expected.client = client_id("our-client");
    expected.nonce = nonce("the-nonce");
    return expected;
}

// The provider's key in these tests; made once, for they are many.
const signing_key& idp_key()
{
    static const auto key = signing_key::make("ES256");
    return key;
}

std::vector<crypto::verification_key> keys_of(const signing_key& key)
{
    return {crypto::verification_key::from_jwk(json::parse(key.jwk({.kid = "k1", .use = "sig", .alg = ""})))
                .value()};
}

result<claims> validate(const json& payload, const id_token_expectations& expected = expectations())
{
    return validate_id_token(
        idp_key().sign_with_kid("k1", payload.dump()), expected, keys_of(idp_key()), now
    );
}

std::string left_half_of_sha256(std::string_view text)
{
    const auto whole = crypto::hash(crypto::digest::sha256, as_bytes(text));
    return base64url_encode(byte_view(whole).first(16));
}

} // namespace

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
         {"EdDSA", crypto::digest::sha512}}
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
        "EdDSA"
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

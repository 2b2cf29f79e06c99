// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "oidc/id_token.hpp"
#include "oidc/userinfo.hpp"
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

url endpoint() { return url::parse("https://idp.example/me?schema=openid").value(); }

std::string field(const userinfo_request& asked, std::string_view name)
{
    for (const auto& [each, value] : asked.fields)
        if (each == name)
            return value;
    return {};
}

json whole()
{
    return {
        {"iss", "https://idp.example"},
        {"aud", "our-client"},
        {"sub", "alice"},
        {"email", "alice@x.example"},
        {"exp", clock_says + 60},
    };
}

signed_userinfo_expectations expectations()
{
    return {
        issuer("https://idp.example"), {}, client_id("our-client"), asymmetric_algorithms(), subject("alice")
    };
}

result<claims> read(
    const std::string& jwt,
    const signing_key& key,
    const signed_userinfo_expectations& expected = expectations()
)
{
    const std::vector keys{crypto::verification_key::from_jwk(json::parse(key.jwk())).value()};
    return validate_signed_userinfo(jwt, expected, keys, time_point(std::chrono::seconds(clock_says)));
}

result<claims> validate(const json& payload)
{
    static const auto key = signing_key::make("ES256");
    return read(key.sign_with_kid("", payload.dump()), key);
}

} // namespace

TEST_CASE(
    "OIDCCClientTestUserinfoBearerHeader: the access token goes into the header (RFC 6750, 2.1)", "[oidc]"
)
{
    const auto asked = ask_userinfo(endpoint(), secret("the token"), token_place::header);
    CHECK(asked.method == "GET");
    CHECK(asked.endpoint.text() == endpoint().text());
    CHECK(field(asked, "Authorization") == "Bearer the token");
    CHECK(field(asked, "Accept") == "application/json, application/jwt;q=0.9");
    CHECK(asked.body.empty());
}

TEST_CASE(
    "a token that is bound to our key goes into the header, wherever others go (RFC 9449, 7.1)", "[oidc]"
)
{
    const auto place = GENERATE(token_place::header, token_place::body, token_place::query);
    const auto asked = ask_userinfo(endpoint(), secret("the token"), place, token_scheme::dpop);
    CHECK(asked.method == "GET");
    CHECK(asked.endpoint.text() == endpoint().text());
    CHECK(field(asked, "Authorization") == "DPoP the token");
    CHECK(asked.body.empty());
}

TEST_CASE("OIDCCClientTestUserinfoBearerBody: the access token goes into a form (RFC 6750, 2.2)", "[oidc]")
{
    const auto asked = ask_userinfo(endpoint(), secret("a+b&c"), token_place::body);
    CHECK(asked.method == "POST");
    CHECK(field(asked, "Content-Type") == "application/x-www-form-urlencoded");
    CHECK(field(asked, "Authorization").empty());
    CHECK(asked.body == "access_token=a%2Bb%26c");
    CHECK(asked.endpoint.text() == endpoint().text());
}

TEST_CASE("the access token goes into the address where nothing else is taken (RFC 6750, 2.3)", "[oidc]")
{
    const auto asked = ask_userinfo(endpoint(), secret("a+b&c"), token_place::query);
    CHECK(asked.method == "GET");
    CHECK(asked.endpoint.text() == "https://idp.example/me?schema=openid&access_token=a%2Bb%26c");
    CHECK(field(asked, "Cache-Control") == "no-store");
    CHECK(field(asked, "Authorization").empty());
    CHECK(asked.body.empty());
}

TEST_CASE("a UserInfo answer is accepted only for the same subject (Core 5.3.2 and 5.3.4)", "[oidc]")
{
    const std::string failure = "oidc_userinfo_failure at userinfo";
    const auto [rule, status, body, expected] =
        GENERATE_COPY(table<std::string, int, std::string, std::string>({
            {"good", 200, R"({"sub":"alice"})", "ok"},
            {"OIDCCClientTestInvalidSubInUserinfoResponse", 200, R"({"sub":"bob"})", failure + ".sub"},
            {"sub missing", 200, "{}", failure + ".sub"},
            {"sub empty", 200, R"({"sub":""})", failure + ".sub"},
            {"sub list", 200, R"({"sub":["alice"]})", failure + ".sub"},
            {"sub of another case", 200, R"({"sub":"Alice"})", failure + ".sub"},
            {"mod_auth_openidc 2026: an array", 200, R"([{"sub":"alice"}])", failure},
            {"twice", 200, R"({"sub":"alice","sub":"bob"})", failure},
            {"a JWT that says to be JSON", 200, "a.b.c", failure},
            {"status", 401, R"({"sub":"alice"})", failure},
            {"status", 204, "", failure},
            {"CVE-2026-48042: nested", 200, std::string(1'000'000, '['), failure},
        }));
    CAPTURE(rule);
    CHECK(outcome(parse_userinfo(status, body, subject("alice"))) == expected);
}

TEST_CASE("an empty expected subject matches nobody", "[oidc]")
{
    CHECK_FALSE(parse_userinfo(200, R"({"sub":""})", subject()));
    CHECK_FALSE(parse_userinfo(200, "{}", subject()));
}

TEST_CASE("an answer is signed when its type says so", "[oidc]")
{
    const auto [type, expected] = GENERATE(table<std::string, bool>({
        {"application/jwt", true},
        {"Application/JWT", true},
        {"application/jwt ; charset=utf-8", true},
        {"application/json", false},
        {"application/jwt+x", false},
        {"", false},
    }));
    CAPTURE(type);
    CHECK(is_signed(type) == expected);
}

TEST_CASE("OIDCCClientTestSignedUserinfo: a signed answer gives its claims", "[oidc]")
{
    const auto received = validate(whole());
    REQUIRE(outcome(received) == "ok");
    CHECK(received->text("email") == "alice@x.example");
    auto bare = json{{"sub", "alice"}}; // Core 5.3.2: iss and aud SHOULD be there
    CHECK(outcome(validate(bare)) == "ok");
}

TEST_CASE("a signed answer of somebody else, for somebody else or about somebody else is refused", "[oidc]")
{
    const std::string failure = "oidc_userinfo_failure at userinfo.";
    const auto [rule, name, value, expected] =
        GENERATE_COPY(table<std::string, std::string, json, std::string>({
            {"Core 5.3.2: iss", "iss", "https://evil.example", failure + "iss"},
            {"Core 5.3.2: iss", "iss", nullptr, failure + "iss"},
            {"Core 5.3.2: iss", "iss", json::array({"https://idp.example"}), failure + "iss"},
            {"Core 5.3.2: aud", "aud", "other", failure + "aud"},
            {"Core 5.3.2: aud", "aud", json::array({"other"}), failure + "aud"},
            {"Core 5.3.2: aud", "aud", json::array({"other", "our-client"}), "ok"},
            {"Core 5.3.2: aud", "aud", nullptr, failure + "aud"},
            {"RFC 7519, 4.1.4", "exp", clock_says - 61, failure + "exp"},
            {"RFC 7519, 4.1.4", "exp", clock_says - 59, "ok"},
            {"RFC 7519, 4.1.4", "exp", "1800000300", failure + "exp"},
            {"Core 5.3.2: sub", "sub", "bob", failure + "sub"},
            {"Core 5.3.2: sub", "sub", nullptr, failure + "sub"},
        }));
    CAPTURE(rule, name, value.dump());
    auto payload = whole();
    payload[name] = value;
    CHECK(outcome(validate(payload)) == expected);
}

TEST_CASE("the signature of a signed answer is the provider's, under an algorithm that is allowed", "[oidc]")
{
    const auto key = signing_key::make("ES256");
    const auto good = key.sign_with_kid("", whole().dump());
    const auto foreign = signing_key::make("ES256").sign_with_kid("", whole().dump());
    const auto none = test::base64url(R"({"alg":"none"})") + "." + test::base64url(whole().dump()) + ".";
    const auto by_pem = signing_key::with_secret("HS256", key.public_pem()).sign_with_kid("", whole().dump());
    CHECK(outcome(read(good, key)) == "ok");
    CHECK(outcome(read(foreign, key)) == "oidc_userinfo_failure at userinfo.signature");
    CHECK(outcome(read(none, key)) == "oidc_userinfo_failure at userinfo");
    CHECK(outcome(read(by_pem, key)) == "oidc_userinfo_failure at userinfo.alg");      // CVE-2026-33322
    CHECK(outcome(read(good + ".AA.AA", key)) == "oidc_userinfo_failure at userinfo"); // encrypted
    CHECK(outcome(inspect_userinfo("a.b.c")) == "oidc_userinfo_failure at userinfo");
    auto only_rsa = expectations();
    only_rsa.algorithms = {crypto::algorithm::rs256};
    CHECK(outcome(read(good, key, only_rsa)) == "oidc_userinfo_failure at userinfo.alg");
}

TEST_CASE("the ID token's claims win over UserInfo's", "[oidc]")
{
    const auto id_token = claims::parse(R"({"sub":"alice","email":"id@x"})", "t").value();
    const auto userinfo = claims::parse(R"({"sub":"alice","email":"ui@x","groups":["g"]})", "t").value();
    CHECK(merge(id_token, userinfo).to_text() == R"({"email":"id@x","groups":["g"],"sub":"alice"})");
}

TEST_CASE("null and the empty text in the ID token say nothing, an empty list does (Core 5.3.2)", "[oidc]")
{
    const auto [id_token, userinfo, both] = GENERATE(table<std::string, std::string, std::string>({
        {R"({"a":null})", R"({"a":"x"})", R"({"a":"x"})"},
        {R"({"a":""})", R"({"a":"x"})", R"({"a":"x"})"},
        {R"({"a":[]})", R"({"a":["x"]})", R"({"a":[]})"},
        {R"({"a":false})", R"({"a":true})", R"({"a":false})"},
        {R"({"a":0})", R"({"a":7})", R"({"a":0})"},
        {R"({"a":""})", R"({"a":null})", R"({"a":""})"},
        {R"({})", R"({"a":null})", R"({"a":null})"},
        // Of the address it is never more than either says.
        {R"({"email":"a@x","email_verified":null})",
         R"({"email":"a@x","email_verified":true})",
         R"({"email":"a@x","email_verified":null})"},
        {R"({"email":null,"email_verified":true})", R"({"email":"b@x"})", R"({"email":"b@x"})"},
        {R"({"email":"","email_verified":false})",
         R"({"email":"b@x","email_verified":true})",
         R"({"email":"b@x","email_verified":true})"},
    }));
    CAPTURE(id_token, userinfo);
    CHECK(
        merge(claims::parse(id_token, "t").value(), claims::parse(userinfo, "t").value()).to_text() == both
    );
}

TEST_CASE(
    "an endpoint that takes the access token no more is told from one that is in trouble (RFC 6750, 3.1)",
    "[oidc]"
)
{
    const auto [status, challenge, expected] = GENERATE(table<int, std::string, bool>({
        {401, "", true},
        {401, R"(Bearer error="invalid_token")", true},
        {401, R"(DPoP error="invalid_token", algs="ES256")", true},
        {401, R"(DPoP error="use_dpop_nonce")", false}, // RFC 9449, 9: of the proof alone
        {401, R"(Bearer, DPoP error="invalid_dpop_proof")", false},
        {400, R"(Bearer error="invalid_token")", true},
        {403, R"(Bearer error="insufficient_scope")", false},
        {403, "", false},
        {404, "", false},
        {500, R"(Bearer error="invalid_token")", false},
        {200, "", false},
    }));
    CAPTURE(status, challenge);
    CHECK(refuses_token(status, challenge) == expected);
}

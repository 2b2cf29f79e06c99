// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"
#include "base/json.hpp"
#include "oidc/logout_token.hpp"
#include "oidc/token_checks.hpp"
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
const std::string event(logout_event);
const std::string token = "oidc_generic_token_failure at logout_token.";

json good_claims()
{
    return {
        {"iss", "https://idp.example"},
        {"aud", "our-client"},
        {"iat", clock_says - 10},
        {"exp", clock_says + 110},
        {"jti", "j-1"},
        {"sid", "s-1"},
        {"sub", "alice"},
        {"events", {{event, json::object()}}},
    };
}

json with(std::string_view name, json value)
{
    auto all = good_claims();
    all[std::string(name)] = std::move(value);
    return all;
}

json without(std::initializer_list<std::string_view> names)
{
    auto all = good_claims();
    for (const auto name : names)
        all.erase(std::string(name));
    return all;
}

id_token_expectations expectations()
{
    id_token_expectations expected;
    expected.issuer = issuer("https://idp.example");
    expected.client = client_id("our-client");
    return expected;
}

const signing_key& idp_key()
{
    static const auto key = signing_key::make("ES256");
    return key;
}

std::vector<crypto::verification_key> keys()
{
    return {
        crypto::verification_key::from_jwk(json::parse(idp_key().jwk({.kid = "k1", .use = "sig", .alg = ""})))
            .value()
    };
}

result<logout_token>
validate(const json& payload, const id_token_expectations& expected = expectations(), time_point at = now)
{
    return validate_logout_token(idp_key().sign_with_kid("k1", payload.dump()), expected, keys(), at);
}

} // namespace

TEST_CASE("a good logout token says who signed out, and until when it is good", "[oidc]")
{
    const auto received = validate(good_claims());
    REQUIRE(outcome(received) == "ok");
    CHECK(received->issuer == issuer("https://idp.example"));
    CHECK(received->sid == "s-1");
    CHECK(received->subject == subject("alice"));
    CHECK(received->jti == "j-1");
    CHECK(received->good_until == now + std::chrono::seconds(110 + 60));
}

TEST_CASE("each claim of a logout token is held against Back-Channel Logout 1.0, 2.6", "[oidc]")
{
    const auto [rule, name, value, expected] =
        GENERATE_COPY(table<std::string, std::string, json, std::string>({
            {"2.6, 4: OIDCCClientTestBackChannelLogoutWrongIssuer",
             "iss",
             "https://evil.example",
             "oidc_issuer_mismatch at logout_token.iss"},
            {"2.6, 4: iss, final slash",
             "iss",
             "https://idp.example/",
             "oidc_issuer_mismatch at logout_token.iss"},
            {"2.6, 4: iss, other case",
             "iss",
             "https://IDP.example",
             "oidc_issuer_mismatch at logout_token.iss"},
            {"2.6, 4: iss, list", "iss", json::array({"https://idp.example"}), token + "iss"},
            {"2.6, 4: OIDCCClientTestBackChannelLogoutWrongAud", "aud", "other-client", token + "aud"},
            {"2.6, 4: aud, list of ours", "aud", json::array({"our-client"}), "ok"},
            {"2.6, 4: aud, an untrusted one beside ours",
             "aud",
             json::array({"our-client", "b"}),
             token + "azp"},
            {"2.6, 4: aud, empty list", "aud", json::array(), token + "aud"},
            {"2.6, 4: azp of another", "azp", "other-client", token + "azp"},
            {"2.6, 4: iat within the skew", "iat", clock_says + 60, "ok"},
            {"2.6, 4: iat in the future", "iat", clock_says + 61, token + "iat"},
            {"2.6, 4: iat, text", "iat", "1800000000", token + "iat"},
            {"2.6, 4: iat, null", "iat", nullptr, token + "iat"},
            {"2.6, 4: iat, 1e300", "iat", 1e300, token + "iat"},
            {"2.6, 4: iat, ten minutes and the skew ago", "iat", clock_says - 660, token + "iat"},
            {"2.6, 4: iat, a second less", "iat", clock_says - 659, "ok"},
            {"2.6, 4: exp passed", "exp", clock_says - 60, token + "exp"},
            {"2.6, 4: exp within the skew", "exp", clock_says - 59, "ok"},
            {"2.6, 4: exp, text", "exp", "1800000300", token + "exp"},
            {"2.6, 4: exp, null", "exp", nullptr, token + "exp"},
            {"2.6, 4: exp, 1e300 is saturated", "exp", 1e300, "ok"},
            {"RFC 7519, 4.1.5: nbf in the future", "nbf", clock_says + 61, token + "nbf"},
            {"2.6, 5: sub, empty", "sub", "", token + "sub"},
            {"2.6, 5: sub, number", "sub", 7, token + "sub"},
            {"2.6, 5: sub, null", "sub", nullptr, token + "sub"},
            {"Core 2: sub, 256 bytes", "sub", std::string(256, 'a'), token + "sub"},
            {"2.6, 5: sid, empty", "sid", "", token + "sid"},
            {"2.6, 5: sid, list", "sid", json::array({"s-1"}), token + "sid"},
            {"2.6, 5: sid, 513 bytes", "sid", std::string(513, 'a'), token + "sid"},
            {"2.6, 6: OIDCCClientTestBackChannelLogoutWrongEvent",
             "events",
             {{"http://schemas.openid.net/event/other", json::object()}},
             token + "events"},
            {"2.6, 6: events, text", "events", event, token + "events"},
            {"2.6, 6: events, list", "events", json::array({event}), token + "events"},
            {"2.6, 6: events, null", "events", nullptr, token + "events"},
            {"2.6, 6: events, empty", "events", json::object(), token + "events"},
            {"2.6, 6: events, final slash", "events", {{event + "/", json::object()}}, token + "events"},
            {"2.4: the event is not an object", "events", {{event, "x"}}, token + "events"},
            {"2.4: the event is true", "events", {{event, true}}, token + "events"},
            {"2.4: the event is null", "events", {{event, nullptr}}, token + "events"},
            {"2.4: the event has members", "events", {{event, {{"x", 1}}}}, "ok"},
            {"2.4: another event beside it",
             "events",
             {{event, json::object()}, {"urn:x", json::object()}},
             "ok"},
            {"2.6, 7: OIDCCClientTestBackChannelLogoutWithNonce", "nonce", "n", token + "nonce"},
            {"2.6, 7: nonce, empty", "nonce", "", token + "nonce"},
            {"2.6, 7: nonce, null", "nonce", nullptr, token + "nonce"},
            {"2.4: jti, empty", "jti", "", token + "jti"},
            {"2.4: jti, number", "jti", 1, token + "jti"},
            {"2.4: jti, 513 bytes", "jti", std::string(513, 'a'), token + "jti"},
            {"2.4: unknown claims are ignored", "x", {{"y", 1}}, "ok"},
        }));
    CAPTURE(rule, value.dump());
    CHECK(outcome(validate(with(name, value))) == expected);
}

TEST_CASE("each claim that a logout token has to have is missed (Back-Channel Logout 1.0, 2.4)", "[oidc]")
{
    const auto [missing, expected] = GENERATE_COPY(table<std::vector<std::string_view>, std::string>({
        {{"iss"}, token + "iss"},
        {{"aud"}, token + "aud"},
        {{"iat"}, token + "iat"},
        {{"jti"}, token + "jti"},
        {{"events"}, token + "events"}, // OIDCCClientTestBackChannelLogoutNoEvent
        {{"sid"}, "ok"},
        {{"sub"}, "ok"},
        {{"sid", "sub"}, token + "sub"},
    }));
    auto all = good_claims();
    for (const auto name : missing)
        all.erase(std::string(name));
    CAPTURE(all.dump());
    CHECK(outcome(validate(all)) == expected);
}

TEST_CASE("a logout token without exp, as older drafts have it, is good for two minutes", "[oidc]")
{
    const auto claims = without({"exp"});
    const auto received = validate(claims);
    REQUIRE(outcome(received) == "ok");
    CHECK(received->good_until == now + std::chrono::seconds(-10 + 120 + 60));
    CHECK(outcome(validate(claims, expectations(), received->good_until - 1s)) == "ok");
    CHECK(outcome(validate(claims, expectations(), received->good_until)) == token + "iat");
}

TEST_CASE("good_until is the first moment at which the token is refused", "[oidc]")
{
    const auto exp = GENERATE(clock_says + 110, clock_says + 100'000);
    const auto claims = with("exp", exp);
    const auto received = validate(claims);
    REQUIRE(outcome(received) == "ok");
    CHECK(outcome(validate(claims, expectations(), received->good_until - 1s)) == "ok");
    CHECK(outcome(validate(claims, expectations(), received->good_until)) != "ok");
}

TEST_CASE("the type of a logout token is its own, or says nothing (2.4; RFC 8725, 3.11)", "[oidc]")
{
    const auto [header, expected] = GENERATE_COPY(table<std::string, std::string>({
        {R"({"alg":"ES256","kid":"k1"})", "ok"},
        {R"({"alg":"ES256","kid":"k1","typ":"logout+jwt"})", "ok"},
        {R"({"alg":"ES256","kid":"k1","typ":"Logout+JWT"})", "ok"},
        {R"({"alg":"ES256","kid":"k1","typ":"application/logout+jwt"})", "ok"},
        {R"({"alg":"ES256","kid":"k1","typ":"JWT"})", "ok"},
        {R"({"alg":"ES256","kid":"k1","typ":"jwt"})", "ok"},
        {R"({"alg":"ES256","kid":"k1","typ":"at+jwt"})", token + "typ"},
        {R"({"alg":"ES256","kid":"k1","typ":"secevent+jwt"})", token + "typ"},
        {R"({"alg":"ES256","kid":"k1","typ":"application/"})", token + "typ"},
        {R"({"alg":"ES256","kid":"k1","typ":""})", token + "typ"},
    }));
    CAPTURE(header);
    const auto text = idp_key().sign(header, good_claims().dump());
    CHECK(outcome(validate_logout_token(text, expectations(), keys(), now)) == expected);
}

TEST_CASE("the signature of a logout token counts as that of an ID token (2.6, 2 and 3)", "[oidc]")
{
    const auto payload = good_claims().dump();
    const auto check = [&](const std::string& text, const id_token_expectations& expected = expectations())
    { return outcome(validate_logout_token(text, expected, keys(), now)); };

    SECTION("OIDCCClientTestBackChannelLogoutAlgNone, CVE-2015-9235: none is no algorithm")
    {
        for (const std::string alg : {"none", "None", "NONE"})
        {
            const auto head = base64url_encode(as_bytes(R"({"alg":")" + alg + "\"}"));
            CHECK(
                check(head + "." + base64url_encode(as_bytes(payload)) + ".") ==
                "oidc_generic_token_failure at logout_token"
            );
        }
    }
    SECTION("OIDCCClientTestBackChannelLogoutWrongAlg: HS256 has to be asked for")
    {
        const auto hmac = signing_key::with_secret("HS256", "the client secret");
        const auto text = hmac.sign_with_kid("", payload);
        CHECK(check(text) == token + "alg");
        auto asked = expectations();
        asked.algorithms.push_back(crypto::algorithm::hs256);
        CHECK(check(text, asked) == token + "signature"); // but not with the public key for a secret
        const std::vector secrets{crypto::verification_key::from_secret(secret("the client secret"))};
        CHECK(outcome(validate_logout_token(text, asked, secrets, now)) == "ok");
    }
    SECTION("a key that the provider does not have")
    {
        CHECK(check(signing_key::make("ES256").sign_with_kid("k1", payload)) == token + "signature");
    }
    SECTION("an algorithm that is not among those allowed")
    {
        auto only = expectations();
        only.algorithms = {crypto::algorithm::rs256};
        CHECK(check(idp_key().sign_with_kid("k1", payload), only) == token + "alg");
    }
    SECTION("no JWS at all")
    {
        for (const std::string text : {"", "x", "a.b.c", "a.b.c.d.e"})
            CHECK(check(text) == "oidc_generic_token_failure at logout_token");
    }
}

TEST_CASE("the logout token of a tenant that is let in counts, and of no other", "[oidc]")
{
    auto expected = expectations();
    expected.issuer = issuer("https://login.example/{tenantid}/v2.0");
    expected.tenants = {"t-1"};
    CHECK(outcome(validate(with("iss", "https://login.example/t-1/v2.0"), expected)) == "ok");
    CHECK(
        outcome(validate(with("iss", "https://login.example/t-2/v2.0"), expected)) ==
        "oidc_issuer_mismatch at logout_token.iss"
    );
    CHECK(
        outcome(validate(with("iss", "https://login.example/{tenantid}/v2.0"), expected)) ==
        "oidc_issuer_mismatch at logout_token.iss"
    );
}

TEST_CASE("an ID token is no logout token, and the reverse", "[oidc]")
{
    json id_token{
        {"iss", "https://idp.example"},
        {"aud", "our-client"},
        {"sub", "alice"},
        {"iat", clock_says - 10},
        {"exp", clock_says + 110},
        {"jti", "j-1"},
        {"nonce", "n-1"},
    };
    CHECK(outcome(validate(id_token)) == token + "events");
    id_token["events"] = {{event, json::object()}};
    CHECK(outcome(validate(id_token)) == token + "nonce");

    // Without a nonce, as after a renewal: only that it is a logout token speaks against it.
    const auto plain = idp_key().sign_with_kid("k1", good_claims().dump());
    CHECK(
        outcome(validate_id_token(plain, expectations(), keys(), now)) ==
        "oidc_generic_token_failure at id_token.events"
    );
    const std::string type = GENERATE("logout+jwt", "Logout+Jwt", "application/logout+jwt");
    const auto typed =
        idp_key().sign(R"({"alg":"ES256","kid":"k1","typ":")" + type + "\"}", without({"events"}).dump());
    CHECK(
        outcome(validate_id_token(typed, expectations(), keys(), now)) ==
        "oidc_generic_token_failure at id_token.typ"
    );
}

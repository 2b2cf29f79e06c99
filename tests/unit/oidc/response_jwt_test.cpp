// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "oidc/response_jwt.hpp"
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
        {"aud", "gate"},
        {"exp", clock_says + 120},
        {"state", "s-1"},
        {"code", "c-1"},
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

const signing_key& idp_key()
{
    static const auto key = signing_key::make("ES256");
    return key;
}

id_token_expectations expectations()
{
    id_token_expectations expected;
    expected.issuer = issuer("https://idp.example");
    expected.client = client_id("gate");
    return expected;
}

std::vector<crypto::verification_key> keys()
{
    return {crypto::verification_key::from_jwk(json::parse(idp_key().jwk({.kid = "k1"}))).value()};
}

result<parameters> validate(std::string_view jwt, const id_token_expectations& expected = expectations())
{
    return validate_response(jwt, expected, keys(), now);
}

result<parameters> signed_and_validated(const json& payload)
{
    return validate(idp_key().sign_with_kid("k1", payload.dump()));
}

std::string value(const parameters& all, std::string_view name)
{
    for (const auto& each : all)
        if (each.name == name)
            return each.value;
    return "(none)";
}

const std::string refused = "oidc_generic_token_failure at response";

} // namespace

TEST_CASE("the texts inside a signed answer are its parameters (JARM 2.1)", "[oidc]")
{
    auto payload = good_claims();
    payload["expires_in"] = 60;
    payload["nested"] = {{"code", "another"}};
    const auto made = signed_and_validated(payload);
    REQUIRE(outcome(made) == "ok");
    CHECK(value(*made, "state") == "s-1");
    CHECK(value(*made, "code") == "c-1");
    CHECK(value(*made, "iss") == "https://idp.example");
    CHECK(value(*made, "aud") == "(none)");
    CHECK(value(*made, "expires_in") == "(none)");
    CHECK(value(*made, "nested") == "(none)");
}

TEST_CASE("every check of JARM 2.4 refuses by its own name", "[oidc]")
{
    const auto [rule, payload, expected] = GENERATE_COPY(table<std::string, json, std::string>({
        {"all is well", good_claims(), "ok"},
        {"RFC 7519, 4.1.3: we are one of several", with("aud", {"gate"}), "ok"},
        {"step 3", with("iss", "https://other.example"), "oidc_issuer_mismatch at response.iss"},
        {"step 3", with("iss", "https://idp.example/"), "oidc_issuer_mismatch at response.iss"},
        {"step 3", with("iss", 7), refused + ".iss"},
        {"step 3", without("iss"), refused + ".iss"},
        {"step 4", with("aud", "another"), refused + ".aud"},
        {"step 4", with("aud", json::array()), refused + ".aud"},
        {"step 4", with("aud", {"gate", "another"}), refused + ".azp"},
        {"step 4", without("aud"), refused + ".aud"},
        {"step 5", with("exp", clock_says - 60), refused + ".exp"},
        {"step 5: clocks differ", with("exp", clock_says - 59), "ok"},
        {"step 5", with("exp", "soon"), refused + ".exp"},
        {"step 5", without("exp"), refused + ".exp"},
        {"RFC 7519, 4.1.5", with("nbf", clock_says + 61), refused + ".nbf"},
    }));
    CAPTURE(rule, payload.dump());
    CHECK(outcome(signed_and_validated(payload)) == expected);
}

TEST_CASE("a signed answer's algorithm and key are the provider's alone (RFC 8725, 3.1)", "[oidc]")
{
    const auto text = good_claims().dump();
    const auto stranger = signing_key::make("ES256");
    const auto forged = signing_key::with_secret("HS256", idp_key().public_pem());
    const auto none = test::base64url(R"({"alg":"none"})") + "." + test::base64url(text) + ".";
    const auto [what, jwt, expected] = GENERATE_COPY(table<std::string, std::string, std::string>({
        {"alg none", none, refused},
        {"alg None", test::base64url(R"({"alg":"None"})") + "." + test::base64url(text) + ".", refused},
        {"HS256 with the public key", forged.sign_with_kid("k1", text), refused + ".alg"},
        {"another key", stranger.sign_with_kid("k1", text), refused + ".signature"},
        {"an ID token's type is fine", idp_key().sign(R"({"alg":"ES256","typ":"JWT"})", text), "ok"},
        {"an access token", idp_key().sign(R"({"alg":"ES256","typ":"at+jwt"})", text), refused + ".typ"},
        {"a logout token", idp_key().sign(R"({"alg":"ES256","typ":"logout+jwt"})", text), refused + ".typ"},
        {"no object", idp_key().sign_with_kid("k1", "[]"), refused},
        {"doubled members", idp_key().sign_with_kid("k1", R"({"iss":"a","iss":"b"})"), refused},
        {"cut off", idp_key().sign_with_kid("k1", text).substr(0, 40), refused},
        {"two parts", "a.b", refused},
        {"an encrypted one", "a.b.c.d.e", refused},
        {"nothing", "", refused},
    }));
    CAPTURE(what);
    CHECK(outcome(validate(jwt)) == expected);
}

TEST_CASE("an algorithm that is not allowed for ID tokens is not for answers either", "[oidc]")
{
    auto expected = expectations();
    expected.algorithms = {crypto::algorithm::rs256};
    CHECK(
        outcome(validate(idp_key().sign_with_kid("k1", good_claims().dump()), expected)) == refused + ".alg"
    );
}

TEST_CASE("beside `response` nothing is taken: nobody signed it", "[oidc]")
{
    const auto name = GENERATE(as<std::string>(), "code", "state", "iss", "error", "utm_source");
    CAPTURE(name);
    const parameters received{{"response", "a.b.c"}, {name, "x"}};
    CHECK(outcome(response_in(received)) == "oidc_login_error at authorization_response");
    CHECK(response_in(parameters{{"response", "a.b.c"}}) == "a.b.c");
    CHECK(response_in(parameters{{name, "x"}}) == "");
    CHECK(response_in(parameters{{"response", ""}, {name, "x"}}) == ""); // RFC 6749, 3.1: absent
}

TEST_CASE("the state that an answer claims is read before its signature, and only that", "[oidc]")
{
    const auto stranger = signing_key::make("ES256");
    const auto [jwt, expected] = GENERATE_COPY(table<std::string, std::string>({
        {stranger.sign_with_kid("k9", R"({"state":"s-1"})"), "s-1"},
        {stranger.sign_with_kid("k9", R"({"state":7})"), ""},
        {stranger.sign_with_kid("k9", R"({"nested":{"state":"s"},"a.state":"s"})"), ""},
        {stranger.sign_with_kid("k9", "state"), ""},
        {"a.b.c", ""},
        {"", ""},
        {std::string(70'000, 'a'), ""},
    }));
    CHECK(claimed_state(jwt) == state(expected));
}

// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"
#include "crypto/jws.hpp"
#include "oidc/request_object.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::oidc;

namespace
{

constexpr std::int64_t clock_says = 1'800'000'000;
const time_point now{std::chrono::seconds(clock_says)};

authorization_request usual_request()
{
    authorization_request request;
    request.client = client_id("gate");
    request.redirect = redirect_uri("https://app.example/oidc/callback");
    request.scopes = {"openid", "email"};
    request.state = state("the-state");
    request.nonce = nonce("the-nonce");
    request.code_challenge = "the-challenge";
    return request;
}

const crypto::signing_key& our_key()
{
    static const auto key = crypto::signing_key::generate(crypto::algorithm::es256).value();
    return key;
}

std::string object_of(const authorization_request& request)
{
    const request_object_claims claims{issuer("https://idp.example"), "j-1", now};
    return make_request_object(request, claims, {our_key(), crypto::algorithm::es256}).value();
}

json claims_of(const authorization_request& request)
{
    const auto text = object_of(request);
    return json::parse(as_text(crypto::take_apart(text)->payload));
}

} // namespace

TEST_CASE("a request object has what RFC 9101 and Core 6.1 ask for", "[oidc]")
{
    auto request = usual_request();
    request.max_age = std::chrono::seconds(60);
    request.prompt = "login";
    request.claims = R"({"id_token":{"email":null}})";
    request.resource = {"https://one.example/", "https://two.example/"};
    request.extra = {{"kc_idp_hint", "github"}};
    request.dpop_jkt = "the-thumbprint";
    const auto claims = claims_of(request);
    const auto [rule, name, expected] = GENERATE(table<std::string, std::string, json>({
        {"RFC 9101, 4", "iss", "gate"},
        {"RFC 9101, 4", "aud", "https://idp.example"},
        {"RFC 9101, 4: a number is a number", "max_age", 60},
        {"RFC 9101, 4", "client_id", "gate"},
        {"RFC 9101, 4", "response_type", "code"},
        {"RFC 9101, 4", "redirect_uri", "https://app.example/oidc/callback"},
        {"RFC 9101, 4", "scope", "openid email"},
        {"RFC 9101, 4", "state", "the-state"},
        {"RFC 9101, 4", "nonce", "the-nonce"},
        {"RFC 7636, 4.3", "code_challenge", "the-challenge"},
        {"RFC 7636, 4.3", "code_challenge_method", "S256"},
        {"Core 6.1: claims is an object", "claims", json{{"id_token", {{"email", nullptr}}}}},
        {"RFC 8707, 2", "resource", json{"https://one.example/", "https://two.example/"}},
        {"RFC 9449, 10", "dpop_jkt", "the-thumbprint"},
        {"extra parameters", "kc_idp_hint", "github"},
        {"RFC 7519, 4.1.7", "jti", "j-1"},
        {"RFC 7519, 4.1.5: for clocks behind ours", "nbf", clock_says - 60},
        {"RFC 7519, 4.1.4: short", "exp", clock_says + 300},
    }));
    CAPTURE(rule, name);
    CHECK(claims[name] == expected);
}

TEST_CASE("a request object is signed by us, and its type is no other JWT's (RFC 9101, 10.8)", "[oidc]")
{
    const auto text = object_of(usual_request());
    const auto jws = crypto::take_apart(text);
    REQUIRE(jws);
    CHECK(jws->typ == "oauth-authz-req+jwt");
    CHECK(jws->kid == our_key().kid());
    const auto ours = crypto::verification_key::from_jwk(our_key().public_jwk()).value();
    CHECK(crypto::verify(*jws, ours));
    CHECK_FALSE(claims_of(usual_request()).contains("sub"));
}

TEST_CASE("extra parameters never become the JWT's own claims", "[oidc]")
{
    const auto name = GENERATE(as<std::string>(), "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "request");
    CAPTURE(name);
    auto request = usual_request();
    const auto without = claims_of(request);
    request.extra = {{name, "mine"}};
    CHECK(claims_of(request) == without);
}

TEST_CASE("claims that are no object go as they are", "[oidc]")
{
    auto request = usual_request();
    request.claims = GENERATE(as<std::string>(), "{", "[]", "7", "text");
    CHECK(claims_of(request)["claims"] == request.claims);
}

TEST_CASE("beside a request object stands what OpenID Connect wants there, and nothing else", "[oidc]")
{
    auto request = usual_request();
    request.login_hint = "alice";
    const parameters expected{
        {"response_type", "code"}, {"client_id", "gate"}, {"scope", "openid email"}, {"request", "a.b.c"}
    };
    const auto made = with_request_object(request, "a.b.c");
    REQUIRE(made.size() == expected.size());
    for (std::size_t index = 0; index < made.size(); ++index)
    {
        CHECK(made[index].name == expected[index].name);
        CHECK(made[index].value == expected[index].value);
    }
}

TEST_CASE("an algorithm that does not go with the key signs nothing", "[oidc]")
{
    const request_object_claims claims{issuer("https://idp.example"), "j-1", now};
    const auto made = make_request_object(usual_request(), claims, {our_key(), crypto::algorithm::rs256});
    CHECK_FALSE(made);
}

// SPDX-License-Identifier: Apache-2.0
#include "provider/verification.hpp"
#include "support/catch.hpp"
#include "unit/provider/fixture.hpp"

#include <array>

using namespace sekisho;
using test::provider_fixture;

namespace
{

using paths = std::vector<std::string>;

const std::string discovery = "/.well-known/openid-configuration";

oidc::authorization_grant implicit_grant(std::string id_token, std::string access_token = {})
{
    oidc::authorization_grant grant;
    grant.id_token = std::move(id_token);
    grant.access_token = secret(std::move(access_token));
    return grant;
}

result<provider::verified_sign_in> sign_in_implicit(provider_fixture& the, oidc::authorization_grant grant)
{
    the.what.flow = oidc::flow::implicit;
    return test::run(the.context, the.make().verify(std::move(grant), provider_fixture::expectations()));
}

} // namespace

TEST_CASE("a code becomes verified claims and tokens, each call made once", "[provider]")
{
    provider_fixture the;
    the.script_sign_in();
    const auto got = the.sign_in(the.make());
    REQUIRE(got);
    CHECK(got->claims.subject().view() == "alice");
    CHECK(got->access_token.reveal() == "at-1");
    CHECK(got->refresh_token.empty());
    CHECK(got->expires_in == 60s);
    CHECK(got->id_token.starts_with("ey"));
    CHECK(the.asked_paths() == paths{discovery, "/token", "/jwks"});
    CHECK(
        the.http.requests()[1].body == "grant_type=authorization_code&code=c-1&redirect_uri="
                                       "https%3A%2F%2Fgate.example%2Foidc%2Fcallback&code_verifier=v-1"
    );
}

TEST_CASE("a failure of any call of a sign-in ends it with that step's code and no second try", "[provider]")
{
    const auto [number, network, code] = GENERATE(table<std::size_t, errc, errc>({
        {0, errc::network_failure, errc::oidc_metadata_fetch_failure},
        {0, errc::network_timeout, errc::oidc_metadata_fetch_failure},
        {1, errc::network_failure, errc::oidc_code_exchange_failure},
        {1, errc::network_timeout, errc::oidc_code_exchange_failure},
        {1, errc::value_too_large, errc::oidc_code_exchange_failure},
        {2, errc::network_failure, errc::oidc_key_fetch_failure},
        {2, errc::value_malformed, errc::oidc_key_fetch_failure},
        {3, errc::network_failure, errc::oidc_userinfo_failure},
        {3, errc::network_timeout, errc::oidc_userinfo_failure},
    }));
    CAPTURE(number, describe(network).name);
    provider_fixture the;
    the.what.userinfo = provider::userinfo_policy::always;
    the.script_sign_in();
    the.http.answer_json(R"({"sub":"alice"})");
    the.http.fail_call(number, error{network, "http_client", "timed out after 10s"});
    const auto got = the.sign_in(the.make());
    REQUIRE_FALSE(got);
    CHECK(got.error().code == code);
    CHECK(got.error().detail.find("timed out after 10s") != std::string::npos);
    CHECK(the.http.calls() == number + 1);
}

TEST_CASE("with every call answered that same sign-in is good", "[provider]")
{
    provider_fixture the;
    the.what.userinfo = provider::userinfo_policy::always;
    the.script_sign_in();
    the.http.answer_json(R"({"sub":"alice"})");
    CHECK(the.sign_in(the.make()));
    CHECK(the.http.calls() == 4);
}

TEST_CASE(
    "a code without an answer to redeem it, or in the wrong flow, is refused before any token call",
    "[provider]"
)
{
    provider_fixture the;
    the.http.answer_json(test::discovery_document);
    const auto got = test::run(
        the.context, the.make().verify(implicit_grant(the.id_token()), provider_fixture::expectations())
    );
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_received_no_code_or_token_failure);
    CHECK(the.asked_paths() == paths{discovery});
}

TEST_CASE("keys that were rotated since are fetched again once, and the sign-in succeeds", "[provider]")
{
    provider_fixture the;
    auto& op = the.make();
    the.script_sign_in();
    REQUIRE(the.sign_in(op));
    const auto same_kid = GENERATE(false, true); // the key behind a kid may change as well
    the.key = test::signing_key::make("ES256");
    const std::string kid = same_kid ? "k1" : "k2";
    the.http.answer_json(the.token_body(the.key.sign_with_kid(kid, the.claims())));
    the.http.answer_json(the.key.jwks({.kid = kid, .use = "sig", .alg = {}}));
    CHECK(the.sign_in(op));
    CHECK(the.asked("/jwks") == 2);
}

TEST_CASE("a token that no key ever signs costs one fetch of the keys, however often it comes", "[provider]")
{
    provider_fixture the;
    auto& op = the.make();
    the.script_sign_in();
    REQUIRE(the.sign_in(op));
    const auto foreign = test::signing_key::make("ES256").sign_with_kid("k9", the.claims());
    the.http.answer_json(the.token_body(foreign));
    the.http.answer_json(the.jwks());
    for (int attempt = 0; attempt < 20; ++attempt)
    {
        const auto got = the.sign_in(op);
        REQUIRE_FALSE(got);
        CHECK(got.error().code == errc::oidc_generic_token_failure);
        the.http.answer_json(the.token_body(foreign));
    }
    CHECK(the.asked("/jwks") == 2);
}

TEST_CASE("a token under an algorithm that is not allowed never reaches for keys", "[provider]")
{
    provider_fixture the;
    the.what.algorithms = {crypto::algorithm::rs256};
    the.http.answer_json(test::discovery_document);
    the.http.answer_json(the.token_body(the.id_token()));
    const auto got = the.sign_in(the.make());
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_generic_token_failure);
    CHECK(the.asked("/jwks") == 0);
}

TEST_CASE("HS256 is keyed by the client secret, only when it is allowed, and needs no key set", "[provider]")
{
    const bool is_allowed = GENERATE(true, false);
    provider_fixture the;
    if (is_allowed)
        the.what.algorithms = {crypto::algorithm::hs256};
    the.key = test::signing_key::with_secret("HS256", "s3cret");
    the.http.answer_json(test::discovery_document);
    the.http.answer_json(the.token_body(the.key.sign_with_kid("", the.claims())));
    CHECK(the.sign_in(the.make()).has_value() == is_allowed);
    CHECK(the.asked("/jwks") == 0);
}

TEST_CASE("a token of another sign-in is refused by its nonce", "[provider]")
{
    provider_fixture the;
    the.script_sign_in();
    auto expected = provider_fixture::expectations();
    expected.nonce = oidc::nonce("n-2");
    const auto got = test::run(the.context, the.make().verify(provider_fixture::code(), expected));
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_nonce_missing);
}

TEST_CASE("an expired token is refused by the clock that was given", "[provider]")
{
    provider_fixture the;
    the.script_sign_in();
    the.now += 300s + 60s + 1s;
    const auto got = the.sign_in(the.make());
    REQUIRE_FALSE(got);
    CHECK(got.error().where == "id_token.exp");
}

TEST_CASE("auth_time is asked for when max_age was sent", "[provider]")
{
    const auto [more, is_good] = GENERATE_COPY(table<std::string, bool>({
        {"", false}, // Core 3.1.3.7, 11 and 2: required then
        {R"(,"auth_time":)" + std::to_string(test::noon - 10), true},
        {R"(,"auth_time":)" + std::to_string(test::noon - 1000), false},
    }));
    provider_fixture the;
    the.script_sign_in(more);
    auto expected = provider_fixture::expectations();
    expected.max_age = 100s;
    CHECK(
        test::run(the.context, the.make().verify(provider_fixture::code(), expected)).has_value() == is_good
    );
}

TEST_CASE("an implicit sign-in makes no token call", "[provider]")
{
    provider_fixture the;
    the.http.answer_json(test::discovery_document);
    the.http.answer_json(the.jwks());
    const auto got = sign_in_implicit(the, implicit_grant(the.id_token()));
    REQUIRE(got);
    CHECK(got->access_token.empty());
    CHECK(the.asked_paths() == paths{discovery, "/jwks"});
}

TEST_CASE("an access token that came through the browser must be bound to the ID token", "[provider]")
{
    provider_fixture the; // Core 3.2.2.9: at_hash is required
    the.http.answer_json(test::discovery_document);
    the.http.answer_json(the.jwks());
    const auto got = sign_in_implicit(the, implicit_grant(the.id_token(), "somebody's token"));
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_generic_token_failure);
    CHECK(got.error().where == "id_token.at_hash");
}

TEST_CASE("UserInfo is asked as the policy says", "[provider]")
{
    using enum provider::userinfo_policy;
    const auto [policy, more, is_asked] = GENERATE(table<provider::userinfo_policy, std::string, bool>({
        {when_needed, R"(,"email":"a@x.example","groups":[])", false},
        {when_needed, R"(,"upn":"a@x.example","groups":["g"])", false
        }, // a chain is satisfied by one of its claims
        {when_needed, R"(,"email":"a@x.example")", true},
        {when_needed, R"(,"email":null,"groups":[])", true},
        {always, R"(,"email":"a@x.example","groups":[])", true},
        {never, "", false},
    }));
    CAPTURE(more);
    provider_fixture the;
    the.what.userinfo = policy;
    the.what.wanted_claims = {{"email", "upn"}, {"groups"}, {}};
    the.script_sign_in(more);
    the.http.answer_json(R"({"sub":"alice","groups":["staff"],"extra":1})");
    const auto got = the.sign_in(the.make());
    REQUIRE(got);
    CHECK(the.asked("/userinfo") == (is_asked ? 1U : 0U));
    CHECK((got->claims.find("extra") != nullptr) == is_asked);
}

TEST_CASE("UserInfo about somebody else refuses the sign-in", "[provider]")
{
    const std::string body = GENERATE(
        std::string(R"({"sub":"mallory"})"), std::string(R"({"email":"alice@x.example"})"), std::string("[]")
    ); // Core 5.3.2
    provider_fixture the;
    the.what.userinfo = provider::userinfo_policy::always;
    the.script_sign_in();
    the.http.answer_json(body);
    const auto got = the.sign_in(the.make());
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_userinfo_failure);
}

TEST_CASE("UserInfo never overrules the ID token and never sees the token of an invalid one", "[provider]")
{
    provider_fixture the;
    the.what.userinfo = provider::userinfo_policy::always;
    SECTION("it adds, the ID token wins")
    {
        the.script_sign_in(R"(,"email":"signed@x.example")");
        the.http.answer_json(R"({"sub":"alice","email":"other@x.example","name":"Alice"})");
        const auto got = the.sign_in(the.make());
        REQUIRE(got);
        CHECK(got->claims.text("email") == "signed@x.example");
        CHECK(got->claims.text("name") == "Alice");
    }
    SECTION("an invalid ID token ends it before")
    {
        the.script_sign_in(R"(,"azp":"somebody else")");
        CHECK_FALSE(the.sign_in(the.make()));
        CHECK(the.asked("/userinfo") == 0);
    }
}

TEST_CASE("a UserInfo failure says how to do without when nobody insisted on it", "[provider]")
{
    provider_fixture the;
    the.what.wanted_claims = {{"groups"}};
    the.script_sign_in();
    the.http.answer(net::incoming_response{.status = 401, .fields = {}, .body = {}});
    const auto got = the.sign_in(the.make());
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_userinfo_failure);
    CHECK(got.error().detail.find("oidc.userinfo to never") != std::string::npos);
}

// SPDX-License-Identifier: Apache-2.0
#include "oidc/authorization_response.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/test_keys.hpp"

using namespace sekisho;
using namespace sekisho::oidc;
using test::outcome;

namespace
{

response_expectations expecting(response_form form)
{
    response_expectations made;
    made.issuer = issuer("https://idp.example");
    made.form = form;
    return made;
}

result<authorization_grant> check(const parameters& received, const response_expectations& expected)
{
    return authorization_response::parse(received).value().check(expected);
}

} // namespace

TEST_CASE("JARM: of a signed answer only the state is known before its key", "[oidc]")
{
    const auto key = test::signing_key::make("ES256");
    const auto jwt = key.sign_with_kid("k1", R"({"state":"s-1","code":"c-1"})");
    const auto response = authorization_response::parse(parameters{{"response", jwt}});
    REQUIRE(outcome(response) == "ok");
    CHECK(response->state() == state("s-1"));
    CHECK(response->jwt() == jwt);
    auto expected = expecting(response_form::plain);
    CHECK(outcome(response->check(expected)) == "oidc_login_error at authorization_response");
    expected.form = response_form::signed_jwt;
    CHECK(outcome(response->check(expected)) == "oidc_login_error at authorization_response");
    const auto nobodys = authorization_response::parse(parameters{{"response", "a.b.c"}});
    CHECK(outcome(nobodys) == "oidc_state_missing at authorization_response");
}

TEST_CASE("JARM: an answer that should be signed and is not is refused, and the reverse", "[oidc]")
{
    const parameters plain{{"state", "s-1"}, {"code", "c-1"}};
    auto expected = expecting(response_form::plain);
    const auto opened = authorization_response::from_jwt(plain).value();
    CHECK(opened.jwt().empty());
    CHECK(outcome(opened.check(expected)) == "oidc_login_error at authorization_response");
    expected.form = response_form::signed_jwt;
    CHECK(opened.check(expected)->code == code("c-1"));
    CHECK(outcome(check(plain, expected)) == "oidc_login_error at authorization_response");
    const auto said = check({{"state", "s-1"}, {"error", "unsupported_response_mode"}}, expected);
    CHECK(outcome(said) == "oidc_login_error at authorization_response");
    CHECK(test::has(test::detail(said), "unsupported_response_mode"));
}

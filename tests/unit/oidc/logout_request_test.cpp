// SPDX-License-Identifier: Apache-2.0
#include "oidc/logout_request.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::oidc;

namespace
{

logout_request whole_request()
{
    logout_request request;
    request.client = client_id("our-client");
    request.id_token_hint = secret("h.i.nt");
    request.post_logout_redirect_uri = "https://app.example/logout";
    request.state = state("s");
    request.ui_locales = "ja";
    return request;
}

std::string sent(const logout_request& request, std::string_view endpoint = "https://idp.example/end")
{
    return to_url(url::parse(endpoint).value(), request);
}

} // namespace

TEST_CASE("OIDCCClientTestRPInitLogout: the logout request has everything of RP-Initiated Logout 2", "[oidc]")
{
    CHECK(
        sent(whole_request()) ==
        "https://idp.example/end?client_id=our-client&id_token_hint=h.i.nt"
        "&post_logout_redirect_uri=https%3A%2F%2Fapp.example%2Flogout&state=s&ui_locales=ja"
    );
}

TEST_CASE("OIDCCClientTestRPInitLogoutNoState: what is not set is not sent", "[oidc]")
{
    auto request = whole_request();
    request.state = state();
    request.ui_locales = "";
    request.id_token_hint = secret();
    CHECK(
        sent(request) ==
        "https://idp.example/"
        "end?client_id=our-client&post_logout_redirect_uri=https%3A%2F%2Fapp.example%2Flogout"
    );
}

TEST_CASE("a state without a way back is not sent", "[oidc]")
{
    auto request = whole_request();
    request.post_logout_redirect_uri = "";
    CHECK(sent(request) == "https://idp.example/end?client_id=our-client&id_token_hint=h.i.nt&ui_locales=ja");
}

TEST_CASE("okta-auth-js#1346: a hint above the limit is left out, the client id stays", "[oidc]")
{
    auto request = whole_request();
    request.hint_limit = 100;
    request.id_token_hint = secret(std::string(100, 'x'));
    CHECK(sent(request).find("id_token_hint=xxx") != std::string::npos);
    request.id_token_hint = secret(std::string(101, 'x'));
    CHECK(sent(request).find("id_token_hint") == std::string::npos);
    CHECK(sent(request).find("client_id=our-client") != std::string::npos);
}

TEST_CASE("the end_session_endpoint's own query stays", "[oidc]")
{
    CHECK(sent(whole_request(), "https://idp.example/end?p=1&state=x")
              .starts_with("https://idp.example/end?p=1&client_id"));
}

TEST_CASE(
    "Amazon Cognito and Auth0 are asked in their own words, without a hint and without a state", "[oidc]"
)
{
    logout_request request;
    request.client = client_id("gate");
    request.id_token_hint = secret("e30.e30.c2ln");
    request.post_logout_redirect_uri = "https://app.example/logout";
    request.state = state("s1");
    metadata provider;
    provider.authorization_endpoint = url::parse("https://idp.example/oauth2/authorize").value();
    const auto asked = [&](logout_form form)
    {
        const auto address = logout_address(provider, form);
        return address ? to_url(*address, request, form) : "none";
    };
    constexpr auto cognito = "?client_id=gate&logout_uri=https%3A%2F%2Fapp.example%2Flogout";
    constexpr auto auth0 = "?client_id=gate&returnTo=https%3A%2F%2Fapp.example%2Flogout";
    CHECK(asked(logout_form::standard) == "none");
    CHECK(asked(logout_form::cognito) == std::string("https://idp.example/logout") + cognito);
    CHECK(asked(logout_form::auth0) == std::string("https://idp.example/v2/logout") + auth0);
    provider.end_session_endpoint = url::parse("https://idp.example/end").value();
    CHECK(asked(logout_form::standard).starts_with("https://idp.example/end?client_id=gate&id_token_hint="));
    CHECK(asked(logout_form::cognito) == std::string("https://idp.example/end") + cognito);
    CHECK(asked(logout_form::auth0) == std::string("https://idp.example/v2/logout") + auth0);
}

TEST_CASE("PingFederate's own address takes TargetResource and nothing else", "[oidc]")
{
    metadata provider;
    CHECK(usual_logout_form(provider) == logout_form::standard);
    CHECK_FALSE(logout_address(provider, logout_form::ping));
    provider.ping_end_session_endpoint = url::parse("https://idp.example/idp/startSLO.ping").value();
    CHECK(usual_logout_form(provider) == logout_form::ping);
    const auto address = logout_address(provider, logout_form::ping);
    REQUIRE(address);
    CHECK(
        to_url(*address, whole_request(), logout_form::ping) ==
        "https://idp.example/idp/startSLO.ping?TargetResource=https%3A%2F%2Fapp.example%2Flogout"
    );
    auto nowhere = whole_request();
    nowhere.post_logout_redirect_uri = "";
    CHECK(to_url(*address, nowhere, logout_form::ping) == "https://idp.example/idp/startSLO.ping");
    provider.end_session_endpoint = url::parse("https://idp.example/end").value();
    CHECK(usual_logout_form(provider) == logout_form::standard);
}

// SPDX-License-Identifier: Apache-2.0
#include "http/form.hpp"
#include "oidc/authorization_request.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::oidc;

namespace
{

authorization_request usual_request()
{
    authorization_request request;
    request.client = client_id("our-client");
    request.redirect = redirect_uri("https://app.example/oidc/callback");
    request.scopes = {"openid", "email"};
    request.state = state("the-state");
    request.nonce = nonce("the-nonce");
    request.code_challenge = "the-challenge";
    return request;
}

http::form sent(const authorization_request& request, std::string_view endpoint = "https://idp.example/auth")
{
    const auto address = url::parse(to_url(url::parse(endpoint).value(), request)).value();
    return http::form::parse(address.query()).value();
}

std::string value(const http::form& form, std::string_view name)
{
    return std::string(form.first(name).value_or("(none)"));
}

} // namespace

TEST_CASE("the authorization request of each flow has what its specification asks for", "[oidc]")
{
    const auto [rule, how, name, expected] = GENERATE(table<std::string, flow, std::string, std::string>({
        {"Core 3.1.2.1", flow::pkce, "response_type", "code"},
        {"Core 3.1.2.1", flow::pkce, "client_id", "our-client"},
        {"Core 3.1.2.1", flow::pkce, "redirect_uri", "https://app.example/oidc/callback"},
        {"Core 3.1.2.1", flow::pkce, "scope", "openid email"},
        {"Core 3.1.2.1", flow::pkce, "state", "the-state"},
        {"Core 3.1.2.1", flow::pkce, "nonce", "the-nonce"},
        {"RFC 7636, 4.3", flow::pkce, "code_challenge", "the-challenge"},
        {"RFC 7636, 4.3", flow::pkce, "code_challenge_method", "S256"},
        {"the query is usual for a code", flow::pkce, "response_mode", "(none)"},
        {"no PKCE with code", flow::code, "code_challenge", "(none)"},
        {"no PKCE with code", flow::code, "code_challenge_method", "(none)"},
        {"nonce with code too", flow::code, "nonce", "the-nonce"},
        {"Core 3.2.2.1", flow::implicit, "response_type", "id_token"},
        {"Core 3.2.2.1: nonce REQUIRED", flow::implicit, "nonce", "the-nonce"},
        {"Form Post 2", flow::implicit, "response_mode", "form_post"},
        {"no PKCE with implicit", flow::implicit, "code_challenge", "(none)"},
        {"Core 3.2.2.1", flow::id_token_token, "response_type", "id_token token"},
        {"Core 3.2.2.1: nonce REQUIRED", flow::id_token_token, "nonce", "the-nonce"},
        {"Multiple Response Types, 5", flow::id_token_token, "response_mode", "form_post"},
        {"no PKCE without a code", flow::id_token_token, "code_challenge", "(none)"},
        {"Core 3.3.2.1", flow::code_id_token, "response_type", "code id_token"},
        {"Core 3.3.2.1", flow::code_token, "response_type", "code token"},
        {"Core 3.3.2.1", flow::code_id_token_token, "response_type", "code id_token token"},
        {"Multiple Response Types, 5", flow::code_id_token, "response_mode", "form_post"},
        {"Multiple Response Types, 5", flow::code_token, "response_mode", "form_post"},
        {"Multiple Response Types, 5", flow::code_id_token_token, "response_mode", "form_post"},
        {"PKCE with every hybrid", flow::code_id_token, "code_challenge", "the-challenge"},
        {"PKCE with every hybrid", flow::code_token, "code_challenge_method", "S256"},
        {"PKCE with every hybrid", flow::code_id_token_token, "code_challenge", "the-challenge"},
        {"Core 3.3.2.1: nonce REQUIRED", flow::code_id_token, "nonce", "the-nonce"},
        {"not sent unless set", flow::pkce, "prompt", "(none)"},
        {"not sent unless set", flow::pkce, "max_age", "(none)"},
        {"not sent unless set", flow::pkce, "ui_locales", "(none)"},
        {"not sent unless set", flow::pkce, "acr_values", "(none)"},
        {"not sent unless set", flow::pkce, "display", "(none)"},
        {"not sent unless set", flow::pkce, "claims", "(none)"},
        {"not sent unless set", flow::pkce, "domain_hint", "(none)"},
        {"not sent unless set", flow::pkce, "resource", "(none)"},
        {"not sent unless set", flow::pkce, "audience", "(none)"},
    }));
    CAPTURE(rule, name);
    auto request = usual_request();
    request.flow = how;
    CHECK(value(sent(request), name) == expected);
}

TEST_CASE("form_post is asked for where it is set, and implicit never falls back to an address", "[oidc]")
{
    auto request = usual_request();
    request.mode = response_mode::form_post;
    CHECK(value(sent(request), "response_mode") == "form_post");
    request.flow = GENERATE(
        flow::implicit, flow::id_token_token, flow::code_id_token, flow::code_token, flow::code_id_token_token
    );
    request.mode = response_mode::query;
    CHECK(value(sent(request), "response_mode") == "form_post");
}

TEST_CASE("a signed answer is asked for in the way that fits the flow, never in a fragment", "[oidc]")
{
    const auto [mode, how, expected] = GENERATE(table<response_mode, flow, std::string>({
        {response_mode::jwt, flow::pkce, "jwt"},
        {response_mode::query_jwt, flow::code, "query.jwt"},
        {response_mode::form_post_jwt, flow::pkce, "form_post.jwt"},
        {response_mode::jwt, flow::code_id_token, "form_post.jwt"}, // JARM 2.3.4 has a fragment there
        {response_mode::query_jwt, flow::implicit, "form_post.jwt"},
        {response_mode::form_post_jwt, flow::id_token_token, "form_post.jwt"},
    }));
    auto request = usual_request();
    request.mode = mode;
    request.flow = how;
    CHECK(value(sent(request), "response_mode") == expected);
    CHECK(is_signed(mode));
    CHECK(is_posted(how, mode) == (expected == "form_post.jwt"));
}

TEST_CASE("optional parameters are sent as they are set", "[oidc]")
{
    auto request = usual_request();
    request.prompt = "select_account";
    request.max_age = std::chrono::seconds(0);
    request.ui_locales = "ja en";
    request.login_hint = "a+b@example.com";
    request.extra = {{"audience", "https://api.example/"}};
    const auto form = sent(request);
    CHECK(value(form, "prompt") == "select_account");
    CHECK(value(form, "max_age") == "0");
    CHECK(value(form, "ui_locales") == "ja en");
    CHECK(value(form, "login_hint") == "a+b@example.com");
    CHECK(value(form, "audience") == "https://api.example/");
}

TEST_CASE("what is wanted of a sign-in is sent as its specification spells it", "[oidc]")
{
    auto request = usual_request();
    request.acr_values = {"phr", "urn:mace:incommon:iap:silver"}; // Core 3.1.2.1: by preference
    request.display = "page";
    request.domain_hint = "example.com";
    request.resource = {"https://one.example/", "https://two.example/"}; // RFC 8707, 2
    request.audience = "https://api.example/";
    request.extra = {{"resource", "https://three.example/"}, {"audience", "x"}, {"access_type", "offline"}};
    const auto form = sent(request);
    CHECK(value(form, "acr_values") == "phr urn:mace:incommon:iap:silver");
    CHECK(value(form, "display") == "page");
    CHECK(value(form, "domain_hint") == "example.com");
    CHECK(value(form, "audience") == "https://api.example/");
    CHECK(value(form, "access_type") == "offline");
    const auto text = to_url(url::parse("https://idp.example/auth?resource=x").value(), request);
    CHECK_THAT(
        text,
        Catch::Matchers::Contains(
            "&resource=https%3A%2F%2Fone.example%2F&resource=https%3A%2F%2Ftwo.example%2F&"
        )
    );
    CHECK(text.find("resource=x") == std::string::npos);
    CHECK(text.find("three") == std::string::npos);
}

TEST_CASE("openid is always among the scopes, once", "[oidc]")
{
    auto request = usual_request();
    request.scopes = {"email"};
    CHECK(value(sent(request), "scope") == "openid email");
    request.scopes = {};
    CHECK(value(sent(request), "scope") == "openid");
    request.scopes = {"email", "openid"};
    CHECK(value(sent(request), "scope") == "email openid");
}

TEST_CASE("without an ID token to come openid is not added to the scopes (RFC 6749, 3.3)", "[oidc]")
{
    auto request = usual_request();
    request.scopes = {"read_user"};
    request.adds_openid = false;
    CHECK(value(sent(request), "scope") == "read_user");
}

TEST_CASE("the endpoint's own query stays, except what is ours (RFC 6749, 3.1)", "[oidc]")
{
    const auto form = sent(
        usual_request(), "https://idp.example/auth?p=B2C_1%5Fx&state=theirs&response%5Ftype=token&empty"
    );
    CHECK(value(form, "p") == "B2C_1_x");
    CHECK(value(form, "state") == "the-state");
    CHECK(value(form, "response_type") == "code");
    CHECK(form.all_unique());
    const auto text = to_url(url::parse("https://idp.example/auth?p=B2C_1%5Fx").value(), usual_request());
    CHECK(text.starts_with("https://idp.example/auth?p=B2C_1%5Fx&"));
}

TEST_CASE("mod_auth_openidc ChangeLog 220: extra parameters neither double nor replace ours", "[oidc]")
{
    auto request = usual_request();
    request.prompt = "login";
    request.extra = {
        {"redirect_uri", "https://evil.example/"},
        {"state", "x"},
        {"nonce", "x"},
        {"code_challenge_method", "plain"},
        {"response_mode", "fragment"},
        {"request_uri", "https://evil.example/r"},
        {"scope", "openid everything"},
        {"prompt", "none"},
        {"twice", "1"},
        {"twice", "2"},
    };
    const auto form = sent(request);
    CHECK(form.all_unique());
    CHECK(value(form, "redirect_uri") == "https://app.example/oidc/callback");
    CHECK(value(form, "state") == "the-state");
    CHECK(value(form, "nonce") == "the-nonce");
    CHECK(value(form, "code_challenge_method") == "S256");
    CHECK(value(form, "response_mode") == "(none)");
    CHECK(value(form, "request_uri") == "(none)");
    CHECK(value(form, "scope") == "openid email");
    CHECK(value(form, "prompt") == "login");
    CHECK(value(form, "twice") == "1");
    CHECK(is_reserved("redirect_uri"));
    CHECK_FALSE(is_reserved("prompt"));
}

TEST_CASE("values cannot break out of their parameter", "[oidc]")
{
    auto request = usual_request();
    request.login_hint = "a&state=x#\r\n y";
    const auto text = to_url(url::parse("https://idp.example/auth").value(), request);
    CHECK(text.find_first_of("#\r\n ") == std::string::npos);
    CHECK(value(sent(request), "login_hint") == "a&state=x#\r\n y");
}

TEST_CASE("the claims that are asked for go out as they are written (Core 5.5)", "[oidc]")
{
    auto request = usual_request();
    request.claims = R"({"id_token":{"acr":{"essential":true,"values":["a b","c&d"]}}})";
    request.extra = {{"claims", "{}"}};
    CHECK(value(sent(request), "claims") == request.claims);
}

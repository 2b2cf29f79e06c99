// SPDX-License-Identifier: Apache-2.0
#include "http/form.hpp"
#include "oidc/token_request.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::oidc;

namespace
{

const client_credentials public_client{
    .id = client_id("our-client"), .client_secret = {}, .method = client_authentication::none
};

url endpoint() { return url::parse("https://idp.example/token").value(); }

} // namespace

TEST_CASE(
    "a code is redeemed with its redirect address and verifier (RFC 6749 4.1.3, RFC 7636 4.5)", "[oidc]"
)
{
    const code_grant grant{
        .code = code("c+/="),
        .redirect = redirect_uri("https://app.example/cb"),
        .verifier = code_verifier("v")
    };
    const auto request = code_request(endpoint(), public_client, grant);
    CHECK(request.endpoint.text() == "https://idp.example/token");
    CHECK(
        body(request) ==
        "grant_type=authorization_code&code=c%2B%2F%3D&redirect_uri=https%3A%2F%2Fapp.example%2Fcb"
        "&code_verifier=v&client_id=our-client"
    );
}

TEST_CASE("without PKCE no verifier is sent", "[oidc]")
{
    const code_grant grant{
        .code = code("c"), .redirect = redirect_uri("https://a/cb"), .verifier = std::nullopt
    };
    const auto form = http::form::parse(body(code_request(endpoint(), public_client, grant))).value();
    CHECK(form.count("code_verifier") == 0);
    CHECK(form.all_unique());
}

TEST_CASE("a token request says what it is and never has an Origin (Okta, Entra AADSTS9002326)", "[oidc]")
{
    const code_grant grant{
        .code = code("c"), .redirect = redirect_uri("https://a/cb"), .verifier = std::nullopt
    };
    const auto request = code_request(endpoint(), public_client, grant);
    const http::owned_fields expected{
        {"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}
    };
    CHECK(request.fields == expected);
}

TEST_CASE("a refresh sends the refresh token and authenticates the client (RFC 6749, 6)", "[oidc]")
{
    const client_credentials confidential{
        .id = client_id("our-client"),
        .client_secret = secret("s"),
        .method = client_authentication::client_secret_post,
    };
    CHECK(
        body(refresh_request(endpoint(), confidential, secret("r"))) ==
        "grant_type=refresh_token&refresh_token=r&client_id=our-client&client_secret=s"
    );
}

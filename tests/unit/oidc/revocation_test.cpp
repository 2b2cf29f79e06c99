// SPDX-License-Identifier: Apache-2.0
#include "oidc/revocation.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::oidc;
using test::outcome;

TEST_CASE("a token is revoked with its kind and the client's proof (RFC 7009, 2.1)", "[oidc]")
{
    const auto [what, hint] = GENERATE(table<token_hint, std::string>({
        {token_hint::refresh_token, "refresh_token"},
        {token_hint::access_token, "access_token"},
    }));
    const client_credentials client{
        .id = client_id("gate"),
        .client_secret = secret("s"),
        .method = client_authentication::client_secret_post,
    };
    const auto request =
        revocation_request(url::parse("https://idp.example/revoke").value(), client, secret("t+/="), what);
    CHECK(request.endpoint.text() == "https://idp.example/revoke");
    CHECK(body(request) == "token=t%2B%2F%3D&token_type_hint=" + hint + "&client_id=gate&client_secret=s");
}

TEST_CASE("what the answer to a revocation means (RFC 7009, 2.2)", "[oidc]")
{
    const auto [status, text, expected] = GENERATE(table<int, std::string, std::string>({
        {200, "", "ok"}, // also for tokens that the provider does not know
        {204, "", "ok"},
        {200, "not json", "ok"},
        {400,
         R"({"error":"unsupported_token_type"})",
         "oidc_revocation_failure at revocation.unsupported_token_type"}, // 2.2.1
        {401, R"({"error":"invalid_client"})", "oidc_revocation_failure at revocation"},
        {503, "", "oidc_revocation_failure at revocation"},
        {302, "", "oidc_revocation_failure at revocation"},
        {400, R"({"error":7})", "oidc_revocation_failure at revocation"},
    }));
    CAPTURE(status, text);
    CHECK(outcome(read_revocation(status, text)) == expected);
}

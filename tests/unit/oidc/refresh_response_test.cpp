// SPDX-License-Identifier: Apache-2.0
#include "oidc/token_response.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::oidc;
using test::outcome;

TEST_CASE("only the provider's own no ends a grant, never an outage (RFC 6749, 5.2)", "[oidc]")
{
    const auto [status, text, expected] = GENERATE(table<int, std::string, std::string>({
        {200, R"({"access_token":"a","token_type":"Bearer"})", "ok"}, // Core 12.2: no ID token need come
        {200, R"({"access_token":"a","token_type":"Bearer","refresh_token":"r","id_token":"i"})", "ok"},
        {200, R"({"id_token":"i"})", "oidc_refresh_failure at token_response.access_token"}, // 5.1
        {400, R"({"error":"invalid_grant"})", "oidc_refresh_refused at token_response.invalid_grant"},
        {403,
         R"({"error":"invalid_grant","error_description":"Unknown or invalid refresh token."})",
         "oidc_refresh_refused at token_response.invalid_grant"}, // Auth0
        {200, R"({"error":"bad_refresh_token"})", "oidc_refresh_refused at token_response.invalid_grant"},
        {400,
         R"({"error":"interaction_required"})",
         "oidc_refresh_refused at token_response.interaction_required"}, // Entra
        {400, R"({"error":"login_required"})", "oidc_refresh_refused at token_response.interaction_required"},
        {500, R"({"error":"invalid_grant"})", "oidc_refresh_failure at token_response.invalid_grant"},
        {503, R"({"error":"invalid_grant"})", "oidc_refresh_failure at token_response.invalid_grant"},
        {429, R"({"error":"invalid_grant"})", "oidc_refresh_failure at token_response.invalid_grant"},
        {401, R"({"error":"invalid_client"})", "oidc_refresh_failure at token_response.invalid_client"},
        {400,
         R"({"error":"unauthorized_client"})",
         "oidc_refresh_failure at token_response.unauthorized_client"},
        {400, R"({"error":"invalid_scope"})", "oidc_refresh_failure at token_response"},
        {400, R"({"error":"invalid_grant_x"})", "oidc_refresh_failure at token_response"},
        {400, R"({"error_description":"invalid_grant"})", "oidc_refresh_failure at token_response"},
        {503, "invalid_grant", "oidc_refresh_failure at token_response"},
        {200, "", "oidc_refresh_failure at token_response"},
    }));
    CAPTURE(status, text);
    CHECK(outcome(parse_refresh_response(status, "application/json", text)) == expected);
}

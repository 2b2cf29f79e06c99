// SPDX-License-Identifier: Apache-2.0
#include "oidc/token_error.hpp"
#include "oidc/token_response.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::oidc;

TEST_CASE("what providers say when the Origin was sent, or not, names the setting and its value", "[oidc]")
{
    const auto [code, said, where, advice] =
        GENERATE(table<std::string, std::string, std::string, std::string>({
            {"invalid_request",
             "AADSTS9002326: Cross-origin token redemption is permitted only for the 'Single-Page "
             "Application' "
             "client-type.",
             "token_response.origin",
             "oidc.token_origin to off"},
            {"invalid_request",
             "AADSTS9002327: Tokens issued for the 'Single-Page Application' client-type may only be "
             "redeemed via "
             "cross-origin requests.",
             "token_response.origin",
             "oidc.token_origin to on"},
            {"invalid_request",
             "Browser requests to the token endpoint must be part of at least one of the following: "
             "'authorization_code' with PKCE",
             "token_response.origin",
             "oidc.token_origin to off"},
            {"invalid_request",
             "PKCE code challenge is required when the token endpoint authentication method is 'NONE'.",
             "token_response.pkce",
             "oidc.auth_method to pkce"},
        }));
    CAPTURE(said);
    const nlohmann::json body{{"error", code}, {"error_description", said}};
    const auto got = parse_token_response(400, "application/json", body.dump(), id_token_need::required);
    CHECK(test::outcome(got) == "oidc_code_exchange_failure at " + where);
    CHECK_THAT(test::detail(got), Catch::Matchers::Contains(advice));
}

TEST_CASE("Entra's numbers are told apart, and go before the code's own meaning", "[oidc]")
{
    const auto [said, advice] = GENERATE(table<std::string, std::string>({
        {"AADSTS7000215: Invalid client secret provided.", "not its \"Secret ID\""},
        {"AADSTS7000222: The provided client secret keys are expired.", "has expired"},
        {"AADSTS7000218: The request body must contain", "Entra wants a proof"},
        {"AADSTS700025: Client is public", "take oidc.client_secret away"},
        {"AADSTS700027: The certificate with identifier", "oidc.signing_certificate"},
        {"AADSTS700024: Client assertion is not within its valid time range.", "oidc.assertion_file"},
        {"AADSTS70021: No matching federated identity record found", "no federated credential"},
        {"AADSTS700213: No matching federated identity record found", "subject of oidc.assertion_file"},
        {"AADSTS700016: Application with identifier", "oidc.client_id"},
        {"AADSTS70002: something else", "letters, digits"},
        {"", "letters, digits"},
    }));
    CAPTURE(said);
    const auto known = explain_token_error("invalid_client", said);
    CHECK(known.where == "token_response.invalid_client");
    CHECK_THAT(std::string(known.hint), Catch::Matchers::Contains(advice));
}

TEST_CASE("an error that nobody has described is explained by nothing", "[oidc]")
{
    const auto known = explain_token_error("temporarily_unavailable", "come back later");
    CHECK(known.where == "token_response");
    CHECK(known.hint.empty());
}

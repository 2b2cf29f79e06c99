// SPDX-License-Identifier: Apache-2.0
#include "oidc/authorization_response.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::oidc;
using test::outcome;

namespace
{

response_expectations expecting(flow how, support response_iss = support::unknown)
{
    return {.flow = how, .issuer = issuer("https://idp.example"), .response_iss = response_iss};
}

result<authorization_grant> check(const parameters& received, const response_expectations& expected)
{
    return authorization_response::parse(received).value().check(expected);
}

} // namespace

TEST_CASE("the state is handed out before anything else is looked at", "[oidc]")
{
    const auto response =
        authorization_response::parse(parameters{{"error", "access_denied"}, {"state", "s"}});
    REQUIRE(outcome(response) == "ok");
    CHECK(response->state() == state("s"));
}

TEST_CASE("CVE-2023-27496: a callback without a state is a clean refusal", "[oidc]")
{
    const auto received = GENERATE(
        parameters{},
        parameters{{"code", "c"}},
        parameters{{"code", "c"}, {"state", ""}},
        parameters{{"State", "s"}}
    );
    CHECK(outcome(authorization_response::parse(received)) == "oidc_state_missing at authorization_response");
}

TEST_CASE("RFC 6749, 3.1: a parameter sent twice is refused, even one we do not know", "[oidc]")
{
    const auto name =
        GENERATE(as<std::string>(), "state", "code", "id_token", "iss", "error", "session_state");
    CAPTURE(name);
    parameters received{
        {"state", "s"}, {"code", "c"}, {"id_token", "t"}, {"iss", "i"}, {"error", "e"}, {"session_state", "x"}
    };
    CHECK(outcome(authorization_response::parse(received)) == "ok");
    received.push_back({name, ""});
    CHECK(
        outcome(authorization_response::parse(received)) ==
        "oidc_parameter_duplicated at authorization_response"
    );
}

TEST_CASE("a flood of parameters is refused before it is searched", "[oidc]")
{
    parameters received{{"state", "s"}};
    for (int index = 0; index < 63; ++index)
        received.push_back({"p" + std::to_string(index), ""});
    CHECK(outcome(authorization_response::parse(received)) == "ok");
    received.push_back({"one_more", ""});
    CHECK(outcome(authorization_response::parse(received)) == "value_too_large at authorization_response");
}

TEST_CASE("a good response carries what its flow asked for", "[oidc]")
{
    const auto by_code = check({{"state", "s"}, {"code", "c"}}, expecting(flow::pkce));
    REQUIRE(outcome(by_code) == "ok");
    CHECK(by_code->code == code("c"));
    CHECK(by_code->id_token.empty());
    const auto by_token =
        check({{"state", "s"}, {"id_token", "t"}, {"access_token", "a"}}, expecting(flow::implicit));
    REQUIRE(outcome(by_token) == "ok");
    CHECK_FALSE(by_token->code);
    CHECK(by_token->id_token == "t");
    CHECK(by_token->access_token.reveal() == "a");
}

TEST_CASE("a hybrid response has every part of its response type, and nothing else is taken", "[oidc]")
{
    const parameters all{{"state", "s"}, {"code", "c"}, {"id_token", "t"}, {"access_token", "a"}};
    const auto how =
        GENERATE(flow::code_id_token, flow::code_token, flow::code_id_token_token); // Core 3.3.2.5
    const auto grant = check(all, expecting(how));
    REQUIRE(outcome(grant) == "ok");
    CHECK(grant->code == code("c"));
    CHECK(grant->id_token == (has_id_token(how) ? "t" : ""));
    CHECK(grant->access_token.reveal() == (has_access_token(how) ? "a" : ""));
}

TEST_CASE("a hybrid response that lacks a part of its response type is refused by that part's name", "[oidc]")
{
    const auto [missing, how] = GENERATE(table<std::string, flow>({
        {"code", flow::code_id_token},
        {"id_token", flow::code_id_token},
        {"code", flow::code_token},
        {"access_token", flow::code_token},
        {"code", flow::code_id_token_token},
        {"id_token", flow::code_id_token_token},
        {"access_token", flow::code_id_token_token},
        {"id_token", flow::id_token_token}, // Core 3.2.2.5
        {"access_token", flow::id_token_token},
    }));
    CAPTURE(missing);
    parameters received{{"state", "s"}, {"code", "c"}, {"id_token", "t"}, {"access_token", "a"}};
    const auto name = missing;
    std::erase_if(received, [&](const parameter& each) { return each.name == name; });
    const auto grant = check(received, expecting(how));
    CHECK(outcome(grant) == "oidc_received_no_code_or_token_failure at authorization_response");
    CHECK_THAT(test::detail(grant), Catch::Matchers::Contains("no " + missing + " parameter"));
}

TEST_CASE("a response of another flow is refused", "[oidc]")
{
    const std::string refused = "oidc_received_no_code_or_token_failure at authorization_response";
    const auto [rule, received, how] = GENERATE(table<std::string, parameters, flow>({
        {"nothing", {{"state", "s"}}, flow::pkce},
        {"empty code (RFC 6749, 3.1)", {{"state", "s"}, {"code", ""}}, flow::pkce},
        {"an injected token", {{"state", "s"}, {"id_token", "t"}}, flow::pkce},
        {"an injected token", {{"state", "s"}, {"id_token", "t"}}, flow::code},
        {"an injected code", {{"state", "s"}, {"code", "c"}}, flow::implicit},
        {"CVE-2026-82462: only an access token", {{"state", "s"}, {"access_token", "a"}}, flow::implicit},
        {"CVE-2026-82462: only an access token", {{"state", "s"}, {"access_token", "a"}}, flow::pkce},
    }));
    CAPTURE(rule);
    CHECK(outcome(check(received, expecting(how))) == refused);
}

TEST_CASE("a token beside a code is not taken", "[oidc]")
{
    const auto grant = check(
        {{"state", "s"}, {"code", "c"}, {"id_token", "t"}, {"access_token", "a"}}, expecting(flow::pkce)
    );
    REQUIRE(outcome(grant) == "ok");
    CHECK(grant->id_token.empty());
    CHECK(grant->access_token.empty());
}

TEST_CASE("the provider's error becomes our code (RFC 6749 4.1.2.1, Core 3.1.2.6)", "[oidc]")
{
    const auto [name, expected] = GENERATE(table<std::string, std::string>({
        {"access_denied", "oidc_access_denied"},
        {"temporarily_unavailable", "oidc_provider_unavailable"},
        {"server_error", "oidc_provider_unavailable"},
        {"login_required", "oidc_interaction_required"},
        {"interaction_required", "oidc_interaction_required"},
        {"consent_required", "oidc_interaction_required"},
        {"account_selection_required", "oidc_interaction_required"},
        {"invalid_scope", "oidc_auth_error"},
        {"unauthorized_client", "oidc_auth_error"},
        {"something_new", "oidc_auth_error"},
        {"<script>", "oidc_auth_error"},
        {"a\r\nb", "oidc_auth_error"},
    }));
    CAPTURE(name);
    const auto refused = check({{"state", "s"}, {"error", name}, {"code", "c"}}, expecting(flow::pkce));
    CHECK(outcome(refused) == expected + " at authorization_response");
    CHECK_FALSE(test::has(test::detail(refused), "\n"));
}

TEST_CASE(
    "CVE-2017-6059: what the provider writes about an error goes to the log only, short and in quotes",
    "[oidc]"
)
{
    const auto refused = check(
        {{"state", "s"},
         {"error", "invalid_scope"},
         {"error_description", "<b>call 555</b>\r\nx\"" + std::string(9000, 'y')}},
        expecting(flow::pkce)
    );
    const auto text = test::detail(refused);
    CHECK_THAT(text, Catch::Matchers::Contains("invalid_scope"));
    CHECK_THAT(text, Catch::Matchers::Contains("\"<b>call 555</b>??x?yyy"));
    CHECK(text.size() < 300);
    CHECK_FALSE(test::has(std::string(describe(refused.error().code).summary), "555"));
}

TEST_CASE("RFC 9207, 4: an answer that is an ID token may leave its issuer to the token", "[oidc]")
{
    const parameters answer{{"state", "s"}, {"id_token", "a.b.c"}};
    const parameters hybrid{{"state", "s"}, {"code", "c"}, {"id_token", "a.b.c"}, {"access_token", "a"}};
    CHECK(outcome(check(hybrid, expecting(flow::code_id_token, support::yes))) == "ok");
    CHECK(
        outcome(check(hybrid, expecting(flow::code_token, support::yes))) ==
        "oidc_issuer_mismatch at authorization_response.iss"
    );
    CHECK(outcome(check(answer, expecting(flow::implicit, support::yes))) == "ok");
    auto wrong = answer;
    wrong.push_back({"iss", "https://evil.example"});
    CHECK(
        outcome(check(wrong, expecting(flow::implicit, support::yes))) ==
        "oidc_issuer_mismatch at authorization_response.iss"
    );
}

TEST_CASE("where many tenants have one template, the response may name those that are let in", "[oidc]")
{
    auto expected = expecting(flow::pkce);
    expected.issuer = issuer("https://login.example/{tenantid}/v2.0");
    expected.tenants = {"t-1"};
    const auto from = [&](const std::string& iss)
    { return outcome(check({{"state", "s"}, {"code", "c"}, {"iss", iss}}, expected)); };
    CHECK(from("https://login.example/t-1/v2.0") == "ok");
    CHECK(from("https://login.example/t-2/v2.0") == "oidc_issuer_mismatch at authorization_response.iss");
    CHECK(
        from("https://login.example/{tenantid}/v2.0") == "oidc_issuer_mismatch at authorization_response.iss"
    );
}

TEST_CASE("RFC 9207, 2.4: the response's issuer is the one the sign-in was sent to", "[oidc]")
{
    const std::string mismatch = "oidc_issuer_mismatch at authorization_response.iss";
    const auto [iss, announced, expected] = GENERATE_COPY(table<std::string, support, std::string>({
        {"https://idp.example", support::yes, "ok"},
        {"https://idp.example", support::unknown, "ok"},
        {"https://evil.example", support::yes, mismatch},
        {"https://evil.example", support::no, mismatch},
        {"https://idp.example/", support::unknown, mismatch},
        {"", support::yes, mismatch},
        {"", support::no, "ok"},
        {"", support::unknown, "ok"},
    }));
    CAPTURE(iss);
    CHECK(
        outcome(check({{"state", "s"}, {"code", "c"}, {"iss", iss}}, expecting(flow::pkce, announced))) ==
        expected
    );
    // An error of another provider is no error of ours (RFC 9207, 2.4: before anything else is processed).
    if (expected == mismatch)
        CHECK(
            outcome(check(
                {{"state", "s"}, {"error", "access_denied"}, {"iss", iss}}, expecting(flow::pkce, announced)
            )) == mismatch
        );
}

TEST_CASE("RFC 9207, 2.4: the response's issuer may be the provider's other name where it has one", "[oidc]")
{
    const auto [other, iss, is_taken] = GENERATE(Catch::Generators::table<std::string, std::string, bool>({
        {"", "https://idp.example/login/oauth", false},
        {"https://idp.example/login/oauth", "https://idp.example/login/oauth", true},
        {"https://idp.example/login/oauth", "https://idp.example/login/oauth/", false},
        {"https://idp.example/login/oauth", "https://IDP.example/login/oauth", false},
    }));
    CAPTURE(other, iss);
    auto expected = expecting(flow::pkce);
    expected.other_name = other;
    const auto response =
        authorization_response::parse(parameters{{"code", "c"}, {"state", "s"}, {"iss", iss}}).value();
    CHECK(response.check(expected).has_value() == is_taken);
}

TEST_CASE(
    "Keycloak's page that was open for too long is a sign-in that took too long, and only that", "[oidc]"
)
{
    const auto [error, description, expected] =
        GENERATE(Catch::Generators::table<std::string, std::string, std::string>({
            {"temporarily_unavailable", "authentication_expired", "oidc_sign_in_expired"},
            {"temporarily_unavailable", "", "oidc_provider_unavailable"},
            {"access_denied", "authentication_expired", "oidc_access_denied"},
        }));
    CAPTURE(error, description);
    const auto response = authorization_response::parse(
                              parameters{{"error", error}, {"error_description", description}, {"state", "s"}}
    )
                              .value();
    CHECK(describe(response.check(expecting(flow::pkce)).error().code).name == expected);
}

TEST_CASE("of an implicit response with an access token both tokens are taken, and no code", "[oidc]")
{
    const parameters all{{"state", "s"}, {"code", "c"}, {"id_token", "t"}, {"access_token", "a"}};
    const auto grant = check(all, expecting(flow::id_token_token)); // Core 3.2.2.5
    REQUIRE(outcome(grant) == "ok");
    CHECK_FALSE(grant->code);
    CHECK(grant->id_token == "t");
    CHECK(grant->access_token.reveal() == "a");
}

TEST_CASE("the scope of an answer counts where no token endpoint will say it", "[oidc]")
{
    const parameters all{
        {"state", "s"}, {"code", "c"}, {"id_token", "t"}, {"access_token", "a"}, {"scope", "openid files"}
    };
    const auto [how, scope] = GENERATE(table<flow, std::string>({
        {flow::id_token_token, "openid files"}, // RFC 6749, 4.2.2
        {flow::pkce, ""},                       // whoever has the browser could put it there
        {flow::code_token, ""},
        {flow::code_id_token_token, ""},
    }));
    CHECK(check(all, expecting(how)).value().scope == scope);
}

// SPDX-License-Identifier: Apache-2.0
#include "oidc/token_response.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::oidc;
using test::outcome;

namespace
{

result<token_response> read(std::string_view body, int status = 200)
{
    return parse_token_response(status, "application/json", body, id_token_need::required);
}

const std::string failure = "oidc_code_exchange_failure at token_response";

} // namespace

TEST_CASE("a good token response gives its tokens", "[oidc]")
{
    const auto made = read(
        R"({"access_token":"a","token_type":"Bearer","id_token":"i","refresh_token":"r","expires_in":300,"scope":"openid"})"
    );
    REQUIRE(outcome(made) == "ok");
    CHECK(made->id_token == "i");
    CHECK(made->access_token.reveal() == "a");
    CHECK(made->refresh_token.reveal() == "r");
    CHECK(made->expires_in == std::chrono::seconds(300));
    CHECK(made->scope == "openid");
}

TEST_CASE("each rule of a successful token response", "[oidc]")
{
    const auto [rule, body, expected] = GENERATE_COPY(table<std::string, std::string, std::string>({
        {"Core 3.1.3.3: id_token",
         R"({"access_token":"a","token_type":"Bearer"})",
         "oidc_code_exchange_token_missing at token_response.id_token"},
        {"id_token empty", R"({"id_token":""})", "oidc_code_exchange_token_missing at token_response.id_token"
        },
        {"id_token null",
         R"({"id_token":null})",
         "oidc_code_exchange_token_missing at token_response.id_token"},
        {"id_token of another type", R"({"id_token":7})", failure},
        {"only an ID token", R"({"id_token":"i"})", "ok"},
        {"token_type, case (RFC 6749, 5.1)",
         R"({"id_token":"i","access_token":"a","token_type":"bEARER"})",
         "ok"},
        {"token_type missing", R"({"id_token":"i","access_token":"a"})", failure},
        {"token_type of another kind", R"({"id_token":"i","access_token":"a","token_type":"DPoP"})", failure},
        {"access_token of another type",
         R"({"id_token":"i","access_token":{},"token_type":"Bearer"})",
         failure},
        {"a member twice", R"({"id_token":"i","id_token":"j"})", failure},
        {"unknown members", R"({"id_token":"i","x":[1]})", "ok"},
        {"not an object", R"(["id_token"])", failure},
        {"not JSON", "access_token=a&token_type=bearer", failure},
        {"empty", "", failure},
        {"an error with status 200",
         R"({"error":"bad_verification_code"})",
         "oidc_code_exchange_failure at token_response.invalid_grant"},
        {"CVE-2026-48042: nested", R"({"x":)" + std::string(1'000'000, '['), failure},
    }));
    CAPTURE(rule);
    CHECK(outcome(read(body)) == expected);
}

TEST_CASE("an access token is of the scheme that was asked for, or of no use (RFC 9449, 5)", "[oidc]")
{
    const auto [type, scheme, hint] = GENERATE(table<std::string, token_scheme, std::string>({
        {"dPoP", token_scheme::dpop, ""},
        {"Bearer", token_scheme::bearer, ""},
        {"Bearer", token_scheme::dpop, "let the provider bind"},
        {"mac", token_scheme::dpop, "let the provider bind"},
        {"DPoP", token_scheme::bearer, "set oidc.dpop_key"},
        {"mac", token_scheme::bearer, "it must be Bearer"},
    }));
    CAPTURE(type, hint);
    const auto body = R"({"id_token":"i","access_token":"a","token_type":")" + type + "\"}";
    const auto made = parse_token_response(200, "application/json", body, id_token_need::required, scheme);
    const auto renewed = parse_refresh_response(200, "application/json", body, scheme);
    CHECK(outcome(made) == (hint.empty() ? "ok" : failure));
    CHECK(outcome(renewed) == (hint.empty() ? "ok" : "oidc_refresh_failure at token_response"));
    CHECK(test::has(test::detail(made), hint));
}

TEST_CASE("expires_in of any size is saturated, and of another type refused", "[oidc]")
{
    const std::chrono::seconds ten_years(10LL * 365 * 24 * 3600);
    const auto [text, expected] = GENERATE_COPY(table<std::string, std::optional<std::chrono::seconds>>({
        {"3600", std::chrono::seconds(3600)},
        {"0.9", std::chrono::seconds(0)},
        {"-5", std::chrono::seconds(0)},
        {"1e300", ten_years},
        {"-1e300", std::chrono::seconds(0)},
        {"18446744073709551615", ten_years},
        {"\"3600\"", std::chrono::seconds(3600)}, // ADFS
        {"\"999999999999999999\"", ten_years},
        {"null", std::nullopt},
    }));
    CAPTURE(text);
    const auto made = read(R"({"id_token":"i","expires_in":)" + text + "}");
    REQUIRE(outcome(made) == "ok");
    CHECK(made->expires_in == expected);
    const auto wrong =
        GENERATE(as<std::string>(), "true", "[]", "\"\"", "\"1h\"", "\"-1\"", "\"9999999999999999999\"");
    CHECK(outcome(read(R"({"id_token":"i","expires_in":)" + wrong + "}")) == failure);
}

TEST_CASE("an error response is told apart by its code, with a hint (RFC 6749, 5.2)", "[oidc]")
{
    const auto [status, body, where, words] =
        GENERATE_COPY(table<int, std::string, std::string, std::string>({
            {400, R"({"error":"invalid_grant"})", failure + ".invalid_grant", "used already"},
            {401, R"({"error":"invalid_client"})", failure + ".invalid_client", "client_secret_post"},
            {400, R"({"error":"unauthorized_client"})", failure + ".unauthorized_client", "does not allow"},
            {400, R"({"error":"invalid_request"})", failure + ".invalid_request", "pkce"},
            {200,
             R"({"error":"incorrect_client_credentials"})",
             failure + ".invalid_client",
             "same application"},
            {200, R"({"error":"bad_verification_code"})", failure + ".invalid_grant", "used already"},
            {200, R"({"error":"redirect_uri_mismatch"})", failure + ".redirect_uri", "callback URL"},
            {400, R"({"error":"new_error","error_description":"why\nso"})", failure, "described as \"why?so\""
            },
            {400, R"({"error":"<b>\u0000"})", failure, "(unprintable)"},
            {500, "<html>", failure, "status 500"},
            {503, "{}", failure, "status 503"},
            {302, R"({"id_token":"i"})", failure, "status 302"},
            {201, R"({"id_token":"i"})", failure, "status 201"},
        }));
    CAPTURE(body);
    const auto made = read(body, status);
    CHECK(outcome(made) == where);
    CHECK_THAT(test::detail(made), Catch::Matchers::Contains(words));
}

TEST_CASE("an answer of another type is named", "[oidc]")
{
    const auto made =
        parse_token_response(200, "text/html; charset=utf-8", "<html>", id_token_need::required);
    CHECK_THAT(test::detail(made), Catch::Matchers::Contains("text/html"));
}

TEST_CASE("Core 12.2: after a refresh the ID token may be missing", "[oidc]")
{
    const auto* const body = R"({"access_token":"a","token_type":"Bearer"})";
    const auto made = parse_token_response(200, "application/json", body, id_token_need::optional);
    REQUIRE(outcome(made) == "ok");
    CHECK(made->id_token.empty());
}

TEST_CASE("no refusal repeats a token", "[oidc]")
{
    const auto made = read(R"({"access_token":"s3cr3t","id_token":"s3cr3t","token_type":"x"})");
    CHECK(outcome(made) == failure);
    CHECK_FALSE(test::has(test::detail(made), "s3cr3t"));
}

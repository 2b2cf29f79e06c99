// SPDX-License-Identifier: Apache-2.0
#include "oidc/registration_response.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using nlohmann::json;
using oidc::registration_step;

namespace
{

const json asked{{"redirect_uris", {"https://app.example.com/cb"}}, {"scope", "openid"}};

json good_answer()
{
    auto made = asked;
    made.update({
        {"client_id", "c-1"},
        {"client_secret", "s3cret"},
        {"client_secret_expires_at", 0},
        {"registration_access_token", "t-1"},
        {"registration_client_uri", "https://idp.example/register/c-1"},
    });
    return made;
}

} // namespace

TEST_CASE("a registered client is read with all that changes it later", "[oidc]")
{
    const auto got = oidc::read_registration(201, good_answer().dump(), registration_step::creation, asked);
    REQUIRE(test::outcome(got) == "ok");
    CHECK(got->id.view() == "c-1");
    CHECK(got->client_secret.reveal() == "s3cret");
    CHECK_FALSE(got->secret_expires);
    CHECK(got->access_token.reveal() == "t-1");
    CHECK(got->client_uri == "https://idp.example/register/c-1");
    CHECK(got->differences.empty());
}

TEST_CASE("a client secret that ends says when", "[oidc]")
{
    auto answer = good_answer();
    answer["client_secret_expires_at"] = 1'790'000'000;
    const auto got = oidc::read_registration(200, answer.dump(), registration_step::creation, asked);
    REQUIRE(got);
    CHECK(got->secret_expires == from_numeric_date(1'790'000'000));
}

TEST_CASE("an answer without a usable client is refused", "[oidc]")
{
    const auto [what, body] = GENERATE(table<std::string, std::string>({
        {"no JSON", "<html>"},
        {"no object", "[]"},
        {"no client_id", "{}"},
        {"an empty client_id", R"({"client_id":""})"},
        {"a line break", R"({"client_id":"a\nb"})"},
        {"a control that a terminal obeys", R"({"client_id":"a\u001b[2Jb"})"},
        {"a secret that is none", R"({"client_id":"c","client_secret":1})"},
        {"a secret of two lines", R"({"client_id":"c","client_secret":"a\nb"})"},
        {"a token that would be two headers", R"({"client_id":"c","registration_access_token":"a\r\nX: y"})"},
        {"a time that is none", R"({"client_id":"c","client_secret":"s","client_secret_expires_at":"soon"})"},
    }));
    CAPTURE(what);
    const auto got = oidc::read_registration(201, body, registration_step::creation, asked);
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::value_malformed);
}

TEST_CASE("a refusal is explained (RFC 7591, 3.2.2)", "[oidc]")
{
    const auto [status, body, code, told] = GENERATE(table<int, std::string, errc, std::string>({
        {400, R"({"error":"invalid_redirect_uri"})", errc::oidc_auth_error, "server.public_url"},
        {400,
         R"({"error":"invalid_client_metadata","error_description":"no scope x"})",
         errc::oidc_auth_error,
         "no scope x"},
        {401, R"({"error":"invalid_token"})", errc::oidc_auth_error, "oidc.registration_token"},
        {403, R"({"error":"insufficient_scope"})", errc::oidc_auth_error, "initial access token"},
        {401, "", errc::oidc_auth_error, "oidc.registration_token"},
        {404, "<html>", errc::oidc_auth_error, "oidc.registration_endpoint"},
        {302, "", errc::oidc_auth_error, "302"},
        {503, R"({"error":"temporarily_unavailable"})", errc::oidc_provider_unavailable, "503"},
        {429, "", errc::oidc_provider_unavailable, "429"},
    }));
    CAPTURE(status, body);
    const auto got = oidc::read_registration(status, body, registration_step::creation, asked);
    REQUIRE_FALSE(got);
    CHECK(got.error().code == code);
    CHECK(got.error().detail.contains(told));
    CHECK_FALSE(oidc::read_deletion(status, body));
}

TEST_CASE("only a new client is created, and a removed one is gone (RFC 7592, 2.2 and 2.3)", "[oidc]")
{
    CHECK(oidc::read_registration(200, good_answer().dump(), registration_step::update, asked));
    CHECK_FALSE(oidc::read_registration(201, good_answer().dump(), registration_step::update, asked));
    CHECK(oidc::read_deletion(204, ""));
}

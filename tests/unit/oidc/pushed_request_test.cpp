// SPDX-License-Identifier: Apache-2.0
#include "oidc/pushed_request.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::oidc;
using test::outcome;

namespace
{

const parameters authorization{{"response_type", "code"}, {"client_id", "gate"}, {"scope", "openid a+b"}};

form_request pushed_by(client_authentication method)
{
    const client_credentials client{
        .id = client_id("gate"),
        .client_secret = secret("s"),
        .method = method,
        .assertion = secret("a.b.c"),
    };
    return pushed_request(url::parse("https://idp.example/par").value(), client, authorization);
}

std::string field(const form_request& request, std::string_view name)
{
    for (const auto& [each, value] : request.fields)
        if (each == name)
            return value;
    return "(none)";
}

} // namespace

TEST_CASE("a pushed request has the parameters and the client's proof, its id once (RFC 9126, 2.1)", "[oidc]")
{
    const auto [method, proof] = GENERATE(table<client_authentication, std::string>({
        {client_authentication::none, "&client_id=gate"},
        {client_authentication::client_secret_basic, "&client_id=gate"},
        {client_authentication::client_secret_post, "&client_id=gate&client_secret=s"},
        {client_authentication::private_key_jwt,
         "&client_id=gate&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-"
         "bearer&client_assertion=a.b.c"},
        {client_authentication::tls_client_auth, "&client_id=gate"},
    }));
    CAPTURE(name(method));
    const auto request = pushed_by(method);
    CHECK(request.endpoint.text() == "https://idp.example/par");
    CHECK(body(request) == "response_type=code&scope=openid+a%2Bb" + proof);
    const auto is_basic = method == client_authentication::client_secret_basic;
    CHECK(field(request, "Authorization") == (is_basic ? "Basic Z2F0ZTpz" : "(none)"));
}

TEST_CASE("a request_uri and its time is what a pushed request is answered with (RFC 9126, 2.2)", "[oidc]")
{
    const auto read =
        read_pushed(201, R"({"request_uri":"urn:ietf:params:oauth:request_uri:x","expires_in":60})");
    REQUIRE(outcome(read) == "ok");
    CHECK(read->request_uri == "urn:ietf:params:oauth:request_uri:x");
    CHECK(read->expires_in == std::chrono::seconds(60));
}

TEST_CASE("what is no answer to a pushed request is refused, and says why", "[oidc]")
{
    const std::string refused = "oidc_auth_error at pushed_request";
    const std::string outage = "oidc_provider_unavailable at pushed_request";
    const auto [status, text, expected, why] =
        GENERATE_COPY(table<int, std::string, std::string, std::string>({
            {201, "", refused, "status 201"},
            {201, "<html>", refused, "JSON"},
            {201, "[]", refused, "JSON"},
            {201, "{}", refused, "request_uri"},
            {201, R"({"request_uri":7,"expires_in":60})", refused, "request_uri"},
            {201, R"({"request_uri":"","expires_in":60})", refused, "request_uri"},
            {201, R"({"request_uri":"urn:a b","expires_in":60})", refused, "request_uri"},
            {201, R"({"request_uri":"urn:a\r\nb","expires_in":60})", refused, "request_uri"},
            {201, R"({"request_uri":")" + std::string(2049, 'u') + R"(","expires_in":60})", refused, "2,048"},
            {201, R"({"request_uri":"urn:a"})", refused, "expires_in"},
            {201, R"({"request_uri":"urn:a","expires_in":null})", refused, "expires_in"},
            {201, R"({"request_uri":"urn:a","expires_in":"60"})", refused, "expires_in"},
            {201, R"({"request_uri":"urn:a","expires_in":0})", refused, "expires_in"},
            {201, R"({"request_uri":"urn:a","expires_in":-5})", refused, "expires_in"},
            {201, R"({"request_uri":"urn:a","request_uri":"urn:b","expires_in":60})", refused, "JSON"},
            {200, R"({"request_uri":"urn:a","expires_in":60})", refused, "instead of 201"},
            {302, "", refused, "status 302"},
            {404, "not found", refused, "status 404"},
            {400, R"({"error":"invalid_request"})", refused, "redirect address"},
            {400, R"({"error":"invalid_request_object"})", refused, "server.jwks_path"},
            {401, R"({"error":"invalid_client"})", refused, "oidc.client_authentication"},
            {400, R"({"error":"odd","error_description":"said \u0007so"})", refused, "said ?so"},
            {201, R"({"error":"invalid_scope","request_uri":"urn:a","expires_in":60})", refused, "oidc.scopes"
            },
            {413, "", refused, "status 413"},
            {429, R"({"error":"slow_down"})", outage, "status 429"},
            {500, "", outage, "status 500"},
            {503, R"({"error":"temporarily_unavailable"})", outage, "temporarily_unavailable"},
        }));
    CAPTURE(status, text);
    const auto read = read_pushed(status, text);
    CHECK(outcome(read) == expected);
    CHECK_THAT(test::detail(read), Catch::Matchers::Contains(why));
}

TEST_CASE("an absurd lifetime is cut, not overflowed", "[oidc]")
{
    const auto read = read_pushed(201, R"({"request_uri":"urn:a","expires_in":1e300})");
    REQUIRE(outcome(read) == "ok");
    CHECK(read->expires_in == std::chrono::hours(24));
}

TEST_CASE("the browser carries the client's id and the reference, nothing else (RFC 9126, 4)", "[oidc]")
{
    const auto all = by_reference(client_id("gate"), "urn:a");
    REQUIRE(all.size() == 2);
    CHECK((all[0].name == "client_id" && all[0].value == "gate"));
    CHECK((all[1].name == "request_uri" && all[1].value == "urn:a"));
}

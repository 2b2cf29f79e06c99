// SPDX-License-Identifier: Apache-2.0
#include "app/check/credentials.hpp"
#include "app/check/reach.hpp"
#include "support/catch.hpp"

#include <string>
#include <tuple>

namespace sekisho::app
{

using Catch::Matchers::Contains;

namespace
{

const time_point noon = time_point(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22)) + 12h;

url at(const std::string& text) { return url::parse(text).value(); }

provider::configuration configured()
{
    provider::configuration made;
    made.issuer = oidc::parse_issuer("https://idp.example", oidc::transport::https_or_loopback).value();
    return made;
}

oidc::metadata announced()
{
    oidc::metadata made;
    made.token_endpoint = at("https://idp.example/token");
    made.userinfo_endpoint = at("https://api.example/userinfo");
    made.jwks_uri = at("https://idp.example/jwks");
    return made;
}

} // namespace

TEST_CASE("a client certificate's end is a warning a month before and a problem behind it", "[app]")
{
    using enum check_code;
    const auto [left, code, text] = GENERATE(table<std::chrono::seconds, check_code, std::string>({
        {std::chrono::hours(24 * 31), provider_certificate, "valid until 2026-12-23T12:00:00Z"},
        {std::chrono::hours(24 * 30), provider_certificate, "valid until"},
        {std::chrono::hours(24 * 5), provider_certificate_ends, "2026-11-27T12:00:00Z, which is in 5 days"},
        {std::chrono::hours(25), provider_certificate_ends, "in 1 day"},
        {0s, provider_certificate_ends, "within a day"},
        {-1s, provider_certificate_over, "valid until 2026-11-22T11:59:59Z"},
    }));
    const auto found = judge_certificate("our.crt", noon + left, noon);
    CHECK(found.code == code);
    CHECK_THAT(found.found, Contains("our.crt: ") && Contains(text));
}

TEST_CASE("a proxy is named with what goes through it, and never its password", "[app]")
{
    const auto proxies = http::outbound_proxies_of("http://me:hush@proxy.example:3128").value();
    const auto metadata = announced();
    const auto found = judge_way(configured(), &metadata, proxies, "oidc.proxy");
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == check_code::provider_proxy);
    CHECK(
        found[0].found == "https://idp.example, https://api.example through proxy.example:3128 (oidc.proxy)"
    );
    CHECK(judge_way(configured(), &metadata, {}, "").empty());
}

TEST_CASE("what goes past the proxy is not said to go through it", "[app]")
{
    const auto proxies = http::outbound_proxies_of("proxy.example:3128", "", "idp.example").value();
    const auto metadata = announced();
    const auto found = judge_way(configured(), &metadata, proxies, "from the environment");
    REQUIRE(found.size() == 1);
    CHECK_THAT(found[0].found, !Contains("idp.example") && Contains("https://api.example through"));
}

TEST_CASE("a back channel is named, and is where calls go", "[app]")
{
    auto what = configured();
    what.reach.back_channel = at("http://127.0.0.1:8080");
    const auto origins = called_origins(what, nullptr);
    REQUIRE(origins.size() == 1);
    CHECK(origins[0].origin() == "http://127.0.0.1:8080");
    const auto found = judge_way(what, nullptr, {}, "");
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == check_code::provider_back_channel);
    CHECK_THAT(found[0].found, Contains("http://127.0.0.1:8080"));
}

TEST_CASE("given addresses are those that sign-ins call, and others", "[app]")
{
    auto what = configured();
    what.reach.endpoints.authorization_endpoint = at("https://idp.example/a");
    what.reach.endpoints.token_endpoint = at("https://idp.example/t");
    what.reach.endpoints.userinfo_endpoint = at("https://idp.example/u");
    what.reach.endpoints.jwks_uri = at("https://idp.example/k");
    const auto made = given_addresses(what);
    REQUIRE(made.size() == 3); // keys are asked for as keys
    CHECK(made[0].use == address_use::elsewhere);
    CHECK(made[1].use == address_use::called);
    CHECK(made[2].use == address_use::called);
    what.userinfo = provider::userinfo_policy::never;
    what.flow = oidc::flow::implicit;
    for (const auto& each : given_addresses(what))
        CHECK(each.use == address_use::elsewhere);
}

TEST_CASE("findings speak of a further provider's settings by their own names", "[app]")
{
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"Look at oidc.issuer.", "Look at providers.okta.issuer."},
        {"oidc.proxy (oidc.ca_file)", "providers.okta.proxy (providers.okta.ca_file)"},
        {"https://oidc.example and my-oidc.example", "https://oidc.example and my-oidc.example"},
        {"oidc.", "oidc."},
    }));
    CHECK(spoken_of("okta", text) == expected);
    CHECK(spoken_of("default", text) == text);
    CHECK(spoken_of("", text) == text);
}

} // namespace sekisho::app

// SPDX-License-Identifier: Apache-2.0
#include "app/check/metadata.hpp"
#include "http/date.hpp"
#include "support/catch.hpp"
#include "support/test_keys.hpp"

#include <algorithm>
#include <string>
#include <tuple>

namespace sekisho::app
{

using Catch::Matchers::Contains;
using std::chrono::seconds;

namespace
{

const time_point noon = time_point(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21)) + 12h;

http::owned_fields dated(seconds ahead, const std::string& age = {})
{
    http::owned_fields made{{"date", std::string(http::format_date(noon + ahead).view())}};
    if (!age.empty())
        made.emplace_back("Age", age);
    return made;
}

std::optional<seconds> measured(const http::owned_fields& answer)
{
    return clock_difference(answer, noon, noon + 2s);
}

oidc::metadata good_metadata()
{
    oidc::metadata made;
    made.issuer = oidc::issuer("https://idp.example");
    made.end_session_endpoint = url::parse("https://idp.example/end").value();
    made.userinfo_endpoint = url::parse("https://idp.example/userinfo").value();
    made.response_types = {"code", "id_token"};
    made.response_modes = {"query", "form_post"};
    made.code_challenge_methods = {"S256"};
    made.scopes = {"openid", "profile", "email"};
    made.id_token_signing_algorithms = {"RS256"};
    made.token_endpoint_auth_methods = {"client_secret_basic", "client_secret_post", "none"};
    return made;
}

provider::configuration configured()
{
    provider::configuration made;
    made.issuer = oidc::parse_issuer("https://idp.example", oidc::transport::https_or_loopback).value();
    made.client = oidc::client_id("gate");
    made.client_secret = secret("of the client");
    return made;
}

bool has(const check_findings& found, check_code code)
{
    return std::ranges::find(found, code, &check_finding::code) != found.end();
}

std::string text_of(const check_findings& found, check_code code)
{
    const auto at = std::ranges::find(found, code, &check_finding::code);
    return at == found.end() ? "(not found)" : at->found;
}

check_findings judge(
    const oidc::metadata& metadata,
    const provider::configuration& what = configured(),
    oidc::response_mode mode = oidc::response_mode::usual
)
{
    return judge_metadata(metadata, what, mode);
}

} // namespace

TEST_CASE("the clocks differ by what lies outside of asking and answer", "[app]")
{
    const auto [ahead, expected] = GENERATE(table<seconds, seconds>({
        {0s, 0s},
        {2s, 0s},
        {3s, 1s},
        {-1s, -1s},
        {120s, 118s},
        {-90s, -90s},
    }));
    CHECK(measured(dated(ahead)) == expected);
}

TEST_CASE("a cached answer's Date is as old as its Age says (RFC 9111, 5.1)", "[app]")
{
    CHECK(measured(dated(-1000s, "1000")) == 0s);
    CHECK(measured(dated(-1000s)) == -1000s);
    CHECK(measured(dated(0s, "100")) == 98s);
}

TEST_CASE("an answer without a usable Date measures nothing", "[app]")
{
    CHECK(measured({}) == std::nullopt);
    CHECK(measured({{"Date", "yesterday"}}) == std::nullopt);
    CHECK(measured(dated(0s, "young")) == std::nullopt);
    CHECK(measured(dated(0s, "-5")) == std::nullopt);
    CHECK(judge_clock(std::nullopt, 60s).code == check_code::provider_clock_unknown);
}

TEST_CASE("a difference of the clocks is judged by oidc.clock_skew", "[app]")
{
    using enum check_code;
    const auto [difference, allowed, code] = GENERATE(table<seconds, seconds, check_code>({
        {0s, 60s, provider_clock},
        {5s, 60s, provider_clock},
        {6s, 60s, provider_clock_off},
        {-6s, 60s, provider_clock_off},
        {60s, 60s, provider_clock_off},
        {61s, 60s, provider_clock_wrong},
        {-61s, 60s, provider_clock_wrong},
        {3s, 2s, provider_clock_wrong},
    }));
    CHECK(judge_clock(difference, allowed).code == code);
}

TEST_CASE("the clock's finding says which one is ahead", "[app]")
{
    CHECK_THAT(judge_clock(90s, 60s).found, Contains("1m30s ahead of ours; oidc.clock_skew is 1m"));
    CHECK_THAT(judge_clock(-90s, 60s).found, Contains("1m30s behind ours"));
}

TEST_CASE("a provider that announces everything leaves nothing to say", "[app]")
{
    const auto found = judge(good_metadata());
    CHECK(has(found, check_code::provider_announces));
    CHECK(has(found, check_code::provider_issuer));
    CHECK(text_of(found, check_code::provider_client_authentication) == "client_secret_basic");
    CHECK(text_of(found, check_code::provider_sign_out) == "https://idp.example/end");
    for (const auto& each : found)
        CHECK(describe(each.code).level == check_level::ok);
}

TEST_CASE("what this configuration needs and the provider does not announce is a warning", "[app]")
{
    auto metadata = good_metadata();
    auto what = configured();
    auto mode = oidc::response_mode::usual;
    std::string expected;
    SECTION("response type")
    {
        metadata.response_types = {"id_token"};
        expected = "response_types_supported does not list \"code\"";
    }
    SECTION("response mode")
    {
        metadata.response_modes = {"query"};
        mode = oidc::response_mode::form_post;
        expected = "response_modes_supported does not list \"form_post\"";
    }
    SECTION("response mode of implicit")
    {
        metadata.response_modes = {"fragment"};
        what.flow = oidc::flow::implicit;
        expected = "response_modes_supported does not list \"form_post\"";
    }
    SECTION("PKCE")
    {
        metadata.code_challenge_methods = {"plain"};
        expected = "code_challenge_methods_supported does not list \"S256\"";
    }
    SECTION("scope")
    {
        what.scopes = {"openid", "groups"};
        expected = "scopes_supported does not list \"groups\"";
    }
    SECTION("client authentication that was chosen")
    {
        metadata.token_endpoint_auth_methods = {"client_secret_basic"};
        what.authentication = oidc::client_authentication::client_secret_post;
        expected = "token_endpoint_auth_methods_supported does not list \"client_secret_post\"";
    }
    CHECK_THAT(text_of(judge(metadata, what, mode), check_code::provider_not_announced), Contains(expected));
}

TEST_CASE("a provider without lists is not doubted", "[app]")
{
    auto metadata = good_metadata();
    metadata.response_types = metadata.response_modes = metadata.scopes =
        metadata.code_challenge_methods = {};
    metadata.id_token_signing_algorithms = metadata.token_endpoint_auth_methods = {};
    const auto found = judge(metadata, configured(), oidc::response_mode::form_post);
    CHECK(has(found, check_code::provider_announces));
    CHECK_FALSE(has(found, check_code::provider_not_announced));
}

TEST_CASE("a secret that no announced method can carry is a problem", "[app]")
{
    auto metadata = good_metadata();
    metadata.token_endpoint_auth_methods = {"private_key_jwt"};
    CHECK_THAT(
        text_of(judge(metadata), check_code::provider_client_authentication_unknown),
        Contains("private_key_jwt")
    );
    auto implicit = configured();
    implicit.flow = oidc::flow::implicit; // calls no token endpoint
    CHECK_FALSE(has(judge(metadata, implicit), check_code::provider_client_authentication_unknown));
}

TEST_CASE("a public client at a provider that does not list none is only a note", "[app]")
{
    auto metadata = good_metadata();
    metadata.token_endpoint_auth_methods = {"client_secret_basic"};
    auto what = configured();
    what.client_secret = secret();
    CHECK(has(judge(metadata, what), check_code::provider_public_client_not_announced));
    CHECK_FALSE(has(judge(good_metadata(), what), check_code::provider_public_client_not_announced));
}

TEST_CASE("algorithms that have nothing in common are a problem", "[app]")
{
    auto metadata = good_metadata();
    metadata.id_token_signing_algorithms = {"HS256", "none"};
    const auto text = text_of(judge(metadata), check_code::provider_algorithms_unsupported);
    CHECK_THAT(text, Contains("signs with \"HS256\", \"none\", accepted are RS256"));
    auto what = configured();
    what.algorithms = {crypto::algorithm::hs256};
    CHECK_FALSE(has(judge(metadata, what), check_code::provider_algorithms_unsupported));
}

TEST_CASE(
    "a missing sign-out address is a note, a missing UserInfo one only matters when it is always asked",
    "[app]"
)
{
    auto metadata = good_metadata();
    metadata.end_session_endpoint.reset();
    metadata.userinfo_endpoint.reset();
    auto what = configured();
    CHECK(has(judge(metadata, what), check_code::provider_no_sign_out));
    CHECK_FALSE(has(judge(metadata, what), check_code::provider_userinfo_missing));
    what.userinfo = provider::userinfo_policy::always;
    CHECK(has(judge(metadata, what), check_code::provider_userinfo_missing));
}

TEST_CASE("PingFederate's older address is where people sign out, unless the standard is wanted", "[app]")
{
    auto metadata = good_metadata();
    metadata.end_session_endpoint.reset();
    metadata.ping_end_session_endpoint = url::parse("https://idp.example/idp/startSLO.ping").value();
    auto what = configured();
    CHECK(
        text_of(judge(metadata, what), check_code::provider_sign_out) ==
        "https://idp.example/idp/startSLO.ping"
    );
    what.sign_out = provider::sign_out_form::standard;
    CHECK(has(judge(metadata, what), check_code::provider_no_sign_out));
}

TEST_CASE(
    "an issuer that only the pasted address differs from is noted with the provider's spelling", "[app]"
)
{
    auto metadata = good_metadata();
    metadata.issuer = oidc::issuer("https://idp.example/");
    auto what = configured();
    what.issuer =
        oidc::parse_issuer(
            "https://idp.example/.well-known/openid-configuration", oidc::transport::https_or_loopback
        )
            .value();
    CHECK_THAT(
        text_of(judge(metadata, what), check_code::provider_issuer_spelling),
        Contains("\"https://idp.example/\"")
    );
}

TEST_CASE("keys are counted, those left out are named, and unfit ones are a problem", "[app]")
{
    const auto key = test::signing_key::make("ES256").jwk({.kid = "good"});
    const auto keys =
        oidc::key_set::parse(R"({"keys":[)" + key + R"(,{"kty":"odd","kid":"strange"}]})").value();
    auto what = configured();
    const auto found = judge_keys(keys, what);
    CHECK(text_of(found, check_code::provider_keys) == "1 usable key");
    CHECK_THAT(text_of(found, check_code::provider_key_skipped), Contains("strange") && Contains("odd"));
    CHECK_FALSE(has(found, check_code::provider_keys_unfit));

    what.algorithms = {crypto::algorithm::rs256, crypto::algorithm::hs256};
    CHECK(
        text_of(judge_keys(keys, what), check_code::provider_keys_unfit) ==
        "1 usable key, none of them for RS256 HS256"
    );
    CHECK(needs_keys(what));
    what.algorithms = {crypto::algorithm::hs256};
    CHECK_FALSE(needs_keys(what));
}

} // namespace sekisho::app

// SPDX-License-Identifier: Apache-2.0
#include "oidc/front_channel.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::oidc;
using test::outcome;

TEST_CASE(
    "OIDCCClientTestFrontChannelLogoutOPInitiated: iss and sid are read (Front-Channel Logout 2)", "[oidc]"
)
{
    const auto call = parse_front_channel_logout(parameters{{"iss", "https://idp.example"}, {"sid", "s1"}});
    REQUIRE(outcome(call) == "ok");
    REQUIRE(call->has_value());
    CHECK((*call)->issuer == issuer("https://idp.example"));
    CHECK((*call)->sid == "s1");
}

TEST_CASE("Entra's call has a sid and no iss", "[oidc]")
{
    const auto call = parse_front_channel_logout(parameters{{"sid", "s1"}});
    REQUIRE(outcome(call) == "ok");
    REQUIRE(call->has_value());
    CHECK_FALSE((*call)->issuer);
    CHECK((*call)->sid == "s1");
}

TEST_CASE("a visit without iss and sid is no front-channel logout", "[oidc]")
{
    const auto received = GENERATE(
        parameters{},
        parameters{{"state", "x"}},
        parameters{{"sid", ""}},
        parameters{{"iss", ""}, {"sid", ""}}
    );
    const auto call = parse_front_channel_logout(received);
    REQUIRE(outcome(call) == "ok");
    CHECK_FALSE(call->has_value());
}

TEST_CASE("a front-channel logout that cannot be meant is refused", "[oidc]")
{
    const auto [received, expected] = GENERATE(table<parameters, std::string>({
        {{{"sid", "a"}, {"sid", "b"}}, "oidc_parameter_duplicated at front_channel_logout"},
        {{{"iss", "https://idp.example"}, {"iss", ""}}, "oidc_parameter_duplicated at front_channel_logout"},
        {{{"sid", std::string(513, 'x')}}, "value_too_large at front_channel_logout"},
        {{{"sid", std::string(512, 'x')}}, "ok"},
        {{{"iss", std::string(2049, 'x')}}, "value_too_large at front_channel_logout"},
        {{{"iss", std::string(2048, 'x')}}, "ok"},
    }));
    CHECK(outcome(parse_front_channel_logout(received)) == expected);
}

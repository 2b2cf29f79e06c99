// SPDX-License-Identifier: Apache-2.0
#include "app/check/renewal.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace sekisho::app
{

using Catch::Matchers::Contains;

namespace
{

using enum check_code;
using settings::preset;
using texts = std::vector<std::string>;

struct situation
{
    oidc::metadata announced;
    provider::configuration what;
    preset ways = preset::generic;
    settings::session_settings session;

    check_finding judged() const { return judge_renewal({&announced, what, ways, session}); }
    check_finding judged_without_discovery() const { return judge_renewal({nullptr, what, ways, session}); }
};

const texts with_refresh{"authorization_code", "refresh_token"};
const texts usual{"openid", "profile"};
const texts with_offline{"openid", "offline_access"};

} // namespace

TEST_CASE("what a provider announces and is asked for says whether refresh tokens come", "[app]")
{
    const auto [grants, scopes, asked, code, found] =
        GENERATE(table<texts, texts, texts, check_code, std::string>({
            // Discovery 3, RFC 8414 2: absent grant_types_supported are authorization_code and implicit
            {{}, {}, usual, provider_renewal_not_announced, "grant_types_supported"},
            {{}, usual, usual, provider_renewal_not_announced, "grant_types_supported"},
            {{}, {}, with_offline, provider_renewal_not_announced, "grant_types_supported"},
            {{"authorization_code"}, with_offline, with_offline, provider_renewal_not_announced, "grant_types"
            },
            // Core 11: a scope that exists for nothing else
            {{}, with_offline, with_offline, provider_renewal, "is asked for; if none comes, set oidc.prompt"
            },
            {{}, with_offline, usual, provider_renewal_unasked, "offline_access in oidc.scopes"},
            {with_refresh, with_offline, usual, provider_renewal_unasked, "offline_access in oidc.scopes"},
            {with_refresh, with_offline, with_offline, provider_renewal, "is asked for"},
            // RFC 6749 6: the grant without a scope for it
            {with_refresh, usual, usual, provider_renewal, "announces refresh tokens"},
            {with_refresh, {}, usual, provider_renewal, "announces refresh tokens"},
        }));
    situation of;
    of.announced.grants = grants;
    of.announced.scopes = scopes;
    of.what.scopes = asked;
    const auto made = of.judged();
    CAPTURE(grants, scopes, asked, made.found);
    CHECK(made.code == code);
    CHECK_THAT(made.found, Contains(found));
}

TEST_CASE("a well-known provider's own way to refresh tokens is named with its values", "[app]")
{
    const auto [of, asked, prompt, access_type, code, found] =
        GENERATE(table<preset, texts, std::string, std::string, check_code, std::string>({
            {preset::okta, usual, "", "", provider_renewal_unasked, "comes with offline_access in oidc.scopes"
            },
            {preset::entra, with_offline, "", "", provider_renewal, "is asked for"},
            {preset::auth0, usual, "", "", provider_renewal_unasked, "offline_access in oidc.scopes"},
            {preset::dex, with_offline, "", "", provider_renewal, "is asked for"},
            {preset::ping, usual, "", "", provider_renewal_unasked, "offline_access in oidc.scopes"},
            {preset::logto, with_offline, "", "", provider_renewal_unasked, "comes with oidc.prompt=consent"},
            {preset::logto, usual, "", "", provider_renewal_unasked, "oidc.scopes and oidc.prompt=consent"},
            {preset::logto, with_offline, "login consent", "", provider_renewal, "is asked for"},
            {preset::google, with_offline, "consent", "", provider_renewal_unasked, "access_type=offline"},
            {preset::google,
             usual,
             "select_account",
             "offline",
             provider_renewal_unasked,
             "oidc.prompt=consent"},
            {preset::google, usual, "consent", "online", provider_renewal_unasked, "access_type=offline"},
            {preset::google, usual, "select_account consent", "offline", provider_renewal, "is asked for"},
            {preset::keycloak, usual, "", "", provider_renewal, "with every sign-in"},
            {preset::cognito, usual, "", "", provider_renewal, "with every sign-in"},
            {preset::gitlab, usual, "", "", provider_renewal, "with every sign-in"},
            {preset::github, usual, "", "", provider_renewal_impossible, "GitHub"},
        }));
    situation here; // whose document says nothing of grants, as Entra's and Cognito's
    here.ways = of;
    here.what.scopes = asked;
    here.what.wishes.prompt = prompt;
    if (!access_type.empty())
        here.what.wishes.extra = {{"access_type", access_type}};
    const auto made = here.judged();
    CAPTURE(static_cast<int>(of), asked, prompt, access_type, made.found);
    CHECK(made.code == code);
    CHECK_THAT(made.found, Contains(found));
}

TEST_CASE("a list of grants without refresh_token counts at a well-known provider too", "[app]")
{
    situation here;
    here.ways = preset::keycloak;
    here.announced.grants = {"authorization_code"};
    CHECK(here.judged().code == provider_renewal_not_announced);
}

TEST_CASE("a flow without a code brings no refresh token (RFC 6749, 4.2.2)", "[app]")
{
    const auto [of, code] = GENERATE(table<oidc::flow, check_code>({
        {oidc::flow::implicit, provider_renewal_impossible},
        {oidc::flow::id_token_token, provider_renewal_impossible},
        {oidc::flow::code, provider_renewal},
        {oidc::flow::code_id_token, provider_renewal},
    }));
    situation here;
    here.ways = preset::keycloak;
    here.what.flow = of;
    here.session.silent_sign_in = true; // which waits for the end of an access token and is told of none
    CHECK(here.judged().code == code);
}

TEST_CASE("without discovery offline_access is all that can be said", "[app]")
{
    situation here;
    CHECK(here.judged_without_discovery().code == provider_renewal_unasked);
    CHECK_THAT(here.judged_without_discovery().found, Contains("nothing is announced"));
    here.what.scopes = with_offline;
    CHECK(here.judged_without_discovery().code == provider_renewal);
}

TEST_CASE("session.refresh and session.silent_sign_in decide what becomes of it", "[app]")
{
    situation here;
    here.ways = preset::keycloak;
    here.session.refresh = false;
    CHECK(here.judged().code == provider_renewal_off);
    here.session.silent_sign_in = true;
    CHECK(here.judged().code == provider_renewal);
    CHECK(here.judged().found == "by session.silent_sign_in; session.refresh is false");

    here.session.refresh = true;
    here.announced.grants = {"authorization_code"};
    CHECK(here.judged().code == provider_renewal);
    CHECK_THAT(here.judged().found, Contains("by session.silent_sign_in; the provider announces no"));
    here.ways = preset::okta;
    here.announced.grants = {};
    CHECK_THAT(here.judged().found, Contains("by session.silent_sign_in; a refresh token comes with"));
}

} // namespace sekisho::app

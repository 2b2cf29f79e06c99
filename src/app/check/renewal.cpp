// SPDX-License-Identifier: Apache-2.0
#include "app/check/renewal.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace sekisho::app
{
namespace
{

constexpr std::string_view offline_access = "offline_access"; // Core 11
constexpr std::string_view refresh_token = "refresh_token";   // the grant (RFC 6749, 6)

enum class asking : std::uint8_t
{
    not_needed,           // it comes with every code
    by_scope,             // offline_access
    by_scope_and_consent, // which only counts with prompt=consent
    by_access_type,       // Google's own parameter, each time only with prompt=consent
};

struct known_way
{
    settings::preset of;
    asking how;
};

constexpr std::array known_ways{
    known_way{settings::preset::okta, asking::by_scope},
    known_way{settings::preset::entra, asking::by_scope},
    known_way{settings::preset::auth0, asking::by_scope},
    known_way{settings::preset::dex, asking::by_scope},
    known_way{settings::preset::ping, asking::by_scope},
    known_way{settings::preset::logto, asking::by_scope_and_consent},
    known_way{settings::preset::google, asking::by_access_type},
    known_way{settings::preset::keycloak, asking::not_needed},
    known_way{settings::preset::cognito, asking::not_needed},
    known_way{settings::preset::gitlab, asking::not_needed},
};

std::optional<asking> way_of(settings::preset preset)
{
    const auto* const at = std::ranges::find(known_ways, preset, &known_way::of);
    return at == known_ways.end() ? std::nullopt : std::optional(at->how);
}

bool lists(const std::vector<std::string>& texts, std::string_view wanted)
{
    return std::ranges::find(texts, wanted) != texts.end();
}

// prompt is a list of words with a space between (Core 3.1.2.1).
bool asks_for_consent(const provider::configuration& what)
{
    const auto padded = " " + what.wishes.prompt + " ";
    return padded.find(" consent ") != std::string::npos;
}

bool has_access_type(const provider::configuration& what)
{
    return std::ranges::any_of(
        what.wishes.extra,
        [](const auto& each) { return each.name == "access_type" && each.value == "offline"; }
    );
}

check_finding expected(std::string how) { return {check_code::provider_renewal, std::move(how)}; }

// Without a refresh token the answer to `why` may be to ask again silently.
check_finding not_expected(const renewal_question& asked, check_code code, std::string why)
{
    if (asked.session.silent_sign_in)
        return expected("by session.silent_sign_in; " + why);
    return {code, std::move(why)};
}

check_finding unasked(const renewal_question& asked, std::string what_to_set)
{
    return not_expected(asked, check_code::provider_renewal_unasked, std::move(what_to_set));
}

check_finding judge_known(const renewal_question& asked, asking how)
{
    const auto& what = asked.what;
    std::string wanted;
    const auto want = [&](bool is_there, std::string_view setting)
    {
        if (!is_there)
            wanted.append(wanted.empty() ? "" : " and ").append(setting);
    };
    if (how == asking::by_scope || how == asking::by_scope_and_consent)
        want(lists(what.scopes, offline_access), "offline_access in oidc.scopes");
    if (how == asking::by_access_type)
        want(has_access_type(what), "oidc.extra_parameters=access_type=offline");
    if (how == asking::by_access_type || how == asking::by_scope_and_consent)
        want(asks_for_consent(what), "oidc.prompt=consent");
    if (!wanted.empty())
        return unasked(asked, "a refresh token comes with " + wanted);
    return expected(
        how == asking::not_needed ? "a refresh token comes with every sign-in"
                                  : "a refresh token is asked for"
    );
}

check_finding judge_unknown(const renewal_question& asked)
{
    const auto& what = asked.what;
    if (lists(what.scopes, offline_access))
        return expected(
            asks_for_consent(what) ? "a refresh token is asked for"
                                   : "a refresh token is asked for; if none comes, set oidc.prompt to consent"
        );
    if (!asked.announced)
        return unasked(asked, "nothing is announced; most providers want offline_access in oidc.scopes");
    if (lists(asked.announced->scopes, offline_access))
        return unasked(asked, "a refresh token comes with offline_access in oidc.scopes");
    return expected("the provider announces refresh tokens");
}

// Whether the document speaks against refresh tokens.
bool announces_none(const renewal_question& asked)
{
    if (!asked.announced)
        return false;
    const auto& grants = asked.announced->grants;
    if (!grants.empty())
        return !lists(grants, refresh_token);
    return !way_of(asked.ways) && !lists(asked.announced->scopes, offline_access);
}

} // namespace

check_finding judge_renewal(const renewal_question& asked)
{
    const auto& what = asked.what;
    if (!oidc::has_code(what.flow)) // RFC 6749, 4.2.2; tells no end of an access token either
        return {
            check_code::provider_renewal_impossible,
            "the response type \"" + std::string(oidc::response_type(what.flow)) +
                "\" brings no refresh token; oidc.auth_method=pkce can"
        };
    if (asked.ways == settings::preset::github)
        return {check_code::provider_renewal_impossible, "OAuth apps of GitHub have no refresh tokens"};
    if (!asked.session.refresh)
        return not_expected(asked, check_code::provider_renewal_off, "session.refresh is false");
    if (announces_none(asked))
        return not_expected(
            asked,
            check_code::provider_renewal_not_announced,
            "the provider announces no refresh tokens (grant_types_supported)"
        );
    const auto way = way_of(asked.ways);
    return way ? judge_known(asked, *way) : judge_unknown(asked);
}

} // namespace sekisho::app

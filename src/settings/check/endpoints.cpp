// SPDX-License-Identifier: Apache-2.0
#include "settings/check/examination.hpp"
#include "settings/effective.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace sekisho::settings
{
namespace
{

using address = std::optional<url> oidc_settings::*;

constexpr std::array<std::pair<std::string_view, address>, 11> endpoints{{
    {"authorization_endpoint", &oidc_settings::authorization_endpoint},
    {"token_endpoint", &oidc_settings::token_endpoint},
    {"userinfo_endpoint", &oidc_settings::userinfo_endpoint},
    {"jwks_uri", &oidc_settings::jwks_uri},
    {"end_session_endpoint", &oidc_settings::end_session_endpoint},
    {"introspection_endpoint", &oidc_settings::introspection_endpoint},
    {"revocation_endpoint", &oidc_settings::revocation_endpoint},
    {"pushed_authorization_request_endpoint", &oidc_settings::pushed_authorization_request_endpoint},
    {"signed_jwks_uri", &oidc_settings::signed_jwks_uri},
    {"metadata_url", &oidc_settings::metadata_url},
    {"registration_endpoint", &oidc_settings::registration_endpoint},
}};

bool is_bare(const url& of) { return (of.path().empty() || of.path() == "/") && of.query().empty(); }

void check_schemes(provider_examination& about)
{
    const auto& oidc = about.oidc();
    auto all = std::vector<std::pair<std::string_view, address>>(endpoints.begin(), endpoints.end());
    all.emplace_back("back_channel_url", &oidc_settings::back_channel_url);
    all.emplace_back("api_url", &oidc_settings::api_url);
    for (const auto& [name, member] : all)
        if (const auto& each = oidc.*member;
            each && !each->is_https() && !each->is_loopback() && !oidc.allow_http)
            about.refuse(
                name,
                "is plain http, where anyone on the way can sign in as anybody; use https, or allow it "
                "with " +
                    about.path("allow_http") + " where the network is yours alone"
            );
    if (oidc.back_channel_url && !is_bare(*oidc.back_channel_url))
        about.refuse(
            "back_channel_url", "must be scheme, host and port only: " + oidc.back_channel_url->origin()
        );
}

void need(provider_examination& about, std::string_view name, std::string_view what)
{
    about.refuse(name, "is not set, and " + about.path("discovery") + " is false: " + std::string(what));
}

// Without a document every address that a sign-in uses must be there.
void check_completeness(provider_examination& about)
{
    const auto& oidc = about.oidc();
    if (oidc.discovery)
        return;
    if (!oidc.authorization_endpoint)
        need(about, "authorization_endpoint", "nobody can be sent to sign in");
    if (!oidc.token_endpoint && oidc.auth_method != auth_method::implicit &&
        oidc.auth_method != auth_method::id_token_token)
        need(about, "token_endpoint", "no code can be exchanged for tokens");
    const auto needs_keys = !is_oauth_only(oidc) && oidc.id_token_signature == id_token_signature::required;
    if (!oidc.jwks_uri && oidc.jwks_file.empty() && oidc.signed_jwks_keys.empty() && needs_keys)
        need(about, "jwks_uri", "no signature can be checked; set it or jwks_file");
    if (!oidc.signed_jwks_keys.empty() && !oidc.signed_jwks_uri)
        need(about, "signed_jwks_uri", "nothing says where the signed set of keys is");
    if (!oidc.userinfo_endpoint && oidc.id_token_signature == id_token_signature::tls)
        need(about, "userinfo_endpoint", "id_token_signature is tls, and UserInfo then confirms who it is");
    else if (!oidc.userinfo_endpoint && oidc.userinfo == when_needed::always)
        need(about, "userinfo_endpoint", "userinfo is always");
    if (!oidc.end_session_endpoint && oidc.sign_out == sign_out_form::standard)
        need(about, "end_session_endpoint", "sign_out is standard");
    if (!oidc.pushed_authorization_request_endpoint && oidc.pushed_authorization == when_needed::always)
        need(about, "pushed_authorization_request_endpoint", "pushed_authorization is always");
    if (oidc.pushed_authorization_request_endpoint && oidc.pushed_authorization == when_needed::automatic)
        about.warn(
            "pushed_authorization",
            "auto pushes only where the discovery document demands it, and discovery is false: set it to "
            "always, or nothing is ever sent to " +
                about.path("pushed_authorization_request_endpoint")
        );
}

void check_keys(provider_examination& about)
{
    if (about.oidc().jwks_uri && !about.oidc().jwks_file.empty())
        about.refuse(
            "jwks_file", "is set beside " + about.path("jwks_uri") + "; the keys come from one of them"
        );
}

void check_signed_keys(provider_examination& about)
{
    const auto& oidc = about.oidc();
    if (oidc.signed_jwks_keys.empty())
    {
        if (oidc.signed_jwks_uri)
            about.refuse(
                "signed_jwks_uri",
                "needs " + about.path("signed_jwks_keys") +
                    ", which is not set: a signature counts for nothing without the keys that may have made "
                    "it"
            );
        return;
    }
    if (oidc.jwks_uri)
        about.refuse(
            "jwks_uri",
            "is set beside " + about.path("signed_jwks_keys") +
                ", with which only the signed set counts; take one of them out"
        );
    if (!oidc.jwks_file.empty())
        about.refuse(
            "jwks_file",
            "is set beside " + about.path("signed_jwks_keys") + "; the keys come from one of them"
        );
    if (is_oauth_only(oidc))
        about.refuse("signed_jwks_keys", "has no use: GitHub and GitLab sign nothing that we verify");
}

void check_metadata_url(provider_examination& about)
{
    const auto& oidc = about.oidc();
    if (oidc.metadata_url && !oidc.discovery)
        about.refuse(
            "metadata_url",
            "is set, and " + about.path("discovery") +
                " is false, so that no document is asked for; take one of them out"
        );
}

} // namespace

void check_endpoints(provider_examination& about)
{
    check_schemes(about);
    check_completeness(about);
    check_keys(about);
    check_signed_keys(about);
    check_metadata_url(about);
}

} // namespace sekisho::settings

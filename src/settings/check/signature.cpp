// SPDX-License-Identifier: Apache-2.0
// oidc.id_token_signature: tls is for providers without keys, and only where TLS vouches for all that says
// who a person is (OpenID Connect Core 3.1.3.7, 6; docs/decisions says why).
#include "settings/check/examination.hpp"
#include "settings/effective.hpp"
#include "settings/spelling.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace sekisho::settings
{
namespace
{

using address = std::optional<url> oidc_settings::*;

constexpr std::array<std::pair<std::string_view, address>, 4> dialled{{
    {"metadata_url", &oidc_settings::metadata_url},
    {"token_endpoint", &oidc_settings::token_endpoint},
    {"userinfo_endpoint", &oidc_settings::userinfo_endpoint},
    {"back_channel_url", &oidc_settings::back_channel_url},
}};

bool has_id_token_in_front(auth_method of)
{
    using enum auth_method;
    return of == implicit || of == id_token_token || of == code_id_token || of == code_id_token_token;
}

// Loopback too: what is dialled without TLS is not what Core means.
void check_transport(provider_examination& about)
{
    constexpr std::string_view why = ", and with id_token_signature tls nothing but TLS vouches for who a "
                                     "person is; use https";
    const auto& oidc = about.oidc();
    if (oidc.allow_http)
        about.refuse("allow_http", std::string("allows plain http").append(why));
    if (const auto issuer = url::parse(oidc.issuer); issuer && !issuer->is_https())
        about.refuse("issuer", std::string("is plain http").append(why));
    for (const auto& [name, member] : dialled)
        if (const auto& each = oidc.*member; each && !each->is_https())
            about.refuse(name, std::string("is plain http").append(why));
}

void check_keys_there(provider_examination& about)
{
    constexpr std::string_view why =
        "is set, so there are keys to check signatures with; set id_token_signature to required";
    const auto& oidc = about.oidc();
    if (oidc.jwks_uri)
        about.refuse("jwks_uri", std::string(why));
    if (!oidc.jwks_file.empty())
        about.refuse("jwks_file", std::string(why));
    if (oidc.signed_jwks_uri)
        about.refuse("signed_jwks_uri", std::string(why));
    if (!oidc.signed_jwks_keys.empty())
        about.refuse("signed_jwks_keys", std::string(why));
    const auto& algorithms = oidc.signing_algorithms;
    if (!algorithms.empty() &&
        std::ranges::all_of(algorithms, [](const auto& each) { return each.starts_with("HS"); }))
        about.refuse(
            "id_token_signature",
            "tls has no use: signing_algorithms has only HS*, which the client secret checks; set it to "
            "required"
        );
}

// What a signature of the provider's is needed for.
void check_uses(provider_examination& about)
{
    using enum response_mode;
    const auto& oidc = about.oidc();
    if (has_id_token_in_front(oidc.auth_method))
        about.refuse(
            "auth_method",
            spelling<auth_method>::print(oidc.auth_method) +
                " brings an ID token through the browser, where anybody can put in another one, and with "
                "id_token_signature tls its signature cannot be checked; use pkce"
        );
    if (oidc.response_mode == jwt || oidc.response_mode == query_jwt || oidc.response_mode == form_post_jwt)
        about.refuse(
            "response_mode",
            spelling<response_mode>::print(oidc.response_mode) +
                " needs the provider's keys, which id_token_signature tls does without"
        );
    if (oidc.userinfo == when_needed::never)
        about.refuse("userinfo", "never cannot be: with id_token_signature tls UserInfo confirms who it is");
}

} // namespace

void check_signature(provider_examination& about)
{
    if (about.oidc().id_token_signature != id_token_signature::tls)
        return;
    if (is_oauth_only(about.oidc()))
        return about.warn("id_token_signature", "has no use: this provider gives no ID token");
    check_transport(about);
    check_keys_there(about);
    check_uses(about);
    about.warn(
        "id_token_signature",
        "tls: ID tokens are believed because they come from the token endpoint over TLS. Without the "
        "provider's keys back-channel logout does not work, and signed UserInfo answers are refused; use it "
        "only for a provider that publishes no keys"
    );
}

} // namespace sekisho::settings

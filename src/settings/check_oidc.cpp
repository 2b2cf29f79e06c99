// SPDX-License-Identifier: Apache-2.0
#include "settings/examination.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace sekisho::settings
{
namespace
{

constexpr std::array<std::string_view, 13> algorithms{
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "HS256",
    "HS384",
    "HS512"
};
constexpr std::array<std::string_view, 5> prompts{"none", "login", "consent", "select_account", "create"};

bool is_form_post(const oidc_settings& oidc)
{
    return oidc.response_mode == response_mode::form_post ||
           (oidc.response_mode == response_mode::automatic && oidc.auth_method == auth_method::implicit);
}

void check_issuer(examination& about)
{
    const auto& oidc = about.values().oidc;
    if (oidc.issuer.empty())
        return about.require(
            "oidc.issuer", "the address of your identity provider, such as https://login.example.com"
        );
    const auto issuer = url::parse(oidc.issuer);
    if (!issuer)
        return about.refuse(
            "oidc.issuer",
            "is not an absolute address such as https://login.example.com: " + issuer.error().detail
        );
    if (issuer->is_https() || issuer->is_loopback())
        return;
    if (oidc.allow_http)
        about.warn(
            "oidc.allow_http",
            "the provider is reached over plain http: anyone on the way can sign in as anybody; use it for "
            "tests only"
        );
    else
        about.refuse(
            "oidc.issuer",
            "is plain http, where anyone on the way can sign in as anybody; use https (for a test on another "
            "machine there is oidc.allow_http)"
        );
}

void check_client(examination& about)
{
    const auto& oidc = about.values().oidc;
    if (oidc.client_id.empty())
        about.require("oidc.client_id", "the client id that the provider shows for this application");
    const bool has_secret = !oidc.client_secret.empty();
    if (oidc.auth_method == auth_method::code && !has_secret)
        about.refuse(
            "oidc.auth_method",
            "code needs oidc.client_secret; without a secret use pkce, which protects the sign-in by itself"
        );
    const bool sends_secret = oidc.client_authentication == client_authentication::client_secret_basic ||
                              oidc.client_authentication == client_authentication::client_secret_post;
    if (sends_secret && !has_secret)
        about.refuse(
            "oidc.client_authentication", "sends a client secret, but oidc.client_secret is not set"
        );
    if (oidc.client_authentication == client_authentication::none && has_secret)
        about.warn(
            "oidc.client_authentication", "none: the client secret that is set is not sent to the provider"
        );
}

void check_response(examination& about)
{
    const auto& oidc = about.values().oidc;
    const auto& address = about.values().server.public_url;
    if (oidc.auth_method == auth_method::implicit && oidc.response_mode == response_mode::query)
        about.refuse(
            "oidc.response_mode",
            "query cannot carry the ID token of implicit: addresses end up in histories and logs; use "
            "form_post"
        );
    if (is_form_post(oidc) && address && !address->is_https() && !address->is_loopback())
        about.refuse(
            oidc.response_mode == response_mode::form_post ? "oidc.response_mode" : "oidc.auth_method",
            "form_post needs https: the provider's page posts to us from another site, and browsers then "
            "send our "
            "sign-in cookie only if it is SameSite=None and Secure; set server.public_url to an https "
            "address, or "
            "use auth_method pkce"
        );
    if (oidc.auth_method != auth_method::implicit)
        return;
    if (oidc.userinfo == when_needed::always)
        about.refuse("oidc.userinfo", "always needs an access token, which implicit does not give; use pkce");
    if (!about.values().identity.access_token_header.empty())
        about.refuse("identity.access_token_header", "implicit gives no access token; use auth_method pkce");
    if (about.values().identity.authorization == authorization::access_token)
        about.refuse("identity.authorization", "implicit gives no access token; use auth_method pkce");
}

void check_algorithms(examination& about)
{
    constexpr std::size_t least_key = 32; // bytes, RFC 7518, 3.2
    const auto& oidc = about.values().oidc;
    for (const auto& name : oidc.signing_algorithms)
    {
        if (std::ranges::find(algorithms, name) == algorithms.end())
            about.refuse(
                "oidc.signing_algorithms",
                "\"" + name +
                    "\" is none of RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA HS256 HS384 "
                    "HS512"
            );
        else if (name.starts_with("HS") && oidc.client_secret.empty())
            about.refuse(
                "oidc.signing_algorithms", name + " is keyed by oidc.client_secret, which is not set"
            );
        else if (name.starts_with("HS") && oidc.client_secret.size() < least_key)
            about.warn(
                "oidc.signing_algorithms",
                name + " with a client secret of less than 32 bytes can be guessed; let the provider sign "
                       "with RS256"
            );
    }
}

void check_request(examination& about)
{
    const auto& oidc = about.values().oidc;
    if (std::ranges::find(oidc.scopes, "openid") == oidc.scopes.end())
        about.refuse("oidc.scopes", "openid is missing; without it the provider sends no ID token");
    if (!oidc.prompt.empty() && std::ranges::find(prompts, oidc.prompt) == prompts.end())
        about.refuse(
            "oidc.prompt",
            "\"" + oidc.prompt + "\" is not one of none | login | consent | select_account | create"
        );
    if (oidc.prompt == "none")
        about.warn(
            "oidc.prompt", "none: people who are not signed in at the provider already cannot sign in"
        );
    if (oidc.clock_skew > 10min)
        about.warn("oidc.clock_skew", "is more than 10m: expired tokens stay good for that long");
}

} // namespace

void check_oidc(examination& about)
{
    check_issuer(about);
    check_client(about);
    check_response(about);
    check_algorithms(about);
    check_request(about);
}

} // namespace sekisho::settings

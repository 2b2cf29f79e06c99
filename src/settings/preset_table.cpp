// SPDX-License-Identifier: Apache-2.0
#include "base/url.hpp"
#include "settings/preset.hpp"

#include <string>

namespace sekisho::settings
{
namespace
{

using enum preset;

// Nothing that only we have proves us at the provider.
bool is_public(const oidc_settings& of)
{
    return of.client_secret.empty() && of.signing_key.empty() && of.assertion_file.empty() &&
           of.client_certificate.empty();
}
bool is_confidential(const oidc_settings& of) { return !is_public(of); }

std::string path_of_issuer(const oidc_settings& of)
{
    const auto issuer = url::parse(of.issuer);
    return issuer ? issuer->path() : std::string();
}

bool is_on_host(const oidc_settings& of, std::string_view end)
{
    const auto issuer = url::parse(of.issuer);
    return issuer && std::string_view(issuer->host()).ends_with(end);
}

// Okta's organisation server has its scopes for everybody; those of a custom server are made by hand.
bool is_okta_organisation(const oidc_settings& of)
{
    const auto path = path_of_issuer(of);
    return path.empty() || path == "/" || path.starts_with("/.well-known/");
}

bool is_of_many_tenants(const oidc_settings& of)
{
    const auto path = path_of_issuer(of);
    return path.starts_with("/common/") || path.starts_with("/organizations/") ||
           path.starts_with("/consumers/");
}
bool is_of_one_tenant(const oidc_settings& of) { return !is_of_many_tenants(of); }

// Anybody's issuer may end in /oidc: only one that is Logto's without doubt knows its scopes.
bool is_logto_surely(const oidc_settings& of) { return of.preset == logto || is_on_host(of, ".logto.app"); }

bool has_service_account(const oidc_settings& of) { return !of.service_account.empty(); }
bool is_own_github(const oidc_settings& of) { return !is_on_host(of, "github.com"); }

// clang-format off
constexpr preset_value rows[] = {
    {okta, "token_origin", "off", "With an Origin, Okta wants PKCE even of clients that have a secret.", is_confidential},
    {okta, "token_origin", "on", "Without a secret the registration is a single-page application.", is_public},
    {okta, "scopes", "openid profile email groups", "The organisation's own server tells groups when the scope is asked for.", is_okta_organisation},

    {entra, "token_origin", "off", "A registration of the kind Web refuses an Origin (AADSTS9002326).", is_confidential},
    {entra, "token_origin", "on", "A registration of the kind SPA, which has no secret, wants an Origin (AADSTS9002327).", is_public},
    {entra, "refresh_scopes", "offline_access", "Without it there is no refresh token."},
    {entra, "issuer_check", "tenant_template", "The issuer of common and organizations has {tenantid} in place of the tenant.", is_of_many_tenants},
    {entra, "user_claim", "oid sub", "The object id is the one that Graph and provisioning know; sub is another for each registration.", is_of_one_tenant},
    {entra, "username_claim", "preferred_username upn unique_name", "Version 1 tokens have the sign-in name under other names."},
    {entra, "email_claim", "/verified_primary_email/0", "An administrator of any tenant can write any address into `email` (nOAuth); only this optional claim is verified.", is_of_many_tenants},
    {entra, "groups_from", "microsoft", "With more than 200 groups the token has none and points to Graph."},
    {entra, "userinfo", "never", "It says nothing that the ID token does not, and refuses tokens for another service."},

    {google, "sign_out", "none", "Google has no address for signing out."},
    {google, "prompt", "select_account", "Otherwise signing in after signing out goes through silently with the same account."},
    {google, "email_verified", "require", "Google says it of every address."},
    {google, "extra_parameters", "access_type=offline", "Google's own word for offline_access: a refresh token comes with the first consent."},
    {google, "username_claim", "preferred_username email", "Google sends no user name but the address."},
    {google, "groups_from", "google", "A service account is there to read the groups, which no token has.", has_service_account},

    {cognito, "sign_out", "cognito", "Its sign-out does not understand the standard's parameters."},
    {cognito, "groups_claim", "cognito:groups", "Groups have Cognito's own name."},
    {cognito, "email_verified_text", "true", "Cognito writes `email_verified` as the text \"true\"."},
    {cognito, "username_claim", "cognito:username preferred_username", "The user name has Cognito's own name."},

    {auth0, "sign_out", "auth0", "The standard's address is there only where somebody switched it on; this one always."},
    {auth0, "refresh_scopes", "offline_access", "Without it there is no refresh token; Auth0 ignores it where it is not allowed."},
    {auth0, "username_claim", "preferred_username nickname", "Auth0's user name is `nickname`."},

    {keycloak, "group_paths", "strip_slash", "Groups come as paths with a slash before them."},
    {keycloak, "roles_claim", "/resource_access/{client_id}/roles realm_access.roles access_token?:/resource_access/{client_id}/roles access_token?:realm_access.roles", "Roles are those of the client or else those of the realm; without further mappers they are in the access token alone."},

    {logto, "refresh_scopes", "offline_access", "Without it there is no refresh token.", is_logto_surely},
    {logto, "prompt", "consent", "Logto gives a refresh token only then; its own applications show no page for it.", is_logto_surely},
    {logto, "username_claim", "preferred_username username", "Logto's user name is `username`."},
    {logto, "scopes", "openid profile email roles", "Logto tells roles only when the scope is asked for.", is_logto_surely},

    {ping, "email_claim", "email mail", "PingFederate takes the directory's name `mail`."},
    {ping, "username_claim", "preferred_username username mail", "Without a user name the address is what people know."},
    {ping, "sign_out_hint", "while_valid", "PingOne refuses a sign-out whose hint has expired."},
    {ping, "groups_claim", "groups memberOf", "Groups have the directory's name `memberOf`."},

    {gitlab, "groups_claim", "groups groups_direct", "The ID token has direct groups only, under another name."},
    {gitlab, "userinfo", "always", "All groups are at the UserInfo endpoint alone."},
    {gitlab, "username_claim", "preferred_username nickname", "Older versions only have `nickname`."},
    {gitlab, "sign_out", "none", "GitLab has no address for signing out."},

    {dex, "refresh_scopes", "offline_access", "Without it there is no refresh token."},
    {dex, "scopes", "openid profile email groups", "Dex tells groups only when the scope is asked for."},

    {adfs, "userinfo", "never", "It answers with nothing but sub."},
    {adfs, "email_claim", "email upn access_token?:email access_token?:upn", "Without a rule for `email` the address is in `upn`; without `allatclaims` both may be in the access token alone."},
    {adfs, "username_claim", "preferred_username upn unique_name access_token?:upn access_token?:unique_name", "The sign-in name is `upn`."},
    {adfs, "groups_claim", "groups group access_token?:groups access_token?:group", "Rules call groups `group`, and may put them into the access token alone."},
    {adfs, "roles_claim", "roles role access_token?:roles access_token?:role", "Rules call roles `role`, and may put them into the access token alone."},

    {github, "discovery", "false", "GitHub is OAuth 2.0 without a discovery document."},
    {github, "response_issuer", "{issuer}/login/oauth", "GitHub names itself so in its answers (RFC 9207)."},
    {github, "authorization_endpoint", "{issuer}/login/oauth/authorize", "GitHub is OAuth 2.0 without a discovery document."},
    {github, "token_endpoint", "{issuer}/login/oauth/access_token", "GitHub is OAuth 2.0 without a discovery document."},
    {github, "api_url", "{issuer}/api/v3", "GitHub Enterprise Server has its API on its own host.", is_own_github},
    {github, "scopes", "read:user user:email read:org", "User, verified addresses, organisations and teams."},
    {github, "groups_from", "github", "There is no ID token: the API says who it is and which teams."},
    {github, "userinfo", "never", "There is no UserInfo endpoint."},
    {github, "sign_out", "none", "GitHub has no address for signing out."},
};
// clang-format on

} // namespace

std::span<const preset_value> preset_table() { return rows; }

} // namespace sekisho::settings

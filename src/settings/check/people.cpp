// SPDX-License-Identifier: Apache-2.0
#include "settings/check/examination.hpp"
#include "settings/effective.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace sekisho::settings
{
namespace
{

// "11111111-2222-3333-4444-555555555555".
bool is_tenant_id(std::string_view text)
{
    constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    return std::ranges::equal(
        text,
        form,
        [](char each, char wanted)
        { return wanted == '-' ? each == '-' : std::string_view("0123456789abcdefABCDEF").contains(each); }
    );
}

void check_tenants(provider_examination& about)
{
    const auto& oidc = about.oidc();
    if (oidc.issuer_check == issuer_check::tenant_template && oidc.tenants.empty())
        about.refuse(
            "tenants",
            "is not set: with an issuer for many tenants anybody with a Microsoft account could come in; "
            "list "
            "the ids of the tenants whose people are yours"
        );
    if (oidc.issuer_check == issuer_check::exact && !oidc.tenants.empty())
        about.warn("tenants", "has an effect only with " + about.path("issuer_check") + " tenant_template");
    for (const auto& each : oidc.tenants)
        if (!is_tenant_id(each))
            about.refuse(
                "tenants",
                "\"" + each + "\" is not a tenant's id such as 11111111-2222-3333-4444-555555555555"
            );
}

void check_entra_resource(provider_examination& about)
{
    const auto& oidc = about.oidc();
    if (oidc.preset == preset::entra && !oidc.resource.empty() && oidc.issuer.contains("/v2.0"))
        about.warn("resource", "Entra's version 2 refuses it (AADSTS901002): name a scope of that service");
}

void check_directory(provider_examination& about)
{
    const auto& oidc = about.oidc();
    const bool is_google = oidc.groups_from == group_source::google;
    if (is_google && oidc.service_account.empty())
        about.refuse(
            "groups_from",
            "google needs the key file of a service account: set " + about.path("service_account")
        );
    if (is_google && oidc.service_account_actor.empty())
        about.refuse(
            "groups_from",
            "google needs the administrator for whom the service account acts: set " +
                about.path("service_account_actor")
        );
    const std::array google{
        std::pair{"service_account", &oidc.service_account},
        std::pair{"service_account_actor", &oidc.service_account_actor}
    };
    for (const auto& [name, value] : google)
        if (!is_google && !value->empty())
            about.warn(name, "has an effect only with " + about.path("groups_from") + " google");
    if (oidc.api_url && oidc.groups_from == group_source::claims)
        about.warn("api_url", "has no effect: " + about.path("groups_from") + " is claims");
    if (oidc.groups_from == group_source::github && oidc.preset != preset::github)
        about.refuse("groups_from", "github needs " + about.path("preset") + " github: it has no ID token");
    if (!oidc.hosted_domains.empty() && oidc.preset != preset::google)
        about.warn("hosted_domains", "only Google's tokens say hd; nobody else's people are let in");
    if (oidc.userinfo_token == token_place::query)
        about.warn(
            "userinfo_token", "query: the access token stands in the logs of whoever sees the address"
        );
}

} // namespace

void check_people(provider_examination& about)
{
    check_tenants(about);
    check_entra_resource(about);
    check_directory(about);
    const auto& identity = about.values().identity;
    if (identity.require_email && !is_oauth_only(about.oidc()) &&
        !holds(about.oidc().scopes, std::string("email")))
        about.all().warn(
            "identity.require_email",
            "the scope email is not asked for (" + about.path("scopes") +
                "); many providers then send no address"
        );
}

} // namespace sekisho::settings

// SPDX-License-Identifier: Apache-2.0
#include "settings/effective.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sekisho::settings
{
namespace
{

using own_chain = std::pair<texts oidc_settings::*, texts identity_settings::*>;

constexpr std::array<own_chain, 7> own_chains{{
    {&oidc_settings::user_claim, &identity_settings::user_claim},
    {&oidc_settings::username_claim, &identity_settings::username_claim},
    {&oidc_settings::email_claim, &identity_settings::email_claim},
    {&oidc_settings::name_claim, &identity_settings::name_claim},
    {&oidc_settings::groups_claim, &identity_settings::groups_claim},
    {&oidc_settings::roles_claim, &identity_settings::roles_claim},
    {&oidc_settings::picture_claim, &identity_settings::picture_claim},
}};

effective_provider effective(std::string name, const oidc_settings& oidc, identity_settings identity)
{
    for (const auto& [own, common] : own_chains)
        if (!(oidc.*own).empty())
            identity.*common = oidc.*own;
    identity.email_verified = oidc.email_verified.value_or(identity.email_verified);
    identity.group_paths = oidc.group_paths.value_or(identity.group_paths);
    return {.name = std::move(name), .oidc = oidc, .identity = std::move(identity)};
}

} // namespace

std::vector<effective_provider> effective_providers(const model& values)
{
    std::vector<effective_provider> made;
    if (values.providers.empty() || !values.oidc.issuer.empty())
        made.push_back(effective(std::string(default_provider_name), values.oidc, values.identity));
    for (const auto& each : values.providers)
        made.push_back(effective(each.name, each.oidc, values.identity));
    return made;
}

bool is_oauth_only(const oidc_settings& of)
{
    const bool has_id_token = std::ranges::find(of.scopes, "openid") != of.scopes.end();
    return of.preset == preset::github || (of.groups_from == group_source::gitlab && !has_id_token);
}

} // namespace sekisho::settings

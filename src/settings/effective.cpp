// SPDX-License-Identifier: Apache-2.0
#include "settings/effective.hpp"

#include "settings/table.hpp"

#include <algorithm>
#include <array>
#include <tuple>
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

// The rows of secrets do not print them.
bool have_same_secrets(const oidc_settings& left, const oidc_settings& right)
{
    return left.client_secret.reveal() == right.client_secret.reveal() &&
           left.proxy.reveal() == right.proxy.reveal();
}

effective_provider effective(
    std::string name, const oidc_settings& oidc, identity_settings identity, const session_settings& session
)
{
    for (const auto& [own, common] : own_chains)
        if (!(oidc.*own).empty())
            identity.*common = oidc.*own;
    identity.email_verified = oidc.email_verified.value_or(identity.email_verified);
    identity.group_paths = oidc.group_paths.value_or(identity.group_paths);
    effective_provider made{.name = std::move(name), .oidc = oidc, .identity = std::move(identity)};
    if (!session.refresh)
        made.oidc.refresh_scopes.clear();
    return made;
}

} // namespace

std::vector<effective_provider> effective_providers(const model& values)
{
    std::vector<effective_provider> made;
    if (values.providers.empty() || !values.oidc.issuer.empty())
        made.push_back(
            effective(std::string(default_provider_name), values.oidc, values.identity, values.session)
        );
    for (const auto& each : values.providers)
        made.push_back(effective(each.name, each.oidc, values.identity, values.session));
    return made;
}

bool is_same(const effective_provider& left, const effective_provider& right)
{
    if (left.name != right.name || !have_same_secrets(left.oidc, right.oidc))
        return false;
    model one;
    model other;
    std::tie(one.oidc, one.identity) = std::tie(left.oidc, left.identity);
    std::tie(other.oidc, other.identity) = std::tie(right.oidc, right.identity);
    return std::ranges::all_of(
        table(),
        [&](const row& each)
        {
            const bool is_ours = each.section() == "oidc" || each.section() == "identity";
            return !is_ours || each.print(one) == each.print(other);
        }
    );
}

bool is_oauth_only(const oidc_settings& of)
{
    const bool has_id_token = std::ranges::find(of.scopes, "openid") != of.scopes.end();
    return of.preset == preset::github || of.groups_from == group_source::github ||
           ((of.groups_from == group_source::gitlab || of.preset == preset::gitlab) && !has_id_token);
}

} // namespace sekisho::settings

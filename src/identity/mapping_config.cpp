// SPDX-License-Identifier: Apache-2.0
#include "identity/mapping_config.hpp"

#include "identity/claim_path.hpp"

#include <algorithm>

namespace sekisho::identity
{
namespace
{

bool has_entry(const claim_names& names, unreadable_token when)
{
    const auto is_one = [when](const std::string& entry)
    {
        const auto path = claim_path::parse(entry);
        return path && path->source == claim_source::access_token && path->when_unreadable == when;
    };
    return std::ranges::any_of(names, is_one);
}

std::vector<const claim_names*> all_chains(const mapping_config& config)
{
    std::vector<const claim_names*> all{
        &config.user,
        &config.username,
        &config.email,
        &config.name,
        &config.groups,
        &config.roles,
        &config.picture
    };
    for (const auto& each : config.extra)
        all.push_back(&each.claims);
    return all;
}

// Of what a person needs; names, roles and pictures only when a header carries them.
std::vector<const claim_names*> needed_chains(const mapping_config& config, const header_config& headers)
{
    std::vector<const claim_names*> needed{&config.user, &config.username, &config.email, &config.groups};
    if (!headers.name.empty())
        needed.push_back(&config.name);
    if (!headers.roles.empty())
        needed.push_back(&config.roles);
    if (!headers.picture.empty())
        needed.push_back(&config.picture);
    for (const auto& each : config.extra)
        needed.push_back(&each.claims);
    return needed;
}

std::vector<std::string> paths_of(const claim_names& names)
{
    std::vector<std::string> paths;
    for (const auto& name : names)
        if (auto path = claim_path::parse(name); path && path->source == claim_source::claims)
            paths.push_back(path->path);
    return paths;
}

} // namespace

std::vector<std::vector<std::string>>
wanted_claims(const mapping_config& config, const header_config& headers)
{
    // Who has no groups has no groups claim either: a provider that leaves it out would be asked at every
    // sign-in, which is what finds the groups of those that put them only there (Okta's org server, GitLab).
    std::vector<std::vector<std::string>> wanted;
    for (const auto* const names : needed_chains(config, headers))
        if (auto paths = paths_of(*names); !paths.empty())
            wanted.push_back(std::move(paths));
    return wanted;
}

bool reads_access_token(const mapping_config& config, const header_config& headers)
{
    const auto reads = [](unreadable_token when)
    { return [when](const claim_names* names) { return has_entry(*names, when); }; };
    return std::ranges::any_of(all_chains(config), reads(unreadable_token::is_refused)) ||
           std::ranges::any_of(needed_chains(config, headers), reads(unreadable_token::is_passed_over));
}

} // namespace sekisho::identity

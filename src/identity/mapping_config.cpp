// SPDX-License-Identifier: Apache-2.0
#include "identity/mapping_config.hpp"

#include "identity/claim_path.hpp"

#include <algorithm>

namespace sekisho::identity
{
namespace
{

bool is_of_access_token(const std::string& entry)
{
    const auto path = claim_path::parse(entry);
    return path && path->source == claim_source::access_token;
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
    std::vector<std::vector<std::string>> wanted;
    const auto want = [&](const claim_names& names)
    {
        if (auto paths = paths_of(names); !paths.empty())
            wanted.push_back(std::move(paths));
    };
    // Who has no groups has no groups claim either: a provider that leaves it out would be asked at every
    // sign-in, which is what finds the groups of those that put them only there (Okta's org server, GitLab).
    want(config.user);
    want(config.username);
    want(config.email);
    want(config.groups);
    if (!headers.name.empty())
        want(config.name);
    if (!headers.roles.empty())
        want(config.roles);
    if (!headers.picture.empty())
        want(config.picture);
    for (const auto& each : config.extra)
        want(each.claims);
    return wanted;
}

bool reads_access_token(const mapping_config& config)
{
    const auto reads = [](const claim_names& names)
    { return std::ranges::any_of(names, is_of_access_token); };
    return reads(config.user) || reads(config.username) || reads(config.email) || reads(config.name) ||
           reads(config.groups) || reads(config.roles) || reads(config.picture) ||
           std::ranges::any_of(config.extra, [&](const auto& each) { return reads(each.claims); });
}

} // namespace sekisho::identity

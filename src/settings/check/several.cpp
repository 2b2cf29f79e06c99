// SPDX-License-Identifier: Apache-2.0
#include "settings/check/examination.hpp"
#include "settings/effective.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace sekisho::settings
{
namespace
{

bool tells_issuer(const model& values)
{
    return std::ranges::any_of(
        values.identity.extra_headers,
        [](const header_claim& each) { return each.claim == "iss" || each.claim == "/iss"; }
    );
}

// Its people have ids that are addresses of domains which nobody else may have.
bool has_own_ids(const effective_provider& one)
{
    return !one.oidc.email_domains.empty() && one.identity.user_claim == one.identity.email_claim;
}

// Two clients at one issuer have the same people.
bool is_of_another_issuer(const effective_provider& left, const effective_provider& right)
{
    return left.oidc.issuer != right.oidc.issuer;
}

// Whether somebody at one of them could have the id of somebody else at the other.
bool may_share_ids(const effective_provider& left, const effective_provider& right)
{
    return is_of_another_issuer(left, right) && !(has_own_ids(left) && has_own_ids(right));
}

bool may_share_ids(const std::vector<effective_provider>& all)
{
    for (std::size_t index = 1; index < all.size(); ++index)
        for (std::size_t before = 0; before < index; ++before)
            if (may_share_ids(all[before], all[index]))
                return true;
    return false;
}

} // namespace

// OpenID Connect Core, 5.7: only issuer and subject together are a person.
void check_several(examination& about)
{
    const auto all = effective_providers(about.values());
    if (tells_issuer(about.values()) || !may_share_ids(all))
        return;
    std::string claims;
    for (const auto& each : all)
        claims.append(claims.empty() ? "" : ", ")
            .append(each.name)
            .append(": ")
            .append(in_a_row(each.identity.user_claim));
    about.warn(
        "identity.extra_headers",
        "two providers may have the same user id for two people (" + claims +
            "), and no header tells the application which provider it was: add \"X-Issuer: iss\" and take "
            "both "
            "together for the key of a person"
    );
}

} // namespace sekisho::settings

// SPDX-License-Identifier: Apache-2.0
#include "access/step_up.hpp"

#include <algorithm>

namespace sekisho::access
{

bool has_scope(std::string_view scope, std::string_view wanted) noexcept
{
    while (!scope.empty())
    {
        const auto end = std::min(scope.find(' '), scope.size());
        if (scope.substr(0, end) == wanted)
            return true;
        scope.remove_prefix(std::min(end + 1, scope.size()));
    }
    return false;
}

bool has_scopes(std::string_view scope, const std::vector<std::string>& wanted) noexcept
{
    return std::ranges::all_of(wanted, [&](std::string_view each) { return has_scope(scope, each); });
}

std::string those_in(std::string_view scope, const std::vector<std::string>& wanted)
{
    std::string text;
    for (const auto& each : wanted)
        if (has_scope(scope, each))
            text.append(text.empty() ? "" : " ").append(each);
    return text;
}

bool satisfies(const sign_in_proof& shown, const step_up& demanded, time_point now) noexcept
{
    if (!demanded.acr.empty() &&
        (shown.acr.empty() || std::ranges::find(demanded.acr, shown.acr) == demanded.acr.end()))
        return false;
    if (demanded.lifetime && now - shown.began > *demanded.lifetime)
        return false;
    if (!has_scopes(shown.scope, demanded.scopes))
        return false;
    if (!demanded.max_age)
        return true;
    return shown.auth_time && now - *shown.auth_time <= *demanded.max_age + demanded.leeway;
}

} // namespace sekisho::access

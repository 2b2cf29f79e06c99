// SPDX-License-Identifier: Apache-2.0
#include "access/step_up.hpp"

#include <algorithm>

namespace sekisho::access
{

bool satisfies(const sign_in_proof& shown, const step_up& demanded, time_point now) noexcept
{
    if (!demanded.acr.empty() &&
        (shown.acr.empty() || std::ranges::find(demanded.acr, shown.acr) == demanded.acr.end()))
        return false;
    if (demanded.lifetime && now - shown.began > *demanded.lifetime)
        return false;
    if (!demanded.max_age)
        return true;
    return shown.auth_time && now - *shown.auth_time <= *demanded.max_age + demanded.leeway;
}

} // namespace sekisho::access

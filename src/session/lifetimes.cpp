// SPDX-License-Identifier: Apache-2.0
#include "session/lifetimes.hpp"

#include <algorithm>

namespace sekisho::session
{

session_limits lifetimes::of(const session& value) const noexcept
{
    // Only while it is offered: who takes the choice away ends what was chosen.
    if (value.keeps_signed_in && keep_signed_in > std::chrono::seconds::zero())
        return {.lifetime = keep_signed_in, .idle = std::chrono::seconds::zero()};
    const auto own = by_provider.find(value.provider);
    return own == by_provider.end() ? usual : own->second;
}

std::chrono::seconds lifetimes::longest() const noexcept
{
    auto most = std::max({usual.lifetime, keep_signed_in, before});
    for (const auto& [provider, limits] : by_provider)
        most = std::max(most, limits.lifetime);
    return most;
}

} // namespace sekisho::session

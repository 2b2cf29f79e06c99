// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/without_provider.hpp"

namespace sekisho::gateway
{

bool came_without_provider(const session::session& value) noexcept
{
    return value.who.issuer == local_issuer || value.who.issuer == emergency_issuer;
}

bool came_by_closed_way(const session::session& value, const without_provider& ways) noexcept
{
    return (value.who.issuer == local_issuer && ways.local == nullptr) ||
           (value.who.issuer == emergency_issuer && ways.emergency.people == nullptr);
}

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
#include "session/session.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::session
{
namespace
{

using std::chrono::seconds;

seconds renewal_interval(seconds idle) noexcept
{
    const seconds tenth = std::max<seconds>(idle / 10, std::chrono::minutes(1));
    return std::min(tenth, idle / 2);
}

} // namespace

session start_session(
    identity::identity who, const session_limits& limits, time_point now, crypto::random_source& random
)
{
    session value;
    value.id = session_id(random.token(256));
    value.who = std::move(who);
    value.created = now;
    value.last_seen = now;
    value.confirmed = now;
    value.expires = now + limits.lifetime;
    return value;
}

time_point end_of(const session& value, const session_limits& limits) noexcept
{
    const auto absolute = std::min(value.expires, value.created + limits.lifetime);
    return limits.idle > seconds::zero() ? std::min(absolute, value.last_seen + limits.idle) : absolute;
}

bool is_expired(const session& value, const session_limits& limits, time_point now) noexcept
{
    return now >= end_of(value, limits);
}

bool is_renewal_due(const session& value, const session_limits& limits, time_point now) noexcept
{
    return limits.idle > seconds::zero() && !is_expired(value, limits, now) &&
           now - value.last_seen >= renewal_interval(limits.idle);
}

} // namespace sekisho::session

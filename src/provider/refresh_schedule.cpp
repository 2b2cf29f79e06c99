// SPDX-License-Identifier: Apache-2.0
#include "provider/refresh_schedule.hpp"

#include <algorithm>

namespace sekisho::provider
{

void refresh_schedule::succeeded(steady_time now, std::chrono::milliseconds life)
{
    failures_ = 0;
    const auto least = std::min(intervals_.least_refresh, intervals_.refresh);
    next_ = now + (life.count() > 0 ? std::clamp(life, least, intervals_.refresh) : intervals_.refresh);
}

void refresh_schedule::failed(steady_time now, double jitter)
{
    auto delay = intervals_.first_retry;
    for (std::uint32_t doubled = 0; doubled < failures_ && delay < intervals_.last_retry; ++doubled)
        delay *= 2;
    delay = std::min(delay, intervals_.last_retry);
    const std::chrono::duration<double, std::milli> part = (delay / 2) * std::clamp(jitter, 0.0, 1.0);
    next_ = now + (delay - delay / 2) + std::chrono::duration_cast<std::chrono::milliseconds>(part);
    ++failures_;
}

} // namespace sekisho::provider

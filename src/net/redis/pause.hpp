// SPDX-License-Identifier: Apache-2.0
#pragma once
// How long to wait before the next attempt to connect to Redis: soon at first, and never together with all
// the others.

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace sekisho::net
{

inline constexpr std::chrono::milliseconds shortest_redis_pause{50};
inline constexpr std::chrono::milliseconds longest_redis_pause{1000};

// After this many failures in a row (0: none, only not in a hurry). `chance` in [0, 1).
inline std::chrono::milliseconds redis_pause(unsigned failures, double chance)
{
    if (failures == 0)
        return shortest_redis_pause;
    const auto whole = std::min(
        shortest_redis_pause * (std::int64_t(2) << std::min(failures - 1, 10U)), longest_redis_pause
    );
    const auto half = whole / 2;
    return half +
           std::chrono::milliseconds(static_cast<std::int64_t>(static_cast<double>(half.count()) * chance));
}

} // namespace sekisho::net

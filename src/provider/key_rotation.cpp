// SPDX-License-Identifier: Apache-2.0
#include "provider/key_rotation.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace sekisho::provider
{
namespace
{

// Oldest first. nullopt is less than every time.
std::vector<std::size_t> by_age(std::span<const signing_start> keys)
{
    std::vector<std::size_t> order(keys.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t index) { return std::pair(keys[index], index); });
    return order;
}

} // namespace

rotation plan_rotation(std::span<const signing_start> keys, time_point now)
{
    rotation plan;
    if (keys.empty())
        return plan;
    const auto order = by_age(keys);
    const auto has_begun = [&](std::size_t index) { return !keys[index] || *keys[index] <= now; };
    const auto later = std::ranges::partition_point(order, has_begun);
    const auto signing = later == order.begin() ? order.begin() : std::prev(later);
    for (auto each = order.begin(); each != signing; ++each)
    {
        const auto& successor = keys[*std::next(each)];
        const auto is_over = successor && *successor + farewell_time <= now;
        (is_over ? plan.retired : plan.leaving).push_back(*each);
    }
    plan.signing = *signing;
    plan.next.assign(std::next(signing), order.end());
    return plan;
}

} // namespace sekisho::provider

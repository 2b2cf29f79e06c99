// SPDX-License-Identifier: Apache-2.0
#include "base/log_repetition.hpp"

namespace sekisho::log
{

std::optional<std::size_t> repetition::turn(time_point now) noexcept
{
    const auto here = static_cast<std::int64_t>(now.time_since_epoch().count());
    auto last = last_.load(std::memory_order_relaxed);
    // A clock that was set back must not silence anything.
    const auto is_over = last == never || here < last || here - last >= pause.count();
    if (is_over && last_.compare_exchange_strong(last, here, std::memory_order_relaxed))
        return left_out_.exchange(0, std::memory_order_relaxed);
    left_out_.fetch_add(1, std::memory_order_relaxed);
    return std::nullopt;
}

} // namespace sekisho::log

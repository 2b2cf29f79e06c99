// SPDX-License-Identifier: Apache-2.0
#pragma once
// When a document of the provider is fetched again: refreshed while it is good, retried ever less often while
// it fails. Pure; `now` is an argument.

#include <chrono>
#include <cstdint>

namespace sekisho::provider
{

// Not the wall clock: setting that must neither stop nor storm the provider.
using steady_time = std::chrono::steady_clock::time_point;

struct refresh_intervals
{
    std::chrono::milliseconds refresh{std::chrono::hours(1)}; // after a success that names no life of its own
    std::chrono::milliseconds least_refresh{std::chrono::minutes(1)
    }; // Cache-Control is honoured between these two
    std::chrono::milliseconds first_retry{std::chrono::seconds(1)}; // after the first failure; then doubled
    std::chrono::milliseconds last_retry{std::chrono::seconds(60)};
};

class refresh_schedule
{
public:
    explicit refresh_schedule(refresh_intervals intervals) : intervals_(intervals) {}

    // `life` is what the answer's Cache-Control allows, 0: it says nothing.
    void succeeded(steady_time now, std::chrono::milliseconds life);
    // `jitter` in [0, 1): the retry comes after that part of the second half of the back-off, so that many
    // gates do not come back in step.
    void failed(steady_time now, double jitter);

    // There is nothing to attempt, ever.
    void settle() { next_ = steady_time::max(); }

    // Whether the next attempt's time has come: the first one's always has.
    bool is_due(steady_time now) const { return now >= next_; }
    // While failing: whether the back-off still forbids an attempt.
    bool must_wait(steady_time now) const { return failures_ > 0 && now < next_; }
    steady_time next_attempt() const { return next_; }
    std::uint32_t failures() const { return failures_; } // in a row

private:
    refresh_intervals intervals_;
    steady_time next_ = steady_time::min();
    std::uint32_t failures_ = 0;
};

} // namespace sekisho::provider

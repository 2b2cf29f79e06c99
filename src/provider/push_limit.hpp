// SPDX-License-Identifier: Apache-2.0
#pragma once
// How often authorization requests are pushed: whoever opens a page makes us call the provider, so there is a
// bound, and while it is down nobody waits for it one after the other. Pure.

#include "base/result.hpp"
#include "provider/refresh_schedule.hpp"

#include <chrono>
#include <cstddef>

namespace sekisho::provider
{

class push_limit
{
public:
    static constexpr std::size_t most_under_way = 64;
    static constexpr std::chrono::seconds pause{1}; // after an outage

    // Whether another may be pushed; then finished() has to follow. Error: oidc_provider_unavailable; after
    // an outage with its detail.
    result<void> begin(steady_time now);
    // `outcome`: what became of it. An oidc_provider_unavailable is an outage.
    void finished(const result<void>& outcome, steady_time now);

private:
    std::size_t under_way_ = 0;
    steady_time silent_until_{};
    error last_{};
};

} // namespace sekisho::provider

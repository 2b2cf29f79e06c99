// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a provider needs from the process; all of it outlives the provider.

#include "base/metric.hpp"
#include "base/time.hpp"
#include "crypto/random.hpp"
#include "net/http_client.hpp"
#include "net/task.hpp"
#include "provider/refresh_schedule.hpp"

#include <chrono>
#include <functional>

namespace sekisho::provider
{

struct services
{
    net::http_client& http;        // belongs to `home`
    crypto::random_source& random; // jitter
    metric::registry& metrics;
    net::executor home; // the control worker: every call to the provider is made there
    std::function<time_point()> now = wall_clock_now;
    std::function<steady_time()> steady_now = std::chrono::steady_clock::now;
};

} // namespace sekisho::provider

// SPDX-License-Identifier: Apache-2.0
#pragma once
// Waiting on a worker.

#include "net/worker.hpp"

#include <chrono>

namespace sekisho::app
{

inline net::task<void> pause(net::worker& on, std::chrono::milliseconds duration)
{
    net::steady_timer timer(on.get_executor());
    timer.expires_after(duration);
    co_await timer.async_wait(net::in_tuple);
}

} // namespace sekisho::app

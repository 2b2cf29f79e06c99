// SPDX-License-Identifier: Apache-2.0
#pragma once
// One coroutine waits for another on the same worker.

#include "net/worker.hpp"

namespace sekisho::net
{

class latch
{
public:
    explicit latch(executor where) : timer_(where) {}

    void close() noexcept { is_open_ = false; }
    bool is_open() const noexcept { return is_open_; }
    void open()
    {
        is_open_ = true;
        timer_.cancel();
    }
    // Until it is open; one waiter at a time.
    task<void> wait()
    {
        if (is_open_)
            co_return;
        timer_.expires_at(steady_timer::time_point::max());
        co_await timer_.async_wait(in_tuple);
    }

private:
    steady_timer timer_;
    bool is_open_ = true;
};

} // namespace sekisho::net

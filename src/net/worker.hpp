// SPDX-License-Identifier: Apache-2.0
#pragma once
// A thread with everything it needs of its own: workers share nothing on a request's path.

#include "net/buffer_pool.hpp"
#include "net/deadline.hpp"
#include "net/task.hpp"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <string_view>

namespace sekisho::net
{

// steady_clock timer on the concrete executor.
using steady_timer = asio::
    basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, executor>;

class worker
{
public:
    worker();
    worker(const worker&) = delete;
    worker& operator=(const worker&) = delete;

    // Runs until stop(), or until nothing is left to do. Called by the thread that is to be this worker.
    void run();
    // May be called from any thread.
    void stop();
    // Destroys every coroutine where it waits: after run() has returned for good, before what they refer to
    // dies.
    void abandon() { context_.abandon(); }

    executor get_executor() noexcept { return context_.get_executor(); }
    asio::io_context& context() noexcept { return context_; }
    deadline_wheel& deadlines() noexcept { return deadlines_; }
    buffer_pool& blocks() noexcept { return blocks_; } // 16 KiB: heads, small bodies
    buffer_pool& slabs() noexcept { return slabs_; }   // 128 KiB: large heads, streams of bytes

    // Starts a coroutine; the only way to do so. An exception that leaves it is logged with this name (a
    // literal) and goes no further. Worker's thread only.
    void spawn(std::string_view name, task<void> work);
    // How many spawned coroutines have not ended.
    std::size_t running() const noexcept { return running_; }
    // Called on each turn of the wheel (every deadline_wheel::tick), for batched work such as writing out the
    // log.
    void on_turn(std::function<void()> action) { on_turn_ = std::move(action); }

private:
    struct abandonable_context : asio::io_context
    {
        using asio::io_context::io_context;
        void abandon() { shutdown(); }
    };

    task<void> turn_wheel();

    // Everything that sockets and coroutines refer to must outlive the context that destroys them.
    deadline_wheel deadlines_;
    buffer_pool blocks_;
    buffer_pool slabs_;
    std::function<void()> on_turn_;
    std::size_t running_ = 0;
    abandonable_context context_;
    steady_timer timer_;
};

} // namespace sekisho::net

// SPDX-License-Identifier: Apache-2.0
#pragma once
// A coroutine on another worker, awaited from here.

#include "net/task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/system_error.hpp>

#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace sekisho::net
{

// Wakes coroutines of one executor; to be touched on that executor only.
using wake_up = asio::
    basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, executor>;

namespace detail
{

// Where the other worker's answer arrives: that worker posts it to the waiting side's executor, unless nobody
// waits there any more. So either io_context may be destroyed first.
template <class T>
struct landing_place
{
    std::mutex mutex;           // guards the pointer between the two sides
    wake_up* waiting = nullptr; // null: nobody waits any more, and the executor may be gone
    std::exception_ptr failure; // the waiting side's only, as is the value
    std::optional<T> value;
};

// Clears the pointer when the waiting coroutine ends, or is destroyed with its io_context.
template <class T>
struct landing_guard
{
    std::shared_ptr<landing_place<T>> place;

    explicit landing_guard(std::shared_ptr<landing_place<T>> where) : place(std::move(where)) {}
    landing_guard(const landing_guard&) = delete;
    landing_guard& operator=(const landing_guard&) = delete;
    ~landing_guard()
    {
        const std::scoped_lock lock(place->mutex);
        place->waiting = nullptr;
    }
};

// On the waiting side.
template <class T>
void land(landing_place<T>& place, std::exception_ptr failure, T value)
{
    place.failure = std::move(failure);
    if (!place.failure)
        place.value.emplace(std::move(value));
    if (place.waiting != nullptr)
        place.waiting->cancel();
}

// On the working side.
template <class T>
void send_home(executor to, std::shared_ptr<landing_place<T>> place, std::exception_ptr failure, T value)
{
    const std::scoped_lock lock(place->mutex);
    if (place->waiting == nullptr)
        return;
    auto arrive = [place, failure = std::move(failure), value = std::move(value)]() mutable
    { land(*place, std::move(failure), std::move(value)); };
    asio::post(to, std::move(arrive));
}

} // namespace detail

// Runs `work` on `home` and returns its value on the caller's own executor. May be called from any worker; on
// `home` itself it is a plain await. The work must own what it needs: it goes on when the caller is destroyed
// while it waits, and its outcome is then dropped. T is default-constructible. Throws what the work throws,
// and operation_aborted when the waiting itself is cancelled.
template <class T>
task<T> run_on(executor home, task<T> work)
{
    const executor here = co_await asio::this_coro::executor;
    if (here == home)
    {
        T value = co_await std::move(work);
        co_return value;
    }
    wake_up landed(here, wake_up::time_point::max());
    const auto place = std::make_shared<detail::landing_place<T>>();
    place->waiting = &landed;
    const detail::landing_guard<T> guard(place);
    asio::co_spawn(
        home,
        std::move(work),
        [here, place](std::exception_ptr failure, T value)
        { detail::send_home<T>(here, place, std::move(failure), std::move(value)); }
    );
    auto [woken] = co_await landed.async_wait(in_tuple);
    if (place->failure)
        std::rethrow_exception(place->failure);
    if (!place->value)
        throw boost::system::system_error(woken ? woken : asio::error::operation_aborted);
    co_return std::move(*place->value);
}

} // namespace sekisho::net

// SPDX-License-Identifier: Apache-2.0
#pragma once
// Coroutines in tests: run to their end, their value handed back.

#include "net/task.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace sekisho::test
{

// Runs the work on this context, and whatever else is queued there, until nothing is left to do. Throws what
// the work throws, and logic_error when the context ran dry before the work ended.
template <class T>
T run(net::asio::io_context& context, net::task<T> work)
{
    std::exception_ptr failure;
    const auto finish = [&]
    {
        context.restart();
        context.run();
        if (failure)
            std::rethrow_exception(failure);
    };
    if constexpr (std::is_void_v<T>)
    {
        bool is_done = false;
        net::asio::co_spawn(
            context.get_executor(),
            std::move(work),
            [&](std::exception_ptr thrown)
            {
                failure = std::move(thrown);
                is_done = true;
            }
        );
        finish();
        if (!is_done)
            throw std::logic_error("the coroutine waits for something that never comes");
    }
    else
    {
        std::optional<T> value;
        net::asio::co_spawn(
            context.get_executor(),
            std::move(work),
            [&](std::exception_ptr thrown, T got)
            {
                failure = std::move(thrown);
                value.emplace(std::move(got));
            }
        );
        finish();
        if (!value)
            throw std::logic_error("the coroutine waits for something that never comes");
        return std::move(*value);
    }
}

// The same on a context of its own.
template <class T>
T run(net::task<T> work)
{
    net::asio::io_context context(1);
    return run(context, std::move(work));
}

// Starts the work; its value goes to `into` when the context gets there. `into` outlives the context's run.
template <class T>
void start(net::asio::io_context& context, net::task<T> work, std::optional<T>& into)
{
    net::asio::co_spawn(
        context.get_executor(),
        std::move(work),
        [&into](std::exception_ptr thrown, T got)
        {
            if (thrown)
                std::rethrow_exception(thrown);
            into.emplace(std::move(got));
        }
    );
}

} // namespace sekisho::test

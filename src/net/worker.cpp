// SPDX-License-Identifier: Apache-2.0
#include "net/worker.hpp"

#include "base/log.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <utility>

namespace sekisho::net
{

worker::worker()
    : blocks_(16 * 1024, 256), slabs_(128 * 1024, 64), context_(1), timer_(context_.get_executor())
{
    asio::co_spawn(
        get_executor(),
        turn_wheel(),
        [](std::exception_ptr failure)
        {
            if (failure)
                std::rethrow_exception(failure);
        }
    );
}

void worker::run() { context_.run(); }

void worker::stop() { context_.stop(); }

void worker::spawn(std::string_view name, task<void> work)
{
    ++running_;
    asio::co_spawn(
        get_executor(),
        std::move(work),
        [this, name](std::exception_ptr failure)
        {
            --running_;
            if (!failure)
                return;
            try
            {
                std::rethrow_exception(failure);
            }
            catch (const std::exception& thrown)
            {
                log::error("worker.exception", {{"task", name}, {"what", thrown.what()}});
            }
        }
    );
}

task<void> worker::turn_wheel()
{
    timer_.expires_after(deadline_wheel::tick);
    for (;;)
    {
        auto [failure] = co_await timer_.async_wait(in_tuple);
        if (failure)
            co_return;
        deadlines_.turn();
        if (on_turn_)
            on_turn_();
        timer_.expires_at(timer_.expiry() + deadline_wheel::tick);
    }
}

} // namespace sekisho::net

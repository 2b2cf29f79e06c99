// SPDX-License-Identifier: Apache-2.0
#include "server/http1_exchange.hpp"

#include "base/log.hpp"

#include <exception>

namespace sekisho::server
{

using net::task;

http1_exchange::http1_exchange(net::worker& home) : home_(home) { fields_.head.reserve(64); }

task<afterwards> http1_exchange::serve(
    net::stream& on,
    const net::peer& client,
    const limits& allowed,
    net::handler& handler,
    const bool& draining
)
{
    stream_ = &on;
    client_ = &client;
    limits_ = &allowed;
    draining_ = &draining;
    head_input_.use(home_.blocks().borrow());
    out_ = home_.blocks().borrow();
    auto next = afterwards::close;
    do
    {
        begin_message();
        auto received = co_await receive_head();
        if (received)
        {
            co_await answer(handler);
            next = decide();
        }
        else
            next = co_await refuse(handler, std::move(received.error()));
        end_message();
    } while (next == afterwards::keep_alive && !head_input_.is_empty());
    head_input_.release();
    out_.release();
    co_return next;
}

void http1_exchange::begin_message()
{
    head_ = {};
    framing_ = {};
    received_ = sent_ = remaining_ = 0;
    pending_ = 0;
    status_ = 0;
    keep_alive_ = expects_continue_ = chunk_is_open_ = is_finished_ = is_taken_over_ = is_abandoned_ = false;
    arena_.emplace(arena_memory_.data(), arena_memory_.size());
    fields_.clear();
    request_body_ = {};
}

void http1_exchange::end_message()
{
    arena_.reset();
    if (body_input_.has_memory())
    {
        // What came behind this body is the next request's head.
        head_input_ = std::move(body_input_);
        body_input_.release();
    }
    if (head_input_.has_memory())
        head_input_.compact();
}

task<void> http1_exchange::answer(net::handler& handler)
{
    try
    {
        co_await handler.handle(*this);
    }
    catch (const std::exception& thrown)
    {
        log::error("exchange.exception", {{"what", thrown.what()}});
        keep_alive_ = false;
    }
    if (status_ == 0)
    {
        keep_alive_ = false;
        co_await handler.refuse(*this, error{errc::internal_error, "exchange", "nothing was answered"});
    }
}

task<afterwards> http1_exchange::refuse(net::handler& handler, error why)
{
    keep_alive_ = false;
    switch (why.code)
    {
    case errc::end_of_stream:
    case errc::network_failure:
    case errc::network_timeout: // nothing had arrived: nobody waits for an answer
        co_return afterwards::close;
    default:
        break;
    }
    is_abandoned_ = true; // whatever body there was is not read
    co_await handler.refuse(*this, std::move(why));
    co_return afterwards::linger;
}

afterwards http1_exchange::decide() const noexcept
{
    if (is_taken_over_ || !stream_->is_open())
        return afterwards::close;
    if (!is_finished_) // cut short: closing tells the client
        return afterwards::close;
    if (!request_body_.is_done())
        return afterwards::linger;
    return keep_alive_ && !*draining_ ? afterwards::keep_alive : afterwards::linger;
}

} // namespace sekisho::server

// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/session_beginning.hpp"

#include "net/worker.hpp"

#include <chrono>

namespace sekisho::gateway
{

net::task<void> begin_afterwards(session::keeper& sessions, session::session& made, time_point now)
{
    constexpr std::chrono::seconds one(1);
    auto person = made;
    person.sid.clear(); // one that has ended at the provider stays so
    if (!sessions.has_ended(person, now))
        co_return;
    net::steady_timer timer(co_await net::asio::this_coro::executor);
    timer.expires_after(one);
    co_await timer.async_wait(net::in_tuple);
    made.created += one;
    made.last_seen += one;
    made.confirmed += one;
    made.expires += one;
}

} // namespace sekisho::gateway

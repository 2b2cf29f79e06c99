// SPDX-License-Identifier: Apache-2.0
#include "gateway/renewal/turn.hpp"

#include "base/log.hpp"
#include "net/run_on.hpp"
#include "session/shelf_names.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::gateway
{
namespace
{

std::string lock_name(const session::session_id& id) { return "renewing:" + session::member_name(id); }

net::task<void> pause(std::chrono::milliseconds how_long)
{
    const net::executor here = co_await net::asio::this_coro::executor;
    net::wake_up waiting(here, how_long);
    (void)co_await waiting.async_wait(net::in_tuple);
}

} // namespace

net::task<result<turn>> renewal_turns::take(session::session known, need how, std::function<time_point()> now)
{
    auto token = random_.token(128);
    auto wait = by_.look_again;
    const auto until = std::chrono::steady_clock::now() + by_.patience;
    for (;;)
    {
        auto is_ours = co_await sessions_.notes().put(
            lock_name(known.id), {1, token}, by_.lock_life, session::put_when::absent
        );
        if (!is_ours)
            co_return std::unexpected(is_ours.error());
        auto seen = co_await look(known, now());
        // Asked now that the shelf has answered: it may have come back with this call.
        const auto rests = is_settling(now());
        if (seen && seen->is == turn::kind::taken && *is_ours && !rests)
        {
            seen->is = turn::kind::ours;
            seen->token = std::move(token);
            co_return seen;
        }
        if (*is_ours)
            co_await give_back(known.id, token);
        const auto is_worth_waiting = seen && seen->is == turn::kind::taken && how == need::now && !rests &&
                                      std::chrono::steady_clock::now() < until;
        if (!is_worth_waiting)
            co_return seen;
        co_await pause(wait);
        wait = std::min(wait * 2, by_.look_again * 10);
    }
}

bool renewal_turns::is_settling(time_point now) const
{
    const auto back = sessions_.notes().state().back_since;
    return back != time_point() && now >= back && now - back < by_.settling;
}

net::task<result<bool>> renewal_turns::is_ours(session::session_id id, std::string token)
{
    auto there = co_await sessions_.notes().get(lock_name(id));
    if (!there)
        co_return std::unexpected(there.error());
    co_return *there && (*there)->value == token;
}

net::task<result<turn>> renewal_turns::look(const session::session& known, time_point now)
{
    auto newest = co_await sessions_.newest(known, now);
    if (!newest)
        co_return std::unexpected(newest.error());
    if (!*newest)
        co_return turn{};
    const auto is_newer = (*newest)->generation > known.generation;
    co_return turn{is_newer ? turn::kind::done : turn::kind::taken, std::move(**newest)};
}

net::task<void> renewal_turns::give_back(session::session_id id, std::string token)
{
    auto given = co_await sessions_.notes().take_own(lock_name(id), std::move(token));
    if (!given)
        log::failure("renewal lock not given back", given.error()); // it ends by itself
}

} // namespace sekisho::gateway

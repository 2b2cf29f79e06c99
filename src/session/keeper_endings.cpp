// SPDX-License-Identifier: Apache-2.0
// How sessions end, and how what has ended is known here and told elsewhere.
#include "base/log.hpp"
#include "net/run_on.hpp"
#include "session/keeper.hpp"

#include <chrono>
#include <utility>

namespace sekisho::session
{
namespace
{

constexpr std::string_view step = "session.keeper";
constexpr std::string_view endings_seal = "ending"; // what their seals are bound to

// Ends also when the request that reads is gone.
class reading
{
public:
    explicit reading(ended_sessions& of) : of_(of) {}
    reading(const reading&) = delete;
    reading& operator=(const reading&) = delete;
    ~reading() { of_.end_reading(); }

private:
    ended_sessions& of_;
};

net::task<void> pause()
{
    const net::executor here = co_await net::asio::this_coro::executor;
    net::wake_up waiting(here, std::chrono::milliseconds(10));
    (void)co_await waiting.async_wait(net::in_tuple);
}

} // namespace

net::task<result<void>> keeper::know_endings()
{
    if (!ended_->begin_reading())
    {
        // They may be many: one request reads them, the others of that moment wait for it.
        while (ended_->is_being_read())
            co_await pause();
        if (!ended_->is_complete())
            co_return fail(errc::session_store_unavailable, step, "which sessions have ended cannot be read");
        co_return result<void>();
    }
    const reading under_way(*ended_);
    auto caught_up = co_await catch_up();
    co_return caught_up;
}

net::task<result<std::size_t>> keeper::end(ending what)
{
    if (what.until <= what.at)
        what.until = what.at + by_.limits.longest();
    // Remembered first: what the hook makes a cache forget must not be found again.
    ended_->add(what);
    if (on_ending_)
        on_ending_(what);
    // Before it is told, for the caller may be gone in the middle.
    ended_->add_untold(what);
    auto ended = co_await end_on_shelf(what);
    if (ended)
        ended_->set_told(what);
    co_return ended;
}

// Told before anything is taken away: from then on nobody takes the session for good.
net::task<result<std::size_t>> keeper::end_on_shelf(const ending& what)
{
    const auto message = keys_.seal(encode(what), endings_seal, *random_);
    auto remembered = co_await notes_->add_member(std::string(endings_set), message, what.until - what.at);
    if (!remembered)
        co_return std::unexpected(remembered.error());
    auto told = co_await notes_->publish(message);
    if (!told)
        co_return std::unexpected(told.error());
    auto count = co_await take_away(what);
    co_return count;
}

net::task<result<std::size_t>> keeper::take_away(const ending& what)
{
    auto meant = co_await summaries_.meant_by(what);
    if (!meant)
        co_return std::unexpected(meant.error());
    const auto count = meant->size();
    // Also when there is no summary of it.
    if (what.what == ends::session && meant->empty())
    {
        auto taken = co_await store_->take(session_id(what.value));
        if (!taken)
            co_return std::unexpected(taken.error());
    }
    for (auto& each : *meant)
    {
        auto taken = co_await store_->take(each.id);
        if (!taken)
            co_return std::unexpected(taken.error());
        auto removed = co_await summaries_.remove(std::move(each));
        if (!removed)
            co_return std::unexpected(removed.error());
    }
    co_return count;
}

net::task<result<bool>> keeper::knows(ending what)
{
    auto meant = co_await summaries_.meant_by(std::move(what));
    if (!meant)
        co_return std::unexpected(meant.error());
    co_return !meant->empty();
}

void keeper::apply(const ending& what)
{
    if (ended_->add(what) && on_ending_)
        on_ending_(what);
}

void keeper::hear(std::string_view message)
{
    const auto plain = keys_.open(message, endings_seal);
    const auto what = plain ? decode_ending(*plain) : std::unexpected(plain.error());
    if (what)
        apply(*what);
    else
        log::failure(dropped_, wall_clock_now(), "message of the shelf dropped", what.error());
}

net::task<result<void>> keeper::catch_up()
{
    const auto untold = ended_->untold();
    for (const auto& each : untold)
    {
        auto ended = co_await end_on_shelf(each);
        if (!ended)
            co_return std::unexpected(ended.error());
        ended_->set_told(each);
    }
    std::string from;
    do
    {
        auto told = co_await notes_->members_from(std::string(endings_set), std::move(from));
        if (!told)
            co_return std::unexpected(told.error());
        for (const auto& each : told->members)
            hear(each);
        from = std::move(told->next);
    } while (!from.empty());
    ended_->set_complete(); // not before all were read
    co_return result<void>();
}

} // namespace sekisho::session

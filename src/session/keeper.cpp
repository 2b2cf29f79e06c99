// SPDX-License-Identifier: Apache-2.0
#include "session/keeper.hpp"

#include "base/log.hpp"
#include "net/run_on.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace sekisho::session
{
namespace
{

constexpr std::string_view step = "session.keeper";
constexpr std::string_view endings_seal = "ending"; // what their seals are bound to

// Of two values of one session the newer one has the higher version; of one generation the last used one.
std::uint64_t version_of(const session& value)
{
    const auto used = std::max<std::int64_t>((value.last_seen - value.created).count(), 0);
    return (value.generation << 32U) | (static_cast<std::uint64_t>(used) & 0xffffffffU);
}

std::unexpected<error> limit_reached(std::size_t there_are, std::size_t there_may_be)
{
    return fail(
        errc::session_limit_reached,
        step,
        "this person has " + std::to_string(there_are) + " sessions elsewhere; session.max_per_person is " +
            std::to_string(there_may_be)
    );
}

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

std::unexpected<error> not_known() { return fail(errc::session_required, step); }

} // namespace

keeper::keeper(
    std::shared_ptr<store> where,
    std::shared_ptr<shelf> notes,
    std::shared_ptr<ended_sessions> ended,
    crypto::key_ring keys,
    const std::vector<secret>& name_secrets,
    keeper_rules by,
    ending_hook on_ending,
    crypto::random_source& random
)
    : store_(std::move(where)), notes_(std::move(notes)), ended_(std::move(ended)), keys_(keys),
      summaries_(notes_, std::move(keys), name_secrets, random), by_(std::move(by)),
      on_ending_(std::move(on_ending)), random_(&random)
{
    by_.limits.before = ended_->longest_with(by_.limits.longest());
}

ending keeper::ending_of(const summary& value, time_point now) const
{
    const auto until = std::max(value.created + by_.limits.longest(), now) + ending::between_clocks;
    return {.what = ends::session, .issuer = {}, .value = value.id.str(), .at = now, .until = until};
}

noted keeper::noted_of(const session& value, time_point now) const
{
    noted of{.what = summarize(value), .version = version_of(value)};
    const auto limits = by_.limits.of(value);
    of.what.expires = end_of(value, limits);
    // As long as it can last at all, so that only the summary follows the idle limit, and not each set.
    of.life = end_of(value, {.lifetime = limits.lifetime}) - now;
    return of;
}

net::task<result<set_cookies>>
keeper::begin(const session& value, std::span<const http::field> request, time_point now)
{
    // Ways in without a provider stay open: their sessions are short, and several people may share one name.
    const bool is_limited = by_.max_per_person != 0 && value.amr.empty();
    auto listed = co_await summaries_.add(noted_of(value, now));
    if (!listed && is_limited)
        co_return std::unexpected(listed.error());
    if (!listed)
        log::failure("session not listed", listed.error());
    // Counted when it is among them, so that two sign-ins at a time see each other.
    result<std::vector<summary>> leaving;
    if (is_limited)
        leaving = co_await leaving_for(value, request, now);
    result<set_cookies> cookies;
    if (leaving)
        cookies = co_await store_->create(value, request, now);
    else
        cookies = std::unexpected(leaving.error());
    if (!cookies)
    {
        auto removed = co_await summaries_.remove(summarize(value));
        if (!removed)
            log::failure("session not unlisted", removed.error());
        co_return cookies;
    }
    for (const auto& each : *leaving)
    {
        auto ended = co_await end(ending_of(each, now));
        if (!ended)
            log::failure("session not ended everywhere", ended.error());
    }
    co_return cookies;
}

net::task<result<std::vector<summary>>>
keeper::leaving_for(const session& value, std::span<const http::field> request, time_point now)
{
    auto others = co_await list(value.who.user, now);
    if (!others)
        co_return others;
    // Two people at two providers may have one user name.
    std::erase_if(
        *others,
        [&](const summary& each)
        {
            return each.id == value.id || each.issuer != value.who.issuer ||
                   each.subject != value.who.subject;
        }
    );
    std::vector<summary> leaving;
    // The session that this browser has already is replaced by the new one and takes no place.
    auto old = co_await store_->find(store_->cookies().find(request), now);
    const auto place = old ? std::ranges::find(*others, old->value.id, &summary::id) : others->end();
    if (place != others->end())
    {
        leaving.push_back(std::move(*place));
        others->erase(place);
    }
    if (others->size() < by_.max_per_person)
        co_return leaving;
    if (by_.when_too_many == too_many::refuse)
        co_return limit_reached(others->size(), by_.max_per_person);
    // The last used ones are in front.
    for (auto index = by_.max_per_person - 1; index < others->size(); ++index)
        leaving.push_back(std::move((*others)[index]));
    co_return leaving;
}

net::task<result<found_session>> keeper::find(const session_cookies& cookies, time_point now)
{
    // A sealed cookie outlives its ending, and what this process has not heard it cannot refuse.
    if (!ended_->is_complete())
    {
        auto known = co_await know_endings();
        if (!known)
            co_return std::unexpected(known.error());
    }
    auto found = co_await store_->find(cookies, now);
    if (!found)
        co_return std::unexpected(found.error());
    if (ended_->has(found->value, now) || is_expired(found->value, by_.limits.of(found->value), now))
        co_return not_known();
    co_return found;
}

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

net::task<result<std::optional<session>>> keeper::newest(const session& known, time_point now)
{
    auto found = co_await store_->newest(known, now);
    if (!found)
        co_return std::unexpected(found.error());
    if (*found && (ended_->has(**found, now) || is_expired(**found, by_.limits.of(**found), now)))
        co_return std::optional<session>();
    co_return found;
}

net::task<result<bool>> keeper::renew(const session& renewed, time_point now)
{
    if (ended_->has(renewed, now))
        co_return false;
    auto replaced = co_await store_->replace(renewed, now);
    if (!replaced || !*replaced)
        co_return replaced;
    auto listed = co_await summaries_.follow(noted_of(renewed, now));
    if (!listed)
        log::failure("session not listed", listed.error());
    co_return true;
}

net::task<void> keeper::touch(session value, time_point now)
{
    if (ended_->has(value, now))
        co_return;
    value.last_seen = std::max(value.last_seen, now);
    auto moved = co_await store_->touch(value, now);
    if (!moved)
        log::failure(not_touched_, now, "last use of a session not kept", moved.error());
    if (!moved || !*moved)
        co_return;
    auto listed = co_await summaries_.follow(noted_of(value, now));
    if (!listed)
        log::failure(not_touched_, now, "last use of a session not listed", listed.error());
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

net::task<result<std::vector<summary>>> keeper::list(std::string user, time_point now)
{
    auto task = user.empty() ? summaries_.all() : summaries_.of_user(std::move(user));
    auto found = co_await std::move(task);
    if (!found)
        co_return std::unexpected(found.error());
    std::erase_if(*found, [now](const summary& each) { return now >= each.expires; });
    std::ranges::sort(*found, std::ranges::greater(), &summary::last_seen);
    co_return found;
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

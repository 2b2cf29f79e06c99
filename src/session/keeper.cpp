// SPDX-License-Identifier: Apache-2.0
#include "session/keeper.hpp"

#include "base/log.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace sekisho::session
{
namespace
{

constexpr std::string_view step = "session.keeper";

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

} // namespace sekisho::session

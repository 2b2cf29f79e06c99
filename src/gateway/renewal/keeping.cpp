// SPDX-License-Identifier: Apache-2.0
// The second half of a renewal: what the provider said becomes a session that is kept, or ends.
#include "base/log.hpp"
#include "gateway/renewal/renewal.hpp"
#include "gateway/sign_in/person.hpp"
#include "gateway/sign_in/proof.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace sekisho::gateway
{
namespace
{

using std::chrono::seconds;

net::task<void> pause(net::executor home, std::chrono::milliseconds how_long)
{
    net::wake_up waiting(home, how_long);
    (void)co_await waiting.async_wait(net::in_tuple);
}

} // namespace

life_span renewal::life_of(const session::session& value) const
{
    // The idle limit slides: what is not kept yet must not be forgotten for it.
    const auto lifetime = with_.making.limits.of(value).lifetime;
    return {with_.now(), session::end_of(value, {.lifetime = lifetime})};
}

provider::renewal_expectations renewal::expectations_of(const session::session& value) const
{
    return {
        {value.who.issuer,
         oidc::subject(value.who.subject),
         claims_inside(value.id_token.reveal()),
         {value.nonce_mark, value.auth_time, value.issued}},
        with_.redirect
    };
}

void renewal::changed(const session::session_id& id) const
{
    if (with_.session_changed)
        with_.session_changed(id);
}

result<void> renewal::apply(session::session& to, provider::renewed_sign_in& answer) const
{
    if (!answer.person)
        return std::unexpected(answer.person.error());
    if (!*answer.person)
        return {}; // as it was
    auto mapped = identify(
        to.provider, {**answer.person, std::move(answer.access_token_claims)}, with_.making, with_.offers
    );
    if (!mapped)
        return std::unexpected(mapped.error());
    if (!identity::is_same_person(mapped->who, to.who))
        return fail(errc::oidc_refresh_refused, "renewal", "the renewed sign-in is somebody else's");
    to.who = std::move(mapped->who);
    return {};
}

// As it fits into the browser; a store with room takes it as it is.
session::session renewal::fitting(session::session made, time_point now) const
{
    const auto& where = with_.sessions->where();
    while (!where.has_room() && !where.reissue(made, {}, now))
    {
        auto less = lighter(made, with_.making);
        if (!less)
            break;
        log::info("session_token_left_out", {{"token", less->left_out}, {"user", made.who.user}});
        made = std::move(less->value);
    }
    return made;
}

net::task<result<session::session>> renewal::keep_it(session::session made, turn& mine)
{
    made = fitting(std::move(made), with_.now());
    auto done = co_await try_to_keep(made, mine);
    if (!done)
    {
        count(outcome::not_kept);
        log::failure("renewed_session_not_kept", done.error(), {{"provider", made.provider}});
        notes_.hold(made, life_of(made));
        // The lock stays ours, so that nobody uses the old refresh token meanwhile.
        with_.spawn(keep_until_kept(shared_from_this(), mine));
        mine.token.clear();
        co_return made;
    }
    if (*done == kept::none)
    {
        notes_.settle(made.id);
        co_return fail(errc::oidc_refresh_refused, "renewal", "the session has ended meanwhile");
    }
    count(*done == kept::ours ? outcome::renewed : outcome::elsewhere);
    log::debug(
        "token_renewed",
        {{"provider", made.provider}, {"user", made.who.user}, {"generation", made.generation}}
    );
    notes_.settle(made.id);
    changed(made.id);
    co_return made;
}

// Where somebody else has kept a value since ours was read, whoever has the lock used the newest refresh
// token. Who has lost it takes what the other one kept, unless that still has the token that was used up for
// ours.
net::task<result<renewal::kept>> renewal::try_to_keep(session::session& made, const turn& mine)
{
    constexpr int attempts = 3;
    for (int attempt = 0; attempt < attempts; ++attempt)
    {
        auto is_put = co_await with_.sessions->renew(made, with_.now());
        if (!is_put)
            co_return std::unexpected(is_put.error());
        if (*is_put)
            co_return kept::ours;
        // Of the value that ours was made from: of ours, another of the same generation is not newer.
        auto newest = co_await with_.sessions->newest(mine.value, with_.now());
        if (!newest)
            co_return std::unexpected(newest.error());
        if (!*newest)
            co_return kept::none;
        auto has_lock = co_await turns_.is_ours(made.id, mine.token);
        if (!has_lock)
            co_return std::unexpected(has_lock.error());
        const auto& used = mine.value.refresh_token.reveal();
        const auto theirs_is_used_up =
            (*newest)->refresh_token.reveal() == used && made.refresh_token.reveal() != used;
        if (!*has_lock && !theirs_is_used_up)
        {
            made = std::move(**newest);
            co_return kept::theirs;
        }
        made.generation = std::max(made.generation, (*newest)->generation) + 1;
        made.last_seen = std::max(made.last_seen, (*newest)->last_seen);
    }
    co_return fail(errc::session_store_unavailable, "renewal", "others keep newer values all the time");
}

net::task<void> renewal::keep_until_kept(self with, turn mine)
{
    const auto id = mine.value.id;
    for (auto wait = with->with_.keep_again;; wait = keep_again_after(wait))
    {
        co_await pause(with->with_.home, wait);
        auto held = with->notes_.held(id);
        if (!held || session::is_expired(*held, with->with_.making.limits.of(*held), with->with_.now()))
            break;
        auto done = co_await with->try_to_keep(*held, mine);
        if (!done)
            continue;
        if (*done == kept::ours)
        {
            with->count(outcome::renewed);
            log::info("renewed_session_kept", {{"provider", held->provider}, {"user", held->who.user}});
        }
        with->changed(id);
        break;
    }
    with->notes_.settle(id);
    co_await with->turns_.give_back(id, std::move(mine.token));
}

net::task<result<session::session>> renewal::give_up_or_on(session::session value, error why)
{
    // A shelf that is down is no failure of the provider's: requests are answered by what is known of
    // sessions.
    const auto counts = has_ended_tokens(value, with_.now()) && why.code != errc::session_store_unavailable;
    const auto ends = counts && with_.by.when_it_fails == after_failure::end;
    note_failure(value, why, ends ? after::it_ends : after::it_goes_on);
    if (ends)
    {
        auto over = co_await end(std::move(value), std::move(why));
        co_return over;
    }
    co_return value;
}

void renewal::note_failure(const session::session& value, const error& why, after then)
{
    count(outcome::failed);
    const auto now = with_.now();
    auto until = now + pause_after(notes_.failures(value.id) + 1, spread(value.id));
    // Where the tokens' end decides, it is tried once more then.
    if (with_.by.when_it_fails != after_failure::keep && value.tokens_end && *value.tokens_end > now)
        until = std::min(until, *value.tokens_end);
    static_cast<void>(notes_.fail(value, until, life_of(value)));
    tell_of_failure(value, why, then, until);
}

void renewal::tell_of_failure(
    const session::session& value, const error& why, after then, time_point next_try
)
{
    const auto [now, end] = life_of(value);
    const auto goes_on = then == after::it_goes_on;
    const auto next = goes_on ? format_duration(next_try - now) : std::string("never");
    const auto hangs_on_tokens =
        with_.by.when_it_fails == after_failure::end && value.tokens_end && *value.tokens_end > now;
    const auto until = format_time(!goes_on ? now : hangs_on_tokens ? *value.tokens_end : end);
    const std::initializer_list<log::field> fields{
        {"provider", value.provider},
        {"user", value.who.user},
        {"failures", notes_.failures(value.id)},
        {"next_try_in", next},
        {"session_goes_on_until", until}
    };
    constexpr std::string_view event = "token_renewal_failed";
    // It is the same for everybody then.
    if (why.code == errc::session_store_unavailable)
        log::failure(store_failures_, now, event, why, fields);
    else
        log::failure(event, why, fields);
}

net::task<result<session::session>> renewal::end(session::session value, error why)
{
    // Said by somebody who used an older value than there is: not about this session as it is now.
    auto newest = co_await with_.sessions->newest(value, with_.now());
    if (newest && *newest && (*newest)->generation > value.generation)
    {
        count(outcome::elsewhere);
        notes_.settle(value.id);
        changed(value.id);
        co_return std::move(**newest);
    }
    const auto failures = notes_.failures(value.id);
    count(outcome::refused);
    log::failure(
        "token_renewal_refused",
        why,
        {{"provider", value.provider}, {"user", value.who.user}, {"unanswered_before", failures > 0}}
    );
    auto ended = co_await with_.sessions->end(session::ending_of(value, with_.now()));
    if (!ended)
        log::failure("session.not_ended", ended.error());
    notes_.settle(value.id);
    why.code = errc::oidc_refresh_refused; // what it means to a request
    co_return std::unexpected(std::move(why));
}

} // namespace sekisho::gateway

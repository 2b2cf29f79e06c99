// SPDX-License-Identifier: Apache-2.0
#include "gateway/renewal/renewal.hpp"

#include "base/log.hpp"
#include "gateway/sign_in/proof.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::gateway
{

using session_or_end = result<session::session>;

// Owned by the coroutines that fly and wait, so that nothing of it outlives their io_context.
struct renewal::flight
{
    explicit flight(net::executor home) : landed(home, net::wake_up::time_point::max()) {}
    net::wake_up landed;
    bool is_over = false;
    session_or_end outcome = fail(errc::shutting_down, "renewal", "the renewal was abandoned");
};

// Wakes those who wait, however the flight ends.
struct renewal::landing
{
    landing(self with, std::shared_ptr<flight> of, session::session_id whose)
        : owner(std::move(with)), flying(std::move(of)), id(std::move(whose))
    {
    }
    landing(const landing&) = delete;
    landing& operator=(const landing&) = delete;
    ~landing()
    {
        owner->flights_.erase(id.str());
        owner->notes_.land(id);
        flying->is_over = true;
        flying->landed.cancel();
    }
    self owner;
    std::shared_ptr<flight> flying;
    session::session_id id;
};

renewal::renewal(renewal_parts parts)
    : with_(std::move(parts)), turns_(*with_.sessions, with_.random, with_.turns)
{
    constexpr std::array<std::string_view, static_cast<std::size_t>(outcome::count_)> names{
        "renewed", "elsewhere", "refused", "failed", "not_kept"
    };
    for (std::size_t index = 0; index < names.size(); ++index)
        counters_[index] = &with_.metrics.make_counter(
            "sekisho_token_renewals_total",
            "Renewals of sessions, by what came of them.",
            metric::label("outcome", names[index])
        );
}

renewal_plan renewal::plan_of(const session::session& value, time_point now) const noexcept
{
    const auto* const from = with_.providers->find(value.provider);
    if (from == nullptr)
        return {}; // local, emergency, or a provider that is gone
    const auto can_ask =
        from->settings().userinfo != provider::userinfo_policy::never || from->has_completion();
    return plan_renewal(value, with_.by, can_ask ? userinfo::asked : userinfo::never_asked, now);
}

need renewal::needed(const session::session& value, time_point now) const noexcept
{
    // Of most sessions this is all.
    if (!can_refresh(value, with_.by) && with_.by.ask_userinfo == std::chrono::seconds::zero())
        return need::none;
    return notes_.needed(value, plan_of(value, now).urgency, now);
}

new_sign_in renewal::signs_in_again(const session::session& value, time_point now) const noexcept
{
    if (!has_ended_tokens(value, now) || with_.providers->find(value.provider) == nullptr)
        return new_sign_in::no;
    const auto how = new_sign_in_for(value, with_.by, notes_.failures(value.id), now);
    const auto has_to_wait = how == new_sign_in::silent && notes_.needed(value, need::now, now) == need::none;
    return has_to_wait ? new_sign_in::no : how;
}

void renewal::has_left(const session::session& value, time_point now)
{
    const auto pause = std::max<std::chrono::seconds>(
        std::chrono::minutes(1), pause_after(notes_.failures(value.id) + 1, 0)
    );
    notes_.fail(value, now + pause, life_of(value));
}

void renewal::start(session::session value)
{
    if (notes_.take_off(value, life_of(value)))
        with_.spawn(fly_beside(shared_from_this(), std::move(value)));
}

net::task<session_or_end> renewal::renew(session::session value)
{
    auto work = fly(shared_from_this(), std::move(value));
    auto outcome = co_await net::run_on(with_.home, std::move(work));
    co_return outcome;
}

net::task<void> renewal::fly_beside(self with, session::session value)
{
    auto outcome = co_await fly(std::move(with), std::move(value)); // it has said what came of it
}

net::task<session_or_end> renewal::fly(self with, session::session value)
{
    const auto id = value.id;
    if (const auto known = with->flights_.find(id.str()); known != with->flights_.end())
        if (const auto flying = known->second.lock(); flying && !flying->is_over)
        {
            (void)co_await flying->landed.async_wait(net::in_tuple);
            co_return flying->outcome;
        }
    const auto flying = std::make_shared<flight>(with->with_.home);
    const landing ends(with, flying, id);
    with->flights_[id.str()] = flying;
    static_cast<void>(with->notes_.take_off(value, with->life_of(value)));
    auto outcome = co_await with->attempt(std::move(value));
    flying->outcome = std::move(outcome);
    co_return flying->outcome;
}

net::task<session_or_end> renewal::attempt(session::session value)
{
    if (auto held = notes_.held(value.id); held && held->generation > value.generation)
        co_return std::move(*held);
    auto mine = co_await turns_.take(value, plan_of(value, with_.now()).urgency, with_.now);
    if (!mine)
    {
        // Without the shelf nobody knows whether the refresh token is used up.
        auto went_on = co_await give_up_or_on(std::move(value), std::move(mine.error()));
        co_return went_on;
    }
    switch (mine->is)
    {
    case turn::kind::over:
        notes_.settle(value.id);
        co_return fail(errc::oidc_refresh_refused, "renewal", "the session has ended");
    case turn::kind::done:
        count(outcome::elsewhere);
        notes_.settle(value.id);
        changed(value.id);
        co_return std::move(mine->value);
    case turn::kind::taken:
        notes_.wait(value, with_.now() + std::chrono::seconds(2), life_of(value));
        co_return value;
    case turn::kind::ours:
        break;
    }
    auto done = co_await carry_out(std::move(*mine));
    co_return done;
}

net::task<session_or_end> renewal::carry_out(turn mine)
{
    const auto value = mine.value;
    const auto way = plan_of(value, with_.now()).way;
    auto work = way == renewal_way::recheck ? recheck(value, mine) : refresh(value, mine);
    auto done = co_await std::move(work);
    if (!mine.token.empty()) // otherwise a later attempt to keep it gives it back
        co_await turns_.give_back(value.id, std::move(mine.token));
    co_return done;
}

net::task<session_or_end> renewal::refresh(session::session value, turn& mine)
{
    auto* const from = with_.providers->find(value.provider);
    if (from == nullptr || value.refresh_token.empty())
        co_return value;
    const auto asked_at = with_.now();
    auto answer = co_await from->renew(value.refresh_token, expectations_of(value));
    if (!answer)
    {
        auto over = co_await fail_with(std::move(value), std::move(answer.error()));
        co_return over;
    }
    auto made = value;
    made.generation += 1;
    if (const auto issued = oidc::mark_of(claims_inside(answer->id_token)).issued)
        made.issued = issued;
    received_tokens tokens{
        std::move(answer->id_token),
        std::move(answer->access_token),
        answer->expires_in,
        std::move(answer->refresh_token),
        std::move(answer->scope)
    };
    keep_tokens(made, std::move(tokens), with_.making, asked_at);
    const auto applied = apply(made, *answer);
    if (!applied && is_final(applied.error()))
    {
        auto over = co_await end(std::move(value), applied.error());
        co_return over;
    }
    if (applied)
        made.confirmed = asked_at;
    // Also when it is not known who it is now: the old refresh token may be used up.
    auto kept = co_await keep_it(std::move(made), mine);
    if (!applied && kept)
        kept = co_await give_up_or_on(std::move(*kept), applied.error());
    co_return kept;
}

net::task<session_or_end> renewal::recheck(session::session value, turn& mine)
{
    auto* const from = with_.providers->find(value.provider);
    if (from == nullptr)
        co_return value;
    const auto asked_at = with_.now();
    auto answer = co_await from->recheck(value.access_token, expectations_of(value));
    if (!answer && is_final(answer.error()) && can_refresh(value, with_.by))
    {
        auto renewed = co_await refresh(std::move(value), mine); // perhaps only the token is no good any more
        co_return renewed;
    }
    auto made = value;
    made.generation += 1;
    made.confirmed = asked_at;
    const auto applied = answer ? apply(made, *answer) : std::unexpected(answer.error());
    if (!applied)
    {
        auto over = co_await fail_with(std::move(value), applied.error());
        co_return over;
    }
    auto kept = co_await keep_it(std::move(made), mine);
    co_return kept;
}

net::task<session_or_end> renewal::fail_with(session::session value, error why)
{
    auto work = is_final(why) ? end(std::move(value), std::move(why))
                              : give_up_or_on(std::move(value), std::move(why));
    auto outcome = co_await std::move(work);
    co_return outcome;
}

} // namespace sekisho::gateway

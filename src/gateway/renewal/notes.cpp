// SPDX-License-Identifier: Apache-2.0
#include "gateway/renewal/notes.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::gateway
{

need renewal_notes::needed(const session::session& value, need planned, time_point now) const noexcept
{
    if (planned == need::none)
        return need::none;
    const std::scoped_lock lock(mutex_);
    const auto found = notes_.find(value.id.view());
    if (found == notes_.end())
        return planned;
    const auto& known = found->second;
    if (known.held && known.held->generation > value.generation)
        return need::now; // it costs no call
    if (known.is_flying && planned == need::soon)
        return need::none;
    return now < known.not_before ? need::none : planned;
}

bool renewal_notes::take_off(const session::session& value, life_span life)
{
    const std::scoped_lock lock(mutex_);
    return !std::exchange(at(value.id, life).is_flying, true);
}

void renewal_notes::land(const session::session_id& id)
{
    const std::scoped_lock lock(mutex_);
    const auto found = notes_.find(id.view());
    if (found == notes_.end())
        return;
    found->second.is_flying = false;
    const auto& known = found->second;
    if (known.failures == 0 && !known.held && known.not_before == time_point())
        notes_.erase(found);
}

void renewal_notes::wait(const session::session& value, time_point until, life_span life)
{
    const std::scoped_lock lock(mutex_);
    at(value.id, life).not_before = until;
}

std::uint32_t renewal_notes::fail(const session::session& value, time_point until, life_span life)
{
    const std::scoped_lock lock(mutex_);
    auto& known = at(value.id, life);
    known.not_before = until;
    return ++known.failures;
}

std::uint32_t renewal_notes::failures(const session::session_id& id) const noexcept
{
    const std::scoped_lock lock(mutex_);
    const auto found = notes_.find(id.view());
    return found == notes_.end() ? 0 : found->second.failures;
}

void renewal_notes::hold(session::session value, life_span life)
{
    const std::scoped_lock lock(mutex_);
    auto& known = at(value.id, life);
    known.held = std::move(value);
}

std::optional<session::session> renewal_notes::held(const session::session_id& id) const
{
    const std::scoped_lock lock(mutex_);
    const auto found = notes_.find(id.view());
    return found == notes_.end() ? std::nullopt : found->second.held;
}

void renewal_notes::settle(const session::session_id& id)
{
    const std::scoped_lock lock(mutex_);
    const auto found = notes_.find(id.view());
    if (found == notes_.end())
        return;
    const auto is_flying = found->second.is_flying;
    if (is_flying)
        found->second = {.end = found->second.end, .is_flying = true, .held = std::nullopt};
    else
        notes_.erase(found);
}

std::size_t renewal_notes::size() const
{
    const std::scoped_lock lock(mutex_);
    return notes_.size();
}

// People whose renewals fail may never come back: what is known of them goes with their session's end.
renewal_notes::note& renewal_notes::at(const session::session_id& id, life_span life)
{
    const auto found = notes_.find(id.view());
    if (found != notes_.end())
        return found->second;
    if (notes_.size() >= sweep_at_)
    {
        std::erase_if(
            notes_, [&](const auto& each) { return !each.second.is_flying && each.second.end <= life.now; }
        );
        sweep_at_ = std::max<std::size_t>(1024, notes_.size() * 2);
    }
    auto& made = notes_[id.str()];
    made.end = life.end;
    return made;
}

} // namespace sekisho::gateway

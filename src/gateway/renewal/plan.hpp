// SPDX-License-Identifier: Apache-2.0
#pragma once
// When a session's tokens are renewed, and what follows when they cannot be. Pure; allocates nothing.

#include "base/error.hpp"
#include "base/time.hpp"
#include "session/session.hpp"

#include <chrono>
#include <cstdint>

namespace sekisho::gateway
{

// What becomes of a session whose tokens have ended and cannot be renewed for reasons that are not the
// person's.
enum class after_failure : std::uint8_t
{
    keep,
    end,
    sign_in_again, // with the next page that a person opens
};

struct renewal_rules
{
    bool refresh = true;                  // where there is a refresh token
    std::chrono::seconds before{60};      // the end of the access token; plus up to as much again
    std::chrono::seconds interval{0};     // at the latest so long after the last time; 0: as tokens last
    std::chrono::seconds ask_userinfo{0}; // so long after the last time; 0: never
    after_failure when_it_fails = after_failure::keep;
    bool silent_sign_in = false; // prompt=none when the tokens have ended without a refresh token
};

enum class renewal_way : std::uint8_t
{
    nothing,
    refresh, // new tokens, and the person
    recheck, // the person, by the access token there is
};

enum class need : std::uint8_t
{
    none,
    soon, // beside the request, which goes on with what there is
    now,  // before the request: its tokens have ended
};

struct renewal_plan
{
    renewal_way way = renewal_way::nothing;
    need urgency = need::none;
};

// In [0, 1), always the same for one session: many that began together are not renewed together.
double spread(const session::session_id& id) noexcept;

// A renewal is due before the token's end (or the interval's) by `before` and the session's share of as much
// again, but never earlier than in the second half of that time. A refresh that is due goes before a recheck.
// `asks_userinfo`: whether its provider may be asked again.
enum class userinfo : std::uint8_t
{
    asked,
    never_asked,
};
renewal_plan
plan_renewal(const session::session& value, const renewal_rules& by, userinfo how, time_point now) noexcept;

// Whether it has a refresh token and the rules let it be used.
bool can_refresh(const session::session& value, const renewal_rules& by) noexcept;

// Whether its tokens have ended, as far as is known.
bool has_ended_tokens(const session::session& value, time_point now) noexcept;

// Whether what a renewal failed with is the last word about this session: of the provider, or of our own
// rules about who is let in. Everything else may be otherwise at the next attempt.
bool is_final(const error& why) noexcept;

// How long nothing is tried after so many failures in a row: 5 s, doubled up to 5 min, the session's share
// (`spread`) of it taken off.
std::chrono::seconds pause_after(std::uint32_t failures, double spread) noexcept;

// After which a renewed session that no store took is tried again, when it was tried so long after the time
// before: twice as long, at most a second. The lock of the renewal must not run out meanwhile, or another
// replica would use a refresh token that is used up.
std::chrono::milliseconds keep_again_after(std::chrono::milliseconds last) noexcept;

// Whether the next page that a person opens signs in again, though the session lives.
enum class new_sign_in : std::uint8_t
{
    no,
    shown,  // as any sign-in
    silent, // prompt=none: the provider shows nothing, and refuses where it would have to
};

// A silent one at most once a minute: tokens that end sooner would send the person round in circles.
// `failures`: of renewals in a row.
new_sign_in new_sign_in_for(
    const session::session& value, const renewal_rules& by, std::uint32_t failures, time_point now
) noexcept;

// Whether a silent sign-in that failed with this is done aloud: the provider wants the person, refuses to
// answer without a word, or our own rules say no. Everything else may be otherwise at the next attempt.
bool wants_the_person(const error& why) noexcept;

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whose turn it is to renew a session: one of all replicas that share a shelf.

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/random.hpp"
#include "gateway/renewal/plan.hpp"
#include "net/task.hpp"
#include "session/keeper.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace sekisho::gateway
{

struct turn
{
    enum class kind : std::uint8_t
    {
        ours,  // `value` is the newest, and its refresh token is nobody else's to use until give_back()
        taken, // somebody else has it; `value` is the one that was asked for
        done,  // somebody else has renewed it: `value`
        over,  // the session has ended
    } is = kind::over;
    session::session value{};
    std::string token{}; // with `ours`: the lock's value
};

struct turn_rules
{
    std::chrono::milliseconds lock_life{90'000}; // longer than the calls of one renewal can take
    std::chrono::milliseconds patience{15'000};  // how long another's renewal is waited for
    std::chrono::milliseconds look_again{100};   // meanwhile; doubled up to ten times as long
    // After the shelf was away nobody's turn comes for so long: who has renewed tokens in hand that could not
    // be kept puts them there first, however long ago its lock ran out.
    std::chrono::milliseconds settling{15'000};
};

// On one worker at a time; all outlive it.
class renewal_turns
{
public:
    renewal_turns(session::keeper& sessions, crypto::random_source& random, turn_rules by)
        : sessions_(sessions), random_(random), by_(by)
    {
    }

    // With need::now it waits for another's renewal, otherwise it does not. The lock first, then the newest
    // value: another may have renewed it a moment ago. Error: session_store_unavailable; the refresh token
    // must not be used then, for it may be used up already. When the shelf was away a moment ago it is
    // `taken`, and nobody waits.
    net::task<result<turn>> take(session::session known, need how, std::function<time_point()> now);

    // Whether the lock did not run out meanwhile: whoever else keeps a value of this session is late then, or
    // we are. Error: session_store_unavailable.
    net::task<result<bool>> is_ours(session::session_id id, std::string token);

    // Only what is still ours.
    net::task<void> give_back(session::session_id id, std::string token);

private:
    bool is_settling(time_point now) const;
    net::task<result<turn>> look(const session::session& known, time_point now);

    session::keeper& sessions_;
    crypto::random_source& random_;
    turn_rules by_;
};

} // namespace sekisho::gateway

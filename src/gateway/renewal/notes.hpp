// SPDX-License-Identifier: Apache-2.0
#pragma once
// What this process knows of renewals beside the sessions themselves: which are under way, which failed and
// wait, and renewed sessions that no store has taken yet.

#include "base/time.hpp"
#include "gateway/renewal/plan.hpp"
#include "session/session.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sekisho::gateway
{

// As far as a session can last.
struct life_span
{
    time_point now;
    time_point end; // nothing is known of it any more after that
};

// Any thread; one mutex, which only sessions take whose renewal is due.
class renewal_notes
{
public:
    // What a request of this session has to do now, when its plan says `planned`. Allocates nothing.
    need needed(const session::session& value, need planned, time_point now) const noexcept;

    // false: one is under way already.
    bool take_off(const session::session& value, life_span life);
    void land(const session::session_id& id);

    // Nothing is tried before `until`. How many failures in a row this makes.
    void wait(const session::session& value, time_point until, life_span life);
    std::uint32_t fail(const session::session& value, time_point until, life_span life);
    std::uint32_t failures(const session::session_id& id) const noexcept;

    // A renewed session that no store has taken; nullopt: none that is newer.
    void hold(session::session value, life_span life);
    std::optional<session::session> held(const session::session_id& id) const;

    // It worked, or the session is over: nothing is left to be known.
    void settle(const session::session_id& id);

    std::size_t size() const;

private:
    struct note
    {
        time_point not_before{};
        time_point end{}; // of the session
        std::uint32_t failures = 0;
        bool is_flying = false;
        std::optional<session::session> held;
    };
    struct hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept
        {
            return std::hash<std::string_view>()(text);
        }
    };

    note& at(const session::session_id& id, life_span life);

    mutable std::mutex mutex_;
    std::unordered_map<std::string, note, hash, std::equal_to<>> notes_;
    std::size_t sweep_at_ = 1024;
};

} // namespace sekisho::gateway

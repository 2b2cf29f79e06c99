// SPDX-License-Identifier: Apache-2.0
#pragma once
// Endings that have to be remembered because a sealed cookie outlives them.

#include "base/time.hpp"
#include "session/ending.hpp"
#include "session/session.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace sekisho::session
{

// One per process: survives reloads. Any thread; guarded by a mutex, which nobody takes while it is empty.
class ended_sessions
{
public:
    // Of two about the same the later one stays. Whether it means any session that those before did not.
    bool add(const ending& what);
    bool has(const session& value, time_point now) const; // drops what is over on the way
    std::size_t size() const noexcept { return count_; }

    // Whether those are in it that were told before this process began (keeper::catch_up).
    bool is_complete() const noexcept { return is_complete_; }
    void set_complete() noexcept { is_complete_ = true; }
    // Another shelf, whose endings nobody has read yet.
    void set_incomplete() noexcept { is_complete_ = false; }
    // One at a time reads them for all who wait: false when somebody does already. end_reading() follows.
    bool begin_reading() noexcept { return !is_being_read_.exchange(true); }
    void end_reading() noexcept { is_being_read_ = false; }
    bool is_being_read() const noexcept { return is_being_read_; }
    bool has_untold() const;

    // Endings that hold here and of which the shelf does not know all yet.
    void add_untold(const ending& what);
    void set_told(const ending& what);
    std::vector<ending> untold() const;

    // The longest that sessions could last in any configuration so far, this one included.
    std::chrono::seconds longest_with(std::chrono::seconds lifetime);

private:
    void drop_over(time_point now) const;
    bool holds(const std::string& key, const session& value, time_point now) const;

    mutable std::mutex mutex_;
    mutable std::unordered_map<std::string, ending> endings_; // by whom they are about
    mutable std::atomic<std::size_t> count_ = 0;              // of endings_
    mutable time_point next_drop_{};                          // before it nothing is worth dropping
    std::vector<ending> untold_;
    std::atomic<bool> is_complete_ = false;
    std::atomic<bool> is_being_read_ = false;
    std::chrono::seconds longest_{0};
};

} // namespace sekisho::session

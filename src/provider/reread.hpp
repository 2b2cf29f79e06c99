// SPDX-License-Identifier: Apache-2.0
#pragma once
// What files say, alive: read again at its next use when the files have changed.

#include "base/result.hpp"
#include "base/time.hpp"

#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace sekisho::provider
{

template <class Value>
class reread
{
public:
    // The value of now. From any thread. `state` is what changes when a file does (state_of_files), looked at
    // once for each `now`; `read` makes a result<Value> of the files; `kept` is told its error when a value
    // of before stays in use. Error: that of `read`, while there never was a value.
    template <class State, class Read, class Kept>
    result<Value> at(time_point now, State&& state, Read&& read, Kept&& kept)
    {
        const std::scoped_lock lock(mutex_);
        if (looked_ == now)
            return *known_;
        looked_ = now;
        if (std::string there = state(); !known_ || there != seen_)
        {
            seen_ = std::move(there);
            result<Value> fresh = read();
            if (!fresh && known_ && *known_)
                kept(fresh.error());
            else
                known_ = std::move(fresh);
        }
        return *known_;
    }

private:
    std::mutex mutex_; // guards the rest:
    std::optional<time_point> looked_;
    std::string seen_; // the files' state when they were read
    std::optional<result<Value>> known_;
};

} // namespace sekisho::provider

// SPDX-License-Identifier: Apache-2.0
#pragma once
// Small values with a lifetime that everybody sees who uses the same shelf: the workers of this process
// (memory_shelf), or all replicas (redis_shelf). What is put here is sealed before, and names do not tell
// whom they are about (session/shelf_names).

#include "base/result.hpp"
#include "base/time.hpp"
#include "net/task.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::session
{

struct shelved
{
    std::uint64_t version = 1; // of two values under one name the higher is the newer
    std::string value;
};

// When a value may be put.
enum class put_when : std::uint8_t
{
    absent,          // there is none of that name
    newer,           // there is one of a lower version: what was taken away does not come back
    absent_or_newer, // there is none, or one of a lower version
};

struct shelf_state
{
    bool is_usable = true;
    time_point since{};     // since when it is (or is not)
    std::string last_error; // empty: none; for administrators
    // When it was back after it had been away: what others could not put meanwhile may not be there yet, and
    // locks may be gone. The epoch: it was not away since this process began.
    time_point back_since{};
};

// A part of a set.
struct member_page
{
    std::vector<std::string> members;
    std::string next{}; // where the next part begins; empty: there is none
};

// What a shelf tells on its own; called from any thread.
struct shelf_listener
{
    std::function<void(const std::string&)> message; // one that somebody, perhaps ourselves, published
    std::function<void()> gap; // messages may have been missed: at the first connection and after each loss
};

// May be used from any worker and answers there; what is waited for goes on when the caller is gone. The
// error of every verb: session_store_unavailable, with what was wrong in the detail. Times are relative, so
// that clocks do not matter; a life of zero or less is as if the value were taken away at once.
class shelf
{
public:
    virtual ~shelf() = default;

    virtual net::task<result<std::optional<shelved>>> get(std::string name) = 0;

    // false: `when` was not so, and nothing changed.
    virtual net::task<result<bool>>
    put(std::string name, shelved what, std::chrono::milliseconds life, put_when when) = 0;

    // Takes it away. false: there was none.
    virtual net::task<result<bool>> take(std::string name) = 0;
    // Takes it away only if it has this value (a lock that is still ours).
    virtual net::task<result<bool>> take_own(std::string name, std::string value) = 0;

    // Sets of members that leave one by one. Adding a member again moves its end.
    virtual net::task<result<void>>
    add_member(std::string set, std::string member, std::chrono::milliseconds life) = 0;
    virtual net::task<result<void>> remove_member(std::string set, std::string member) = 0;
    // Those whose life is not over, the one that ends first in front; at most 100,000.
    virtual net::task<result<std::vector<std::string>>> members(std::string set) = 0;
    // All of them, part by part, in the same order: `from` is empty, then `next` of the part before. One that
    // is there from the first call to the last is in a part, whatever comes and goes meanwhile.
    virtual net::task<result<member_page>> members_from(std::string set, std::string from) = 0;

    // To everybody who listens on the same shelf, ourselves included.
    virtual net::task<result<void>> publish(std::string message) = 0;
    // Before it is used by anybody. There is one listener.
    virtual void listen(shelf_listener listener) = 0;

    virtual shelf_state state() const = 0;
};

} // namespace sekisho::session

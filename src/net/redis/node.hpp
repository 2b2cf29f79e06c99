// SPDX-License-Identifier: Apache-2.0
#pragma once
// A place that is kept connected: it connects again by itself, and asks now and then whether the other side
// is still there.

#include "net/redis/connection.hpp"
#include "net/redis/pause.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <vector>

namespace sekisho::net
{

// Opens a connection to wherever the place is at the moment. Errors: as redis_connection::open().
using redis_opener = std::function<task<result<redis_connection_ptr>>()>;

// Whether an open connection is still the right one. Error: it is not, and why.
using redis_examiner = std::function<task<result<void>>(redis_connection_ptr)>;

// PING.
task<result<void>> ping_redis(redis_connection_ptr connection);

// Belongs to its worker's executor, as do all calls.
class redis_node : public std::enable_shared_from_this<redis_node>
{
public:
    redis_node(worker& home, redis_opener open, redis_examiner examine = ping_redis);

    // From now on it is kept connected; `changed` is told of each connection that is made or lost, and of
    // each attempt that fails. Until then, it connects when somebody asks.
    void start(std::function<void()> changed = {});
    // Closes, for good.
    void stop();

    // The connection: waits for an attempt that is under way or due, and fails at once while a failed one is
    // only some moments ago. Error: that attempt's.
    task<result<redis_connection_ptr>> get();
    // This connection leads to the wrong place: the next one is looked for at once.
    void abandon(const redis_connection_ptr& connection, error why);

    bool is_connected() const noexcept { return connection_ && connection_->is_open(); }
    // Why the last attempt failed or the last connection broke; nullopt: neither since it is connected.
    const std::optional<error>& last_failure() const noexcept { return last_failure_; }

private:
    using moment = std::chrono::steady_clock::time_point;

    static task<void> attempt(std::shared_ptr<redis_node> self);
    static task<void> keep(std::shared_ptr<redis_node> self);
    void begin_attempt();
    void take(result<redis_connection_ptr> made);
    void lost();
    void tell();
    task<void> sleep_until(moment when);

    worker& home_;
    redis_opener open_;
    redis_examiner examine_;
    redis_connection_ptr connection_;
    std::optional<error> last_failure_;
    std::vector<std::weak_ptr<wake_up>> waiting_; // for the attempt under way
    wake_up kept_;                                // what keep() sleeps on
    std::function<void()> changed_;
    std::minstd_rand chance_{std::random_device{}()};
    moment next_attempt_ = moment::min();
    unsigned failures_ = 0;
    bool is_connecting_ = false;
    bool is_stopped_ = false;
};

} // namespace sekisho::net

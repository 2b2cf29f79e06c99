// SPDX-License-Identifier: Apache-2.0
#pragma once
// One connection to one Redis server. Many callers write, and the answers come in the order of the commands.

#include "base/secret.hpp"
#include "net/redis/opening.hpp"
#include "net/redis/resp.hpp"
#include "net/redis/script.hpp"
#include "net/run_on.hpp"

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::net
{

// How we present ourselves, and what we wait for.
struct redis_access
{
    std::string username;                   // ACL; empty: the default user
    secret password;                        // empty: none
    std::uint32_t database = 0;             // what an address says goes before it
    std::string client_name = "sekisho";    // for CLIENT LIST; no spaces
    std::shared_ptr<const tls_context> tls; // for rediss://
    std::chrono::milliseconds connect_time{2000};
    std::chrono::milliseconds command_time{1000};
    resp_limits limits{};
};

// Belongs to its worker's executor, as do all calls. When it breaks, everything pending fails at once, and it
// never becomes whole again.
class redis_connection : public std::enable_shared_from_this<redis_connection>
{
public:
    // Connects, signs in, chooses the database and asks whether the server is there. Errors: network_failure,
    // network_timeout, the detail says which server, what failed and what to do.
    static task<result<std::shared_ptr<redis_connection>>>
    open(worker& home, redis_address to, redis_access by);

    // Its answer, an error reply included. An answer that does not come within the time limit breaks the
    // connection, since no later one could be told from it. Errors: network_failure, network_timeout,
    // value_malformed or value_too_large (the answer): the server may have executed it or not.
    task<result<redis_reply>> call(redis_words command);
    // The last one's answer; nobody else's command comes in between.
    task<result<redis_reply>> call_behind(redis_words first, redis_words then);

    // Messages of a subscription; before SUBSCRIBE.
    void on_message(std::function<void(std::string)> tell) { on_message_ = std::move(tell); }
    // Told once, when it breaks.
    void on_break(std::function<void()> tell) { on_break_ = std::move(tell); }

    bool is_open() const noexcept { return !broken_.has_value(); }
    // Why it is not open.
    const error& why() const { return *broken_; }
    const redis_address& address() const noexcept { return to_; }
    // How long nothing has come.
    std::chrono::steady_clock::duration quiet_for() const
    {
        return std::chrono::steady_clock::now() - heard_at_;
    }
    // Fails everything pending with this.
    void break_off(error why);

private:
    struct waiting;
    using waiting_ptr = std::shared_ptr<waiting>;

    redis_connection(worker& home, redis_address to, redis_access by, std::unique_ptr<stream> over);
    static task<void> read(std::shared_ptr<redis_connection> self);
    static task<void> write(std::shared_ptr<redis_connection> self);
    waiting_ptr enqueue(const redis_words& command);
    task<result<redis_reply>> answer_to(waiting_ptr mine, std::chrono::milliseconds at_most);
    task<result<void>> introduce(std::chrono::steady_clock::time_point end);
    task<result<void>> expect_success(redis_words command, std::chrono::steady_clock::time_point end);
    result<void> take(std::span<const char> bytes);
    result<void> deliver(redis_reply reply);

    worker& home_;
    redis_address to_;
    redis_access by_;
    std::unique_ptr<stream> stream_;
    resp_reader reader_;
    std::deque<waiting_ptr> pending_;
    std::string unsent_;
    bool is_writing_ = false;
    std::optional<error> broken_;
    std::chrono::steady_clock::time_point heard_at_;
    std::function<void(std::string)> on_message_;
    std::function<void()> on_break_;
};

using redis_connection_ptr = std::shared_ptr<redis_connection>;

} // namespace sekisho::net

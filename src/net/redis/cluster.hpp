// SPDX-License-Identifier: Apache-2.0
#pragma once
// The nodes of a cluster: each command goes to the one that keeps its key, and follows the key when it moves.

#include "net/redis/node.hpp"
#include "net/redis/script.hpp"
#include "net/redis/slots.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::net
{

// Belongs to its worker's executor, as do all calls.
class redis_cluster : public std::enable_shared_from_this<redis_cluster>
{
public:
    // `seeds`: some nodes, of which one must answer for the others to be known.
    redis_cluster(worker& home, std::vector<redis_address> seeds, redis_access by);

    void start(std::function<void()> changed);
    void stop();

    // As redis_client::send(). At most five redirections are followed.
    task<result<redis_reply>> send(redis_command command);
    // To any node that answers.
    task<result<redis_connection_ptr>> open_any();

    // Why some keys cannot be reached; nullopt: all can.
    std::optional<error> failure() const;
    // Whether it is only on its way to being connected, and nothing has failed yet.
    bool is_settling() const;

private:
    struct attempt;
    struct member
    {
        std::shared_ptr<redis_node> node;
        std::chrono::steady_clock::time_point used_at;
    };

    std::shared_ptr<redis_node> node_at(const redis_address& where);
    task<void> try_once(attempt& at);
    task<void> look_again(attempt& at, error why);
    void weigh(attempt& at, const redis_address& asked);
    // Asks for the slots anew; one question at a time, and whoever comes meanwhile waits for it.
    task<result<void>> refresh();
    void begin_refresh();
    task<void> ask_for_slots();
    void adopt(redis_slot_map slots);
    static task<void> refreshing(std::shared_ptr<redis_cluster> self);
    static task<void> keep(std::shared_ptr<redis_cluster> self);
    std::vector<redis_address> known(); // masters, then seeds; another one in front each time
    void tell();

    worker& home_;
    std::vector<redis_address> seeds_;
    redis_access by_;
    redis_slot_map slots_;
    std::map<std::string, member> nodes_;         // by their address
    std::optional<error> refused_;                // why the slots are not known
    std::vector<std::weak_ptr<wake_up>> waiting_; // for the refresh under way
    wake_up kept_;
    std::function<void()> changed_;
    std::size_t rotation_ = 0;
    bool is_refreshing_ = false;
    bool is_started_ = false;
    bool is_stopped_ = false;
};

} // namespace sekisho::net

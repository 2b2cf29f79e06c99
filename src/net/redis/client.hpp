// SPDX-License-Identifier: Apache-2.0
#pragma once
// Redis or Valkey, whatever it is: one server, a master that sentinels choose, or a cluster. It is found
// again by itself when it was away.

#include "net/redis/cluster.hpp"
#include "net/redis/node.hpp"
#include "net/redis/script.hpp"
#include "net/redis/sentinel.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sekisho::net
{

struct redis_configuration
{
    enum class kind : std::uint8_t
    {
        standalone,
        sentinel,
        cluster,
    };

    kind what = kind::standalone;
    std::vector<redis_address> addresses; // the server, sentinels, or nodes of the cluster; none: 127.0.0.1
    redis_access access;
    std::string sentinel_master = "mymaster";
    secret sentinel_password; // empty: none
};

// `failure`: of what is not usable; empty when it is.
using redis_state_hook = std::function<void(const std::optional<error>& failure)>;

// Belongs to its worker's executor, as do all calls.
class redis_client : public std::enable_shared_from_this<redis_client>
{
public:
    redis_client(worker& home, redis_configuration what);

    // From now on it stays connected, without anybody asking; `changed` is told when it becomes usable or not
    // usable, and each reason for the latter.
    void start(redis_state_hook changed = {});
    // Closes, for good; what is pending fails.
    void stop();

    // The server's answer, an error reply included. While there is no connection it fails at once, or after
    // one attempt to connect. A command is repeated only when the server cannot have executed it (it said so,
    // or never got it), or in the form `again`. Errors: network_failure, network_timeout, value_malformed,
    // value_too_large, with everything an administrator needs in the detail.
    task<result<redis_reply>> send(redis_command command);

    // A connection of its own to any server that passes on what is published.
    task<result<redis_connection_ptr>> open_listener();

private:
    task<result<redis_reply>> send_to_node(redis_command command);
    void tell();

    worker& home_;
    redis_configuration what_;
    std::shared_ptr<redis_node> node_;       // of a cluster: nullptr
    std::shared_ptr<redis_cluster> cluster_; // else nullptr
    redis_state_hook changed_;
};

} // namespace sekisho::net

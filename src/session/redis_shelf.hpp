// SPDX-License-Identifier: Apache-2.0
#pragma once
// The shelf that replicas share: Redis or Valkey. A value is a hash of version and value under one key, a set
// a sorted set with the ends of its members as scores, by the server's clock. Every change is one script with
// one key, so that it is whole, and lives in a cluster.

#include "net/redis/client.hpp"
#include "session/shelf.hpp"

#include <memory>
#include <string>

namespace sekisho::session
{

struct redis_shelf_configuration
{
    net::redis_configuration redis;
    std::string prefix = "sekisho:"; // of every key; the channel is this and "messages"
};

class redis_shelf final : public shelf
{
public:
    // `home` outlives it; its executor is where the connections live. Nothing happens before start().
    redis_shelf(net::worker& home, redis_shelf_configuration what);
    // Ends the connections, soon after.
    ~redis_shelf() override;
    redis_shelf(const redis_shelf&) = delete;
    redis_shelf& operator=(const redis_shelf&) = delete;

    // Connects, and stays connected; behind listen(). May be called from any thread, once.
    void start();

    // A change that was sent when the connection broke is sent again where that cannot be told from having
    // been sent once: put, add_member, remove_member, get, members, members_from, publish. take and take_own
    // fail then, since nobody knows who took it.
    net::task<result<std::optional<shelved>>> get(std::string name) override;
    net::task<result<bool>>
    put(std::string name, shelved what, std::chrono::milliseconds life, put_when when) override;
    net::task<result<bool>> take(std::string name) override;
    net::task<result<bool>> take_own(std::string name, std::string value) override;
    net::task<result<void>>
    add_member(std::string set, std::string member, std::chrono::milliseconds life) override;
    net::task<result<void>> remove_member(std::string set, std::string member) override;
    net::task<result<std::vector<std::string>>> members(std::string set) override;
    net::task<result<member_page>> members_from(std::string set, std::string from) override;
    net::task<result<void>> publish(std::string message) override;
    void listen(shelf_listener listener) override;
    shelf_state state() const override;
    // What it is and where, for the log: "redis sentinel mymaster at 10.0.0.1:26379, 10.0.0.2:26379".
    std::string description() const;

private:
    struct inside;

    net::task<result<net::redis_reply>> send(net::redis_command command);

    std::shared_ptr<inside> in_;
};

} // namespace sekisho::session

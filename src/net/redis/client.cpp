// SPDX-License-Identifier: Apache-2.0
#include "net/redis/client.hpp"

#include "net/redis/failure.hpp"

#include <utility>

namespace sekisho::net
{
namespace
{

sentinel_watch watch_of(const redis_configuration& from)
{
    sentinel_watch made{from.addresses, from.access, from.access, from.sentinel_master};
    made.to_sentinels.username.clear();
    made.to_sentinels.password = from.sentinel_password;
    made.to_sentinels.database = 0;
    for (auto& each : made.sentinels)
    {
        // What is behind a sentinel's address is meant for the master.
        made.to_master.database = each.database.value_or(made.to_master.database);
        each.database.reset();
    }
    return made;
}

redis_opener opener_of(worker& home, const redis_configuration& from)
{
    if (from.what == redis_configuration::kind::sentinel)
        return [&home, watch = watch_of(from)] { return open_watched_master(home, watch); };
    return [&home, to = from.addresses.front(), by = from.access]
    { return redis_connection::open(home, to, by); };
}

redis_examiner examiner_of(const redis_configuration& from)
{
    if (from.what == redis_configuration::kind::sentinel)
        return examine_master;
    return ping_redis;
}

} // namespace

redis_client::redis_client(worker& home, redis_configuration what) : home_(home), what_(std::move(what))
{
    if (what_.addresses.empty())
        what_.addresses.push_back({.host = "127.0.0.1", .path = {}, .database = {}});
    if (what_.what == redis_configuration::kind::cluster)
        cluster_ = std::make_shared<redis_cluster>(home, what_.addresses, what_.access);
    else
        node_ = std::make_shared<redis_node>(home, opener_of(home, what_), examiner_of(what_));
}

void redis_client::start(redis_state_hook changed)
{
    changed_ = std::move(changed);
    const auto tell_us = [weak = weak_from_this()]
    {
        if (const auto self = weak.lock())
            self->tell();
    };
    if (cluster_)
        cluster_->start(tell_us);
    else
        node_->start(tell_us);
}

void redis_client::stop()
{
    changed_ = nullptr;
    if (cluster_)
        cluster_->stop();
    else
        node_->stop();
}

void redis_client::tell()
{
    if (!changed_ || (cluster_ && cluster_->is_settling()))
        return;
    if (cluster_)
        changed_(cluster_->failure());
    else if (node_->is_connected())
        changed_(std::nullopt);
    else
        changed_(node_->last_failure());
}

task<result<redis_reply>> redis_client::send(redis_command command)
{
    if (cluster_)
    {
        const auto cluster = cluster_;
        auto reply = co_await cluster->send(std::move(command));
        co_return reply;
    }
    auto reply = co_await send_to_node(std::move(command));
    co_return reply;
}

task<result<redis_reply>> redis_client::send_to_node(redis_command command)
{
    const auto node = node_;
    redis_sending sending(std::move(command));
    // A master that was demoted refuses what changes anything, so that it can be said again elsewhere.
    bool may_look_elsewhere = what_.what == redis_configuration::kind::sentinel;
    for (;;)
    {
        auto connection = co_await node->get();
        if (!connection)
            co_return std::unexpected(connection.error());
        auto reply = co_await (*connection)->call(sending.words());
        if (reply && may_look_elsewhere && says(*reply, "READONLY"))
        {
            may_look_elsewhere = false;
            node->abandon(*connection, {errc::network_failure, "redis", "it is no master any more"});
            continue;
        }
        if (!sending.goes_again(reply))
            co_return reply;
    }
}

task<result<redis_connection_ptr>> redis_client::open_listener()
{
    if (cluster_)
    {
        const auto cluster = cluster_;
        auto opened = co_await cluster->open_any();
        co_return opened;
    }
    const auto open = opener_of(home_, what_);
    auto opened = co_await open();
    co_return opened;
}

} // namespace sekisho::net

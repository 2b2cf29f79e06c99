// SPDX-License-Identifier: Apache-2.0
#include "net/redis/subscription.hpp"

#include "net/redis/failure.hpp"

#include <utility>

namespace sekisho::net
{
redis_subscription::redis_subscription(
    worker& home, redis_opener open, std::string channel, redis_subscriber tells
)
    : home_(home), open_(std::move(open)), channel_(std::move(channel)), tells_(std::move(tells))
{
}

void redis_subscription::start()
{
    node_ = std::make_shared<redis_node>(
        home_, [weak = weak_from_this()] { return redis_subscription::open(weak); }
    );
    node_->start();
}

void redis_subscription::stop()
{
    tells_ = {};
    if (node_)
        node_->stop();
}

task<result<redis_connection_ptr>> redis_subscription::open(std::weak_ptr<redis_subscription> of)
{
    const auto self = of.lock();
    if (!self)
        co_return fail(errc::network_failure, "redis", "the gate listens no longer");
    const auto open = self->open_;
    auto made = co_await open();
    if (!made)
        co_return made;
    auto subscribed = co_await self->subscribe(*made);
    if (subscribed)
        co_return made;
    (*made)->break_off(subscribed.error());
    co_return std::unexpected(subscribed.error());
}

task<result<void>> redis_subscription::subscribe(redis_connection_ptr over)
{
    over->on_message(
        [weak = weak_from_this()](std::string text)
        {
            const auto self = weak.lock();
            if (self && self->tells_.message)
                self->tells_.message(std::move(text));
        }
    );
    auto reply = co_await over->call({"SUBSCRIBE", channel_});
    if (!reply)
        co_return std::unexpected(reply.error());
    if (reply->is_error())
        co_return fail(errc::network_failure, "redis", explain_redis_error(*reply));
    if (tells_.gap)
        tells_.gap();
    co_return result<void>();
}

} // namespace sekisho::net

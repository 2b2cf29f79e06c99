// SPDX-License-Identifier: Apache-2.0
#pragma once
// Listening to one channel, on a connection of its own that is made again whenever it is lost.

#include "net/redis/node.hpp"

#include <functional>
#include <memory>
#include <string>

namespace sekisho::net
{

struct redis_subscriber
{
    std::function<void(std::string)> message;
    // Each time listening begins, the first time too: what was said before was not heard.
    std::function<void()> gap;
};

// Belongs to its worker's executor, as do all calls; the subscriber is called there.
class redis_subscription : public std::enable_shared_from_this<redis_subscription>
{
public:
    redis_subscription(worker& home, redis_opener open, std::string channel, redis_subscriber tells);

    void start();
    // Nothing is told afterwards.
    void stop();

private:
    static task<result<redis_connection_ptr>> open(std::weak_ptr<redis_subscription> of);
    task<result<void>> subscribe(redis_connection_ptr over);

    worker& home_;
    redis_opener open_;
    std::string channel_;
    redis_subscriber tells_;
    std::shared_ptr<redis_node> node_;
};

} // namespace sekisho::net

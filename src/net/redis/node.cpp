// SPDX-License-Identifier: Apache-2.0
#include "net/redis/node.hpp"

#include "net/redis/failure.hpp"

#include <utility>

namespace sekisho::net
{
namespace
{

using std::chrono::steady_clock;

constexpr std::chrono::seconds idle_before_question{1};

} // namespace

task<result<void>> ping_redis(redis_connection_ptr connection)
{
    auto reply = co_await connection->call({"PING"});
    if (!reply)
        co_return std::unexpected(reply.error());
    if (reply->is_error())
        co_return fail(errc::network_failure, "redis", explain_redis_error(*reply));
    co_return result<void>();
}

redis_node::redis_node(worker& home, redis_opener open, redis_examiner examine)
    : home_(home), open_(std::move(open)), examine_(std::move(examine)), kept_(home.get_executor())
{
}

void redis_node::start(std::function<void()> changed)
{
    changed_ = std::move(changed);
    home_.spawn("redis.keep", keep(shared_from_this()));
}

void redis_node::stop()
{
    is_stopped_ = true;
    changed_ = nullptr;
    kept_.cancel();
    last_failure_ = error{errc::network_failure, "redis", "the gate has ended its connection"};
    if (connection_)
        connection_->break_off(*last_failure_);
}

task<result<redis_connection_ptr>> redis_node::get()
{
    const auto self = shared_from_this();
    if (is_connected())
        co_return connection_;
    if (!is_connecting_ && (is_stopped_ || steady_clock::now() < next_attempt_) && last_failure_)
        co_return std::unexpected(*last_failure_);
    begin_attempt();
    const auto mine = std::make_shared<wake_up>(home_.get_executor(), wake_up::time_point::max());
    waiting_.push_back(mine);
    co_await mine->async_wait(in_tuple);
    if (is_connected())
        co_return connection_;
    co_return std::unexpected(
        last_failure_.value_or(error{errc::network_failure, "redis", "the connection was lost at once"})
    );
}

void redis_node::begin_attempt()
{
    if (is_connecting_)
        return;
    is_connecting_ = true;
    next_attempt_ = steady_clock::now() + shortest_redis_pause;
    home_.spawn("redis.connect", attempt(shared_from_this()));
}

task<void> redis_node::attempt(std::shared_ptr<redis_node> self)
{
    auto made = co_await self->open_();
    self->is_connecting_ = false;
    self->take(std::move(made));
    for (const auto& each : std::exchange(self->waiting_, {}))
        if (const auto woken = each.lock())
            woken->cancel();
    self->tell();
}

void redis_node::take(result<redis_connection_ptr> made)
{
    if (made && is_stopped_)
        (*made)->break_off({errc::network_failure, "redis", "the gate has ended its connection"});
    else if (made && (*made)->is_open())
    {
        failures_ = 0;
        last_failure_.reset();
        connection_ = std::move(*made);
        connection_->on_break(
            [weak = weak_from_this()]
            {
                if (const auto self = weak.lock())
                    self->lost();
            }
        );
    }
    else
    {
        last_failure_ = made ? (*made)->why() : made.error();
        const auto luck = std::generate_canonical<double, 32>(chance_);
        next_attempt_ = steady_clock::now() + redis_pause(++failures_, luck);
    }
}

void redis_node::lost()
{
    if (!is_stopped_)
        last_failure_ = connection_->why();
    kept_.cancel();
    tell();
}

void redis_node::tell()
{
    if (changed_)
        changed_();
}

void redis_node::abandon(const redis_connection_ptr& connection, error why)
{
    connection->break_off(std::move(why)); // calls lost() when it is ours
}

task<void> redis_node::sleep_until(moment when)
{
    kept_.expires_at(when);
    co_await kept_.async_wait(in_tuple);
}

task<void> redis_node::keep(std::shared_ptr<redis_node> self)
{
    while (!self->is_stopped_)
    {
        if (!self->is_connected())
        {
            auto made = co_await self->get();
            if (!made && !self->is_stopped_)
                co_await self->sleep_until(self->next_attempt_);
            continue;
        }
        const auto connection = self->connection_;
        co_await self->sleep_until(steady_clock::now() + idle_before_question);
        if (self->is_stopped_ || !connection->is_open() || connection->quiet_for() < idle_before_question)
            continue;
        auto examined = co_await self->examine_(connection);
        if (!examined)
            self->abandon(connection, examined.error());
    }
}

} // namespace sekisho::net

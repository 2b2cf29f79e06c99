// SPDX-License-Identifier: Apache-2.0
// redis_cluster: how it learns where the slots are, and keeps knowing it.
#include "net/redis/cluster.hpp"
#include "net/redis/failure.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::net
{
namespace
{

using std::chrono::steady_clock;

constexpr std::chrono::seconds kept_unused{10};
constexpr std::chrono::seconds between_looks{1};

} // namespace

std::vector<redis_address> redis_cluster::known()
{
    auto all = slots_.masters();
    if (!all.empty())
        std::ranges::rotate(all, all.begin() + static_cast<std::ptrdiff_t>(rotation_++ % all.size()));
    for (const auto& each : seeds_)
        if (std::ranges::find(all, each) == all.end())
            all.push_back(each);
    return all;
}

void redis_cluster::begin_refresh()
{
    if (is_refreshing_ || is_stopped_)
        return;
    is_refreshing_ = true;
    home_.spawn("redis.slots", refreshing(shared_from_this()));
}

task<result<void>> redis_cluster::refresh()
{
    const auto self = shared_from_this();
    begin_refresh();
    if (is_refreshing_)
    {
        const auto mine = std::make_shared<wake_up>(home_.get_executor(), wake_up::time_point::max());
        waiting_.push_back(mine);
        co_await mine->async_wait(in_tuple);
    }
    if (refused_)
        co_return std::unexpected(*refused_);
    co_return result<void>();
}

task<void> redis_cluster::refreshing(std::shared_ptr<redis_cluster> self)
{
    co_await self->ask_for_slots();
    self->is_refreshing_ = false;
    for (const auto& each : std::exchange(self->waiting_, {}))
        if (const auto woken = each.lock())
            woken->cancel();
    if (self->changed_)
        self->changed_();
}

task<void> redis_cluster::ask_for_slots()
{
    std::optional<error> failed;
    for (const auto& each : known())
    {
        auto connection = co_await node_at(each)->get();
        if (!connection)
        {
            failed = connection.error();
            continue;
        }
        auto reply = co_await (*connection)->call({"CLUSTER", "SLOTS"});
        auto slots = reply ? redis_slot_map::read(*reply, each) : std::nullopt;
        if (slots && !is_stopped_)
            co_return adopt(std::move(*slots));
        failed =
            reply ? error{errc::network_failure, "redis", to_text(each) + " told no slots"} : reply.error();
        if (reply && reply->is_error())
            failed->detail = to_text(each) + ": " + explain_redis_error(*reply);
    }
    if (!is_stopped_)
        refused_ = failed;
}

void redis_cluster::adopt(redis_slot_map slots)
{
    refused_.reset();
    slots_ = std::move(slots);
    const auto masters = slots_.masters();
    for (const auto& each : masters)
        node_at(each);
    // A node that keeps nothing is left, but not at once: slots may be on their way to it.
    const auto long_ago = steady_clock::now() - kept_unused;
    std::erase_if(
        nodes_,
        [&](auto& each)
        {
            if (each.second.used_at > long_ago)
                return false;
            each.second.node->stop();
            return true;
        }
    );
}

task<void> redis_cluster::keep(std::shared_ptr<redis_cluster> self)
{
    while (!self->is_stopped_)
    {
        if (self->failure())
            co_await self->refresh();
        if (self->is_stopped_)
            break;
        // Whether it helped or not, the next look is not at once.
        self->kept_.expires_after(self->failure() ? longest_redis_pause / 4 : between_looks);
        co_await self->kept_.async_wait(in_tuple);
    }
}

} // namespace sekisho::net

// SPDX-License-Identifier: Apache-2.0
#include "net/redis/cluster.hpp"

#include <utility>

namespace sekisho::net
{
namespace
{

using std::chrono::steady_clock;

constexpr int most_redirections = 5;

error gone() { return {errc::network_failure, "redis", "the gate has ended its connections"}; }

} // namespace

// One command on its way through the cluster.
struct redis_cluster::attempt
{
    redis_sending sending;
    std::uint16_t slot = 0;
    std::optional<redis_address> redirected; // where it was sent on to
    bool is_asking = false;                  // the redirection is for this once
    int redirections = 0;
    bool has_looked_again = false;
    bool is_done = false;
    result<redis_reply> outcome{};
};

redis_cluster::redis_cluster(worker& home, std::vector<redis_address> seeds, redis_access by)
    : home_(home), seeds_(std::move(seeds)), by_(std::move(by)), kept_(home.get_executor())
{
}

void redis_cluster::start(std::function<void()> changed)
{
    changed_ = std::move(changed);
    is_started_ = true;
    for (const auto& [name, each] : nodes_)
        each.node->start(
            [this_one = weak_from_this()]
            {
                if (const auto self = this_one.lock())
                    self->tell();
            }
        );
    home_.spawn("redis.cluster", keep(shared_from_this()));
}

void redis_cluster::stop()
{
    is_stopped_ = true;
    changed_ = nullptr;
    kept_.cancel();
    refused_ = gone();
    for (const auto& [name, each] : nodes_)
        each.node->stop();
}

void redis_cluster::tell()
{
    kept_.cancel(); // keep() looks whether the slots are still where they were
    if (changed_)
        changed_();
}

std::shared_ptr<redis_node> redis_cluster::node_at(const redis_address& where)
{
    auto& member = nodes_[to_text(where)];
    member.used_at = steady_clock::now();
    if (member.node)
        return member.node;
    member.node = std::make_shared<redis_node>(
        home_, [&home = home_, where, by = by_] { return redis_connection::open(home, where, by); }
    );
    if (is_stopped_)
        member.node->stop();
    else if (is_started_)
        member.node->start(
            [weak = weak_from_this()]
            {
                if (const auto self = weak.lock())
                    self->tell();
            }
        );
    return member.node;
}

task<result<redis_reply>> redis_cluster::send(redis_command command)
{
    const auto self = shared_from_this();
    const auto end = steady_clock::now() + by_.connect_time + by_.command_time;
    attempt at{.sending = redis_sending(std::move(command)), .redirected = {}, .outcome = {}};
    at.slot = redis_slot(at.sending.command().key);
    for (;;)
    {
        co_await try_once(at);
        if (at.is_done || steady_clock::now() >= end)
            co_return std::move(at.outcome);
        if (at.redirections > most_redirections)
            co_return fail(errc::network_failure, "redis", "the nodes of the cluster send us in circles");
    }
}

task<void> redis_cluster::try_once(attempt& at)
{
    const auto* owner = at.redirected ? &*at.redirected : slots_.owner(at.slot);
    if (owner == nullptr)
    {
        co_await look_again(at, {errc::network_failure, "redis", "no node of the cluster keeps this slot"});
        co_return;
    }
    const auto where = *owner;
    const auto node = node_at(where);
    auto connection = co_await node->get();
    if (!connection)
    {
        co_await look_again(at, connection.error());
        co_return;
    }
    if (std::exchange(at.is_asking, false))
        at.outcome = co_await (*connection)->call_behind({"ASKING"}, at.sending.words());
    else
        at.outcome = co_await (*connection)->call(at.sending.words());
    weigh(at, where);
}

// The command was not sent, because what we know of the cluster does not hold any more.
task<void> redis_cluster::look_again(attempt& at, error why)
{
    at.redirected.reset();
    at.outcome = std::unexpected(std::move(why));
    at.is_done = std::exchange(at.has_looked_again, true);
    if (at.is_done)
        co_return;
    auto known = co_await refresh();
    if (known)
        co_return;
    at.outcome = std::unexpected(known.error());
    at.is_done = true;
}

void redis_cluster::weigh(attempt& at, const redis_address& asked)
{
    if (!at.outcome)
        begin_refresh(); // a node that fails may have been replaced
    at.redirected.reset();
    const auto redirection = at.outcome ? read_redirection(*at.outcome, asked) : std::nullopt;
    if (!redirection)
    {
        at.is_done = !at.sending.goes_again(at.outcome);
        return;
    }
    ++at.redirections;
    at.redirected = redirection->to;
    at.is_asking = redirection->what == redis_redirection::kind::ask;
    if (at.is_asking)
        return;
    slots_.move(redirection->slot, redirection->to);
    begin_refresh(); // where one slot has gone others have, too
}

task<result<redis_connection_ptr>> redis_cluster::open_any()
{
    const auto self = shared_from_this();
    result<redis_connection_ptr> made =
        fail(errc::network_failure, "redis", "no node of the cluster is known");
    for (const auto& each : known())
    {
        made = co_await redis_connection::open(home_, each, by_);
        if (made || is_stopped_)
            break;
    }
    co_return made;
}

bool redis_cluster::is_settling() const
{
    if (slots_.is_empty())
        return !refused_;
    for (const auto& each : slots_.masters())
    {
        const auto found = nodes_.find(to_text(each));
        if (found == nodes_.end())
            continue;
        const auto& node = *found->second.node;
        if (!node.is_connected() && !node.last_failure())
            return true;
    }
    return false;
}

std::optional<error> redis_cluster::failure() const
{
    if (slots_.is_empty())
        return refused_.value_or(error{errc::network_failure, "redis", "no node has answered yet"});
    if (!slots_.is_complete())
        return error{errc::network_failure, "redis", "the cluster has slots that no node keeps"};
    for (const auto& each : slots_.masters())
    {
        const auto found = nodes_.find(to_text(each));
        if (found != nodes_.end() && found->second.node->is_connected())
            continue;
        const auto why = found != nodes_.end() ? found->second.node->last_failure() : std::nullopt;
        return why.value_or(
            error{errc::network_failure, "redis", "not connected to " + to_text(each) + " yet"}
        );
    }
    return std::nullopt;
}

} // namespace sekisho::net

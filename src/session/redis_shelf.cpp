// SPDX-License-Identifier: Apache-2.0
#include "session/redis_shelf.hpp"

#include "base/log.hpp"
#include "net/redis/subscription.hpp"
#include "net/run_on.hpp"
#include "session/redis_scripts.hpp"

#include <boost/asio/post.hpp>

#include <cstddef>
#include <mutex>
#include <utility>

namespace sekisho::session
{
namespace
{

constexpr std::string_view channel_suffix = "messages";

// As the verbs of a shelf know it.
error in_our_words(error from) { return {errc::session_store_unavailable, "redis", std::move(from.detail)}; }

// Holds what it works with: it goes on when the shelf and whoever waits are gone.
net::task<result<net::redis_reply>> ask(std::shared_ptr<net::redis_client> client, net::redis_command command)
{
    auto reply = co_await client->send(std::move(command));
    co_return reply;
}

std::string description_of(const net::redis_configuration& what)
{
    using kind = net::redis_configuration::kind;
    std::string text("redis");
    if (what.what == kind::sentinel)
        text.append(" sentinel ").append(what.sentinel_master);
    if (what.what == kind::cluster)
        text.append(" cluster");
    std::string_view between = " at ";
    for (const auto& each : what.addresses)
        text.append(std::exchange(between, ", ")).append(net::to_text(each));
    return text;
}

shelf_state not_connected_yet()
{
    return {.is_usable = false, .since = wall_clock_now(), .last_error = "not connected yet"};
}

} // namespace

// Lives on the worker as long as something there refers to it.
struct redis_shelf::inside : std::enable_shared_from_this<redis_shelf::inside>
{
    inside(net::worker& on, redis_shelf_configuration what)
        : home(on), prefix(std::move(what.prefix)), description(description_of(what.redis)),
          client(std::make_shared<net::redis_client>(on, std::move(what.redis)))
    {
    }

    net::worker& home;
    std::string prefix;
    std::string description;
    std::shared_ptr<net::redis_client> client;
    std::shared_ptr<net::redis_subscription> subscription;
    shelf_listener listener;
    mutable std::mutex mutex; // guards what is behind it: asked from any worker
    shelf_state known = not_connected_yet();
    bool loss_was_told = false;
    std::size_t failed_calls = 0; // since it is not usable

    void start();
    void stop();
    void note(const std::optional<error>& failure);
    void note_failed_call();

private:
    void tell_of_loss(const error& why);
    void tell_of_return();
};

void redis_shelf::inside::start()
{
    client->start(
        [weak = weak_from_this()](const std::optional<error>& failure)
        {
            if (const auto self = weak.lock())
                self->note(failure);
        }
    );
    if (!listener.message && !listener.gap)
        return;
    subscription = std::make_shared<net::redis_subscription>(
        home,
        [from = client] { return from->open_listener(); },
        prefix + std::string(channel_suffix),
        net::redis_subscriber{
            .message =
                [tell = listener.message](std::string text)
            {
                if (tell)
                    tell(text);
            },
            .gap =
                [tell = listener.gap]
            {
                if (tell)
                    tell();
            }
        }
    );
    subscription->start();
}

void redis_shelf::inside::stop()
{
    if (subscription)
        subscription->stop();
    client->stop();
}

void redis_shelf::inside::note(const std::optional<error>& failure)
{
    const std::scoped_lock lock(mutex);
    const auto why = failure ? failure->detail : std::string();
    if (failure && why != known.last_error)
        tell_of_loss(*failure);
    const auto is_back = !failure && !known.is_usable && loss_was_told;
    if (!failure && !known.is_usable)
        tell_of_return();
    known.last_error = why;
    if (!failure == known.is_usable)
        return;
    known.is_usable = !failure;
    known.since = wall_clock_now();
    if (is_back)
        known.back_since = known.since;
}

// Once for each outage, however its reason changes: "refused" becomes "timed out" and back.
void redis_shelf::inside::tell_of_loss(const error& why)
{
    const auto ours = in_our_words(why);
    if (!std::exchange(loss_was_told, true))
        log::failure("session_store.lost", ours, {{"store", description}});
    else
        log::debug("session_store.still_lost", {{"store", description}, {"detail", ours.detail}});
}

void redis_shelf::inside::tell_of_return()
{
    const auto down_for = format_duration(wall_clock_now() - known.since);
    const auto failed = std::exchange(failed_calls, 0);
    if (std::exchange(loss_was_told, false))
        log::info(
            "session_store.usable", {{"store", description}, {"down_for", down_for}, {"failed_calls", failed}}
        );
    else
        log::info("session_store.usable", {{"store", description}});
}

void redis_shelf::inside::note_failed_call()
{
    const std::scoped_lock lock(mutex);
    if (!known.is_usable)
        ++failed_calls;
}

redis_shelf::redis_shelf(net::worker& home, redis_shelf_configuration what)
    : in_(std::make_shared<inside>(home, std::move(what)))
{
}

redis_shelf::~redis_shelf()
{
    net::asio::post(in_->home.get_executor(), [in = in_] { in->stop(); });
}

void redis_shelf::start()
{
    net::asio::post(in_->home.get_executor(), [in = in_] { in->start(); });
}

void redis_shelf::listen(shelf_listener listener) { in_->listener = std::move(listener); }

shelf_state redis_shelf::state() const
{
    const std::scoped_lock lock(in_->mutex);
    return in_->known;
}

std::string redis_shelf::description() const { return in_->description; }

net::task<result<net::redis_reply>> redis_shelf::send(net::redis_command command)
{
    const auto in = in_;
    auto reply = co_await net::run_on(in->home.get_executor(), ask(in->client, std::move(command)));
    if (!reply)
    {
        in->note_failed_call();
        co_return std::unexpected(in_our_words(reply.error()));
    }
    co_return reply;
}

net::task<result<std::optional<shelved>>> redis_shelf::get(std::string name)
{
    auto reply = co_await send(redis::get(in_->prefix + name));
    if (!reply)
        co_return std::unexpected(reply.error());
    co_return redis::read_shelved(*reply);
}

net::task<result<bool>>
redis_shelf::put(std::string name, shelved what, std::chrono::milliseconds life, put_when when)
{
    auto reply = co_await send(redis::put(in_->prefix + name, what, life, when));
    if (!reply)
        co_return std::unexpected(reply.error());
    co_return redis::read_flag(*reply);
}

net::task<result<bool>> redis_shelf::take(std::string name)
{
    auto reply = co_await send(redis::take(in_->prefix + name));
    if (!reply)
        co_return std::unexpected(reply.error());
    co_return redis::read_flag(*reply);
}

net::task<result<bool>> redis_shelf::take_own(std::string name, std::string value)
{
    auto reply = co_await send(redis::take_own(in_->prefix + name, value));
    if (!reply)
        co_return std::unexpected(reply.error());
    co_return redis::read_flag(*reply);
}

net::task<result<void>>
redis_shelf::add_member(std::string set, std::string member, std::chrono::milliseconds life)
{
    auto reply = co_await send(redis::add_member(in_->prefix + set, member, life));
    if (!reply)
        co_return std::unexpected(reply.error());
    co_return redis::read_done(*reply);
}

net::task<result<void>> redis_shelf::remove_member(std::string set, std::string member)
{
    auto reply = co_await send(redis::remove_member(in_->prefix + set, member));
    if (!reply)
        co_return std::unexpected(reply.error());
    co_return redis::read_done(*reply);
}

net::task<result<std::vector<std::string>>> redis_shelf::members(std::string set)
{
    auto reply = co_await send(redis::members(in_->prefix + set));
    if (!reply)
        co_return std::unexpected(reply.error());
    co_return redis::read_members(std::move(*reply));
}

net::task<result<member_page>> redis_shelf::members_from(std::string set, std::string from)
{
    auto reply = co_await send(redis::members_from(in_->prefix + set, from));
    if (!reply)
        co_return std::unexpected(reply.error());
    co_return redis::read_page(std::move(*reply));
}

net::task<result<void>> redis_shelf::publish(std::string message)
{
    auto reply = co_await send(redis::publish(in_->prefix + std::string(channel_suffix), std::move(message)));
    if (!reply)
        co_return std::unexpected(reply.error());
    co_return redis::read_done(*reply);
}

} // namespace sekisho::session

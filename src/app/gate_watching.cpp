// SPDX-License-Identifier: Apache-2.0
// What the running gate keeps an eye on: the application, the store of sessions, and what others tell of
// them.
#include "app/gate.hpp"
#include "app/pause.hpp"
#include "base/log.hpp"

#include <boost/asio/post.hpp>

#include <chrono>
#include <utility>

namespace sekisho::app
{

using net::task;

namespace
{

gateway::dependency session_store_state(const session::shelf& shelf)
{
    const auto known = shelf.state();
    gateway::dependency made{"session_store", gateway::dependency::state::ready, {}};
    if (known.is_usable)
        return made;
    made.is = gateway::dependency::state::not_ready;
    made.detail = "down since " + format_time(known.since) + "; " + known.last_error;
    return made;
}

} // namespace

task<void> gate::catch_up()
{
    const auto sessions = parts_.gateway->sessions;
    must_catch_up_ = false;
    auto read = co_await sessions->catch_up();
    if (!read)
        must_catch_up_ = true;
    if (!read && !endings_are_unknown_)
        log::failure("session.endings_unknown", read.error());
    endings_are_unknown_ = !read;
}

task<void> gate::keep_caught_up()
{
    for (;;)
    {
        co_await pause(control_, std::chrono::seconds(1));
        if (must_catch_up_ || foundation_.ended->has_untold())
            co_await catch_up();
    }
}

void gate::listen_to(const live_shelf& notes)
{
    const auto home = control_.get_executor();
    notes.one->listen({
        [this, home](const std::string& message)
        { net::asio::post(home, [this, message] { parts_.gateway->sessions->hear(message); }); },
        [this, home]
        {
            net::asio::post(
                home,
                [this]
                {
                    must_catch_up_ = true;
                    control_.spawn("endings", catch_up());
                }
            );
        },
    });
    if (notes.redis)
        notes.redis->start();
}

task<void> gate::look_at_upstream()
{
    metric::registry unused;
    const upstream::pool_metrics counts{
        unused.make_counter("a", ""),
        unused.make_counter("b", ""),
        unused.make_counter("c", ""),
        unused.make_gauge("d", "")
    };
    upstream::pool look(control_, parts_.gateway->destination, counts);
    auto connected = co_await look.connect();
    const auto problem = connected ? std::string() : to_text(connected.error());
    if (problem != upstream_problem_ || !upstream_was_seen_)
    {
        if (connected)
            log::info("upstream.reachable", {{"url", look.to().address.origin()}});
        else
            log::failure("upstream.unreachable", connected.error(), {{"url", look.to().address.origin()}});
    }
    upstream_problem_ = problem;
    upstream_was_seen_ = true;
}

task<void> gate::watch_upstream()
{
    for (;;)
    {
        co_await look_at_upstream(); // its connection is closed again: the application has better uses for it
        co_await pause(control_, std::chrono::seconds(upstream_problem_.empty() ? 10 : 2));
    }
}

std::vector<gateway::dependency> gate::dependencies() const
{
    using state = gateway::dependency::state;
    auto found = gateway::provider_dependencies(
        parts_.gateway->providers ? *parts_.gateway->providers : parts_.providers->providers
    );
    found.push_back(
        {"upstream",
         upstream_was_seen_ && upstream_problem_.empty() ? state::ready : state::not_ready,
         upstream_was_seen_ ? upstream_problem_ : "not looked at yet"}
    );
    if (parts_.shelf->redis)
        found.push_back(session_store_state(*parts_.shelf->one));
    found.push_back(
        {"process", is_draining_ ? state::not_ready : state::ready, is_draining_ ? "shutting down" : ""}
    );
    return found;
}

} // namespace sekisho::app

// SPDX-License-Identifier: Apache-2.0
#include "app/reloads.hpp"

#include "app/provider_announcement.hpp"
#include "base/log.hpp"
#include "net/latch.hpp"

#include <boost/asio/post.hpp>

#include <thread>
#include <utility>

namespace sekisho::app
{
namespace
{

void reload(gate& running, const settings::loaded& again)
{
    log_warnings(again.found);
    if (!again.is_usable())
    {
        for (const auto& each : again.found.problems)
            log::error("settings.problem", {{"problem", settings::to_text(each)}});
        log::error("settings.kept", {{"reason", "the new settings cannot be used; the old ones stay"}});
        return;
    }
    auto changed = running.reload(again.values);
    if (!changed)
    {
        for (const auto& each : changed.error())
            log::error("settings.problem", {{"setting", each.setting}, {"problem", each.message}});
        log::error("settings.kept", {{"reason", "the new settings cannot be used; the old ones stay"}});
        return;
    }
    log::configure(again.values.log.level, again.values.log.format);
    for (const auto& each : *changed)
        log::warning("settings.need_restart", {{"setting", each}});
    announce_providers(again);
    announce_profiles(again);
    log::info("settings.reloaded");
}

// On a thread of its own: a command that prints a secret may take seconds, in which people sign in.
net::task<settings::loaded> load_aside(const settings_source& source)
{
    const net::executor here = co_await net::asio::this_coro::executor;
    settings::loaded made;
    net::latch done(here);
    done.close();
    auto open = [&done] { done.open(); };
    // Last, so that it has ended before anything else here goes.
    const std::jthread thread(
        [&made, &source, here, open]
        {
            made = source.load();
            net::asio::post(here, open);
        }
    );
    co_await done.wait();
    co_return made;
}

// True while this lives.
class marked
{
public:
    explicit marked(bool& what) : what_(what) { what_ = true; }
    marked(const marked&) = delete;
    marked& operator=(const marked&) = delete;
    ~marked() { what_ = false; }

private:
    bool& what_;
};

} // namespace

net::task<void> reloads::run(gate& running)
{
    is_wanted_ = true;
    if (is_running_)
        co_return;
    const marked now(is_running_);
    while (std::exchange(is_wanted_, false))
    {
        const auto again = co_await load_aside(source_);
        reload(running, again);
    }
}

} // namespace sekisho::app

// SPDX-License-Identifier: Apache-2.0
#include "app/serve.hpp"

#include "app/file.hpp"
#include "app/gate.hpp"
#include "base/log.hpp"
#include "gateway/endpoint/sign_in.hpp"
#include "gateway/public_origin.hpp"
#include "settings/effective.hpp"

#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <iostream>
#include <utility>

namespace sekisho::app
{
namespace
{

using signal_set = net::asio::basic_signal_set<net::executor>;

void print(const std::vector<composition_problem>& found, std::string_view what)
{
    std::cerr << "sekisho: " << what << ":\n";
    for (const auto& each : found)
        std::cerr << "  " << each.setting << ": " << each.message << "\n";
}

// What is known of each provider without anybody having said it.
void announce(const std::vector<settings::applied_preset>& presets)
{
    for (const auto& each : presets)
        log::info(
            "provider.preset",
            {{"provider", each.provider.empty() ? settings::default_provider_name : each.provider},
             {"preset", settings::name_of(each.preset)},
             {"detected", each.is_detected},
             {"changes", settings::changes_of(each)}}
        );
}

void reload(gate& running, const settings_source& source)
{
    const auto again = source.load();
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
    announce(again.presets);
    log::info("settings.reloaded");
}

net::task<void> obey_signals(gate& running, const settings_source& source, signal_set& awaited)
{
    auto is_leaving = false;
    for (;;)
    {
        auto [failure, number] = co_await awaited.async_wait(net::in_tuple);
        if (failure)
            co_return;
        if (number == SIGHUP)
            reload(running, source);
        else if (is_leaving)
        {
            log::warning("gate.stopped", {{"reason", "asked twice"}});
            running.control().stop();
            co_return;
        }
        else
        {
            is_leaving = true;
            log::info("gate.shutting_down", {{"signal", number == SIGTERM ? "SIGTERM" : "SIGINT"}});
            running.control().spawn("shut down", running.shut_down());
        }
    }
}

void announce(const gate& running, const settings::model& with)
{
    for (const auto port : running.ports())
        log::info(
            "gate.listening",
            {{"port", port}, {"tls", !with.server.tls_certificate.empty()}, {"version", SEKISHO_VERSION}}
        );
    if (running.admin_port() != 0)
        log::info("gate.admin_listening", {{"port", running.admin_port()}});
    if (with.server.public_url)
        log::info(
            "gate.register_at_provider",
            {{"redirect_uri", with.server.public_url->origin() + with.server.callback_path},
             {"post_logout_redirect_uri", with.server.public_url->origin() + with.server.logout_path}}
        );
}

} // namespace

int serve(const settings_source& source, const settings::loaded& first)
{
    gate running(first.values, read_file, process_environment());
    // Before anything listens: a SIGHUP that comes as early as that waits and does not end the program.
    signal_set awaited(running.control().get_executor(), SIGTERM, SIGINT, SIGHUP);
    if (auto started = running.start(); !started)
    {
        print(started.error(), "not started");
        return status_unusable;
    }
    announce(running, first.values);
    announce(first.presets);
    running.control().spawn("signals", obey_signals(running, source, awaited));
    running.control().run();
    running.stop();
    log::info("gate.stopped");
    log::flush();
    return 0;
}

} // namespace sekisho::app

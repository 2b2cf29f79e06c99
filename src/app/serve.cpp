// SPDX-License-Identifier: Apache-2.0
#include "app/serve.hpp"

#include "app/check.hpp"
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

const settings::applied_preset*
preset_of(const std::vector<settings::applied_preset>& presets, const std::string& provider)
{
    for (const auto& each : presets)
        if ((each.provider.empty() ? settings::default_provider_name : each.provider) == provider)
            return &each;
    return nullptr;
}

// Who signs people in, and what is known of each without anybody having said it.
void announce_providers(const settings::loaded& from)
{
    for (const auto& each : settings::effective_providers(from.values))
    {
        const auto* const applied = preset_of(from.presets, each.name);
        log::info(
            "provider.configured",
            {{"provider", each.name},
             {"issuer", each.oidc.issuer},
             {"preset", settings::name_of(each.oidc.preset)},
             {"detected", applied != nullptr && applied->is_detected},
             {"changes", applied == nullptr ? std::string() : settings::changes_of(*applied)}}
        );
    }
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
    announce_providers(again);
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

void announce_addresses(const settings::model& with)
{
    if (!with.server.public_url)
        return;
    const auto ours = registration_for(with);
    if (ours.jwks_uri.empty())
        log::info(
            "gate.register_at_provider",
            {{"redirect_uri", ours.redirect_uri}, {"post_logout_redirect_uri", ours.post_logout_redirect_uri}}
        );
    else
        log::info(
            "gate.register_at_provider",
            {{"redirect_uri", ours.redirect_uri},
             {"post_logout_redirect_uri", ours.post_logout_redirect_uri},
             {"jwks_uri", ours.jwks_uri}}
        );
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
    announce_addresses(with);
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
    announce_providers(first);
    running.control().spawn("signals", obey_signals(running, source, awaited));
    running.control().run();
    running.stop();
    log::info("gate.stopped");
    log::flush();
    return 0;
}

} // namespace sekisho::app

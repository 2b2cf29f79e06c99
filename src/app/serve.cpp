// SPDX-License-Identifier: Apache-2.0
#include "app/serve.hpp"

#include "app/check/check.hpp"
#include "app/file.hpp"
#include "app/file_watch.hpp"
#include "app/gate.hpp"
#include "app/provider_announcement.hpp"
#include "app/reloads.hpp"
#include "base/log.hpp"
#include "gateway/endpoint/sign_in.hpp"
#include "gateway/public_origin.hpp"

#include <boost/asio/signal_set.hpp>

#include <chrono>
#include <csignal>
#include <iostream>
#include <mutex>
#include <set>
#include <string>
#include <utility>

namespace sekisho::app
{
namespace
{

using signal_set = net::asio::basic_signal_set<net::executor>;

// The files that were asked for, from any thread.
class files_read
{
public:
    result<std::string> read(const std::string& name)
    {
        {
            const std::lock_guard lock(mutex_);
            names_.insert(name);
        }
        return read_file(name);
    }
    std::set<std::string> names()
    {
        const std::lock_guard lock(mutex_);
        return names_;
    }

private:
    std::mutex mutex_;
    std::set<std::string> names_;
};

void print(const std::vector<composition_problem>& found, std::string_view what)
{
    std::cerr << "sekisho: " << what << ":\n";
    for (const auto& each : found)
        std::cerr << "  " << each.setting << ": " << each.message << "\n";
}

std::string joined(const std::vector<std::string>& texts)
{
    std::string all;
    for (const auto& each : texts)
        all.append(all.empty() ? "" : ", ").append(each);
    return all;
}

// A file that changes is as good as a SIGHUP.
net::task<void> obey_files(gate& running, const settings_source& source, files_read& others, reloads& anew)
{
    // Long enough for a secret and the one before it, or a certificate and its key, to be written both.
    constexpr std::chrono::seconds quiet{1};
    auto watch = file_watch::open(running.control().get_executor());
    if (!watch)
    {
        log::warning(
            "settings.not_watched",
            {{"reason", watch.error().detail}, {"meaning", "changed files are read after a SIGHUP"}}
        );
        co_return;
    }
    for (;;)
    {
        auto files = source.files();
        files.merge(others.names());
        for (const auto& each : (*watch)->use(files))
            log::warning("settings.not_watched", {{"reason", each}});
        for (const auto& each : files)
            log::debug("settings.watching", {{"file", each}});
        const auto changed = co_await (*watch)->changed(quiet);
        if (changed.empty())
            co_return;
        log::info("settings.files_changed", {{"files", joined(changed)}});
        co_await anew.run(running);
    }
}

net::task<void> obey_signals(gate& running, reloads& anew, signal_set& awaited)
{
    auto is_leaving = false;
    for (;;)
    {
        auto [failure, number] = co_await awaited.async_wait(net::in_tuple);
        if (failure)
            co_return;
        if (number == SIGHUP)
            running.control().spawn("reload", anew.run(running));
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
    reloads anew(source);
    files_read others; // beside those of the settings: certificates and the like
    gate running(
        first.values, [&others](const std::string& name) { return others.read(name); }, process_environment()
    );
    // Before anything listens: a SIGHUP that comes as early as that waits and does not end the program.
    signal_set awaited(running.control().get_executor(), SIGTERM, SIGINT, SIGHUP);
    if (auto started = running.start(); !started)
    {
        print(started.error(), "not started");
        return status_unusable;
    }
    announce(running, first.values);
    announce_providers(first);
    announce_profiles(first);
    running.control().spawn("signals", obey_signals(running, anew, awaited));
    running.control().spawn("files", obey_files(running, source, others, anew));
    running.control().run();
    running.stop();
    log::info("gate.stopped");
    log::flush();
    return 0;
}

} // namespace sekisho::app

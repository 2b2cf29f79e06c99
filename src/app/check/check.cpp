// SPDX-License-Identifier: Apache-2.0
#include "app/check/check.hpp"

#include "app/check/peers.hpp"
#include "app/check/preset.hpp"
#include "app/check/test_page.hpp"
#include "app/composition/composition.hpp"
#include "app/composition/parts.hpp"
#include "app/file.hpp"
#include "app/settings_source.hpp"
#include "base/log.hpp"
#include "base/time.hpp"
#include "crypto/random.hpp"
#include "settings/effective.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::app
{
namespace
{

using std::chrono::milliseconds;

// Of these there is a finding with a name of its own.
bool is_told_apart(const settings::finding& warning, const settings::model& values)
{
    return (warning.setting == "session.secret" && values.session.secret.empty()) ||
           (warning.setting == "server.public_url" && !values.server.public_url);
}

check_findings judge_settings(const settings::loaded& from)
{
    check_findings found;
    for (const auto& each : from.presets)
        if (each.preset != settings::preset::generic)
            found.push_back(preset_finding(each));
    for (const auto& each : from.profiles)
        found.push_back(profile_finding(each));
    for (const auto& each : from.found.warnings)
        if (!is_told_apart(each, from.values))
            found.push_back({check_code::settings_warning, settings::to_text(each)});
    if (from.values.session.secret.empty())
        found.push_back(
            {check_code::session_secret_random, "session.secret is not set, so a random one is used"}
        );
    else
        found.push_back({check_code::session_secret_set, "from " + from.origin_of("session.secret").place});
    if (!from.values.server.public_url)
        found.push_back(
            {check_code::register_host_unknown,
             "server.public_url is not set: put your host in place of YOUR-HOST"}
        );
    return found;
}

// Whose setting it is: "okta" for "providers.okta.issuer"; empty: no provider's.
std::string provider_in(std::string_view setting)
{
    constexpr std::string_view further = "providers.";
    if (setting.starts_with("oidc."))
        return std::string(settings::default_provider_name);
    if (!setting.starts_with(further))
        return {};
    const auto rest = setting.substr(further.size());
    return std::string(rest.substr(0, rest.find('.')));
}

// One of those who are asked, and what came of it.
struct inquiry
{
    std::string whom;
    std::string provider; // empty: the application
    check_findings found;
    bool is_over = false;
};

net::task<void> follow(net::task<check_findings> work, inquiry& into)
{
    into.found = co_await std::move(work);
    into.is_over = true;
}

// Asks both at once. Members that coroutines refer to stand before the worker that destroys them.
class examination
{
public:
    examination(const settings::model& values, const registration& addresses)
        : values_(values), ground_{variables_, addresses.jwks_uri, values.session}
    {
    }

    check_findings run()
    {
        auto made = compose(
            values_,
            {.control = control_,
             .metrics = metrics_,
             .random_secret = make_random_secret(),
             .read_file = read_file,
             .variables = variables_}
        );
        if (!made)
            return refused(made.error());
        parts_ = std::move(*made);
        check_findings found{{check_code::settings_usable, "everything can be put together as `serve` does"}};
        ask();
        for (auto& each : providers_)
            report(each, found);
        report(upstream_, found);
        return found;
    }

private:
    static check_findings refused(const std::vector<composition_problem>& problems)
    {
        check_findings found;
        for (const auto& each : problems)
            found.push_back(
                {check_code::settings_unusable, each.setting + ": " + each.message, provider_in(each.setting)}
            );
        found.push_back({check_code::check_incomplete, "the provider and the application were not asked"});
        return found;
    }

    void ask()
    {
        for (const auto& each : parts_.providers->living)
            providers_.push_back(
                {.whom = "the provider (" + setting_of(each->from, "issuer") + ")",
                 .provider = each->from.name,
                 .found = {}}
            );
        for (std::size_t index = 0; index < providers_.size(); ++index)
        {
            auto& one = *parts_.providers->living[index];
            control_.spawn("check provider", ask(check_provider(one, ground_), providers_[index]));
        }
        control_.spawn(
            "check upstream", ask(check_upstream(control_, parts_.gateway->destination), upstream_)
        );
        control_.spawn("watch the time", give_up());
        control_.run();
    }

    net::task<void> ask(net::task<check_findings> work, inquiry& about)
    {
        co_await follow(std::move(work), about);
        if (upstream_.is_over && std::ranges::all_of(providers_, &inquiry::is_over))
            control_.stop();
    }

    // The calls to a provider; the application's name may have an IPv6 and an IPv4 address, each with a
    // TCP and a TLS connection to wait for.
    milliseconds patience() const
    {
        auto longest = 4 * values_.upstream.connect_timeout;
        for (const auto& each : parts_.providers->living)
            longest = std::max(longest, longest_check(*each));
        return longest + milliseconds(2000);
    }

    net::task<void> give_up()
    {
        net::steady_timer timer(control_.get_executor());
        timer.expires_after(patience());
        co_await timer.async_wait(net::in_tuple);
        control_.stop();
    }

    void report(inquiry& about, check_findings& found) const
    {
        if (about.is_over)
            append(found, std::move(about.found));
        else
            found.push_back(
                {check_code::check_out_of_time,
                 "nothing from " + about.whom + " within " + format_duration(patience()),
                 about.provider}
            );
    }

    const settings::model& values_;
    const settings::environment variables_ = process_environment();
    const check_ground ground_;
    metric::registry metrics_;
    std::vector<inquiry> providers_;
    inquiry upstream_{"the application (upstream.url)", {}, {}};
    net::worker control_;
    composed parts_;
};

} // namespace

registration registration_for(const settings::model& values)
{
    const auto ours = addresses_of(values);
    const auto all = settings::effective_providers(values);
    const auto has_key = [](const auto& each)
    { return !each.oidc.signing_key.empty() || !each.oidc.decryption_key.empty(); };
    auto made = std::ranges::any_of(all, has_key) ? registration_with_keys(ours) : registration_of(ours);
    for (const auto& each : all)
        if (const auto& landing = each.oidc.sign_out_landing; !landing.empty())
            made.other_landings[each.name] = landing_of(landing, ours);
    if (all.size() != 1 || made.other_landings.empty())
        return made;
    made.post_logout_redirect_uri = std::exchange(made.other_landings, {}).begin()->second;
    return made;
}

check_report examine(const settings::loaded& settings, test_ticket ticket)
{
    check_report report{registration_for(settings.values), judge_settings(settings)};
    examination asks(settings.values, report.addresses);
    append(report.findings, asks.run());
    report.findings.push_back(
        ticket == test_ticket::shown
            ? offer_test_page(settings.values, wall_clock_now(), crypto::system_random())
            : name_test_page(settings.values)
    );
    return report;
}

int check(const settings::loaded& settings, report_format format, test_ticket ticket)
{
    std::signal(SIGPIPE, SIG_IGN);                      // a peer that is gone is a finding
    log::configure(log::level::off, log::format::text); // standard output is the report's
    const auto report = examine(settings, ticket);
    std::cout << (format == report_format::json ? to_json(report) : to_text(report)) << std::flush;
    return std::cout ? status_of(report) : status_failed;
}

} // namespace sekisho::app

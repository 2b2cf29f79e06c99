// SPDX-License-Identifier: Apache-2.0
#include "app/run.hpp"

#include "app/check/check.hpp"
#include "app/check/report.hpp"
#include "app/command/command_line.hpp"
#include "app/command/emergency_command.hpp"
#include "app/command/key_command.hpp"
#include "app/command/register_command.hpp"
#include "app/command/session_command.hpp"
#include "app/document.hpp"
#include "app/health.hpp"
#include "app/serve.hpp"
#include "app/settings_source.hpp"
#include "app/version.hpp"
#include "base/log.hpp"
#include "crypto/random.hpp"
#include "settings/document.hpp"

#include <iostream>
#include <string>
#include <vector>

namespace sekisho::app
{
namespace
{

int print(const std::string& text)
{
    std::cout << text << std::flush;
    return std::cout ? 0 : status_failed;
}

int run_serve(const command& chosen)
{
    const settings_source source(chosen.request);
    const auto first = source.load();
    if (!first.is_usable())
    {
        std::cerr << "sekisho: not started: " << describe(first.found);
        return status_unusable;
    }
    log::configure(first.values.log.level, first.values.log.format);
    log_warnings(first.found);
    return serve(source, first);
}

int run_check(const command& chosen)
{
    const auto settings = settings_source(chosen.request).load();
    if (settings.is_usable())
        return check(settings, chosen.format, chosen.ticket);
    if (chosen.format == report_format::text)
    {
        print(describe(settings.found));
        return status_unusable;
    }
    // Scripts read one shape; the addresses are those of the defaults.
    const auto report = refused_report(settings.found, registration_of({}));
    print(to_json(report));
    return status_of(report);
}

int show_settings(const command& chosen)
{
    const auto settings = settings_source(chosen.request).load();
    std::cerr << describe(settings.found);
    if (!settings.is_usable())
        return status_unusable;
    return print(
        chosen.format == report_format::json ? settings::effective_json(settings)
                                             : settings::effective(settings)
    );
}

int run_config(const command& chosen)
{
    switch (chosen.document)
    {
    case document::reference:
        return print(settings::reference());
    case document::schema:
        return print(settings::schema());
    case document::example:
        return print(settings::example());
    case document::errors:
        return print(errors_reference(pages::language::en));
    case document::errors_ja:
        return print(errors_reference(pages::language::ja));
    case document::show:
        break;
    }
    return show_settings(chosen);
}

int run_health(const command& chosen)
{
    // Asked from inside a running container: a problem elsewhere in the settings does not keep it from
    // asking.
    const auto settings = settings_source(chosen.request).load(secret_commands::are_left_alone);
    const auto report = ask_health(settings.values.admin, chosen.probe);
    (report.status == 0 ? std::cout : std::cerr) << report.text << "\n";
    return report.status;
}

int run_key(const command& chosen)
{
    // As in run_health(): problems elsewhere in the settings are for `check` to tell.
    const auto report =
        chosen.key.what == key_action::show
            ? describe_keys(
                  settings_source(chosen.request).load(secret_commands::are_left_alone).values,
                  wall_clock_now()
              )
            : change_keys(chosen.key, wall_clock_now());
    (report.status == 0 ? std::cout : std::cerr) << report.text << std::flush;
    return report.status;
}

int run_emergency(const command& chosen)
{
    // As in run_health().
    const auto settings = settings_source(chosen.request).load();
    const auto report =
        change_emergency(chosen.emergency, settings.values, wall_clock_now(), read_password_from_terminal);
    (report.status == 0 ? std::cout : std::cerr) << report.text << std::flush;
    return report.status;
}

int run_session(const command& chosen)
{
    // As in run_health().
    const auto settings = settings_source(chosen.request).load();
    const auto report = ask_for_sessions(
        chosen.session, settings.values.admin, chosen.format, wall_clock_now(), confirm_at_terminal
    );
    (report.status == 0 ? std::cout : std::cerr) << report.text << std::flush;
    return report.status;
}

int run_registration(const command& chosen)
{
    const auto report = register_client(chosen.registration, chosen.request, wall_clock_now());
    std::cerr << report.told << std::flush;
    const auto printed = print(report.output);
    return report.status != 0 ? report.status : printed;
}

} // namespace

int run(int argc, char** argv)
{
    const auto first = argc > 0 ? 1 : 0; // the program's name may be missing
    const auto chosen = parse_command_line(std::vector<std::string>(argv + first, argv + argc));
    if (!chosen)
    {
        std::cout << chosen.error().output;
        std::cerr << chosen.error().complaint;
        return chosen.error().status;
    }
    switch (chosen->what)
    {
    case action::serve:
        return run_serve(*chosen);
    case action::check:
        return run_check(*chosen);
    case action::config:
        return run_config(*chosen);
    case action::health:
        return run_health(*chosen);
    case action::key:
        return run_key(*chosen);
    case action::emergency:
        return run_emergency(*chosen);
    case action::session:
        return run_session(*chosen);
    case action::registration:
        return run_registration(*chosen);
    case action::secret:
        return print(crypto::system_random().token() + "\n");
    case action::version:
        break;
    }
    return print(version_text());
}

} // namespace sekisho::app

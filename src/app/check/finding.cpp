// SPDX-License-Identifier: Apache-2.0
#include "app/check/finding.hpp"

#include "app/check/rows_provider.hpp"
#include "app/check/rows_reach.hpp"
#include "settings/effective.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace sekisho::app
{
namespace
{

using enum check_code;
using enum check_level;

constexpr std::array of_settings{
    check_row{settings_usable, "settings.usable", ok, "", ""},
    check_row{settings_warning, "settings.warning", warning, "", ""}, // its own text has everything
    check_row{
        settings_unusable,
        "settings.unusable",
        problem,
        "`sekisho serve` refuses to start with this.",
        "Correct the setting, or the file that it names."
    },
    check_row{
        settings_refused,
        "settings.refused",
        problem,
        "`sekisho serve` refuses to start with this; nothing else was looked at.",
        "Correct the setting where it stands, then check again."
    },
    check_row{
        check_incomplete,
        "check.incomplete",
        note,
        "Neither is asked before everything can be put together.",
        "Solve the problems above and check again."
    },
    check_row{
        check_out_of_time,
        "check.out_of_time",
        problem,
        "Somebody neither answers nor refuses; often a name server or a firewall that drops packets.",
        "Ask for the same address with curl from this machine."
    },
    check_row{session_secret_set, "session.secret_set", ok, "", ""},
    check_row{
        session_secret_random,
        "session.secret_random",
        warning,
        "Everybody signs in again after a restart, and replicas do not know each other's sessions.",
        "Put what `sekisho secret` prints into session.secret, the same for all replicas."
    },
    check_row{
        register_host_unknown,
        "register.host_unknown",
        warning,
        "Redirect addresses are made from what each request says in Host, so only their paths are known "
        "here.",
        "Set server.public_url to the address that people type, such as https://app.example.com."
    },
    check_row{
        test_address,
        "test.address",
        note,
        "This address tries a whole sign-in and shows what was sent and checked, for ten minutes from now, "
        "to whoever opens it; no session is touched.",
        "Open it in a browser while `sekisho serve` runs with the same session.secret."
    },
    check_row{
        test_ticket_unasked,
        "test.ticket_unasked",
        note,
        "With a ticket this address tries a whole sign-in and shows what was sent and checked. Reports for "
        "scripts have none, for it is good for whoever reads it.",
        "Ask for one with `sekisho check --json --ticket`, or leave --json out; or sign in as one of "
        "admin.users."
    },
    check_row{
        test_not_offered,
        "test.not_offered",
        note,
        "A ticket for the test page is sealed with session.secret, and shown with server.public_url.",
        "Set both; or sign in as one of admin.users and open server.test_path."
    },
};

constexpr std::array of_upstream{
    check_row{upstream_reachable, "upstream.reachable", ok, "", ""},
    check_row{
        upstream_unreachable,
        "upstream.unreachable",
        problem,
        "People who are signed in get a page with status 502 or 504.",
        "Start the application, or correct upstream.url. In a container localhost is the container itself: "
        "write "
        "the application's service name."
    },
    check_row{
        upstream_tls_failed,
        "upstream.tls_failed",
        problem,
        "The application answers, but its certificate or TLS does not pass; people get a page with status "
        "502.",
        "Give the application's authority in upstream.ca_file, write the host that its certificate names "
        "into "
        "upstream.url, or http:// if it speaks plain http."
    },
};

constexpr auto number_of_rows = static_cast<std::size_t>(count_);

constexpr std::array<check_row, number_of_rows> all_together()
{
    static_assert(
        of_settings.size() + rows::of_providers.size() + rows::of_reach.size() + of_upstream.size() ==
        number_of_rows
    );
    std::array<check_row, number_of_rows> made{};
    auto at = std::ranges::copy(of_settings, made.begin()).out;
    at = std::ranges::copy(rows::of_providers, at).out;
    at = std::ranges::copy(rows::of_reach, at).out;
    std::ranges::copy(of_upstream, at);
    return made;
}

constexpr auto table = all_together();

constexpr bool rows_follow_the_enumeration()
{
    for (std::size_t index = 0; index < table.size(); ++index)
        if (table[index].code != static_cast<check_code>(index))
            return false;
    return true;
}
static_assert(rows_follow_the_enumeration());

// Whether a word begins here that is no part of an address.
bool is_edge(std::string_view text, std::size_t at)
{
    return at == 0 || text[at - 1] == ' ' || text[at - 1] == '(';
}

bool is_letter(std::string_view text, std::size_t at)
{
    return at < text.size() && text[at] >= 'a' && text[at] <= 'z';
}

} // namespace

std::string_view name(check_level level) noexcept
{
    constexpr std::array<std::string_view, 4> names{"ok", "note", "warning", "problem"};
    return names.at(static_cast<std::size_t>(level));
}

const check_row& describe(check_code code) { return table.at(static_cast<std::size_t>(code)); }

std::span<const check_row> all_check_rows() { return table; }

void append(check_findings& to, check_findings more)
{
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

check_findings of_provider(std::string_view provider, check_findings found)
{
    for (auto& each : found)
    {
        each.found = spoken_of(provider, each.found);
        each.provider = provider;
    }
    return found;
}

std::string spoken_of(std::string_view provider, std::string_view text)
{
    constexpr std::string_view section = "oidc.";
    std::string made(text);
    if (provider.empty() || provider == settings::default_provider_name)
        return made;
    const auto own = std::string("providers.").append(provider).append(".");
    for (auto at = made.find(section); at != std::string::npos; at = made.find(section, at))
    {
        const bool is_setting = is_edge(made, at) && is_letter(made, at + section.size());
        if (is_setting)
            made.replace(at, section.size(), own);
        at += is_setting ? own.size() : section.size();
    }
    return made;
}

} // namespace sekisho::app

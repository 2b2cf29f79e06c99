// SPDX-License-Identifier: Apache-2.0
#include "settings/check/examination.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace sekisho::settings
{
namespace
{

// Of sessions without a provider (docs/emergency-access.md).
constexpr std::array<std::string_view, 2> kept_names{"local", "emergency"};

void check_names(examination& about)
{
    for (const auto& each : about.values().providers)
        if (holds(kept_names, std::string_view(each.name)))
            about.refuse(
                "providers." + each.name + ".issuer", // a finding is about a setting, which a name is not
                "that name stands for sign-ins without a provider; call the provider something else"
            );
}

void check_local(examination& about)
{
    const auto& local = about.values().local;
    if (!local.restore)
        return;
    about.warn(
        "local.restore",
        "is on: nobody signs in at the provider, and whoever reads the log has the password; turn it off "
        "again"
    );
    if (about.values().log.level > log::level::warning)
        about.refuse(
            "log.level",
            "hides the temporary password of local.restore, which is written once at level warning"
        );
    if (local.user.empty())
        about.refuse("local.user", "is empty: whoever comes in by local.restore needs a user id");
}

void check_people_file(examination& about)
{
    const auto& server = about.values().server;
    if (about.values().emergency.file.empty())
    {
        if (!about.values().emergency.groups.empty())
            about.warn("emergency.groups", "has no effect without emergency.file");
        return;
    }
    if (!server.public_url)
        about.refuse(
            "emergency.file",
            "needs server.public_url: a passkey is bound to the one address that it was registered for"
        );
    else if (!server.public_url->is_https() && !server.public_url->is_loopback())
        about.warn(
            "emergency.file", "browsers have passkeys over https only; passwords and codes still work"
        );
}

} // namespace

void check_emergency(examination& about)
{
    check_names(about);
    check_local(about);
    check_people_file(about);
}

} // namespace sekisho::settings

// SPDX-License-Identifier: Apache-2.0
#include "settings/profile.hpp"

#include "settings/check/examination.hpp"

#include <string>

namespace sekisho::settings
{
namespace
{

std::string what_is_wanted(const provider_examination& about, std::string_view wish, const profile_clause& by)
{
    return ": " + about.path("profile") + " " + std::string(name_of(about.oidc().profile)) + " wants " +
           std::string(wish) + " (" + to_text(by) + ")";
}

// A provider does not send codes over plain http, nor does it register such an address, but for loopback
// (RFC 8252, 7.3).
void check_own_address(provider_examination& about)
{
    const auto& address = about.values().server.public_url;
    if (address && !address->is_https() && !address->is_loopback())
        about.all().refuse(
            "server.public_url",
            "is plain http" + what_is_wanted(
                                  about,
                                  "answers that travel by TLS: an https address",
                                  {profile::fapi2_security, "5.3.2.2, 8"}
                              )
        );
}

} // namespace

void check_profile(provider_examination& about)
{
    const auto& oidc = about.oidc();
    if (oidc.profile == profile::none)
        return;
    for (const auto& each : profile_demands())
        if (is_in(oidc.profile, each.clause))
            if (auto fault = each.fault(oidc); !fault.empty())
                about.refuse(each.name, std::move(fault) + what_is_wanted(about, each.wish, each.clause));
    check_own_address(about);
}

} // namespace sekisho::settings

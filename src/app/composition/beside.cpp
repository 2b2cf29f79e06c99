// SPDX-License-Identifier: Apache-2.0
#include "app/composition/beside.hpp"

#include "app/command/emergency_file.hpp"
#include "app/composition/parts.hpp"

#include <utility>

namespace sekisho::app
{
namespace
{

gateway::local_person local_person_of(const settings::model& from, session::same_site site)
{
    gateway::local_person made;
    made.who.issuer = gateway::local_issuer;
    made.who.subject = from.local.user;
    made.who.user = from.local.user;
    made.who.username = from.local.user;
    if (!from.local.email.empty())
        made.who.email = from.local.email;
    made.who.groups = from.local.groups;
    made.limits = {from.local.lifetime, {}};
    made.site = site;
    return made;
}

} // namespace

gateway::without_provider without_provider_of(const settings::model& from, beside_ground on)
{
    const auto cookies = cookies_of(from);
    const auto forms = [&](std::string_view end, const std::string& path)
    {
        const auto purpose = std::string(end) + "_form";
        return gateway::form_cookie(cookies, end, path, crypto::key_ring(on.secrets, purpose));
    };
    gateway::emergency_access emergency{nullptr, std::move(on.attempts), on.blocking};
    if (!from.emergency.file.empty())
        emergency.people = emergency_file(from.emergency.file, missing_file::is_an_error);
    return {
        .local = std::move(on.local),
        .person = local_person_of(from, cookies.site),
        .local_forms = forms(session::local_cookie_end, from.server.local_path),
        .emergency = std::move(emergency),
        .emergency_as = {from.emergency.groups, {from.emergency.lifetime, {}}, cookies.site},
        .emergency_forms = forms(session::emergency_cookie_end, from.server.emergency_path),
    };
}

} // namespace sekisho::app

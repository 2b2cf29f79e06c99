// SPDX-License-Identifier: Apache-2.0
#include "app/composition_beside.hpp"

#include "app/composition_parts.hpp"

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

gateway::without_provider without_provider_of(
    const settings::model& from,
    std::shared_ptr<gateway::local_restore> local,
    const std::vector<secret>& secrets
)
{
    const auto cookies = cookies_of(from);
    return {
        .local = std::move(local),
        .person = local_person_of(from, cookies.site),
        .local_forms = gateway::form_cookie(
            cookies,
            session::local_cookie_end,
            from.server.local_path,
            crypto::key_ring(secrets, "local_form")
        ),
    };
}

} // namespace sekisho::app

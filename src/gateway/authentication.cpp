// SPDX-License-Identifier: Apache-2.0
#include "gateway/authentication.hpp"

#include "base/log.hpp"
#include "identity/headers.hpp"

#include <utility>

namespace sekisho::gateway
{

void authentication::identify(std::span<const http::field> request, context& about)
{
    const auto cookies = sessions_.cookies().find(request);
    if (!cookies.is_present())
        return;
    auto opened = opened_.find(cookies);
    if (!opened)
        opened = open(cookies);
    if (!opened || session::is_expired(opened->value, limits_, about.now))
        return;
    about.session_is_stale = session::is_renewal_due(opened->value, limits_, about.now);
    about.session = std::move(opened);
}

std::shared_ptr<const session::opened_session> authentication::open(const session::session_cookies& cookies)
{
    auto found = sessions_.find(cookies);
    if (!found)
        return nullptr;
    auto headers = identity::render(
        found->who, {found->id_token.reveal(), found->access_token.reveal()}, headers_
    );
    if (!headers)
    {
        // The mapping refuses such values at sign-in; a session from before a change of settings may still hold one.
        log::failure("session.unusable", headers.error());
        return nullptr;
    }
    auto opened = std::make_shared<const session::opened_session>(std::move(*found), std::move(*headers));
    opened_.put(cookies, opened);
    return opened;
}

} // namespace sekisho::gateway

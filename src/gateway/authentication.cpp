// SPDX-License-Identifier: Apache-2.0
#include "gateway/authentication.hpp"

#include "base/log.hpp"
#include "identity/headers.hpp"

#include <utility>

namespace sekisho::gateway
{

void authentication::identify(std::span<const http::field> request, context& about)
{
    // A sibling host may have put cookies of our name in front of ours: the first one that opens counts.
    for (std::size_t rank = 0;; ++rank)
    {
        const auto cookies = sessions_.cookies().find(request, rank);
        if (cookies.is_present())
        {
            auto opened = opened_.find(cookies);
            if (!opened)
                opened = open(cookies);
            if (opened && !session::is_expired(opened->value, limits_, about.now))
            {
                about.session_is_stale = session::is_renewal_due(opened->value, limits_, about.now);
                about.session = std::move(opened);
                return;
            }
        }
        if (cookies.is_last)
            return;
    }
}

std::shared_ptr<const session::opened_session> authentication::open(const session::session_cookies& cookies)
{
    auto found = sessions_.find(cookies);
    if (!found)
        return nullptr;
    auto headers =
        identity::render(found->who, {found->id_token.reveal(), found->access_token.reveal()}, headers_);
    if (!headers)
    {
        // The mapping refuses such values at sign-in; a session from before a change of settings may still
        // hold one.
        log::failure("session.unusable", headers.error());
        return nullptr;
    }
    auto opened = std::make_shared<const session::opened_session>(std::move(*found), std::move(*headers));
    opened_.put(cookies, opened);
    return opened;
}

} // namespace sekisho::gateway

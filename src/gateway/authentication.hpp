// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who is asking: from the request's cookies to a session, without waiting for anything.

#include "gateway/context.hpp"
#include "http/fields.hpp"
#include "identity/header_config.hpp"
#include "session/cookie_store.hpp"
#include "session/opened_cache.hpp"

#include <span>

namespace sekisho::gateway
{

// One per worker. What it refers to outlives it.
class authentication
{
public:
    authentication(
        const session::cookie_store& sessions,
        const session::session_limits& limits,
        const identity::header_config& headers,
        session::opened_cache& opened
    )
        : sessions_(sessions), limits_(limits), headers_(headers), opened_(opened)
    {
    }

    // Fills in about.session and session_is_stale. A cookie that was altered, has expired or was sealed by
    // somebody else is as if it were not there.
    void identify(std::span<const http::field> request, context& about);

private:
    std::shared_ptr<const session::opened_session> open(const session::session_cookies& cookies);

    const session::cookie_store& sessions_;
    const session::session_limits& limits_;
    const identity::header_config& headers_;
    session::opened_cache& opened_;
};

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
#pragma once
// What has been learned about one request on its way through the pipeline.

#include "base/error.hpp"
#include "base/time.hpp"
#include "base/url.hpp"
#include "net/exchange.hpp"
#include "session/opened_cache.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::gateway
{

struct context
{
    // Admission: canonical, what rules match on and what the application receives. Views live as long as the
    // exchange.
    std::string_view path;  // starts with "/" (or is "*"); of a request refused for its target: what was sent
    std::string_view query; // without "?"; empty: none
    std::string_view target; // path and query as they are forwarded
    std::string_view request_id;
    std::string_view client_address; // text, after server.trusted_proxies
    std::string_view host;           // the Host (or trusted forwarded host) as sent, with port
    bool is_secure = false;          // the person's browser speaks https, to us or to a trusted proxy
    time_point now{};

    // Authentication: null when the request carries no valid session.
    std::shared_ptr<const session::opened_session> session;
    std::size_t session_rank = 0;  // of its cookie, among those of our name (session::jar::find)
    bool session_is_stale = false; // its cookie should be made anew (sliding idle limit, renewed tokens)
    // Whether something was awaited since the session was looked at: it may have ended meanwhile.
    bool has_waited = false;
    // Why it cannot be known whether there is a session; none: it is known.
    std::optional<error> trouble{};
};

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
#pragma once
// The sessions as administrators see them, on the admin listener: who has one, and ending them. Only for the
// bearer of admin.token; each use is an `audit` line in the log.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "gateway/local/attempt_limit.hpp"
#include "http/head.hpp"
#include "net/exchange.hpp"
#include "net/task.hpp"
#include "session/ending.hpp"
#include "session/keeper.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::gateway
{

// Of the configuration of the moment.
struct session_access
{
    std::shared_ptr<session::keeper> sessions;
    secret token; // empty: nobody can ask
};

class admin_sessions
{
public:
    // Asked at each request. `clock` is what now is.
    using source = std::function<session_access()>;
    explicit admin_sessions(source of, std::function<time_point()> clock = wall_clock_now);

    // /sessions and what is below it, while there is a token.
    bool has(std::string_view path) const;

    // GET /sessions and /sessions?user=U: 200 with `sessions`, the last used first.
    // DELETE /sessions/ID, /sessions?user=U and /sessions?everybody=true: 200 with `ended`, how many were
    // known of; what was meant is over also where none was. All of them 400 when it is not clear what is
    // meant, 401 without the token (RFC 6750, 3), 429 after too many wrong ones, 503 when the store does not
    // answer: an ending holds at this replica then, and the others are told later.
    net::task<http::response> answer(const net::exchange& request);

private:
    http::response refuse_stranger(std::string_view authorization, std::string_view peer);
    net::task<http::response>
    list(std::shared_ptr<session::keeper> from, std::string_view query, std::string by);
    net::task<http::response>
    end(std::shared_ptr<session::keeper> in, result<session::ending> what, std::string by);

    source of_;
    std::function<time_point()> clock_;
    attempt_limit wrong_tokens_;
};

// What a DELETE of this path and query means, `at` now. Error: request_malformed, with a sentence for the
// administrator.
result<session::ending> ending_asked_for(std::string_view path, std::string_view query, time_point now);

// Whether an Authorization field brings this token; takes the same time for every wrong one.
bool brings_token(std::string_view authorization, const secret& token);

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/session_info.hpp"

#include "base/time.hpp"
#include "gateway/answers.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace sekisho::gateway
{
namespace
{

json or_null(const std::string& text) { return text.empty() ? json() : json(text); }

// Member by member, so that nothing new in a session is told by accident (CVE-2024-39315).
json describe_session(const session::session& here, const session::lifetimes& limits)
{
    json body;
    body["user"] = here.who.user;
    body["username"] = or_null(here.who.username);
    body["name"] = or_null(here.who.name);
    body["email"] = or_null(here.who.email.value_or(""));
    body["groups"] = here.who.groups;
    body["roles"] = here.who.roles;
    body["picture"] = or_null(here.who.picture);
    body["provider"] = here.provider;
    body["signed_in_at"] = format_time(here.created);
    body["expires_at"] = format_time(session::end_of(here, limits.of(here)));
    return body;
}

} // namespace

net::task<void> session_info::answer(net::exchange& exchange, context& about)
{
    const auto method = exchange.request().method;
    if (method != "GET" && method != "HEAD")
    {
        error wrong{errc::request_method_not_allowed, "session_info", {}};
        co_return co_await refuse_.answer(exchange, about, std::move(wrong), {.allow = "GET, HEAD"});
    }
    if (about.trouble)
        co_return co_await refuse_.answer(exchange, about, *about.trouble);
    if (!about.session)
    {
        error nobody{errc::session_required, "session_info", "no session"};
        co_return co_await refuse_.answer(exchange, about, std::move(nobody));
    }
    auto sent =
        co_await net::send(exchange, json_answer(200, describe_session(about.session->value, limits_)));
    if (!sent)
        exchange.close_after();
}

} // namespace sekisho::gateway

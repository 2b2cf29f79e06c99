// SPDX-License-Identifier: Apache-2.0
#include "gateway/test_page/ticket_cookie.hpp"

#include "gateway/test_page/ticket.hpp"
#include "http/cookie.hpp"

namespace sekisho::gateway
{

ticket_cookie::ticket_cookie(const session::cookie_config& config)
    : name_(config.reached_by == session::transport::https ? "__Host-" : ""),
      is_secure_(config.reached_by == session::transport::https)
{
    name_.append(session::sign_in_cookie_stem).append(session::ticket_cookie_end);
}

std::string ticket_cookie::remember(std::string_view ticket) const
{
    http::set_cookie cookie;
    cookie.name = name_;
    cookie.value = ticket;
    cookie.secure = is_secure_;
    cookie.max_age = test_ticket_lifetime;
    // None: a callback that the provider posts carries it too. All it changes is a page that only this
    // browser reads.
    cookie.site = is_secure_ ? http::same_site::none : http::same_site::lax;
    return http::to_text(cookie);
}

std::string_view ticket_cookie::find(std::span<const http::field> request) const noexcept
{
    return http::find_cookie(request, name_).value_or("");
}

} // namespace sekisho::gateway

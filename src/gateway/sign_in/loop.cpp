// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/loop.hpp"

#include "http/cookie.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace sekisho::gateway
{
namespace
{

template <class Number>
std::optional<Number> number_of(std::string_view text) noexcept
{
    Number value{};
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || failure != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

// Whether browsers take a cookie of this domain from this host (RFC 6265bis, 5.1.3).
bool covers(std::string_view domain, std::string_view host) noexcept
{
    if (domain.starts_with('.'))
        domain.remove_prefix(1);
    if (host.size() < domain.size() || !http::equal_names(host.substr(host.size() - domain.size()), domain))
        return false;
    return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

// Without the port; a literal IPv6 address has colons of its own.
std::string_view name_of(std::string_view host) noexcept
{
    const auto colon = host.rfind(':');
    const auto bracket = host.rfind(']');
    const auto has_port =
        colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
    return has_port ? host.substr(0, colon) : host;
}

bool has_piece(const session::jar& ours, std::span<const http::field> request)
{
    bool found = false;
    http::for_each_cookie(
        request,
        [&](const http::cookie& each)
        {
            const auto name = session::without_prefix(each.name);
            found = found || (ours.is_ours(each.name) && !name.starts_with(session::sign_in_cookie_stem));
        }
    );
    return found;
}

loop_cause why_not_stored(const session::cookie_config& config, const context& about)
{
    if (!config.domain.empty() && !covers(config.domain, name_of(about.host)))
        return loop_cause::domain;
    if (config.reached_by == session::transport::https && !about.is_secure)
        return loop_cause::insecure;
    return loop_cause::not_stored;
}

} // namespace

loop_cookie::loop_cookie(const session::cookie_config& config)
    : config_(config), name_(config.reached_by == session::transport::https ? "__Host-" : ""),
      is_secure_(config.reached_by == session::transport::https)
{
    name_.append(session::sign_in_cookie_stem).append(session::loop_cookie_end);
}

bool loop_cookie::is_there(std::span<const http::field> request) const noexcept
{
    return http::find_cookie(request, name_).has_value();
}

std::optional<loop_cookie::count>
loop_cookie::read(std::span<const http::field> request, time_point now) const noexcept
{
    const auto value = http::find_cookie(request, name_).value_or("");
    const auto dot = value.find('.');
    if (dot == std::string_view::npos)
        return std::nullopt;
    const auto number = number_of<std::uint32_t>(value.substr(0, dot));
    const auto first = number_of<std::int64_t>(value.substr(dot + 1));
    if (!number || !first)
        return std::nullopt;
    const time_point began{std::chrono::seconds(*first)};
    if (began > now || now - began > loop_window)
        return std::nullopt;
    return count{std::min(*number, loop_limit), began};
}

std::string loop_cookie::counted(std::span<const http::field> request, time_point now) const
{
    const auto before = read(request, now).value_or(count{0, now});
    return written(
        std::to_string(before.number + 1) + "." + std::to_string(before.first.time_since_epoch().count()),
        loop_window
    );
}

bool loop_cookie::is_loop(std::span<const http::field> request, time_point now) const noexcept
{
    const auto found = read(request, now);
    return found && found->number >= loop_limit;
}

std::string loop_cookie::written(std::string value, std::chrono::seconds how_long) const
{
    http::set_cookie cookie;
    cookie.name = name_;
    cookie.value = std::move(value);
    cookie.max_age = how_long;
    cookie.secure = is_secure_;
    return http::to_text(cookie);
}

std::string loop_cookie::erase() const { return written({}, std::chrono::seconds{0}); }

net::task<loop_cause> cause_of_loop(
    session::keeper& sessions,
    const session::cookie_config& config,
    std::span<const http::field> request,
    const context& about
)
{
    auto is_complete = false;
    for (std::size_t rank = 0;; ++rank)
    {
        const auto cookies = sessions.cookies().find(request, rank);
        if (cookies.is_present())
        {
            is_complete = true;
            auto found = co_await sessions.where().find(cookies, about.now);
            if (found)
                co_return session::is_expired(found->value, sessions.limits().of(found->value), about.now)
                    ? loop_cause::expired
                    : loop_cause::ended;
        }
        if (cookies.is_last)
            break;
    }
    if (is_complete)
        co_return loop_cause::unknown_here;
    co_return has_piece(sessions.cookies(), request) ? loop_cause::incomplete : why_not_stored(config, about);
}

pages::text_key words_of(loop_cause cause) noexcept
{
    using pages::text_key;
    switch (cause)
    {
    case loop_cause::domain:
        return text_key::loop_domain;
    case loop_cause::insecure:
        return text_key::loop_insecure;
    case loop_cause::incomplete:
        return text_key::loop_incomplete;
    case loop_cause::unknown_here:
        return text_key::loop_unknown_here;
    case loop_cause::expired:
        return text_key::loop_expired;
    case loop_cause::ended:
        return text_key::loop_ended;
    case loop_cause::not_stored:
        break;
    }
    return text_key::loop_not_stored;
}

std::string_view explanation_of(loop_cause cause) noexcept
{
    switch (cause)
    {
    case loop_cause::domain:
        return "session.cookie_domain is not the domain of this host, so browsers drop the session's cookie: "
               "set "
               "it to the host or to a domain above it, or leave it out";
    case loop_cause::insecure:
        return "the session's cookie is Secure, and this request came over http: redirect http to https in "
               "front, or name the proxy that ends TLS in server.trusted_proxies";
    case loop_cause::incomplete:
        return "the browser sent some pieces of the session's cookie only, for this site has too many "
               "cookies: "
               "keep fewer claims and tokens, or sessions on the server (session.store)";
    case loop_cause::unknown_here:
        return "the session's cookie does not open here, or the store does not have it: replicas need the "
               "same "
               "session.secret, and with session.store=memory a common store (redis.url) or sticky routing";
    case loop_cause::expired:
        return "the session had run out when it came back: look at the clocks of the replicas, at "
               "session.lifetime and session.idle_timeout";
    case loop_cause::ended:
        return "the session was ended before it came back, or it cannot be used here: look for "
               "signed_out, backchannel_logout, frontchannel_logout, sessions.end and session.unusable "
               "before this "
               "line, and at session.max_per_person";
    case loop_cause::not_stored:
        break;
    }
    return "the browser has no cookie of the session: it blocks cookies of this site, or a proxy in front "
           "drops "
           "one of several Set-Cookie fields";
}

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
#include "gateway/authentication.hpp"

#include "base/log.hpp"
#include "identity/headers.hpp"

#include <utility>

namespace sekisho::gateway
{
namespace
{

// RFC 9110, 9.2.1: what changes nothing may be answered from what was known a moment ago.
// A WebSocket is no reading.
bool is_read(std::string_view method, std::span<const http::field> request) noexcept
{
    return (method == "GET" || method == "HEAD") && http::count(request, "Upgrade") == 0;
}

} // namespace

authentication::look authentication::identify(std::span<const http::field> request, context& about) noexcept
{
    // A sibling host may have put cookies of our name in front of ours: the first one that opens counts.
    for (std::size_t rank = 0;; ++rank)
    {
        const auto cookies = with_.sessions->cookies().find(request, rank);
        if (cookies.is_present())
        {
            auto known = with_.opened.find(cookies);
            if (!known || !is_good(*known, about.now))
                return look::must_ask;
            if (accept(std::move(known), about))
            {
                about.session_rank = rank;
                return must_slide(about.session, about.now) ? look::must_ask : look::done;
            }
        }
        if (cookies.is_last)
            return look::done;
    }
}

net::task<void>
authentication::ask(std::string_view method, std::span<const http::field> request, context& about)
{
    about.session = nullptr;
    about.session_is_stale = false;
    for (std::size_t rank = 0;; ++rank)
    {
        const auto cookies = with_.sessions->cookies().find(request, rank);
        if (cookies.is_present())
            if (co_await ask_for(cookies, method, request, about) != answer::nobody)
            {
                about.session_rank = rank;
                co_return co_await slide(cookies, about);
            }
        if (cookies.is_last)
            co_return;
    }
}

net::task<authentication::answer> authentication::ask_for(
    const session::session_cookies& cookies,
    std::string_view method,
    std::span<const http::field> request,
    context& about
)
{
    auto known = with_.opened.find(cookies);
    if (!known || !is_good(*known, about.now))
    {
        auto found = co_await with_.sessions->find(cookies, about.now);
        known = with_.opened.find(cookies); // it may have ended meanwhile
        if (found)
            known = remember(cookies, std::move(*found), about.now);
        else if (found.error().code != errc::session_store_unavailable)
        {
            if (known)
                with_.opened.forget(known->value.id);
            co_return answer::nobody;
        }
        else if (!known || !is_read(method, request) ||
                 about.now - known->looked_at >= with_.by.stale_while_down)
        {
            about.trouble = std::move(found.error());
            co_return answer::unknown;
        }
    }
    const auto is_accepted = known != nullptr && accept(std::move(known), about);
    co_return is_accepted ? answer::somebody : answer::nobody;
}

void authentication::take_over(std::span<const http::field> request, session::session newer, context& about)
{
    // Not by what this worker knows: it was told to forget the older value, and may have done so.
    const auto cookies = with_.sessions->cookies().find(request, about.session_rank);
    const auto is_behind = !with_.sessions->where().has_room();
    auto opened = remember(cookies, {std::move(newer), is_behind}, about.now);
    if (!opened || !accept(std::move(opened), about))
        about.session = nullptr;
}

void authentication::forget(context& about) noexcept
{
    with_.opened.forget(about.session->value.id);
    about.session = nullptr;
    about.session_is_stale = false;
}

authentication::opened_ptr authentication::remember(
    const session::session_cookies& cookies, session::found_session found, time_point now
)
{
    auto& value = found.value;
    if (with_.beside != nullptr && came_by_closed_way(value, *with_.beside))
        return nullptr;
    auto headers =
        identity::render(value.who, {value.id_token.reveal(), value.access_token.reveal()}, with_.headers);
    if (!headers)
    {
        // The mapping refuses such values at sign-in; a session from before a change of settings may still
        // hold one.
        log::failure("session.unusable", headers.error());
        return nullptr;
    }
    auto opened = std::make_shared<const session::opened_session>(
        std::move(value), std::move(*headers), found.is_newer_than_cookie, now
    );
    with_.opened.put(cookies, opened);
    return opened;
}

// What is kept elsewhere than in the cookie may have been used through another worker since.
bool authentication::is_good(const session::opened_session& known, time_point now) const noexcept
{
    const auto& where = with_.sessions->where();
    const auto is_fresh = where.is_told_of_changes() || now - known.looked_at < with_.by.recheck;
    return is_fresh && !(where.has_room() &&
                         session::is_expired(known.value, with_.sessions->limits().of(known.value), now));
}

bool authentication::accept(opened_ptr opened, context& about) noexcept
{
    const auto limits = with_.sessions->limits().of(opened->value);
    if (session::is_expired(opened->value, limits, about.now))
        return false;
    about.session_is_stale =
        opened->is_newer_than_cookie || session::is_renewal_due(opened->value, limits, about.now);
    about.session = std::move(opened);
    return true;
}

// The idle limit of a session that is kept elsewhere than in the cookie moves there, now and then.
bool authentication::must_slide(const opened_ptr& opened, time_point now) const noexcept
{
    return with_.sessions->where().has_room() &&
           session::is_renewal_due(opened->value, with_.sessions->limits().of(opened->value), now);
}

net::task<void> authentication::slide(const session::session_cookies& cookies, context& about)
{
    if (!about.session || !must_slide(about.session, about.now))
        co_return;
    about.session_is_stale = about.session->is_newer_than_cookie;
    auto seen = std::make_shared<session::opened_session>(*about.session);
    seen->value.last_seen = about.now;
    with_.opened.put(cookies, seen);
    co_await with_.sessions->touch(seen->value, about.now);
}

} // namespace sekisho::gateway

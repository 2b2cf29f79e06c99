// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where sessions are between two requests: in the browser's cookies (cookie_store), or on a shelf, with a
// ticket in the cookie (ticket_store).

#include "base/result.hpp"
#include "base/time.hpp"
#include "http/fields.hpp"
#include "net/task.hpp"
#include "session/jar.hpp"
#include "session/session.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sekisho::session
{

// Values of Set-Cookie fields, one field each.
using set_cookies = std::vector<std::string>;

// Browsers take no cookie whose name, value and attributes exceed this together.
inline constexpr std::size_t max_set_cookie_size = 4096;

struct found_session
{
    session value;
    bool is_newer_than_cookie = false; // the browser should be given it: reissue()
};

// May be used from any worker, and answers there; `request` lives as long as what is waited for. A session
// that has ended (session/keeper) or expired is still found: that is for the caller to ask.
class store
{
public:
    virtual ~store() = default;

    // Keeps a session that begins, and the cookies for it; also deletes the pieces of an older one that
    // `request` carries. Errors: session_too_large, session_store_unavailable.
    virtual net::task<result<set_cookies>>
    create(const session& value, std::span<const http::field> request, time_point now) = 0;

    // The newest value of the session in these cookies. Errors: session_required, always the same: no cookie,
    // altered, truncated, sealed by a key that is gone, for another name, or taken away;
    // session_store_unavailable, when it cannot be known.
    virtual net::task<result<found_session>> find(const session_cookies& cookies, time_point now) = 0;

    // Keeps a newer value of a session: its generation is one higher than the value's that it was made from.
    // false: somebody else kept one of that generation, or the session was taken away; nothing changed.
    // Errors: session_store_unavailable.
    virtual net::task<result<bool>> replace(const session& renewed, time_point now) = 0;

    // The newest value of a session of which one is known, for whoever is about to use its refresh token:
    // asked after the lock was taken, for another may have renewed it meanwhile. nullopt: taken away. Errors:
    // session_store_unavailable; the refresh token must not be used then, it may be used up already.
    virtual net::task<result<std::optional<session>>> newest(const session& known, time_point now);

    // Moves the idle limit of what is kept on to `now`; generation and everything else stay. A value that was
    // renewed meanwhile is left alone (false), as is one that was taken away. Errors:
    // session_store_unavailable.
    virtual net::task<result<bool>> touch(const session& value, time_point now);

    // Takes away what is kept of a session. Errors: session_store_unavailable.
    virtual net::task<result<void>> take(const session_id& id) = 0;

    // The cookies for a browser whose own are behind this value, or whose idle limit should slide; empty:
    // nothing to send. Errors: session_too_large.
    virtual result<set_cookies>
    reissue(const session& value, std::span<const http::field> request, time_point now) const = 0;

    // Deletes the session cookie and each of its pieces that `request` shows, in every prefix and domain
    // variant that an earlier configuration may have left.
    virtual set_cookies erase(std::span<const http::field> request) const = 0;

    // Whether what is known of a session is good until its end, so that nobody has to ask again: everything
    // that changes it comes through this process, or is told to it.
    virtual bool is_told_of_changes() const noexcept = 0;

    // Whether its values can grow without the browser noticing (ID tokens as hints, refresh tokens).
    virtual bool has_room() const noexcept = 0;

    virtual const jar& cookies() const noexcept = 0;
};

} // namespace sekisho::session

// SPDX-License-Identifier: Apache-2.0
#pragma once
// Keeps sessions in the browser: sealed, and split over up to max_chunks cookies.

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "http/fields.hpp"
#include "session/cookie_config.hpp"
#include "session/jar.hpp"
#include "session/session.hpp"
#include "session/store.hpp"

#include <span>
#include <string>
#include <vector>

namespace sekisho::session
{

// Immutable; may be shared between threads. `random` must outlive it.
class cookie_store
{
public:
    // `keys`: a ring of the purpose "session".
    cookie_store(cookie_config config, crypto::key_ring keys, crypto::random_source& random);

    // A session that begins. Also deletes the pieces of an older one that `request` carries.
    // Error: session_too_large; the detail names the bytes there are and those that fit.
    result<set_cookies>
    create(const session& value, std::span<const http::field> request, time_point now) const;

    // The same session with last_seen = now; id, created and expires stay. Errors as create().
    result<set_cookies> renew(session value, std::span<const http::field> request, time_point now) const;

    // The session in these cookies, whether or not it has expired. Error: session_required, always the same:
    // no cookie, altered, truncated, sealed by a key that is gone, or for another name.
    result<session> find(const session_cookies& cookies) const;

    // Deletes the session cookie and each of its pieces that `request` shows, in every prefix and domain
    // variant that an earlier configuration may have left.
    set_cookies erase(std::span<const http::field> request) const;

    const jar& cookies() const noexcept { return jar_; }

private:
    result<set_cookies>
    write(const session& value, std::span<const http::field> request, time_point now) const;

    cookie_config config_;
    crypto::key_ring keys_;
    crypto::random_source* random_;
    jar jar_;
    std::string scope_; // what a seal is bound to: the name and, if there is one, the domain
};

} // namespace sekisho::session

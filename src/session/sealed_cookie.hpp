// SPDX-License-Identifier: Apache-2.0
#pragma once
// The session cookie as a carrier of one sealed text: split over up to max_chunks cookies, put together
// again, and deleted wherever an earlier configuration may have left it.

#include "base/result.hpp"
#include "base/time.hpp"
#include "http/fields.hpp"
#include "session/cookie_config.hpp"
#include "session/jar.hpp"
#include "session/store.hpp"

#include <span>
#include <string>
#include <string_view>

namespace sekisho::session
{

// Immutable; may be shared between threads.
class sealed_cookie
{
public:
    explicit sealed_cookie(cookie_config config);

    // The cookies for this text, kept by the browser until `expires`; also deletes further pieces that
    // `request` carries. Error: session_too_large; the detail names the bytes there are and those that fit.
    result<set_cookies> write(
        std::string_view sealed, time_point expires, std::span<const http::field> request, time_point now
    ) const;

    // What was written; empty: not a complete session cookie.
    static std::string read(const session_cookies& cookies);

    // Deletes the session cookie and each of its pieces that `request` shows, in every prefix and domain
    // variant that an earlier configuration may have left.
    set_cookies erase(std::span<const http::field> request) const;

    const jar& cookies() const noexcept { return jar_; }
    // What a seal is bound to: the name and, if there is one, the domain. A cookie that an earlier
    // configuration set for another domain has the same name, and our deletions do not reach it: it must not
    // keep somebody signed in.
    const std::string& scope() const noexcept { return scope_; }

private:
    cookie_config config_;
    jar jar_;
    std::string scope_;
};

} // namespace sekisho::session

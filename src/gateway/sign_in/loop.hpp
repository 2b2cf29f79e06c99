// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sign-ins that are completed again and again because the session never comes back: counted by the browser,
// told by what it did send.

#include "base/result.hpp"
#include "base/time.hpp"
#include "gateway/context.hpp"
#include "http/fields.hpp"
#include "net/task.hpp"
#include "pages/language.hpp"
#include "session/cookie_config.hpp"
#include "session/keeper.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::gateway
{

inline constexpr std::chrono::seconds loop_window{60};
inline constexpr std::uint32_t loop_limit = 4; // completed sign-ins within the window

// Counts completed sign-ins. Not sealed: whoever can change it brings a page about, or keeps it away, in one
// browser. Immutable; may be shared between threads.
class loop_cookie
{
public:
    explicit loop_cookie(const session::cookie_config& config);

    // The Set-Cookie value of one more completed sign-in.
    std::string counted(std::span<const http::field> request, time_point now) const;
    bool is_there(std::span<const http::field> request) const noexcept;
    // Whether there were so many within the window that another one would not help.
    bool is_loop(std::span<const http::field> request, time_point now) const noexcept;
    std::string erase() const;

    const std::string& name() const noexcept { return name_; }
    const session::cookie_config& config() const noexcept { return config_; }

private:
    struct count
    {
        std::uint32_t number = 0;
        time_point first{};
    };
    std::optional<count> read(std::span<const http::field> request, time_point now) const noexcept;
    std::string written(std::string value, std::chrono::seconds how_long) const;

    session::cookie_config config_;
    std::string name_;
    bool is_secure_;
};

// Why the session of the sign-in before is not there.
enum class loop_cause : std::uint8_t
{
    domain,       // session.cookie_domain is of another host
    insecure,     // the cookie is Secure, and this request came over http
    not_stored,   // the browser has none, for another reason
    incomplete,   // some of its pieces are missing
    unknown_here, // it does not open, or the store does not have it
    expired,      // it opens and has run out
    ended,        // it opens and has been ended, or cannot be used
};

// From what this request has of a session that was not accepted. With a store that does not answer:
// unknown_here.
net::task<loop_cause> cause_of_loop(
    session::keeper& sessions,
    const session::cookie_config& config,
    std::span<const http::field> request,
    const context& about
);

// For the person.
pages::text_key words_of(loop_cause cause) noexcept;
// For the log: what was found, and what to change.
std::string_view explanation_of(loop_cause cause) noexcept;

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
#pragma once
// Finds our cookies among those of a request, and knows which of them the application must not see.

#include "http/fields.hpp"
#include "session/cookie_config.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::session
{

// A session is split over at most this many cookies.
inline constexpr std::size_t max_chunks = 8;

// How many cookies of one name are worth trying; more are somebody's attempt to keep us busy.
inline constexpr std::size_t max_same_named = 4;

// The pieces of one session cookie, as views into the request's fields. Pieces above `count` are not looked
// at.
struct session_cookies
{
    std::array<std::string_view, max_chunks> chunks{};
    std::size_t count = 0; // as the first piece says; 0: not a complete session cookie
    bool is_last = true;   // no further rank has other cookies

    bool is_present() const noexcept { return count != 0; }
    std::size_t size() const noexcept; // bytes of all pieces
};

// Immutable; may be shared between threads.
class jar
{
public:
    explicit jar(const cookie_config& config);

    // The session cookie of a request; allocates nothing. Piece numbers and counts above max_chunks are as if
    // they were not there. A request may carry several cookies of one name: from a sibling host that sets
    // them for the domain, or left over from another configuration. Rank 0 takes the first of each name, rank
    // 1 the second, and so on (the last where there are fewer), so a caller that cannot open one goes on with
    // the next, up to max_same_named.
    session_cookies find(std::span<const http::field> request, std::size_t rank = 0) const noexcept;

    // Whether a cookie belongs to us under this or another prefix: the session, its pieces with any number,
    // sign-ins.
    bool is_ours(std::string_view cookie_name) const noexcept;

    const std::string& session_name() const noexcept { return session_name_; }

private:
    std::string stem_;         // without prefix
    std::string session_name_; // with prefix
};

} // namespace sekisho::session

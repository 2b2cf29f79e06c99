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

// The pieces of one session cookie, as views into the request's fields. Pieces above `count` are not looked
// at.
struct session_cookies
{
    std::array<std::string_view, max_chunks> chunks{};
    std::size_t count = 0; // as the first piece says; 0: there is no (complete, plausible) session cookie

    bool is_present() const noexcept { return count != 0; }
    std::size_t size() const noexcept; // bytes of all pieces
};

// Immutable; may be shared between threads.
class jar
{
public:
    explicit jar(const cookie_config& config);

    // The session cookie of a request. Allocates nothing; the first cookie of a name counts (browsers send
    // the most specific path first). Piece numbers and counts above max_chunks are as if they were not there.
    session_cookies find(std::span<const http::field> request) const noexcept;

    // Whether a cookie belongs to us under this or another prefix: the session, its pieces with any number,
    // sign-ins.
    bool is_ours(std::string_view cookie_name) const noexcept;

    const std::string& session_name() const noexcept { return session_name_; }

private:
    std::string stem_;         // without prefix
    std::string session_name_; // with prefix
};

} // namespace sekisho::session

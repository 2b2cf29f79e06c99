// SPDX-License-Identifier: Apache-2.0
#pragma once
// The end of one or more sessions, as a message: who is meant, and until when it has to be remembered.

#include "base/result.hpp"
#include "base/time.hpp"
#include "session/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::session
{

// Whom an ending is about.
enum class ends : std::uint8_t
{
    session,   // one, by its id
    sid,       // those of one session at the provider (Back-Channel Logout 1.0, 2.1)
    subject,   // all of one person at one issuer
    user,      // all of one user id, whatever the issuer: administrators
    everybody, // all
    count_,    // not a kind: how many there are
};

struct ending
{
    ends what = ends::session;
    std::string issuer; // of sid and subject; byte for byte the one in the session's identity
    std::string value;  // the id, `sid`, `sub` or user id; empty with everybody
    time_point at;      // sessions that began after it are not meant, except by their id
    time_point until;   // when no session that it means can be left
    static constexpr std::chrono::minutes between_clocks{5}; // of replicas
    friend bool operator==(const ending&, const ending&) = default;
};

bool means(const ending& what, const session& value) noexcept;

// Of this session alone. It is remembered until no copy of its cookie can be left: of those the idle limit
// slides, but nothing moves the absolute end. And a little longer, for the clocks of replicas differ.
ending ending_of(const session& value, time_point at);

// For a shelf: strict, versioned. Error: value_malformed.
std::string encode(const ending& value);
result<ending> decode_ending(std::string_view encoded);

} // namespace sekisho::session

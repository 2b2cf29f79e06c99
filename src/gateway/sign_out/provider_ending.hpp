// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a provider's word that somebody signed out ends here.

#include "base/time.hpp"
#include "session/ending.hpp"
#include "session/lifetimes.hpp"

#include <string>
#include <string_view>

namespace sekisho::gateway
{

// Whom the provider means: a session of its own by `sid`, or, when that is empty, a person.
struct meant_by_provider
{
    std::string_view issuer; // byte for byte as in the tokens
    std::string_view sid;    // empty: all sessions of the subject
    std::string_view subject;
};

session::ending ending_of(const meant_by_provider& whom, const session::lifetimes& limits, time_point now);

// For the log: "sid" or "sub".
std::string_view kind_of(const session::ending& what) noexcept;

} // namespace sekisho::gateway

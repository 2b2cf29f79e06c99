// SPDX-License-Identifier: Apache-2.0
#pragma once
// How long which sessions last: by the provider they came from, and by what the person chose.

#include "session/session.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace sekisho::session
{

// Immutable; may be shared between threads.
struct lifetimes
{
    session_limits usual;
    std::map<std::string, session_limits, std::less<>> by_provider{}; // those that differ
    std::chrono::seconds keep_signed_in{0}; // for people who chose so, without an idle limit; 0: not offered
    // The longest of configurations before this one: what began then may come back with the next one.
    std::chrono::seconds before{0};

    // The limits of this session. Allocates nothing.
    session_limits of(const session& value) const noexcept;
    // The longest that any session can last, whose limits may have been others before.
    std::chrono::seconds longest() const noexcept;
};

} // namespace sekisho::session

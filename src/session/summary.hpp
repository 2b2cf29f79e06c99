// SPDX-License-Identifier: Apache-2.0
#pragma once
// What administrators see of a session, and what finds it again: never a token, never what opens it.

#include "base/result.hpp"
#include "base/time.hpp"
#include "session/session.hpp"

#include <string>
#include <string_view>

namespace sekisho::session
{

struct summary
{
    session_id id; // good for ending it; it opens nothing
    std::string issuer;
    std::string subject;
    std::string user;
    std::string username; // empty: none
    std::string provider;
    std::string sid;     // empty: none
    std::string address; // the client's at sign-in
    time_point created;
    time_point last_seen;
    time_point expires;
};

summary summarize(const session& value);

std::string encode(const summary& value);
// Strict. Error: value_malformed.
result<summary> decode_summary(std::string_view encoded);

} // namespace sekisho::session

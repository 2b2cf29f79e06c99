// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a sign-in becomes, and what of its tokens a session keeps: at sign-in and at each renewal. Pure.

#include "base/secret.hpp"
#include "base/time.hpp"
#include "identity/mapping.hpp"
#include "session/cookie_config.hpp"
#include "session/lifetimes.hpp"
#include "session/session.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::gateway
{

enum class keep : std::uint8_t
{
    no,
    if_it_fits, // left out when the session would not fit into the browser's cookies with it
    apart, // an ID token only: in a cookie of its own, for signing out alone (gateway/sign_out/hint_cookie)
    yes,
};

struct session_making
{
    std::map<std::string, identity::mapping, std::less<>> mappings; // by the provider's name; for each one
    session::lifetimes limits;
    session::same_site site = session::same_site::lax;
    keep id_token = keep::no;          // for the sign-out hint and for the application
    keep access_token = keep::no;      // for the application, and for asking UserInfo again
    keep refresh_token = keep::no;     // for renewals
    keep session_state = keep::no;     // for session.check_session
    std::vector<std::string> scopes{}; // that paths demand: which of them were granted is kept
};

// What the token endpoint gave; empty: it gave none, and what a session has stays.
struct received_tokens
{
    std::string id_token; // validated
    secret access_token;
    std::optional<std::chrono::seconds> expires_in; // of the access token; nullopt: not said
    secret refresh_token;
    std::string scope{}; // of the access token, words separated by spaces
};

// Puts into the session what is to be kept of them. `now` is when they were asked for. The end of an access
// token is kept with or without the token itself.
void keep_tokens(session::session& into, received_tokens from, const session_making& by, time_point now);

struct lighter_session
{
    session::session value;
    std::string_view left_out; // for the log: "id_token", "access_token", "refresh_token"
};

// The session without what only helps, one token at a time, for one that does not fit into the browser: the
// ID token (signing out works with the client_id too: RP-Initiated Logout 1.0, 2), then the access token,
// then the refresh token. nullopt: nothing of that kind is left.
std::optional<lighter_session> lighter(const session::session& value, const session_making& by);

} // namespace sekisho::gateway

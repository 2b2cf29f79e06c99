// SPDX-License-Identifier: Apache-2.0
#pragma once
// A signed-in person: what is remembered between two requests, and when that ends.

#include "base/secret.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "crypto/random.hpp"
#include "identity/identity.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::session
{

// 256 random bits as base64url; new at every sign-in, kept over renewals.
using session_id = text<struct session_id_tag>;

struct session
{
    session_id id;
    identity::identity who;              // issuer and subject are in it
    std::string provider;                // name of the provider in the configuration
    std::string sid;                     // the ID token's `sid`; empty: it had none
    std::string acr;                     // the ID token's `acr`; empty: it had none
    std::optional<time_point> auth_time; // the ID token's; nullopt: it had none
    // What renewed ID tokens are held against (oidc::id_token_mark), whether one is kept or not.
    std::optional<std::uint64_t> nonce_mark; // nullopt: the ID token had no nonce
    std::optional<time_point> issued;        // the last ID token's `iat`; nullopt: there was none
    time_point created;
    time_point last_seen;                 // as of the last cookie: behind by up to one renewal interval
    time_point expires;                   // absolute; nothing moves it
    secret id_token;                      // empty unless the configuration uses it (sign-out hint, headers)
    secret access_token;                  // empty unless the configuration uses it (headers, UserInfo)
    secret refresh_token;                 // empty: none came, or none is kept
    std::optional<time_point> tokens_end; // of the access token, as the provider said; nullopt: not said
    time_point confirmed;         // when the provider last said who this is: at sign-in, at each renewal
    std::uint64_t generation = 1; // of this value: of two values of one session the higher is the newer
    std::vector<std::string> amr; // how the person proved who they are (RFC 8176); empty: not kept
    bool keeps_signed_in = false; // the person chose so: other limits
    std::string address;          // the client's at sign-in, for administrators only; never compared
    secret ticket_key;            // of a ticket_store: completes what its value is sealed with; never encoded
    std::string scope;            // of what paths demand, what was granted; separated by spaces
    std::string session_state;    // OpenID Connect Session Management 1.0, 2; empty: none
};

struct session_limits
{
    std::chrono::seconds lifetime = std::chrono::hours(12); // from sign-in, whatever happens
    std::chrono::seconds idle{0};                           // without a request; 0: no limit
};

// A new session for this person, with a new id.
session start_session(
    identity::identity who, const session_limits& limits, time_point now, crypto::random_source& random
);

// Idle or absolute limit reached. Limits that became shorter since the sign-in count; longer ones do not.
bool is_expired(const session& value, const session_limits& limits, time_point now) noexcept;

// When is_expired() becomes true if nobody comes.
time_point end_of(const session& value, const session_limits& limits) noexcept;

// Whether the cookie must be set again so that the idle limit slides. Only after a tenth of it, at least a
// minute (but at most half the limit), so that not every answer carries a cookie. Never without an idle
// limit.
bool is_renewal_due(const session& value, const session_limits& limits, time_point now) noexcept;

} // namespace sekisho::session

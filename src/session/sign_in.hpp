// SPDX-License-Identifier: Apache-2.0
#pragma once
// A sign-in under way: what must be remembered from the redirect to the provider until its callback.

#include "base/time.hpp"
#include "crypto/random.hpp"
#include "oidc/names.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::session
{

// What a sign-in is for.
enum class sign_in_purpose : std::uint8_t
{
    session,
    test,   // a report for an administrator; no session is touched
    silent, // renews a session whose tokens have ended: the provider shows nothing (prompt=none)
    framed, // the same in a frame, because the provider's session changed: nothing can be shown at all
    count_, // not a purpose: how many there are
};

// Whether the provider is asked to show nothing.
constexpr bool is_silent(sign_in_purpose of) noexcept
{
    return of == sign_in_purpose::silent || of == sign_in_purpose::framed;
}

struct sign_in
{
    oidc::state state;                 // 256 random bits, base64url
    oidc::nonce nonce;                 // 256 random bits, base64url
    oidc::code_verifier code_verifier; // RFC 7636, 4.1: 43 characters; empty: no PKCE
    std::string return_to;             // the request target to go back to, byte for byte
    std::string provider;              // name of the provider in the configuration
    oidc::flow method = oidc::flow::pkce;
    time_point created;
    std::optional<std::chrono::seconds> max_age; // as sent to the provider; auth_time must obey it
    std::vector<std::string> acr;    // one of these must come back, for a path demands it; empty: any
    std::vector<std::string> scopes; // all of these must be granted, for a path demands them
    std::string person;              // who must come back (identity::fingerprint); empty: anybody
    std::string scope;               // of what paths demand, what is granted unless it is told otherwise
    sign_in_purpose purpose = sign_in_purpose::session;
    bool keeps_signed_in = false; // the person wishes so; whether it is offered is asked when they are back
};

// A sign-in with new random values (a verifier where the flow uses PKCE); the rest is for the caller to
// set.
sign_in start_sign_in(oidc::flow method, time_point now, crypto::random_source& random);

} // namespace sekisho::session

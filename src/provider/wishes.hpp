// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the administrator wants of one provider beside what the protocol needs: in authorization requests, at
// sign-out, and when people choose among several providers. Plain data.

#include "oidc/authorization_request.hpp"
#include "oidc/login_parameters.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::provider
{

// Whether authorization requests go to the provider behind the browser's back (RFC 9126).
enum class pushing : std::uint8_t
{
    automatic, // where the provider's metadata demands it
    always,
    never,
};

// Whether they are signed (RFC 9101).
enum class request_object : std::uint8_t
{
    off,
    signed_by_us, // with client_proofs::signing_key
    encrypted,    // the same, then encrypted to a key of the provider's set
};

constexpr bool is_signed(request_object object) noexcept { return object != request_object::off; }

// What every authorization request says, and how it goes.
struct request_wishes
{
    oidc::response_mode mode = oidc::response_mode::usual;
    pushing pushed = pushing::automatic;
    request_object object = request_object::off;
    std::string prompt;                          // empty: not sent
    std::optional<std::chrono::seconds> max_age; // nullopt: not sent
    std::vector<std::string> acr_values;         // most wanted first; empty: not sent
    std::string display;                         // empty: not sent
    std::string domain_hint;                     // empty: not sent
    std::vector<std::string> resource;           // RFC 8707, one parameter each
    std::string audience;                        // empty: not sent
    std::string claims;                          // a JSON object (Core 5.5); empty: not sent
    oidc::parameters extra;                      // whatever else; ours are never overwritten by them
    // What a link to the login address may say instead.
    std::vector<oidc::login_parameter> login_parameters;
};

// How people are signed out there.
enum class sign_out_form : std::uint8_t
{
    automatic, // standard when there is an address for it, else none
    standard,  // RP-Initiated Logout 1.0
    cognito,
    auth0,
    none, // only here; the next sign-in asks who it is
};

// When the ID token goes along as a hint whom a sign-out is about.
enum class sign_out_hint : std::uint8_t
{
    always,
    while_valid, // this provider refuses one that has expired (PingOne)
};

enum class revocation : std::uint8_t
{
    none,
    at_sign_out, // tokens are taken back (RFC 7009)
};

// How people find this provider among several.
struct offer
{
    std::string label;    // empty: the name
    std::string label_ja; // empty: label
    std::string logo;     // "data:image/…", as pages::logo_address makes it; empty: none
    std::uint32_t order = 0;
    // Whoever has such an address signs in here and nowhere else: ASCII, as "example.com"; case does not
    // matter, subdomains do not count.
    std::vector<std::string> email_domains;
    std::vector<std::string> hosts; // as a Host field has them; empty: every host that no provider names
    std::vector<std::string> paths; // as access::path_pattern reads them; empty: no path in particular
};

} // namespace sekisho::provider

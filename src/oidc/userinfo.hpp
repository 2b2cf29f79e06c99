// SPDX-License-Identifier: Apache-2.0
#pragma once
// The UserInfo endpoint (Core 5.3): what we send, what we accept, and how it completes an ID token.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "base/url.hpp"
#include "crypto/key.hpp"
#include "http/fields.hpp"
#include "oidc/claims.hpp"
#include "oidc/dpop.hpp"
#include "oidc/names.hpp"
#include "oidc/signed_claims.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::oidc
{

// How the access token goes to the endpoint (RFC 6750, 2).
enum class token_place : std::uint8_t
{
    header, // Authorization: Bearer
    body,   // POST of a form
    query,  // ends up in logs; only for endpoints that take nothing else
};

struct userinfo_request
{
    std::string_view method; // GET or POST
    url endpoint;
    http::owned_fields fields;
    std::string body; // empty: none
};

// A token that is bound to our key goes into the header, whatever the place (RFC 9449, 7.1).
userinfo_request ask_userinfo(
    const url& endpoint,
    const secret& access_token,
    token_place place,
    token_scheme scheme = token_scheme::bearer
);

// Whether an answer of this Content-Type is a JWT (Core 5.3.2): then it goes to validate_signed_userinfo.
bool is_signed(std::string_view content_type);

// Whether the endpoint says that the access token is no good any more (RFC 6750, 3.1: expired, revoked),
// which is also what it says of people who are gone. An answer about the proof that goes along
// (RFC 9449, 7.1) says nothing of the token. `challenges`: the values of WWW-Authenticate, one after another.
bool refuses_token(int status, std::string_view challenges);

// `where` of such an answer.
inline constexpr std::string_view refused_token = "userinfo.token";

// What the endpoint answered with status 200. Error: oidc_userinfo_failure: another status, not a JSON
// object, no `sub` or another one than the ID token's (Core 5.3.2).
result<claims> parse_userinfo(int status, std::string_view body, const subject& expected);

struct signed_userinfo_expectations
{
    oidc::issuer issuer; // metadata::issuer
    std::vector<std::string> tenants;
    client_id client;
    std::vector<crypto::algorithm> algorithms;
    oidc::subject subject; // of the ID token
    std::chrono::seconds skew{60};
};

// `where` of a signature that no key made: a reason to fetch the keys again once.
inline constexpr std::string_view bad_userinfo_signature = "userinfo.signature";

// Error: oidc_userinfo_failure at "userinfo" when it is no JWS.
result<jwt_header> inspect_userinfo(std::string_view jwt);

// A signed answer: the provider's signature first, then `iss`, `aud` and `exp` when they are there, then
// `sub` as in plain ones. Error: oidc_userinfo_failure; `where` names the claim.
result<claims> validate_signed_userinfo(
    std::string_view jwt,
    const signed_userinfo_expectations& expected,
    std::span<const crypto::verification_key> keys,
    time_point now
);

// The ID token's claims win; UserInfo adds what is missing there, and says what is null or "" there, which
// is not to be sent (Core 5.3.2).
claims merge(const claims& id_token, const claims& userinfo);

} // namespace sekisho::oidc

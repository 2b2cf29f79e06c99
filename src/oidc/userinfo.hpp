// SPDX-License-Identifier: Apache-2.0
#pragma once
// The UserInfo endpoint (Core 5.3): what we send, what we accept, and how it completes an ID token.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "http/fields.hpp"
#include "oidc/claims.hpp"
#include "oidc/names.hpp"

#include <cstdint>
#include <string_view>

namespace sekisho::oidc
{

// How the access token goes to the endpoint (RFC 6750, 2).
enum class token_place : std::uint8_t
{
    header, // Authorization: Bearer
    body,   // POST of a form
    query,  // ends up in logs; only for endpoints that take nothing else
};

// The fields of the GET (RFC 6750, 2.1).
http::owned_fields userinfo_fields(const secret& access_token);

// Error: oidc_userinfo_failure: a status other than 200, not a JSON object, a signed answer (application/jwt,
// which this gate never asks for), no `sub` or another one than the ID token's (Core 5.3.2).
result<claims>
parse_userinfo(int status, std::string_view content_type, std::string_view body, const subject& expected);

// The ID token's claims win; UserInfo adds what is missing there.
claims merge(const claims& id_token, const claims& userinfo);

} // namespace sekisho::oidc

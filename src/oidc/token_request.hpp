// SPDX-License-Identifier: Apache-2.0
#pragma once
// What goes to the token endpoint (Core 3.1.3.1, RFC 6749 4.1.3 and 6, RFC 7636 4.5).

#include "base/secret.hpp"
#include "base/url.hpp"
#include "oidc/client_authentication.hpp"
#include "oidc/names.hpp"

#include <optional>

namespace sekisho::oidc
{

struct code_grant
{
    oidc::code code;
    redirect_uri redirect;                 // the one of the authorization request, byte for byte
    std::optional<code_verifier> verifier; // where the flow uses PKCE
};

struct refresh_grant
{
    secret token;
    std::optional<redirect_uri> redirect; // of whose origin with_origin() speaks; nullopt: not known
};

form_request
code_request(const url& token_endpoint, const client_credentials& client, const code_grant& grant);

// Without a scope: as granted before (RFC 6749, 6).
form_request
refresh_request(const url& token_endpoint, const client_credentials& client, const secret& refresh_token);

// The same as a single-page application's script would send it: with the Origin (RFC 6454, 7) of our redirect
// address. Some providers redeem codes of such registrations in no other way, and those of other
// registrations never with it.
form_request with_origin(form_request request, const redirect_uri& ours);

} // namespace sekisho::oidc

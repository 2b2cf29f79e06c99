// SPDX-License-Identifier: Apache-2.0
#pragma once
// From an authorization grant to verified claims: the order of a sign-in's second half, in one function.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "net/task.hpp"
#include "oidc/authorization_response.hpp"
#include "oidc/claims.hpp"
#include "oidc/names.hpp"
#include "provider/back_channel.hpp"
#include "provider/completion.hpp"
#include "provider/configuration.hpp"
#include "provider/key_source.hpp"
#include "provider/metadata_source.hpp"
#include "provider/services.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace sekisho::provider
{

// What this sign-in sent, from its sealed cookie.
struct sign_in_expectations
{
    oidc::nonce nonce;
    oidc::redirect_uri redirect;                 // byte for byte the one of the authorization request
    std::optional<oidc::code_verifier> verifier; // where the flow uses PKCE
    std::optional<std::chrono::seconds> max_age; // nullopt: not sent
};

struct verified_sign_in
{
    oidc::claims claims;  // the ID token's, completed by UserInfo and by what the completion found
    std::string id_token; // as received: for id_token_hint and for the application; empty with OAuth 2.0
    secret access_token;  // empty: none
    secret refresh_token; // empty: none
    std::optional<std::chrono::seconds> expires_in; // of the access token; nullopt: not said
    // With configuration::reads_access_token: the access token's, or why they cannot be read.
    result<oidc::claims> access_token_claims =
        fail(errc::value_malformed, "access_token", "was not looked into");
};

// What verify() works with; all of one provider.
struct verification_parts
{
    const configuration& what;
    const services& with;
    metadata_source& metadata;
    key_source& keys;
    back_channel& channel;
    completion* completes; // null: there is none
};

// On `home`. Redeems the code (once), validates the ID token (with keys fetched again at most once), then
// asks UserInfo (at most once) as the policy says, then the completion. With protocol::oauth2 there is no ID
// token: the completion alone says who it is. The first failure ends it; nothing is retried. Errors: those of
// the steps.
net::task<result<verified_sign_in>>
verify(verification_parts parts, oidc::authorization_grant grant, sign_in_expectations expected);

// Whether the ID token lacks a claim that is wanted (configuration::wanted_claims).
bool lacks_wanted_claims(const configuration& what, const oidc::claims& id_token);

} // namespace sekisho::provider

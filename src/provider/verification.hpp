// SPDX-License-Identifier: Apache-2.0
#pragma once
// From an authorization grant to verified claims: the order of a sign-in's second half, in one function.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "net/task.hpp"
#include "oidc/authorization_response.hpp"
#include "oidc/claims.hpp"
#include "oidc/names.hpp"
#include "provider/verification_parts.hpp"

#include <chrono>
#include <memory>
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
    // Where every step is written down; null: nowhere. Nobody else may use it before the answer is there.
    std::shared_ptr<journal> record = nullptr;
};

struct verified_sign_in
{
    oidc::claims claims;  // the ID token's, completed by UserInfo and by what the completion found
    std::string id_token; // signed, as received or as it was decrypted (Core 3.1.2.1: as a hint it must be);
                          // for id_token_hint and for the application; empty with OAuth 2.0
    secret access_token;  // empty: none
    secret refresh_token; // empty: none
    std::optional<std::chrono::seconds> expires_in; // of the access token; nullopt: not said
    // With configuration::reads_access_token: the access token's, or why they cannot be read.
    result<oidc::claims> access_token_claims =
        fail(errc::value_malformed, "access_token", "was not looked into");
    // What the provider says it granted, words separated by single spaces; empty: as asked (RFC 6749, 5.1).
    std::string scope{};
};

// On `home`. Validates the ID token that came through the browser, if the flow has one, redeems the code
// (once), validates the ID token that this gives (keys are fetched again at most once each), then completes
// the claims (provider/person). With protocol::oauth2 there is no ID token: the completion alone says who it
// is. The first failure ends it, with no call after it; nothing is retried. Errors: those of the steps.
net::task<result<verified_sign_in>>
verify(verification_parts parts, oidc::authorization_grant grant, sign_in_expectations expected);

} // namespace sekisho::provider

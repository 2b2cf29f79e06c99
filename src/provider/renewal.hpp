// SPDX-License-Identifier: Apache-2.0
#pragma once
// A sign-in renewed behind the browser's back: new tokens for a refresh token, and the person asked for
// again.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "net/task.hpp"
#include "oidc/claims.hpp"
#include "oidc/names.hpp"
#include "oidc/renewed_id_token.hpp"
#include "provider/verification_parts.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace sekisho::provider
{

struct renewal_expectations
{
    oidc::renewed_person who;
    std::optional<oidc::redirect_uri> redirect; // ours, for providers that want an Origin; nullopt: unknown
};

struct renewed_sign_in
{
    // Who it is now; nullopt: what the provider says anew is not enough to tell, so it is as it was. Or why
    // it could not be known: oidc_refresh_refused when it is somebody else.
    result<std::optional<oidc::claims>> person;
    std::string id_token; // empty: none came, or what came is not good
    // With what belongs to it; empty: keep the one there is, because the ID token beside this one is not
    // good.
    secret access_token;
    std::optional<std::chrono::seconds> expires_in; // of the access token; nullopt: not said
    secret refresh_token; // empty: the one that was used is good for more; to be kept in any case
    // As verified_sign_in::access_token_claims.
    result<oidc::claims> access_token_claims =
        fail(errc::value_malformed, "access_token", "was not looked into");
    // What the new access token is good for, words separated by single spaces; empty: for what the old one
    // was (RFC 6749, 6).
    std::string scope{};
};

// On `home`. The refresh, the ID token if one came (Core 12.2), then the person as at a sign-in. Once the
// provider has given tokens what fails later is told in `person` and never loses them. Errors:
// oidc_refresh_refused, oidc_refresh_failure, oidc_metadata_fetch_failure.
net::task<result<renewed_sign_in>>
renew(verification_parts parts, secret refresh_token, renewal_expectations expected);

// On `home`. Whether the person is still there, by an access token that should still be good: without any new
// token, and with a person who is known or as they were. Errors: oidc_refresh_refused when the provider takes
// the token no more or means somebody else; oidc_userinfo_failure and others when it cannot be known, also
// because nobody can be asked.
net::task<result<renewed_sign_in>>
recheck(verification_parts parts, secret access_token, renewal_expectations expected);

} // namespace sekisho::provider

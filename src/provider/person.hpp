// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is known of a person beside the ID token: from UserInfo, from the places that the provider names for
// single claims (Core 5.6.2), and from a completion.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "net/task.hpp"
#include "oidc/claims.hpp"
#include "oidc/renewed_id_token.hpp"
#include "provider/configuration.hpp"
#include "provider/verification_parts.hpp"

#include <optional>

namespace sekisho::provider
{

// On `home`. The claims of a validated ID token with all that is added to them; they win over each addition.
// UserInfo is asked as the policy says, each address at most once. Errors: oidc_userinfo_failure, also when
// an allowed claim host fails or the answer is about somebody else; the completion's.
net::task<result<oidc::claims>>
know_person(verification_parts parts, oidc::claims id_token, secret access_token);

// On `home`. The same without an ID token (protocol::oauth2): the completion alone says who it is, under the
// configured issuer. There must be one. Errors: the completion's, oidc_identity_unusable,
// oidc_issuer_mismatch.
net::task<result<oidc::claims>> know_person(verification_parts parts, secret access_token);

// On `home`. Who it is now, without a new ID token: UserInfo, then all that is added to it, and for what
// neither says the ID token that was kept. nullopt: there is nobody to ask, or what they say is not enough
// without an ID token, so that who it is has to stay as it was. Errors: as know_person();
// oidc_refresh_refused for somebody else.
net::task<result<std::optional<oidc::claims>>>
know_person_again(verification_parts parts, oidc::renewed_person who, secret access_token);

// On `home`. What a validated sign-in's access token says; with the key set that has just validated the ID
// token, or that is fetched now. What cannot be read ends the sign-in only when the mapping comes to need it.
// Errors: value_malformed, also unless configuration::reads_access_token; oidc_key_fetch_failure.
net::task<result<oidc::claims>> access_token_claims(verification_parts parts, const secret& access_token);

// Whether the ID token lacks a claim that is wanted (configuration::wanted_claims).
bool lacks_wanted_claims(const configuration& what, const oidc::claims& id_token);

} // namespace sekisho::provider

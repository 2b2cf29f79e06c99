// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is known of a person beside the ID token: from UserInfo, from the places that the provider names for
// single claims (Core 5.6.2), and from a completion.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "net/task.hpp"
#include "oidc/claims.hpp"
#include "provider/configuration.hpp"
#include "provider/verification_parts.hpp"

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

// Whether the ID token lacks a claim that is wanted (configuration::wanted_claims).
bool lacks_wanted_claims(const configuration& what, const oidc::claims& id_token);

} // namespace sekisho::provider

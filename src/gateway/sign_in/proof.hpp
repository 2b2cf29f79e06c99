// SPDX-License-Identifier: Apache-2.0
#pragma once
// How and when a person proved who they are, as the ID token says it. Pure.

#include "access/step_up.hpp"
#include "base/result.hpp"
#include "oidc/claims.hpp"
#include "session/session.hpp"
#include "session/sign_in.hpp"

#include <string>
#include <string_view>

namespace sekisho::gateway
{

// The claims of an ID token that was validated before; none when it is empty (OAuth 2.0). UserInfo and
// directories complete who somebody is, not how they signed in, so the token is read alone.
oidc::claims claims_inside(std::string_view validated_id_token);

// Puts `acr`, `auth_time` and what renewed ID tokens are held against into the session; an odd value counts
// as none.
void note_proof(session::session& made, const oidc::claims& id_token);

// That the sign-in is what was demanded: one of the acr, and with a max_age that it says when it was. Error:
// oidc_step_up_unmet; the detail has both.
result<void> check_proof(const oidc::claims& id_token, const session::sign_in& begun);

// That all scopes that were demanded were granted: `granted` as session::scope, `said` what the provider
// answered (empty: nothing), for the log. Error: oidc_step_up_unmet,
// which names what is missing.
result<void> check_granted(std::string_view granted, const session::sign_in& begun, std::string_view said);

// What a path demands and what the session shows instead, with times as ages, for a log.
std::string difference(const access::step_up& demanded, const access::sign_in_proof& shown, time_point now);

access::sign_in_proof proof_of(const session::session& here) noexcept;

} // namespace sekisho::gateway

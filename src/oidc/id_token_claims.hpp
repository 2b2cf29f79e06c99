// SPDX-License-Identifier: Apache-2.0
#pragma once
// The checks of an ID token's claims, one function per claim, for a token whose signature is already right.

#include "base/result.hpp"
#include "base/time.hpp"
#include "oidc/claims.hpp"
#include "oidc/id_token.hpp"

namespace sekisho::oidc
{

// All of Core 3.1.3.7 but the signature. Errors: as validate_id_token().
result<void> check_claims(const claims& received, const id_token_expectations& expected, time_point now);

} // namespace sekisho::oidc

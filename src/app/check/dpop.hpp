// SPDX-License-Identifier: Apache-2.0
#pragma once
// What `sekisho check` says about the key that access tokens are bound to (DPoP, RFC 9449). Pure.

#include "app/check/finding.hpp"
#include "crypto/signing_key.hpp"
#include "oidc/metadata.hpp"

namespace sekisho::app
{

// Its thumbprint, with what it signs, and whether the provider announces to take that. `announced` null:
// discovery is off, nothing is announced.
check_finding judge_dpop(const oidc::metadata* announced, const crypto::signing_key& key);

} // namespace sekisho::app

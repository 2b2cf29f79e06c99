// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whether an e-mail address may be believed.

#include "base/result.hpp"
#include "identity/identity.hpp"
#include "identity/mapping_config.hpp"
#include "oidc/claims.hpp"

#include <string_view>

namespace sekisho::identity
{

// What the provider says of the e-mail address, read strictly: true is the boolean true (Core 5.1), and with
// verification_text::counts the text "true" as well, and nothing else.
email_verification
read_verification(const oidc::claims& claims, std::string_view claim, verification_text text);

// Error: oidc_email_unverified, when the policy wants more than the state; the detail names the claim.
result<void> check_verification(email_verification state, verification_policy policy, std::string_view claim);

} // namespace sekisho::identity

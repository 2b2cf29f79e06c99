// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who somebody is by our own rules, from what a provider verified: the same at sign-in and at each renewal.
// Pure.

#include "base/result.hpp"
#include "gateway/sign_in/provider_choice.hpp"
#include "gateway/sign_in/session_making.hpp"
#include "identity/mapping.hpp"
#include "oidc/claims.hpp"

#include <string_view>

namespace sekisho::gateway
{

// The provider's mapping, then whose e-mail domain it is. Errors: those of identity::mapping::map() and
// check_email_domain(); internal_error for a provider that has no mapping.
result<identity::mapped> identify(
    std::string_view provider,
    const identity::claim_sources& from,
    const session_making& making,
    const provider_offers& offers
);

} // namespace sekisho::gateway

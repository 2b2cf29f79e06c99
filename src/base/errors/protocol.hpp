// SPDX-License-Identifier: Apache-2.0
#pragma once
// The rows of the ten codes people know from other products.

#include "base/error.hpp"

#include <array>

namespace sekisho
{

inline constexpr std::array protocol_rows{
    error_row{
        errc::oidc_login_error,
        "oidc_login_error",
        400,
        severity::warning,
        "The sign-in failed for a reason no other code names."
    },
    error_row{
        errc::oidc_state_missing,
        "oidc_state_missing",
        400,
        severity::warning,
        "The callback's state is missing or belongs to no sign-in of this browser."
    },
    error_row{
        errc::oidc_nonce_missing,
        "oidc_nonce_missing",
        400,
        severity::warning,
        "The ID token's nonce is missing or is not the one this sign-in sent."
    },
    error_row{
        errc::oidc_metadata_fetch_failure,
        "oidc_metadata_fetch_failure",
        503,
        severity::error,
        "The provider's discovery document could not be fetched or is unusable."
    },
    error_row{
        errc::oidc_received_no_code_or_token_failure,
        "oidc_received_no_code_or_token_failure",
        400,
        severity::warning,
        "The callback carries neither an authorization code nor an ID token."
    },
    error_row{
        errc::oidc_code_exchange_failure,
        "oidc_code_exchange_failure",
        502,
        severity::error,
        "The provider's token endpoint did not accept the authorization code."
    },
    error_row{
        errc::oidc_code_exchange_token_missing,
        "oidc_code_exchange_token_missing",
        502,
        severity::error,
        "The token endpoint answered without an ID token."
    },
    error_row{
        errc::oidc_generic_token_failure,
        "oidc_generic_token_failure",
        400,
        severity::warning,
        "The ID token did not pass validation."
    },
    error_row{
        errc::oidc_missing_email_claim,
        "oidc_missing_email_claim",
        403,
        severity::warning,
        "The provider sent no e-mail address and the configuration requires one."
    },
    error_row{
        errc::oidc_auth_error,
        "oidc_auth_error",
        400,
        severity::warning,
        "The provider answered the sign-in with an error."
    },
};

} // namespace sekisho

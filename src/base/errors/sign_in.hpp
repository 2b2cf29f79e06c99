// SPDX-License-Identifier: Apache-2.0
#pragma once
// The rows of signing in at a provider.

#include "base/error.hpp"

#include <array>

namespace sekisho
{

inline constexpr std::array sign_in_rows{
    error_row{
        errc::oidc_access_denied,
        "oidc_access_denied",
        403,
        severity::info,
        "The provider says that access was denied, by the person or by a policy."
    },
    error_row{
        errc::oidc_provider_unavailable,
        "oidc_provider_unavailable",
        503,
        severity::warning,
        "The provider says that it cannot answer at the moment."
    },
    error_row{
        errc::oidc_interaction_required,
        "oidc_interaction_required",
        400,
        severity::info,
        "The provider needs the person to act, which this request did not allow."
    },
    error_row{
        errc::oidc_parameter_duplicated,
        "oidc_parameter_duplicated",
        400,
        severity::warning,
        "A parameter of the callback was sent more than once."
    },
    error_row{
        errc::oidc_issuer_mismatch,
        "oidc_issuer_mismatch",
        400,
        severity::error,
        "An issuer is not the one that is configured."
    },
    error_row{
        errc::oidc_key_fetch_failure,
        "oidc_key_fetch_failure",
        503,
        severity::error,
        "The provider's signing keys could not be fetched or hold no usable key."
    },
    error_row{
        errc::oidc_sign_in_expired,
        "oidc_sign_in_expired",
        400,
        severity::info,
        "The sign-in took longer than its time limit."
    },
    error_row{
        errc::oidc_userinfo_failure,
        "oidc_userinfo_failure",
        502,
        severity::error,
        "The provider's UserInfo endpoint failed or named somebody else."
    },
    error_row{
        errc::oidc_missing_user_claim,
        "oidc_missing_user_claim",
        403,
        severity::warning,
        "The claim that identifies the person is missing or empty."
    },
    error_row{
        errc::oidc_email_unverified,
        "oidc_email_unverified",
        403,
        severity::warning,
        "The provider does not say that the e-mail address is verified."
    },
    error_row{
        errc::oidc_identity_unusable,
        "oidc_identity_unusable",
        403,
        severity::warning,
        "A claim has a form that cannot be used as an identity."
    },
    error_row{
        errc::oidc_directory_failure,
        "oidc_directory_failure",
        502,
        severity::error,
        "The provider's directory did not say who the person is or which groups they are in."
    },
    error_row{
        errc::oidc_provider_unknown,
        "oidc_provider_unknown",
        400,
        severity::info,
        "The sign-in names an identity provider that is not configured, or not for this host."
    },
    error_row{
        errc::oidc_target_refused,
        "oidc_target_refused",
        400,
        severity::warning,
        "A sign-in that another site began wants to end somewhere else than here."
    },
    error_row{
        errc::oidc_email_domain_refused,
        "oidc_email_domain_refused",
        403,
        severity::warning,
        "The e-mail address is of none of the domains that this provider is for."
    },
    error_row{
        errc::oidc_email_domain_elsewhere,
        "oidc_email_domain_elsewhere",
        403,
        severity::warning,
        "The e-mail address is of a domain that belongs to another provider."
    },
    error_row{
        errc::oidc_step_up_unmet,
        "oidc_step_up_unmet",
        403,
        severity::warning,
        "The sign-in came back without the strength or the freshness that the path demands."
    },
    error_row{
        errc::step_up_required,
        "step_up_required",
        401,
        severity::info,
        "The path demands a stronger or fresher sign-in than this session has."
    },
    error_row{
        errc::oidc_account_not_allowed,
        "oidc_account_not_allowed",
        403,
        severity::warning,
        "The account belongs to a tenant or a domain that is not let in."
    },
    error_row{
        errc::oidc_refresh_refused,
        "oidc_refresh_refused",
        401,
        severity::info,
        "The provider does not renew this sign-in any more: the person has to sign in again."
    },
    error_row{
        errc::oidc_refresh_failure,
        "oidc_refresh_failure",
        503,
        severity::warning,
        "The provider could not be asked to renew a session's tokens."
    },
    error_row{
        errc::oidc_revocation_failure,
        "oidc_revocation_failure",
        502,
        severity::warning,
        "The provider did not revoke a token."
    },
};

} // namespace sekisho

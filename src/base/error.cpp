// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace sekisho
{
namespace
{

constexpr std::array rows{
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
    error_row{
        errc::provider_sign_in_off,
        "provider_sign_in_off",
        403,
        severity::warning,
        "Sign-in at the provider is switched off while local.restore is on."
    },
    error_row{
        errc::local_sign_in_refused,
        "local_sign_in_refused",
        403,
        severity::warning,
        "The temporary password of local.restore was wrong, or its form too old."
    },
    error_row{
        errc::emergency_refused,
        "emergency_refused",
        403,
        severity::warning,
        "An emergency sign-in or registration did not pass its checks."
    },
    error_row{
        errc::emergency_unavailable,
        "emergency_unavailable",
        503,
        severity::error,
        "The file of the emergency people cannot be read or written."
    },
    error_row{
        errc::too_many_attempts,
        "too_many_attempts",
        429,
        severity::warning,
        "Too many sign-ins failed here within a minute."
    },
    error_row{
        errc::sign_in_loop,
        "sign_in_loop",
        400,
        severity::error,
        "Several sign-ins in a row ended with a session that the browser's next request did not have."
    },
    error_row{
        errc::form_not_sent,
        "form_not_sent",
        401,
        severity::info,
        "A form was sent without a valid session and could not be kept over a sign-in."
    },
    error_row{
        errc::session_required,
        "session_required",
        401,
        severity::info,
        "The request carries no valid session."
    },
    error_row{
        errc::session_too_large,
        "session_too_large",
        500,
        severity::error,
        "The session does not fit into the browser's cookies."
    },
    error_row{
        errc::session_store_unavailable,
        "session_store_unavailable",
        503,
        severity::error,
        "The store of the sessions cannot be reached, or refuses."
    },
    error_row{
        errc::session_limit_reached,
        "session_limit_reached",
        403,
        severity::warning,
        "The person has as many sessions as one may have, and the configuration refuses one more."
    },
    error_row{
        errc::form_gone,
        "form_gone",
        410,
        severity::info,
        "A form that was kept over a sign-in is not there any more, or is another person's."
    },
    error_row{errc::access_denied, "access_denied", 403, severity::warning, "A rule refuses this request."},
    error_row{
        errc::cross_site_refused,
        "cross_site_refused",
        403,
        severity::warning,
        "Another site sent this request."
    },
    error_row{
        errc::request_malformed,
        "request_malformed",
        400,
        severity::info,
        "The request is not well-formed HTTP."
    },
    error_row{
        errc::request_target_ambiguous,
        "request_target_ambiguous",
        400,
        severity::info,
        "The request target can be read in more than one way."
    },
    error_row{
        errc::request_head_too_large,
        "request_head_too_large",
        431,
        severity::info,
        "The request's head exceeds its limit."
    },
    error_row{
        errc::request_body_too_large,
        "request_body_too_large",
        413,
        severity::info,
        "The request's body exceeds its limit."
    },
    error_row{
        errc::request_timeout, "request_timeout", 408, severity::info, "The request did not arrive in time."
    },
    error_row{
        errc::request_host_unknown,
        "request_host_unknown",
        421,
        severity::info,
        "The request names a host that is not served here."
    },
    error_row{
        errc::request_method_not_allowed,
        "request_method_not_allowed",
        405,
        severity::info,
        "This address does not take that method."
    },
    error_row{errc::not_found, "not_found", 404, severity::info, "There is nothing at this address."},
    error_row{
        errc::too_many_connections,
        "too_many_connections",
        503,
        severity::warning,
        "The connection limit is reached."
    },
    error_row{
        errc::websocket_origin_refused,
        "websocket_origin_refused",
        403,
        severity::warning,
        "A page of another origin asked for a WebSocket."
    },
    error_row{
        errc::client_gone, "client_gone", 499, severity::info, "The client went away before the answer."
    },
    error_row{
        errc::upstream_unreachable,
        "upstream_unreachable",
        502,
        severity::error,
        "No connection to the application could be made."
    },
    error_row{
        errc::upstream_timeout,
        "upstream_timeout",
        504,
        severity::error,
        "The application did not answer in time."
    },
    error_row{
        errc::upstream_protocol_error,
        "upstream_protocol_error",
        502,
        severity::error,
        "The application's answer is not well-formed HTTP."
    },
    error_row{
        errc::identity_header_unsafe,
        "identity_header_unsafe",
        500,
        severity::error,
        "An identity value cannot be put into a header safely."
    },
    error_row{errc::shutting_down, "shutting_down", 503, severity::info, "The gate is shutting down."},
    error_row{
        errc::internal_error, "internal_error", 500, severity::error, "The gate failed; this is a defect."
    },
    error_row{
        errc::value_malformed,
        "value_malformed",
        400,
        severity::info,
        "A value is not of the form it must have."
    },
    error_row{errc::value_too_large, "value_too_large", 400, severity::info, "A value exceeds its limit."},
    error_row{errc::network_failure, "network_failure", 502, severity::warning, "A connection failed."},
    error_row{
        errc::network_timeout, "network_timeout", 504, severity::warning, "A peer did not answer in time."
    },
    error_row{errc::end_of_stream, "end_of_stream", 400, severity::debug, "The peer closed the connection."},
};

constexpr bool rows_follow_the_enumeration()
{
    for (std::size_t index = 0; index < rows.size(); ++index)
        if (rows[index].code != static_cast<errc>(index))
            return false;
    return rows.size() == static_cast<std::size_t>(errc::count_);
}
static_assert(rows_follow_the_enumeration());

} // namespace

const error_row& describe(errc code) { return rows.at(static_cast<std::size_t>(code)); }

std::span<const error_row> all_errors() { return rows; }

std::string to_text(const error& failure)
{
    std::string text(describe(failure.code).name);
    if (!failure.where.empty())
        text.append(" at ").append(failure.where);
    if (!failure.detail.empty())
        text.append(": ").append(failure.detail);
    return text;
}

} // namespace sekisho

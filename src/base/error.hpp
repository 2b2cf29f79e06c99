// SPDX-License-Identifier: Apache-2.0
#pragma once
// What can go wrong, each thing once: its stable code, the HTTP status it answers with and how loud it is in
// the log.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sekisho
{

enum class errc : std::uint8_t
{
    // Sign-in: the ten codes people know from other products.
    oidc_login_error,
    oidc_state_missing,
    oidc_nonce_missing,
    oidc_metadata_fetch_failure,
    oidc_received_no_code_or_token_failure,
    oidc_code_exchange_failure,
    oidc_code_exchange_token_missing,
    oidc_generic_token_failure,
    oidc_missing_email_claim,
    oidc_auth_error,
    // Sign-in: ours.
    oidc_access_denied,
    oidc_provider_unavailable,
    oidc_interaction_required,
    oidc_parameter_duplicated,
    oidc_issuer_mismatch,
    oidc_key_fetch_failure,
    oidc_sign_in_expired,
    oidc_userinfo_failure,
    oidc_missing_user_claim,
    oidc_email_unverified,
    oidc_identity_unusable,
    oidc_directory_failure,
    oidc_provider_unknown,
    oidc_target_refused,
    oidc_email_domain_refused,
    oidc_email_domain_elsewhere,
    oidc_step_up_unmet,
    step_up_required,
    oidc_account_not_allowed,
    oidc_refresh_refused,
    oidc_refresh_failure,
    oidc_revocation_failure,
    // Sign-in that no provider takes part in.
    provider_sign_in_off,
    local_sign_in_refused,
    emergency_refused,
    emergency_unavailable,
    too_many_attempts,
    // Sessions and permission.
    sign_in_loop,
    form_not_sent,
    session_required,
    session_too_large,
    session_store_unavailable,
    session_limit_reached,
    form_gone,
    access_denied,
    cross_site_refused,
    // The request itself.
    request_malformed,
    request_target_ambiguous,
    request_head_too_large,
    request_body_too_large,
    request_timeout,
    request_host_unknown,
    request_method_not_allowed,
    not_found,
    too_many_connections,
    websocket_origin_refused,
    client_gone,
    // The application behind us.
    upstream_unreachable,
    upstream_timeout,
    upstream_protocol_error,
    identity_header_unsafe,
    // Ourselves.
    shutting_down,
    internal_error,
    // Values that are not what they should be; a caller gives them a meaning before anyone sees them.
    value_malformed,
    value_too_large,
    network_failure,
    network_timeout,
    end_of_stream,
    count_, // not a code: how many there are
};

enum class severity : std::uint8_t
{
    debug,
    info,
    warning,
    error,
};

struct error_row
{
    errc code;
    std::string_view name;    // the stable text: log field, metric label, page and docs/errors.md
    int status;               // HTTP status of the answer
    severity loudness;        // level of the log line
    std::string_view summary; // one English sentence for the log and the administrator
};

// The one row of a code.
const error_row& describe(errc code);

// All rows, in the order of the enumeration; internal values included.
std::span<const error_row> all_errors();

// An expected failure. `where` names the step in a text that lives forever (a literal); `detail` is for the
// log only: it may hold what the peer sent, never secrets, and is never shown to a client.
struct error
{
    errc code = errc::internal_error;
    std::string_view where;
    std::string detail;
};

// "oidc_code_exchange_failure at token_endpoint: …" for logs and `check`.
std::string to_text(const error& failure);

} // namespace sekisho

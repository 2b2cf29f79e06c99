// SPDX-License-Identifier: Apache-2.0
#pragma once
// What `sekisho check` can find, each thing once: its stable name, how bad it is, what it means and what to
// do.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::app
{

enum class check_level : std::uint8_t
{
    ok,
    note,    // worth knowing
    warning, // works, but not as well as it could
    problem, // sign-in or the application does not work; the exit status says so
};

std::string_view name(check_level level) noexcept; // "warning"

enum class check_code : std::uint8_t
{
    settings_usable,
    settings_warning,
    settings_unusable,
    settings_refused,
    check_incomplete,
    check_out_of_time,
    session_secret_set,
    session_secret_random,
    register_host_unknown,
    test_address,
    test_ticket_unasked,
    test_not_offered,
    provider_preset,
    provider_profile,
    provider_profile_unmet,
    provider_without_discovery,
    provider_unreachable,
    provider_discovery_refused,
    provider_discovery_unusable,
    provider_discovery,
    provider_issuer,
    provider_issuer_mismatch,
    provider_issuer_spelling,
    provider_clock,
    provider_clock_unknown,
    provider_clock_off,
    provider_clock_wrong,
    provider_announces,
    provider_not_announced,
    provider_client_authentication,
    provider_client_authentication_unknown,
    provider_public_client_not_announced,
    provider_algorithms_unsupported,
    provider_pushed_requests,
    provider_pushed_requests_impossible,
    provider_pushed_requests_missing,
    provider_request_objects_missing,
    provider_request_encryption,
    provider_request_encryption_impossible,
    provider_dpop,
    provider_dpop_not_announced,
    provider_dpop_unsupported,
    provider_userinfo_missing,
    provider_sign_out,
    provider_no_sign_out,
    provider_renewal,
    provider_renewal_off,
    provider_renewal_unasked,
    provider_renewal_not_announced,
    provider_renewal_impossible,
    provider_keys,
    provider_keys_unused,
    provider_signature_believed,
    provider_signature_needless,
    provider_keys_failed,
    provider_keys_unfit,
    provider_key_skipped,
    provider_back_channel,
    provider_proxy,
    provider_address_reachable,
    provider_address_unreachable,
    provider_address_unseen,
    provider_certificate,
    provider_certificate_ends,
    provider_certificate_over,
    provider_credentials_unusable,
    provider_signing_keys,
    provider_decryption_keys,
    provider_assertion_file,
    upstream_reachable,
    upstream_unreachable,
    upstream_tls_failed,
    count_, // not a code: how many there are
};

struct check_row
{
    check_code code = check_code::settings_usable;
    std::string_view name; // "provider.issuer_mismatch": stable, for scripts
    check_level level = check_level::ok;
    std::string_view meaning; // one sentence for people; empty when all is well
    std::string_view advice;  // what to do; empty: nothing
};

// The one row of a code.
const check_row& describe(check_code code);
// All rows, in the order of the enumeration.
std::span<const check_row> all_check_rows();

struct check_finding
{
    check_code code = check_code::settings_usable;
    std::string found;      // what was seen; may hold what a peer sent, never secrets
    std::string provider{}; // whose finding it is, by name; empty: nobody's in particular
};

using check_findings = std::vector<check_finding>;

void append(check_findings& to, check_findings more);

// All of them are this provider's: it is named, and settings are called as they are for it,
// "providers.okta.issuer" where the text has "oidc.issuer".
check_findings of_provider(std::string_view provider, check_findings found);

// A text about `oidc.*` for this provider; unchanged for the one of the section oidc and for nobody's.
std::string spoken_of(std::string_view provider, std::string_view text);

} // namespace sekisho::app

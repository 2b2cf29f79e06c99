// SPDX-License-Identifier: Apache-2.0
#pragma once
// A provider's discovery document (OpenID Connect Discovery 1.0, 3; RFC 8414).

#include "base/result.hpp"
#include "base/url.hpp"
#include "oidc/address.hpp"
#include "oidc/given_endpoints.hpp"
#include "oidc/issuer.hpp"
#include "oidc/names.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::oidc
{

// Yes or no, or not said.
enum class support : std::uint8_t
{
    unknown,
    no,
    yes,
};

// Addresses for calls that authenticate by a TLS client certificate (RFC 8705, 5); an absent one is the usual
// one's.
struct endpoint_aliases
{
    std::optional<url> token_endpoint;
    std::optional<url> userinfo_endpoint;
    std::optional<url> revocation_endpoint;
    std::optional<url> introspection_endpoint;
    std::optional<url> pushed_authorization_request_endpoint;
};

struct metadata
{
    oidc::issuer issuer; // as the document has it; what `iss` of tokens must be
    url authorization_endpoint;
    std::optional<url> token_endpoint; // always there when the flow has a code
    std::optional<url> jwks_uri;       // always there with key_place::in_metadata
    std::optional<url>
        signed_jwks_uri; // OpenID Federation 1.0, 5.2.1; always there with key_place::signed_set
    std::optional<url> userinfo_endpoint;
    std::optional<url> end_session_endpoint;      // RP-Initiated Logout 1.0; none: only a local sign-out
    std::optional<url> ping_end_session_endpoint; // PingFederate's own; read only where the above is missing
    std::optional<url> check_session_iframe;      // Session Management 1.0, 3.3
    std::optional<url> revocation_endpoint;
    std::optional<url> introspection_endpoint;
    std::optional<url> pushed_authorization_request_endpoint; // RFC 9126, 5
    std::optional<url> registration_endpoint;                 // RFC 7591, 3
    endpoint_aliases mtls;                                    // mtls_endpoint_aliases
    // Lists are empty when the document has none; the specification's defaults are not filled in.
    std::vector<std::string> token_endpoint_auth_methods;
    std::vector<std::string> token_endpoint_auth_algorithms; // of client assertions
    std::vector<std::string> id_token_signing_algorithms;
    std::vector<std::string> request_object_algorithms;      // request_object_signing_alg_values_supported
    std::vector<std::string> request_object_key_managements; // request_object_encryption_alg_values_supported
    std::vector<std::string>
        request_object_content_encryptions;       // request_object_encryption_enc_values_supported
    std::vector<std::string> response_algorithms; // authorization_signing_alg_values_supported (JARM 4)
    std::vector<std::string> dpop_algorithms;     // dpop_signing_alg_values_supported (RFC 9449, 5.1)
    std::vector<std::string> response_types;
    std::vector<std::string> response_modes;
    std::vector<std::string> code_challenge_methods;
    std::vector<std::string> scopes;
    std::vector<std::string> grants;
    std::vector<std::string> acr_values;
    std::vector<std::string> prompts;
    support response_iss = support::unknown; // authorization_response_iss_parameter_supported (RFC 9207, 3)
    support requires_pushed_requests = support::unknown; // require_pushed_authorization_requests
    support requires_request_objects = support::unknown; // require_signed_request_object (RFC 9101, 10.5)
    support certificate_bound_tokens =
        support::unknown; // tls_client_certificate_bound_access_tokens (RFC 8705, 3.3)
    support front_channel_logout = support::unknown;
    support front_channel_logout_session = support::unknown;
    support back_channel_logout = support::unknown;
    support back_channel_logout_session = support::unknown;
};

enum class key_place : std::uint8_t
{
    in_metadata,
    elsewhere,  // the settings have the keys, or there is no ID token: jwks_uri may be missing
    signed_set, // signed_jwks_uri, and never jwks_uri
};

// How a document is read.
struct metadata_reading
{
    transport rule = transport::https_or_loopback;
    flow needed = flow::pkce;
    given_endpoints given{};
    key_place keys = key_place::in_metadata;
};

// Reads the body of a discovery answer. Unknown members are ignored, wrong types are named.
// Errors: oidc_metadata_fetch_failure (not usable, the detail names the member), oidc_issuer_mismatch (the
// detail has both issuers and how they differ).
result<metadata>
parse_metadata(std::string_view document, const issuer_setting& expected, const metadata_reading& how);
result<metadata>
parse_metadata(std::string_view document, const issuer_setting& expected, transport rule, flow needed);

// The metadata of a provider that is asked for no document: the issuer and the given addresses, nothing
// announced. Error: value_malformed, `where` is the name of the member that is missing or refused.
result<metadata> metadata_without_document(const issuer_setting& issuer, const metadata_reading& how);

// Sentences about what the provider announces not to support although this flow needs it ("the provider does
// not announce response_mode form_post"); empty: nothing noticed. For `check` and the log, never a refusal:
// lists of real providers are incomplete.
std::vector<std::string> doubts(const metadata& provider, flow needed);

} // namespace sekisho::oidc

// SPDX-License-Identifier: Apache-2.0
#include "settings/check/examination.hpp"
#include "settings/profile.hpp"
#include "settings/spelling.hpp"

#include <string>

namespace sekisho::settings
{
namespace
{

using enum profile;

bool is_profile_algorithm(std::string_view name) { return holds(profile_algorithms, name); }

template <class Value>
std::string is(const Value& value)
{
    return "is " + spelling<Value>::print(value);
}

bool has_certificate(const oidc_settings& of)
{
    return !of.client_certificate.empty() && !of.client_key.empty();
}

bool is_key_proof(client_authentication method)
{
    return method == client_authentication::private_key_jwt ||
           method == client_authentication::tls_client_auth ||
           method == client_authentication::self_signed_tls_client_auth;
}

bool has_signing_key(const oidc_settings& of) { return !of.signing_key.empty(); }

std::string fault_of_secret(const oidc_settings& of) { return of.client_secret.empty() ? "" : "is set"; }

std::string fault_of_proof(const oidc_settings& of)
{
    if (of.client_authentication != client_authentication::automatic)
        return is_key_proof(of.client_authentication) ? "" : is(of.client_authentication);
    if (has_signing_key(of) || has_certificate(of))
        return "";
    return "has nothing to prove us with: neither signing_key nor client_certificate is set";
}

std::string fault_of_binding(const oidc_settings& of)
{
    return has_certificate(of) || !of.dpop_key.empty() ? "" : "is not set, and client_certificate is not";
}

std::string fault_of_algorithms(const oidc_settings& of)
{
    if (of.signing_algorithms.empty())
        return "is empty, which allows every asymmetric one";
    std::string others;
    for (const auto& each : of.signing_algorithms)
        if (!is_profile_algorithm(each))
            others.append(others.empty() ? "has " : ", ").append(each);
    return others;
}

std::string fault_of_key_algorithm(const oidc_settings& of)
{
    const auto& name = of.signing_key_algorithm;
    return name.empty() || is_profile_algorithm(name) ? "" : "is " + name;
}

std::string fault_of_issuer(const oidc_settings& of)
{
    const auto address = url::parse(of.issuer);
    return address && !address->is_https() ? "is plain http" : "";
}

// RFC 8414, 3 lets a document stand at another well-known path than the usual one.
std::string fault_of_metadata_url(const oidc_settings& of)
{
    const auto issuer = url::parse(of.issuer);
    if (!of.metadata_url || !issuer)
        return "";
    const auto is_well_known = of.metadata_url->path().contains("/.well-known/");
    return same_origin(*of.metadata_url, *issuer) && is_well_known
               ? ""
               : "is " + of.metadata_url->text() + ", which is not at a well-known path of the issuer's host";
}

template <auto Member>
std::string fault_of_address(const oidc_settings& of)
{
    return of.*Member ? "is set" : "";
}

// clang-format off
constexpr profile_value values[] = {
    {{fapi2_security, "5.3.3.2, 2"}, "pushed_authorization", "always"},
    {{fapi2_security, "5.3.3.1, 2"}, "client_authentication", "private_key_jwt", has_signing_key},
    {{fapi2_security, "5.3.3.1, 5"}, "assertion_audience", "issuer"},
    {{fapi2_security, "5.4.1"}, "signing_algorithms", "PS256 ES256 EdDSA"},
    {{fapi2_message_signing, "5.3.2"}, "request_object", "signed"},
    {{fapi2_message_signing, "5.4.2"}, "response_mode", "jwt"},
};

constexpr std::string_view from_document = "every address from the provider's discovery document: take this one out";

const profile_demand demands[] = {
    {{fapi2_security, "5.2.1"}, "issuer", fault_of_issuer, "TLS everywhere: an https address"},
    {{fapi2_security, "5.2.1"}, "allow_http",
     [](const oidc_settings& of) -> std::string { return of.allow_http ? "is true" : ""; },
     "TLS everywhere: false"},
    {{fapi2_security, "5.3.3.1, 1"}, "dpop_key", fault_of_binding,
     "tokens bound to a key of ours: set one of them, client_certificate with client_key"},
    {{fapi2_security, "5.3.3.1, 2"}, "client_secret", fault_of_secret,
     "a proof that nobody else can give, so no secret that the provider knows too: take it out, and set signing_key or client_certificate"},
    {{fapi2_security, "5.3.3.1, 2"}, "client_authentication", fault_of_proof,
     "private_key_jwt with signing_key, or tls_client_auth or self_signed_tls_client_auth with client_certificate"},
    {{fapi2_security, "5.3.3.1, 3"}, "userinfo_token",
     [](const oidc_settings& of) -> std::string { return of.userinfo_token == token_place::header ? "" : is(of.userinfo_token); },
     "access tokens in the header alone: header"},
    {{fapi2_security, "5.3.3.1, 5"}, "assertion_file",
     [](const oidc_settings& of) -> std::string { return of.assertion_file.empty() ? "" : "is set"; },
     "assertions for the issuer under its own algorithms, and what somebody else writes cannot be held to that: use signing_key"},
    {{fapi2_security, "5.3.3.1, 5"}, "assertion_audience",
     [](const oidc_settings& of) -> std::string { return of.assertion_audience == assertion_audience::issuer ? "" : is(of.assertion_audience); },
     "assertions that are for the issuer: issuer"},
    {{fapi2_security, "5.3.3.1, 9"}, "discovery",
     [](const oidc_settings& of) -> std::string { return of.discovery ? "" : "is false"; },
     "every address from the provider's discovery document: true"},
    {{fapi2_security, "5.3.3.1, 9"}, "metadata_url", fault_of_metadata_url,
     "the document where OpenID Connect Discovery or RFC 8414 put it"},
    {{fapi2_security, "5.3.3.1, 9"}, "authorization_endpoint", fault_of_address<&oidc_settings::authorization_endpoint>, from_document},
    {{fapi2_security, "5.3.3.1, 9"}, "token_endpoint", fault_of_address<&oidc_settings::token_endpoint>, from_document},
    {{fapi2_security, "5.3.3.1, 9"}, "userinfo_endpoint", fault_of_address<&oidc_settings::userinfo_endpoint>, from_document},
    {{fapi2_security, "5.3.3.1, 9"}, "jwks_uri", fault_of_address<&oidc_settings::jwks_uri>, from_document},
    {{fapi2_security, "5.3.3.1, 9"}, "end_session_endpoint", fault_of_address<&oidc_settings::end_session_endpoint>, from_document},
    {{fapi2_security, "5.3.3.1, 9"}, "introspection_endpoint", fault_of_address<&oidc_settings::introspection_endpoint>, from_document},
    {{fapi2_security, "5.3.3.1, 9"}, "revocation_endpoint", fault_of_address<&oidc_settings::revocation_endpoint>, from_document},
    {{fapi2_security, "5.3.3.1, 9"}, "pushed_authorization_request_endpoint", fault_of_address<&oidc_settings::pushed_authorization_request_endpoint>, from_document},
    {{fapi2_security, "5.3.3.1, 9"}, "back_channel_url", fault_of_address<&oidc_settings::back_channel_url>, from_document},
    {{fapi2_security, "5.3.3.1, 11"}, "issuer_check",
     [](const oidc_settings& of) -> std::string { return of.issuer_check == issuer_check::exact ? "" : is(of.issuer_check); },
     "the issuer exactly as it is set: exact"},
    {{fapi2_security, "5.3.3.2, 1 and 3"}, "auth_method",
     [](const oidc_settings& of) -> std::string { return of.auth_method == auth_method::pkce ? "" : is(of.auth_method); },
     "the authorization code with PKCE and nothing else: pkce"},
    {{fapi2_security, "5.3.3.2, 2"}, "pushed_authorization",
     [](const oidc_settings& of) -> std::string { return of.pushed_authorization == when_needed::always ? "" : is(of.pushed_authorization); },
     "every request pushed: always"},
    {{fapi2_security, "5.3.3.2, 5"}, "response_issuer",
     [](const oidc_settings& of) -> std::string { return of.response_issuer.empty() ? "" : "is set"; },
     "`iss` of an answer to be the issuer itself: take it out"},
    {{fapi2_security, "5.3.2.1, 14"}, "clock_skew",
     [](const oidc_settings& of) -> std::string { return of.clock_skew <= 60s ? "" : is(of.clock_skew); },
     "nothing from more than 60s ahead accepted (of servers; the same is held here): 60s or less"},
    {{fapi2_security, "5.4.1"}, "signing_algorithms", fault_of_algorithms, "PS256, ES256 and EdDSA alone"},
    {{fapi2_security, "5.4.1"}, "signing_key_algorithm", fault_of_key_algorithm, "PS256, ES256 or EdDSA"},
    {{fapi2_security, "5.4.1"}, "id_token_signature",
     [](const oidc_settings& of) -> std::string { return of.id_token_signature == id_token_signature::required ? "" : is(of.id_token_signature); },
     "signatures under these algorithms, which are then looked at: required"},
    {{fapi2_message_signing, "5.3.2"}, "request_object",
     [](const oidc_settings& of) -> std::string { return of.request_object != request_object::off ? "" : is(of.request_object); },
     "requests that we sign: signed, or encrypted, which are signed too"},
    {{fapi2_message_signing, "5.4.2"}, "response_mode",
     [](const oidc_settings& of) -> std::string { return of.response_mode == response_mode::jwt ? "" : is(of.response_mode); },
     "answers that the provider signs: jwt"},
};
// clang-format on

} // namespace

std::span<const profile_value> profile_values() { return values; }

std::span<const profile_demand> profile_demands() { return demands; }

} // namespace sekisho::settings

// SPDX-License-Identifier: Apache-2.0
#include "base/algorithm_names.hpp"
#include "settings/check/examination.hpp"
#include "settings/effective.hpp"

#include <array>
#include <string_view>

namespace sekisho::settings
{
namespace
{

constexpr std::array<std::string_view, 7> claims_of_the_jwt{"iss", "sub", "aud", "exp", "nbf", "iat", "jti"};

bool has_certificate(const oidc_settings& of)
{
    return !of.client_certificate.empty() && !of.client_key.empty();
}

bool has_assertion(const oidc_settings& of) { return !of.signing_key.empty() || !of.assertion_file.empty(); }

bool has_any_proof(const oidc_settings& of)
{
    return !of.client_secret.empty() || has_assertion(of) || has_certificate(of);
}

// Beside a key that signs requests.
bool has_unused_proof(const oidc_settings& of)
{
    const auto signs = of.request_object != request_object::off;
    return !of.client_secret.empty() || !of.assertion_file.empty() || has_certificate(of) ||
           (!of.signing_key.empty() && !signs);
}

// What the chosen way of authentication needs and does not have; empty: nothing is missing.
std::string missing_proof(const provider_examination& about)
{
    using enum client_authentication;
    const auto& of = about.oidc();
    switch (of.client_authentication)
    {
    case client_secret_basic:
    case client_secret_post:
    case client_secret_jwt:
        if (of.client_secret.empty())
            return "a client secret, but " + about.path("client_secret") + " is not set";
        break;
    case private_key_jwt:
        if (!has_assertion(of))
            return "a key, but neither " + about.path("signing_key") + " nor " +
                   about.path("assertion_file") + " is set: `sekisho key generate` makes a key";
        break;
    case tls_client_auth:
    case self_signed_tls_client_auth:
        if (!has_certificate(of))
            return "a certificate, but " + about.path("client_certificate") + " and " +
                   about.path("client_key") + " are not set";
        break;
    case automatic:
    case none:
        break;
    }
    return {};
}

void check_method(provider_examination& about)
{
    const auto& oidc = about.oidc();
    if (oidc.client_id.empty())
        about.require("client_id", "the client id that the provider shows for this application");
    if (oidc.auth_method == auth_method::code && !has_any_proof(oidc))
        about.refuse(
            "auth_method",
            "code needs " + about.path("client_secret") +
                "; without a secret use pkce, which protects the sign-in by itself"
        );
    if (is_oauth_only(oidc) && oidc.client_secret.empty())
        about.require("client_secret", "GitHub and GitLab exchange a code for a secret only");
    if (const auto missing = missing_proof(about); !missing.empty())
        about.refuse("client_authentication", "needs " + missing);
    if (oidc.client_authentication == client_authentication::none && has_unused_proof(oidc))
        about.warn(
            "client_authentication", "none: the client secret, key or certificate that is set is not sent"
        );
}

void check_secret(provider_examination& about)
{
    constexpr std::size_t least = 32; // bytes, RFC 7518, 3.2
    const auto& oidc = about.oidc();
    if (oidc.client_authentication == client_authentication::client_secret_jwt &&
        !oidc.client_secret.empty() && oidc.client_secret.size() < least)
        about.warn(
            "client_secret",
            "has less than 32 bytes, and client_secret_jwt lets whoever sees an assertion guess it"
        );
}

// What is encrypted needs a key of the provider's set, and here it has none that counts.
void check_encryption(provider_examination& about)
{
    const auto& oidc = about.oidc();
    if (oidc.request_object != request_object::encrypted)
        return;
    if (oidc.id_token_signature == id_token_signature::tls)
        about.refuse(
            "request_object",
            "encrypted needs a key of the provider's, and " + about.path("id_token_signature") +
                " is tls, with which none of its keys count: use signed"
        );
    if (is_oauth_only(oidc))
        about.refuse("request_object", "encrypted needs a provider with keys; GitHub and GitLab have none");
}

void check_request_object(provider_examination& about)
{
    const auto& oidc = about.oidc();
    if (oidc.request_object == request_object::off)
        return;
    const std::string way = oidc.request_object == request_object::encrypted ? "encrypted" : "signed";
    check_encryption(about);
    if (oidc.signing_key.empty())
        about.refuse(
            "request_object",
            way + " needs " + about.path("signing_key") +
                ", which is not set: `sekisho key generate` makes one; the provider needs what is at " +
                about.values().server.jwks_path
        );
    for (const auto& each : oidc.extra_parameters)
        if (holds(claims_of_the_jwt, std::string_view(each.name)))
            about.refuse(
                "extra_parameters",
                each.name + " cannot be a parameter while " + about.path("request_object") + " is " + way +
                    ": the JWT has a claim of that name"
            );
    for (const auto& rule : about.values().access.step_up)
        for (const auto& each : rule.parameters)
            if (holds(claims_of_the_jwt, std::string_view(each.name)))
                about.all().refuse(
                    "access.step_up",
                    "parameter=" + each.name + ":… cannot be one while " + about.path("request_object") +
                        " is " + way + ": the JWT has a claim of that name"
                );
}

void check_keys(provider_examination& about)
{
    const auto& oidc = about.oidc();
    if (!oidc.signing_key.empty() && !oidc.assertion_file.empty())
        about.refuse(
            "assertion_file",
            "is set beside " + about.path("signing_key") + "; one of them makes the assertion"
        );
    if (oidc.signing_key.empty() && !oidc.signing_key_algorithm.empty())
        about.refuse("signing_key_algorithm", "needs " + about.path("signing_key") + ", which is not set");
    if (oidc.signing_key.empty() && !oidc.signing_certificate.empty())
        about.refuse("signing_certificate", "needs " + about.path("signing_key") + ", which is not set");
    if (!oidc.signing_key_algorithm.empty() &&
        !holds(key_pair_algorithms, std::string_view(oidc.signing_key_algorithm)))
        about.refuse(
            "signing_key_algorithm",
            "\"" + oidc.signing_key_algorithm + "\" is none of " + in_a_row(key_pair_algorithms)
        );
    if (!oidc.client_certificate.empty() && oidc.client_key.empty())
        about.refuse("client_certificate", "needs its private key: set " + about.path("client_key") + " too");
    if (oidc.client_certificate.empty() && !oidc.client_key.empty())
        about.refuse("client_key", "needs its certificate: set " + about.path("client_certificate") + " too");
}

void check_decryption(provider_examination& about)
{
    const auto& oidc = about.oidc();
    if (oidc.require_encryption && oidc.decryption_key.empty())
        about.refuse("require_encryption", "needs " + about.path("decryption_key") + ", which is not set");
    if (!oidc.decryption_key.empty() && oidc.decryption_key == oidc.signing_key)
        about.refuse(
            "decryption_key",
            "is also " + about.path("signing_key") +
                "; a key that signs and decrypts lets one use attack the other: make one for each"
        );
    if (!oidc.decryption_key.empty() && is_oauth_only(oidc))
        about.warn("decryption_key", "has no use: GitHub and GitLab encrypt nothing");
}

} // namespace

void check_client(provider_examination& about)
{
    check_method(about);
    check_secret(about);
    check_keys(about);
    check_request_object(about);
    check_decryption(about);
}

} // namespace sekisho::settings

// SPDX-License-Identifier: Apache-2.0
#include "oidc/token_error.hpp"

#include <algorithm>
#include <array>

namespace sekisho::oidc
{
namespace
{

struct known_error
{
    std::string_view text; // the code, or what the description contains
    std::string_view where;
    std::string_view hint;
};

// RFC 6749, 5.2, with what is usually behind it.
constexpr std::array known_codes{
    known_error{
        "invalid_client",
        "token_response.invalid_client",
        "the client id, or the secret, key or certificate that proves it, is wrong, expired or not "
        "registered, "
        "or the provider wants another oidc.client_authentication; if the secret has characters other than "
        "letters, digits and -._~ try client_secret_post, since some providers do not decode what RFC 6749 "
        "2.3.1 has us encode"
    },
    known_error{
        "invalid_grant",
        "token_response.invalid_grant",
        "the code or refresh token was used already, has expired, was issued for another redirect address, "
        "or "
        "is bound to another key than oidc.dpop_key"
    },
    known_error{
        "unauthorized_client",
        "token_response.unauthorized_client",
        "the provider does not allow this client the authorization code grant"
    },
    known_error{
        "invalid_request",
        "token_response.invalid_request",
        "the provider misses a parameter; a public client needs oidc.auth_method pkce"
    },
    // RFC 9449, 5 and 8.
    known_error{
        "invalid_dpop_proof",
        "token_response.invalid_dpop_proof",
        "the provider refuses the proof of our key: the clocks differ, oidc.dpop_key is another key than the "
        "one that the code or token is bound to, or the address that the provider compares with is not the "
        "one in its metadata"
    },
    known_error{
        "use_dpop_nonce",
        "token_response.use_dpop_nonce",
        "the provider wants a nonce in the proof of our key, and did not take the one that it gave a moment "
        "ago or gave none"
    },
    // Core 3.1.2.6, at a refresh.
    known_error{
        "login_required",
        "token_response.interaction_required",
        "the person has to sign in again at the provider"
    },
    known_error{
        "interaction_required",
        "token_response.interaction_required",
        "the person has to sign in again at the provider"
    },
    known_error{
        "consent_required",
        "token_response.interaction_required",
        "the person has to sign in again at the provider"
    },
    known_error{
        "account_selection_required",
        "token_response.interaction_required",
        "the person has to sign in again at the provider"
    },
    // GitHub's own names, which come with status 200.
    known_error{
        "incorrect_client_credentials",
        "token_response.invalid_client",
        "the client id and the secret are not of the same application at GitHub"
    },
    known_error{
        "bad_verification_code",
        "token_response.invalid_grant",
        "the code was used already, or is older than ten minutes"
    },
    known_error{
        "bad_refresh_token",
        "token_response.invalid_grant",
        "the refresh token was used already, was revoked, or is older than half a year"
    },
    known_error{
        "redirect_uri_mismatch",
        "token_response.redirect_uri",
        "the callback URL of the application at GitHub is not this gate's"
    },
    known_error{
        "unverified_user_email",
        "token_response.unverified_user_email",
        "the person's primary e-mail address at GitHub is not verified"
    },
};

// Entra's numbers are followed by a colon and are looked for with it: AADSTS700027 is not AADSTS7000272.
constexpr std::array known_descriptions{
    known_error{
        "AADSTS9002326:",
        "token_response.origin",
        "the Origin field was sent, and this application is not registered at Entra as a single-page "
        "application: set oidc.token_origin to off, or register the redirect address under \"Single-page "
        "application\" instead of \"Web\""
    },
    known_error{
        "AADSTS9002327:",
        "token_response.origin",
        "this application is registered at Entra as a single-page application, which redeems codes only with "
        "the Origin field: set oidc.token_origin to on, or register the redirect address under \"Web\" "
        "instead of \"Single-page application\""
    },
    known_error{
        "Browser requests to the token endpoint must be part of at least one of the following",
        "token_response.origin",
        "the Origin field was sent, which Okta takes from public clients with PKCE only: set "
        "oidc.token_origin to off, or use oidc.auth_method pkce without a client secret"
    },
    known_error{
        "PKCE code challenge is required",
        "token_response.pkce",
        "the provider wants PKCE from this client: set oidc.auth_method to pkce; if it is already, and a "
        "client secret is set, set oidc.token_origin to off"
    },
    known_error{
        "AADSTS7000215:",
        "token_response.invalid_client",
        "Entra does not know this secret: oidc.client_secret must be the secret's \"Value\", not its "
        "\"Secret "
        "ID\""
    },
    known_error{
        "AADSTS7000222:",
        "token_response.invalid_client",
        "the client secret has expired at Entra: make a new one under \"Certificates & secrets\""
    },
    known_error{
        "AADSTS7000218:",
        "token_response.invalid_client",
        "Entra wants a proof of this client: set oidc.client_secret, oidc.signing_key with its certificate "
        "or "
        "oidc.assertion_file, or allow public client flows in the registration"
    },
    known_error{
        "AADSTS700025:",
        "token_response.invalid_client",
        "the client is public at Entra and may send neither a secret nor an assertion: take "
        "oidc.client_secret "
        "away, or register the redirect address under \"Web\""
    },
    known_error{
        "AADSTS700027:",
        "token_response.invalid_client",
        "Entra cannot match the assertion with a registered certificate: upload the certificate of "
        "oidc.signing_key to the registration and name its file in oidc.signing_certificate"
    },
    known_error{
        "AADSTS700024:",
        "token_response.invalid_client",
        "the assertion is not valid at this time: the clock of this machine is wrong, or what writes "
        "oidc.assertion_file has stopped renewing it"
    },
    known_error{
        "AADSTS700211:",
        "token_response.invalid_client",
        "the issuer of oidc.assertion_file is not that of the federated credential at Entra"
    },
    known_error{
        "AADSTS700212:",
        "token_response.invalid_client",
        "the audience of oidc.assertion_file is not that of the federated credential at Entra, usually "
        "api://AzureADTokenExchange"
    },
    known_error{
        "AADSTS700213:",
        "token_response.invalid_client",
        "the subject of oidc.assertion_file is not that of the federated credential at Entra"
    },
    known_error{
        "AADSTS70021:",
        "token_response.invalid_client",
        "no federated credential at Entra has the issuer, subject and audience of oidc.assertion_file"
    },
    known_error{
        "AADSTS700016:",
        "token_response.invalid_client",
        "Entra's directory of oidc.issuer has no application with this oidc.client_id"
    },
};

} // namespace

token_error_explanation explain_token_error(std::string_view code, std::string_view description)
{
    for (const auto& each : known_descriptions)
        if (description.contains(each.text))
            return {each.where, each.hint};
    const auto* const known = std::ranges::find(known_codes, code, &known_error::text);
    if (known != known_codes.end())
        return {known->where, known->hint};
    return {"token_response", {}};
}

} // namespace sekisho::oidc

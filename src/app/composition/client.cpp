// SPDX-License-Identifier: Apache-2.0
#include "app/composition/client.hpp"

namespace sekisho::app
{

std::optional<oidc::client_authentication> authentication_of(settings::client_authentication from)
{
    using to = oidc::client_authentication;
    switch (from)
    {
    case settings::client_authentication::client_secret_basic:
        return to::client_secret_basic;
    case settings::client_authentication::client_secret_post:
        return to::client_secret_post;
    case settings::client_authentication::none:
        return to::none;
    case settings::client_authentication::client_secret_jwt:
        return to::client_secret_jwt;
    case settings::client_authentication::private_key_jwt:
        return to::private_key_jwt;
    case settings::client_authentication::tls_client_auth:
        return to::tls_client_auth;
    case settings::client_authentication::self_signed_tls_client_auth:
        return to::self_signed_tls_client_auth;
    case settings::client_authentication::automatic:
        break;
    }
    return std::nullopt;
}

result<provider::client_proofs> proofs_of(const settings::oidc_settings& from)
{
    provider::client_proofs made;
    made.signing_key = from.signing_key;
    made.signing_certificate = from.signing_certificate;
    made.assertion_file = from.assertion_file;
    made.audience = from.assertion_audience == settings::assertion_audience::issuer
                        ? provider::assertion_audience::issuer
                        : provider::assertion_audience::token_endpoint;
    made.has_certificate = !from.client_certificate.empty();
    made.sends_origin = from.token_origin == settings::off_on_auto::on;
    if (from.signing_key_algorithm.empty())
        return made;
    made.signing_algorithm = crypto::find_algorithm(from.signing_key_algorithm);
    if (!made.signing_algorithm || crypto::is_symmetric(*made.signing_algorithm))
        return fail(
            errc::value_malformed,
            "oidc.signing_key_algorithm",
            "\"" + from.signing_key_algorithm +
                "\" is none of RS256 to PS512, ES256 to ES512, EdDSA, Ed25519 and Ed448"
        );
    return made;
}

} // namespace sekisho::app

// SPDX-License-Identifier: Apache-2.0
#include "provider/credentials.hpp"

#include "oidc/request_object.hpp"
#include "oidc/request_object_encryption.hpp"
#include "provider/caller.hpp"

#include <utility>

namespace sekisho::provider
{
namespace
{

constexpr auto meaning = errc::oidc_code_exchange_failure;
constexpr auto no_request = errc::oidc_login_error;
constexpr std::string_view object_setting = "oidc.request_object";
constexpr std::string_view assertion_setting = "oidc.assertion_file";

} // namespace

oidc::client_means means_of(const configuration& what)
{
    return {
        .secret = !what.client_secret.empty(),
        .signing_key = !what.proofs.signing_key.empty(),
        .assertion_file = !what.proofs.assertion_file.empty(),
        .certificate = what.proofs.has_certificate,
    };
}

credentials::credentials(const configuration& what, const services& with)
    : what_(what), with_(with), keys_(what.proofs), dpop_(what, with)
{
}

result<oidc::client_credentials> credentials::for_request(const oidc::metadata& metadata)
{
    const auto method = oidc::choose_client_authentication(
        what_.authentication, means_of(what_), metadata.token_endpoint_auth_methods
    );
    if (!method)
        return std::unexpected(method.error());
    oidc::client_credentials made{what_.client, what_.client_secret, *method};
    if (!oidc::uses_assertion(*method))
        return made;
    auto assertion = assertion_for(*method, metadata);
    if (!assertion)
        return std::unexpected(translated(assertion.error(), meaning, assertion.error().where));
    made.assertion = std::move(*assertion);
    return made;
}

result<secret> credentials::assertion_for(oidc::client_authentication method, const oidc::metadata& metadata)
{
    if (method == oidc::client_authentication::private_key_jwt)
        return what_.proofs.assertion_file.empty() ? signed_assertion(metadata) : foreign_assertion();
    const auto key = crypto::signing_key::from_secret(what_.client_secret);
    return make(metadata, {key, oidc::choose_algorithm(key, metadata.token_endpoint_auth_algorithms)});
}

result<secret> credentials::signed_assertion(const oidc::metadata& metadata)
{
    const auto signer = keys_.at(with_.now());
    if (!signer)
        return std::unexpected(signer.error());
    const auto alg = oidc::choose_algorithm(signer->key, metadata.token_endpoint_auth_algorithms);
    return make(metadata, {signer->key, alg, signer->certificate});
}

result<std::string>
credentials::request_object(const oidc::metadata& metadata, const oidc::authorization_request& request)
{
    const auto signer = keys_.at(with_.now());
    if (!signer)
        return std::unexpected(translated(signer.error(), no_request, signer.error().where));
    const auto alg = oidc::choose_algorithm(signer->key, metadata.request_object_algorithms);
    const oidc::request_object_claims claims{metadata.issuer, with_.random.token(), with_.now()};
    auto made = oidc::make_request_object(request, claims, {signer->key, alg, signer->certificate});
    if (!made)
        return std::unexpected(translated(made.error(), no_request, object_setting));
    return made;
}

result<std::string> credentials::encrypted_object(
    const std::string& object, const oidc::metadata& metadata, const oidc::key_set& keys
) const
{
    const auto how = oidc::choose_object_encryption(keys.encryption_keys(), metadata, with_.now());
    auto made = how ? oidc::encrypt_request_object(object, *how, with_.random) : std::unexpected(how.error());
    if (!made)
        return fail(
            no_request,
            object_setting,
            "encrypted cannot be done, and nothing is sent: " + made.error().detail
        );
    return made;
}

result<secret> credentials::make(const oidc::metadata& metadata, const oidc::assertion_signer& signer) const
{
    // As the provider says it, not as it is reached: it compares with its own name.
    const bool is_for_issuer =
        what_.proofs.audience == assertion_audience::issuer || !metadata.token_endpoint;
    const oidc::assertion_claims claims{
        .client = what_.client,
        .audience = is_for_issuer ? metadata.issuer.str() : metadata.token_endpoint->text(),
        .jti = with_.random.token(),
        .now = with_.now(),
    };
    return oidc::make_client_assertion(claims, signer);
}

result<secret> credentials::foreign_assertion() const
{
    const auto& name = what_.proofs.assertion_file;
    auto text = read_small_file(name);
    auto accepted = text ? oidc::accept_foreign_assertion(*text, with_.now()) : std::unexpected(text.error());
    if (!accepted)
        return fail(errc::value_malformed, assertion_setting, name + ": " + accepted.error().detail);
    return accepted;
}

std::vector<error> credentials::problems()
{
    std::vector<error> found;
    if (!what_.proofs.signing_key.empty())
        if (const auto signer = keys_.at(with_.now()); !signer)
            found.push_back(signer.error());
    if (!what_.proofs.assertion_file.empty())
        if (const auto assertion = foreign_assertion(); !assertion)
            found.push_back(assertion.error());
    if (const auto usable = dpop_.check(); !usable)
        found.push_back(usable.error());
    return found;
}

} // namespace sekisho::provider

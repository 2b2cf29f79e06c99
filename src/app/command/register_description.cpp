// SPDX-License-Identifier: Apache-2.0
#include "app/command/register_description.hpp"

#include "app/check/report.hpp"
#include "app/composition/parts.hpp"
#include "app/file.hpp"
#include "crypto/certificate.hpp"
#include "provider/credentials.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace sekisho::app
{
namespace
{

using oidc::client_description;

oidc::wish wish_of(bool it) { return it ? oidc::wish::yes : oidc::wish::unsaid; }

bool lists(const std::vector<std::string>& announced, std::string_view value)
{
    return std::ranges::find(announced, value) != announced.end();
}

class describing
{
public:
    describing(
        const settings::model& values,
        live_provider& at,
        const oidc::metadata& metadata,
        const register_request& wanted
    )
        : values_(values), from_(at.from.oidc), at_(*at.one), what_(at.one->settings()), metadata_(metadata),
          wanted_(wanted)
    {
    }

    result<client_description> run()
    {
        if (!values_.server.public_url)
            return fail(
                errc::value_malformed,
                "server.public_url",
                "is not set, and the addresses that are registered are made of it"
            );
        say_addresses();
        say_what_is_asked();
        for (const auto step : {&describing::say_method, &describing::say_keys})
            if (auto said = (this->*step)(); !said)
                return std::unexpected(said.error());
        say_signatures();
        return std::move(made_);
    }

private:
    void say_addresses()
    {
        const auto& origin = *values_.server.public_url;
        const auto ours = addresses_of(values_);
        const auto addresses = registration_of(ours);
        made_.name = wanted_.client_name.empty() ? origin.host() : wanted_.client_name;
        made_.redirect_uris = {addresses.redirect_uri};
        const auto& landing = from_.sign_out_landing;
        if (!landing.empty())
            made_.post_logout_redirect_uris.push_back(
                landing.starts_with('/') ? origin.origin() + landing : landing
            );
        if (!lists(made_.post_logout_redirect_uris, addresses.post_logout_redirect_uri))
            made_.post_logout_redirect_uris.push_back(addresses.post_logout_redirect_uri);
        if (origin.is_https()) // Registration 1.0, 2: it must be
            made_.initiate_login_uri = origin.origin() + ours.initiate_path;
        const auto can_be_checked = what_.signature == provider::signature_need::required;
        if (metadata_.back_channel_logout != oidc::support::no && can_be_checked)
            made_.back_channel_logout_uri = addresses.back_channel_logout_uri;
        if (metadata_.front_channel_logout != oidc::support::no)
            made_.front_channel_logout_uri = addresses.front_channel_logout_uri;
    }

    void say_what_is_asked()
    {
        made_.flow = what_.flow;
        const auto gives = metadata_.grants.empty() || lists(metadata_.grants, "refresh_token");
        made_.refreshes = wish_of(values_.session.refresh && gives);
        for (const auto& each : what_.scopes)
            made_.scope.append(made_.scope.empty() ? "" : " ").append(each);
        made_.pushes_requests = wish_of(what_.wishes.pushed == provider::pushing::always);
        made_.binds_to_dpop_key = wish_of(!from_.dpop_key.empty());
        made_.binds_to_certificate = wish_of(what_.proofs.has_certificate && from_.dpop_key.empty());
    }

    // As a sign-in chooses it, with the secret that the provider is about to give.
    result<void> say_method()
    {
        auto means = provider::means_of(what_);
        means.secret = true;
        const auto method = oidc::choose_client_authentication(
            what_.authentication, means, metadata_.token_endpoint_auth_methods
        );
        if (!method)
            return std::unexpected(method.error());
        made_.method = *method;
        if (*method == oidc::client_authentication::self_signed_tls_client_auth)
            return fail(
                errc::value_malformed,
                "client_authentication",
                "self_signed_tls_client_auth: the certificate has to be registered by hand"
            );
        if (*method != oidc::client_authentication::tls_client_auth)
            return {};
        const auto pem = read_file(from_.client_certificate);
        const auto subject = pem ? crypto::certificate_subject(*pem) : std::unexpected(pem.error());
        if (!subject)
            return fail(
                errc::value_malformed,
                "client_certificate",
                from_.client_certificate + ": " + subject.error().detail
            );
        made_.certificate_subject = *subject;
        return {};
    }

    result<void> say_keys()
    {
        const auto signing = at_.published_keys();
        const auto decrypting = at_.published_decryption_keys();
        if (made_.method == oidc::client_authentication::private_key_jwt)
        {
            if (signing.empty())
                return fail(
                    errc::value_malformed,
                    "signing_key",
                    "is not set: the keys of whoever writes oidc.assertion_file are registered by hand"
                );
            made_.signs_with = algorithm_of(signing.front());
        }
        if (!signing.empty() && provider::is_signed(what_.wishes.object))
            made_.request_signed = algorithm_of(signing.front());
        if (!decrypting.empty() && what_.encryption == provider::encryption_need::required)
            made_.id_token_encrypted = encryption_of(decrypting.front());
        if (signing.empty() && decrypting.empty())
            return {};
        if (wanted_.keys == register_keys::by_address && values_.server.public_url->is_https())
        {
            made_.jwks_uri = registration_with_keys(addresses_of(values_)).jwks_uri;
            return {};
        }
        auto keys = json::array();
        for (const auto& each : signing)
            keys.push_back(each.public_jwk());
        for (const auto& each : decrypting)
            keys.push_back(each.public_jwk());
        made_.keys = sekisho::to_text(json{{"keys", std::move(keys)}});
        return {};
    }

    crypto::algorithm algorithm_of(const crypto::signing_key& key) const
    {
        return what_.proofs.signing_algorithm.value_or(key.usual_algorithm());
    }

    static std::string encryption_of(const crypto::decryption_key& key)
    {
        if (key.alg())
            return std::string(crypto::name(*key.alg()));
        return key.family() == "RSA" ? "RSA-OAEP-256" : "ECDH-ES+A256KW";
    }

    void say_signatures()
    {
        if (what_.signature == provider::signature_need::required && what_.algorithms.size() == 1)
            made_.id_token_signed = what_.algorithms.front();
        if (!oidc::is_signed(what_.wishes.mode))
            return;
        const auto& announced = metadata_.response_algorithms;
        const auto fitting = std::ranges::find_if(
            what_.algorithms,
            [&](auto each) { return what_.algorithms.size() == 1 || lists(announced, crypto::name(each)); }
        );
        if (fitting != what_.algorithms.end())
            made_.response_signed = *fitting;
    }

    const settings::model& values_;
    const settings::oidc_settings& from_;
    provider::provider& at_;
    const provider::configuration& what_;
    const oidc::metadata& metadata_;
    const register_request& wanted_;
    client_description made_;
};

} // namespace

result<oidc::client_description> describe_client(
    const settings::model& values,
    live_provider& at,
    const oidc::metadata& metadata,
    const register_request& wanted
)
{
    return describing(values, at, metadata, wanted).run();
}

} // namespace sekisho::app

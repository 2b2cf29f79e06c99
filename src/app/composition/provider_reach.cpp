// SPDX-License-Identifier: Apache-2.0
#include "app/composition/provider_reach.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "oidc/key_set.hpp"

#include <memory>
#include <string_view>
#include <utility>

namespace sekisho::app
{
namespace
{

// curl and others know the lower case longest.
std::string_view
variable(const settings::environment& from, const std::string& lower, const std::string& upper)
{
    const auto first = from.find(lower);
    if (first != from.end())
        return first->second;
    const auto second = from.find(upper);
    return second == from.end() ? std::string_view() : std::string_view(second->second);
}

// Null: no file is set. `setting` is a literal.
result<std::shared_ptr<const oidc::key_set>>
keys_of(const std::string& file, std::string_view setting, const file_reader& read)
{
    if (file.empty())
        return std::shared_ptr<const oidc::key_set>();
    const auto text = read(file);
    if (!text)
        return fail(errc::value_malformed, setting, file + ": " + text.error().detail);
    auto keys = oidc::key_set::from_file(*text);
    if (!keys)
        return fail(errc::value_malformed, setting, file + ": " + keys.error().detail);
    return std::make_shared<const oidc::key_set>(std::move(*keys));
}

oidc::given_endpoints endpoints_of(const settings::oidc_settings& from)
{
    return {
        from.authorization_endpoint,
        from.token_endpoint,
        from.userinfo_endpoint,
        from.jwks_uri,
        from.end_session_endpoint,
        from.introspection_endpoint,
        from.revocation_endpoint,
        from.pushed_authorization_request_endpoint,
        from.signed_jwks_uri,
        from.registration_endpoint,
    };
}

result<oidc::metadata> metadata_without_discovery(provider::reach how, const provider::configuration& made)
{
    auto what = made;
    what.reach = std::move(how);
    return oidc::metadata_without_document(
        made.issuer, {made.transport, made.flow, what.reach.endpoints, provider::place_of_keys(what)}
    );
}

} // namespace

result<http::outbound_proxies>
proxies_of(const settings::oidc_settings& from, const settings::environment& variables)
{
    if (!from.proxy.empty())
        return http::outbound_proxies_of(from.proxy.reveal());
    return http::outbound_proxies_of(
        variable(variables, "https_proxy", "HTTPS_PROXY"),
        variable(variables, "http_proxy", "HTTP_PROXY"),
        variable(variables, "no_proxy", "NO_PROXY")
    );
}

result<net::beast_http_client_options>
client_options_of(const settings::oidc_settings& from, const settings::environment& variables)
{
    auto proxies = proxies_of(from, variables);
    if (!proxies)
        return std::unexpected(proxies.error());
    net::beast_http_client_options made;
    made.ca_file = from.ca_file;
    made.allow_http = from.allow_http ? net::plain_http::everywhere : net::plain_http::loopback_only;
    if (from.profile != settings::profile::none)
        made.ciphers = net::tls_ciphers::recommended; // FAPI 2.0 Security Profile, 5.2.2
    made.timeout = from.request_timeout;
    made.certificate = {from.client_certificate, from.client_key};
    made.proxies = std::move(*proxies);
    return made;
}

result<provider::reach>
reach_of(const settings::oidc_settings& from, const provider::configuration& made, const file_reader& read)
{
    provider::reach out;
    out.endpoints = endpoints_of(from);
    out.back_channel = from.back_channel_url;
    out.timeouts = {from.metadata_timeout, from.token_timeout, from.userinfo_timeout};
    if (auto allowed = oidc::check(out.endpoints, made.transport); !allowed)
        return std::unexpected(allowed.error());
    auto keys = keys_of(from.jwks_file, "jwks_file", read);
    if (!keys)
        return std::unexpected(keys.error());
    out.keys = std::move(*keys);
    if (out.keys && from.request_object == settings::request_object::encrypted &&
        out.keys->encryption_keys().empty())
        return fail(
            errc::value_malformed,
            "jwks_file",
            from.jwks_file + ": has no key for encryption (a JWK whose use is \"enc\"), which request_object "
                             "encrypted needs; add the provider's, or use signed"
        );
    auto signers = keys_of(from.signed_jwks_keys, "signed_jwks_keys", read);
    if (!signers)
        return std::unexpected(signers.error());
    out.key_signers = std::move(*signers);
    if (from.discovery)
    {
        out.metadata_url = from.metadata_url;
        return out;
    }
    auto metadata = metadata_without_discovery(out, made);
    if (!metadata)
        return std::unexpected(metadata.error());
    out.metadata = std::make_shared<const oidc::metadata>(std::move(*metadata));
    return out;
}

std::string digest_of_files(const settings::oidc_settings& from, const file_reader& read)
{
    std::string all;
    for (const auto* const name :
         {&from.ca_file, &from.jwks_file, &from.signed_jwks_keys, &from.service_account, &from.logo})
    {
        const auto text = name->empty() ? result<std::string>() : read(*name);
        all += base64url_encode(crypto::hash(crypto::digest::sha256, text ? as_bytes(*text) : byte_view()));
    }
    return all;
}

} // namespace sekisho::app

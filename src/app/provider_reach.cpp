// SPDX-License-Identifier: Apache-2.0
#include "app/provider_reach.hpp"

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

result<std::shared_ptr<const oidc::key_set>> keys_of(const std::string& file, const file_reader& read)
{
    const auto text = read(file);
    if (!text)
        return fail(errc::value_malformed, "jwks_file", file + ": " + text.error().detail);
    auto keys = oidc::key_set::from_file(*text);
    if (!keys)
        return fail(errc::value_malformed, "jwks_file", file + ": " + keys.error().detail);
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
        from.registration_endpoint,
    };
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
    if (!from.jwks_file.empty())
    {
        auto keys = keys_of(from.jwks_file, read);
        if (!keys)
            return std::unexpected(keys.error());
        out.keys = std::move(*keys);
    }
    if (from.discovery)
        return out;
    const bool needs_no_keys = out.keys || provider::has_no_keys(made);
    auto metadata = oidc::metadata_without_document(
        made.issuer,
        {made.transport,
         made.flow,
         out.endpoints,
         needs_no_keys ? oidc::key_place::elsewhere : oidc::key_place::in_metadata}
    );
    if (!metadata)
        return std::unexpected(metadata.error());
    out.metadata = std::make_shared<const oidc::metadata>(std::move(*metadata));
    return out;
}

std::string digest_of_files(const settings::oidc_settings& from, const file_reader& read)
{
    std::string all;
    for (const auto* const name : {&from.ca_file, &from.jwks_file, &from.service_account, &from.logo})
    {
        const auto text = name->empty() ? result<std::string>() : read(*name);
        all += base64url_encode(crypto::hash(crypto::digest::sha256, text ? as_bytes(*text) : byte_view()));
    }
    return all;
}

} // namespace sekisho::app

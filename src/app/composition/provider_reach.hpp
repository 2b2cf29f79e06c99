// SPDX-License-Identifier: Apache-2.0
#pragma once
// One provider's settings as the ways to it: its client, proxy, certificate, addresses and given keys.

#include "http/outbound_proxy.hpp"
#include "net/beast_http_client.hpp"
#include "oidc/metadata.hpp"
#include "provider/configuration.hpp"
#include "settings/load.hpp"
#include "settings/model.hpp"

#include <functional>
#include <string>

namespace sekisho::app
{

using file_reader = std::function<result<std::string>(const std::string& name)>;

// In all errors `where` is the setting's own name without its provider: "jwks_file".

// As oidc.proxy says or, where it is not set, HTTPS_PROXY, HTTP_PROXY and NO_PROXY do; of a variable in upper
// and in lower case the lower one counts. Error: value_malformed, `where` is "proxy" or the variable.
result<http::outbound_proxies>
proxies_of(const settings::oidc_settings& from, const settings::environment& variables);

// Error: as proxies_of.
result<net::beast_http_client_options>
client_options_of(const settings::oidc_settings& from, const settings::environment& variables);

// `made` has issuer, transport, flow and protocol. Error: value_malformed for an address that is missing or
// not allowed, and for a file of keys that holds none.
result<provider::reach>
reach_of(const settings::oidc_settings& from, const provider::configuration& made, const file_reader& read);

// What stands in the files that a provider is made from once (authorities, given keys, those who sign the
// keys), as a digest: the same settings with another digest are another provider. Files that cannot be read
// count as empty.
std::string digest_of_files(const settings::oidc_settings& from, const file_reader& read);

} // namespace sekisho::app

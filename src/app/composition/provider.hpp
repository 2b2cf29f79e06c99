// SPDX-License-Identifier: Apache-2.0
#pragma once
// One provider of the settings as the object that talks to it, with the client it talks through.

#include "app/composition/provider_reach.hpp"
#include "net/http_client.hpp"
#include "provider/provider.hpp"
#include "settings/effective.hpp"
#include "settings/load.hpp"

#include <expected>
#include <memory>
#include <string>
#include <vector>

namespace sekisho::app
{

// What keeps a setting from being used although its form is right: an unreadable file, a key of another
// certificate.
struct composition_problem
{
    std::string setting; // "server.tls_certificate"
    std::string message;
};

// Lives on the control worker.
struct live_provider
{
    settings::effective_provider from;
    std::string files; // digest_of_files, as they were
    std::unique_ptr<net::http_client> http;
    std::unique_ptr<provider::provider> one; // ends before its client
};

// What the process gives to every provider.
struct provider_ground
{
    net::executor home; // of the control worker
    metric::registry& metrics;
    const file_reader& read;
    const settings::environment& variables; // for HTTPS_PROXY and the like
};

// Error: value_malformed; `where` is the setting's own name without its provider ("issuer").
result<provider::configuration>
provider_of(const settings::effective_provider& from, const file_reader& read);

// Problems name the setting as people wrote it: "oidc.ca_file", "providers.okta.ca_file".
std::expected<std::shared_ptr<live_provider>, std::vector<composition_problem>>
make_provider(const settings::effective_provider& from, const provider_ground& on);

// Whether this provider, as it lives, is the one that is wanted.
bool is_same(
    const live_provider& living, const settings::effective_provider& wanted, const file_reader& read
);

// "oidc.issuer" or "providers.okta.issuer".
std::string setting_of(const settings::effective_provider& of, std::string_view name);

} // namespace sekisho::app

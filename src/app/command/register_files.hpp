// SPDX-License-Identifier: Apache-2.0
#pragma once
// What `sekisho register` keeps of a registration: a directory with a file for each part, of mode 0600. The
// gate reads the first two (OIDC_CLIENT_ID_FILE, OIDC_CLIENT_SECRET_FILE), the next `register` all of them.

#include "base/result.hpp"
#include "base/secret.hpp"

#include <optional>
#include <string>

namespace sekisho::app
{

struct kept_client
{
    std::string id;
    secret client_secret;   // empty: it has none
    secret access_token;    // registration_access_token; empty: it cannot be changed
    std::string client_uri; // registration_client_uri; empty likewise
    std::string issuer{};   // whose client it is; empty: nobody knows
};

// In all errors: value_malformed, the detail names the file.

// nullopt: nothing is kept there.
result<std::optional<kept_client>> read_kept_client(const std::string& directory);

// Makes the directory where it is missing, and tries whether files can be written to it: a registration whose
// secret cannot be kept must not be made.
result<void> prepare_to_keep(const std::string& directory);

// Each file whole or as it was; client_id last, which is what says that something is kept.
result<void> keep_client(const std::string& directory, const kept_client& client);

// Removes the files; client_id first.
result<void> forget_client(const std::string& directory);

} // namespace sekisho::app

// SPDX-License-Identifier: Apache-2.0
#pragma once
// Dynamic client registration, what comes back (RFC 7591, 3.2; RFC 7592, 3): the registered client, and what
// the provider made of what was asked for.

#include "base/json.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "oidc/names.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::oidc
{

enum class difference_weight : std::uint8_t
{
    note,
    problem, // sign-in does not work like this
};

struct registration_difference
{
    difference_weight weight = difference_weight::note;
    std::string text; // what was asked, what was registered, what to do
};

struct registered_client
{
    client_id id;
    secret client_secret;                     // empty: none
    std::optional<time_point> secret_expires; // nullopt: never, or there is none
    secret access_token;                      // registration_access_token; empty: it cannot be changed again
    std::string client_uri;                   // registration_client_uri; empty likewise; as it was received
    std::vector<registration_difference> differences;
};

enum class registration_step : std::uint8_t
{
    creation,
    update,
    deletion,
};

// The answer to a registration or an update of `asked`. Errors: oidc_provider_unavailable for 5xx and 429;
// oidc_auth_error for every other refusal, with what it usually means; value_malformed for an answer without
// a usable client_id.
result<registered_client>
read_registration(int status, std::string_view body, registration_step step, const json& asked);

// The answer to a deletion. Errors: as above.
result<void> read_deletion(int status, std::string_view body);

} // namespace sekisho::oidc

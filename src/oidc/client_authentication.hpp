// SPDX-License-Identifier: Apache-2.0
#pragma once
// How we prove at the token endpoint who we are (Core 9, RFC 6749 2.3.1): one function per method.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/url.hpp"
#include "http/fields.hpp"
#include "oidc/names.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::oidc
{

enum class client_authentication : std::uint8_t
{
    none, // public client
    client_secret_basic,
    client_secret_post,
};

// The specification's name: "client_secret_basic".
std::string_view name(client_authentication method) noexcept;

struct client_credentials
{
    client_id id;
    secret client_secret; // empty: a public client
    client_authentication method = client_authentication::none;
};

// A POST to the provider with a form as its body.
struct form_request
{
    url endpoint;
    http::owned_fields fields; // Content-Type and Accept are there already
    parameters form;
};

// The body: application/x-www-form-urlencoded.
std::string body(const form_request& request);

// Without a secret always none; else what is set; else the first of basic and post that the metadata lists,
// basic when it lists nothing (Discovery 3). Error: oidc_code_exchange_failure when it lists neither; the
// detail names what it lists and the setting that decides.
result<client_authentication> choose_client_authentication(
    std::optional<client_authentication> set,
    const secret& client_secret,
    std::span<const std::string> supported
);

// RFC 6749, 2.3.1: both halves form-encoded, then Basic.
form_request with_client_secret_basic(form_request request, const client_credentials& client);
form_request with_client_secret_post(form_request request, const client_credentials& client);
// Only the client_id (RFC 6749, 3.2.1).
form_request without_secret(form_request request, const client_credentials& client);

// The one of the three that the credentials say.
form_request authenticated(form_request request, const client_credentials& client);

} // namespace sekisho::oidc

// SPDX-License-Identifier: Apache-2.0
#pragma once
// How we prove to the provider who we are (Core 9, RFC 6749 2.3.1, RFC 7523, RFC 8705 2): one function per
// method, the same for every request.

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
    client_secret_jwt,
    private_key_jwt, // signed by us, or read from a file that somebody else writes
    tls_client_auth,
    self_signed_tls_client_auth,
};

// The specification's name: "client_secret_basic".
std::string_view name(client_authentication method) noexcept;

// Whether the proof is a signed statement made for the one request (RFC 7523).
bool uses_assertion(client_authentication method) noexcept;

struct client_credentials
{
    client_id id;
    secret client_secret; // empty: a public client
    client_authentication method = client_authentication::none;
    secret assertion{}; // where the method uses one: for this request alone (oidc/client_assertion)
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

// What there is to prove ourselves with.
struct client_means
{
    bool secret = false;
    bool signing_key = false;
    bool assertion_file = false;
    bool certificate = false; // for TLS; it may also be wanted by something on the way to the provider
};

// What is set. Otherwise the first that there are means for and that the metadata lists, in this order:
// private_key_jwt, client_secret_basic, client_secret_post, client_secret_jwt, tls_client_auth,
// self_signed_tls_client_auth; and without means always none. When the metadata lists nothing: a key or
// assertion, else a secret by client_secret_basic (Discovery 3), else the certificate by tls_client_auth.
// Error: oidc_code_exchange_failure when what is set lacks its means, or no means of ours is listed; the
// detail names what there is, what is listed and the setting that decides.
result<client_authentication> choose_client_authentication(
    std::optional<client_authentication> set,
    const client_means& means,
    std::span<const std::string> supported
);

// RFC 6749, 2.3.1: both halves form-encoded, then Basic.
form_request with_client_secret_basic(form_request request, const client_credentials& client);
form_request with_client_secret_post(form_request request, const client_credentials& client);
// RFC 7523, 2.2: client_assertion and its type, with the client_id, which many providers want beside it.
form_request with_client_assertion(form_request request, const client_credentials& client);
// Only the client_id: for public clients (RFC 6749, 3.2.1), and where the TLS connection is the proof (RFC
// 8705, 2).
form_request with_client_id(form_request request, const client_credentials& client);

// The one of these that the credentials say.
form_request authenticated(form_request request, const client_credentials& client);

} // namespace sekisho::oidc

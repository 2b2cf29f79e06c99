// SPDX-License-Identifier: Apache-2.0
#pragma once
// Dynamic client registration, what is sent (RFC 7591, OpenID Connect Dynamic Client Registration 1.0, RFC
// 7592): what a client says of itself, and the three requests about it.

#include "base/json.hpp"
#include "base/secret.hpp"
#include "base/url.hpp"
#include "crypto/key.hpp"
#include "http/fields.hpp"
#include "oidc/client_authentication.hpp"
#include "oidc/flow.hpp"
#include "oidc/names.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::oidc
{

// Whether a member is said: what is left at `unsaid` is the provider's to choose.
enum class wish : std::uint8_t
{
    unsaid,
    yes,
};

// Empty texts and lists, and nullopt, are not said.
struct client_description
{
    std::string name;
    std::vector<std::string> redirect_uris;
    std::vector<std::string> post_logout_redirect_uris;
    std::string initiate_login_uri;
    std::string back_channel_logout_uri;
    std::string front_channel_logout_uri;
    oidc::flow flow = oidc::flow::pkce;
    wish refreshes = wish::unsaid;
    std::string scope;
    client_authentication method = client_authentication::client_secret_basic;
    std::string certificate_subject;                  // with tls_client_auth (RFC 8705, 2.1.2)
    std::optional<crypto::algorithm> signs_with;      // assertions of private_key_jwt
    std::string jwks_uri;                             // our public keys; empty: see `keys`
    std::string keys;                                 // or the keys themselves, a JWK set in JSON
    std::optional<crypto::algorithm> id_token_signed; // the only one that we take
    std::string id_token_encrypted;                   // "RSA-OAEP-256"
    std::optional<crypto::algorithm> request_signed;  // we send signed requests only (RFC 9101, 10.5)
    std::optional<crypto::algorithm> response_signed; // JARM 1.0, 3
    wish pushes_requests = wish::unsaid;              // always (RFC 9126, 6)
    wish binds_to_dpop_key = wish::unsaid;            // RFC 9449, 5.2
    wish binds_to_certificate = wish::unsaid;         // RFC 8705, 3.4
};

// The client metadata (RFC 7591, 2).
json client_metadata(const client_description& about);

struct registration_request
{
    std::string_view method; // POST, PUT or DELETE
    url endpoint;
    http::owned_fields fields;
    std::string body; // empty: none
};

// RFC 7591, 3.1. `initial_access_token` empty: none is sent.
registration_request
register_client(const url& endpoint, const json& metadata, const secret& initial_access_token);

// A client that was registered, by what is kept of it.
struct kept_registration
{
    client_id id;
    secret client_secret; // empty: it has none
    url client_uri;       // registration_client_uri
    secret access_token;  // registration_access_token
};

// RFC 7592, 2.2: all of the metadata, with the client's id and its secret as they are.
registration_request update_client(const kept_registration& client, json metadata);
// RFC 7592, 2.3.
registration_request delete_client(const kept_registration& client);

} // namespace sekisho::oidc

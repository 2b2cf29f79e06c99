// SPDX-License-Identifier: Apache-2.0
#pragma once
// Everything that can be set, as plain data. A default is written here, as a member's initialiser, and
// nowhere else. What each member means to people stands in its row of settings/table.cpp.

#include "base/log.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "base/url.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::settings
{

// A number of bytes, written "64KiB", "10MB" or "1048576".
struct byte_size
{
    std::uint64_t bytes = 0;
    friend bool operator==(byte_size, byte_size) = default;
};

// Where a listener binds, written ":8080" (every address), "127.0.0.1:9090" or "[::1]:9090".
struct listen_address
{
    std::string host; // an IP address without brackets, or "localhost"; empty: every address, IPv4 and IPv6
    std::uint16_t port = 0; // 0: any free port
    friend bool operator==(const listen_address&, const listen_address&) = default;
};

using texts = std::vector<std::string>;

// The name of a header towards the application; empty ("off" in the sources): not sent.
using header_name = text<struct header_name_tag>;

// A further header towards the application, written "X-Department: department".
struct header_claim
{
    std::string header;
    std::string claim; // a path into the claims: "address.country"
    friend bool operator==(const header_claim&, const header_claim&) = default;
};

enum class auth_method : std::uint8_t
{
    pkce,     // authorization code with PKCE S256
    code,     // authorization code without PKCE
    implicit, // ID token by form_post
};

enum class client_authentication : std::uint8_t
{
    automatic, // from the provider's metadata
    client_secret_basic,
    client_secret_post,
    none,
};

enum class response_mode : std::uint8_t
{
    automatic, // query for code and pkce, form_post for implicit
    query,
    form_post,
};

enum class when_needed : std::uint8_t
{
    automatic,
    always,
    never,
};

struct oidc_settings
{
    std::string issuer; // as it was given; oidc/ takes a pasted /.well-known/openid-configuration off
    std::string client_id;
    secret client_secret; // empty: a public client
    settings::auth_method auth_method = auth_method::pkce;
    settings::client_authentication client_authentication = client_authentication::automatic;
    settings::response_mode response_mode = response_mode::automatic;
    texts scopes{"openid", "profile", "email"};
    when_needed userinfo = when_needed::automatic;
    texts signing_algorithms;                        // empty: every asymmetric one; HS* only when listed
    std::chrono::seconds clock_skew = 60s;           // towards exp, iat, nbf, auth_time
    std::optional<std::chrono::seconds> max_age;     // not set: not sent
    std::string prompt;                              // empty: not sent
    std::string ca_file;                             // PEM; empty: the system's authorities
    bool allow_http = false;                         // loopback needs no permission
    std::chrono::milliseconds request_timeout = 10s; // one call to the provider, all of it
    std::chrono::seconds metadata_refresh = 1h;      // discovery document and keys
};

enum class encoded_slash : std::uint8_t
{
    refuse, // a target with %2F, %5C is answered with 400
    keep,   // passed on as it is
};

enum class tls_version : std::uint8_t
{
    tls_1_2,
    tls_1_3,
};

struct server_settings
{
    std::vector<listen_address> listen{{.host = {}, .port = 8080}};
    std::optional<url> public_url; // not set: from the request's Host
    texts allowed_hosts;           // and public_url's with them; empty: every host
    std::uint32_t workers = 0;     // 0: one per core

    std::string tls_certificate; // PEM chain file; empty: plain http
    std::string tls_key;         // PEM file
    tls_version tls_min_version = tls_version::tls_1_2;

    std::string callback_path = "/oidc/callback";
    std::string login_path = "/oidc/login";
    std::string session_path = "/oidc/session";
    std::string logout_path = "/logout";

    texts trusted_proxies; // networks in CIDR form or single addresses; empty: nobody is believed
    settings::encoded_slash encoded_slash = encoded_slash::refuse;

    byte_size max_head_bytes{64 * 1024};
    std::uint32_t max_head_fields = 100;
    byte_size max_body_bytes{0};            // 0: no limit
    std::uint32_t max_connections = 10'000; // of clients, over all workers

    std::chrono::milliseconds head_timeout =
        30s; // from the first byte of a head (or the handshake) to its end
    std::chrono::milliseconds body_timeout = 60s;   // between two pieces of a body
    std::chrono::milliseconds idle_timeout = 75s;   // a kept connection without a request
    std::chrono::milliseconds write_timeout = 60s;  // a client that takes nothing
    std::chrono::milliseconds shutdown_delay = 0s;  // readiness fails this long before the listeners close
    std::chrono::milliseconds shutdown_grace = 30s; // requests in flight may take this long
};

struct upstream_settings
{
    std::optional<sekisho::url> url; // required
    std::string ca_file;             // PEM; empty: the system's authorities
    bool verify_tls = true;
    bool preserve_host = true; // the client's Host goes to the application; otherwise url's
    std::chrono::milliseconds connect_timeout = 5s;
    std::chrono::milliseconds response_timeout = 60s;      // request sent to first byte of the answer
    std::chrono::milliseconds idle_timeout = 300s;         // between two pieces of an answer; 0: no limit
    std::chrono::milliseconds websocket_idle_timeout = 1h; // no byte either way; 0: no limit
    std::chrono::milliseconds keep_alive = 55s; // an idle connection is kept this long; 0: none is kept
    std::uint32_t max_idle_connections = 64;    // per worker
};

enum class same_site : std::uint8_t
{
    lax,
    strict,
    none,
};

struct session_settings
{
    sekisho::secret secret;                       // empty: a random one, lost at the next start
    std::vector<sekisho::secret> secret_previous; // open cookies sealed with an older secret, newest first
    std::chrono::seconds lifetime = 12h;          // from sign-in
    std::chrono::seconds idle_timeout = 1h;       // 0: off
    std::chrono::seconds sign_in_timeout = 15min; // a sign-in under way
    std::string cookie_name;                      // empty: "__Host-sekisho" on https, "sekisho" on http
    std::string cookie_domain;                    // empty: this host only
    settings::same_site same_site = same_site::lax;
    when_needed keep_id_token = when_needed::automatic; // automatic: when something uses it
};

enum class email_verified : std::uint8_t
{
    require,    // the claim must be true
    if_present, // the claim must not be false
    ignore,
};

enum class groups_format : std::uint8_t
{
    separated,
    json,
    repeated, // one header line per group
};

enum class header_encoding : std::uint8_t
{
    automatic, // percent, only when a value is not plain ASCII
    utf8,
    percent,
    base64url,
};

enum class authorization : std::uint8_t
{
    leave, // the client's field goes through
    id_token,
    access_token,
};

struct identity_settings
{
    // Chains: the first claim that is there wins; "realm_access.roles" is a path into nested claims.
    texts user_claim{"sub"};
    texts username_claim{"preferred_username"};
    texts email_claim{"email"};
    texts groups_claim{"groups"};
    bool require_email = false;
    settings::email_verified email_verified = email_verified::if_present;

    header_name user_header{"X-Forwarded-User"};
    header_name username_header{"X-Forwarded-Preferred-Username"};
    header_name email_header{"X-Forwarded-Email"};
    header_name groups_header{"X-Forwarded-Groups"};
    std::string groups_separator = ",";
    settings::groups_format groups_format = groups_format::separated;
    settings::header_encoding header_encoding = header_encoding::automatic;
    std::vector<header_claim> extra_headers;
    header_name id_token_header;
    header_name access_token_header;
    settings::authorization authorization = authorization::leave;
};

struct access_settings
{
    texts public_paths; // "/healthz" exactly that path, "/static/*" everything below
};

struct admin_settings
{
    std::optional<listen_address> listen = listen_address{.host = "127.0.0.1", .port = 9090}; // none: off
};

struct log_settings
{
    log::level level = log::level::info;
    log::format format = log::format::json;
    bool access = true; // one line per request
};

struct model
{
    oidc_settings oidc;
    server_settings server;
    upstream_settings upstream;
    session_settings session;
    identity_settings identity;
    access_settings access;
    admin_settings admin;
    log_settings log;
};

} // namespace sekisho::settings

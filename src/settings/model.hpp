// SPDX-License-Identifier: Apache-2.0
#pragma once
// Everything that can be set, as plain data. A default is written here, as a member's initialiser, and
// nowhere else. What each member means to people stands in its row of settings/table.cpp.

#include "base/log.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "base/url.hpp"
#include "settings/values.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::settings
{

// One provider: oidc.* is the one called "default", providers.<name>.* are further ones.
struct oidc_settings
{
    settings::preset preset = settings::preset::automatic;
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

    // The authorization request.
    texts acr_values;
    std::string display;
    std::string domain_hint;
    texts resource;                            // RFC 8707, one parameter each
    std::string audience;                      // Auth0's
    std::string claims;                        // a JSON object (Core 5.5)
    std::vector<named_value> extra_parameters; // whatever else the provider wants
    // What a link to the login address may say: a name, or "name=value" where only that value may come.
    texts login_parameters{
        "login_hint", "prompt=login", "prompt=select_account", "prompt=consent", "prompt=create"
    };

    // Where the provider is, beside its discovery document; each set one wins over the document.
    bool discovery = true; // false: the addresses below are all there is
    std::optional<url> authorization_endpoint;
    std::optional<url> token_endpoint;
    std::optional<url> userinfo_endpoint;
    std::optional<url> jwks_uri;
    std::optional<url> end_session_endpoint;
    std::optional<url> introspection_endpoint;
    std::optional<url> revocation_endpoint;
    std::optional<url> back_channel_url; // scheme, host and port for our own calls instead of the issuer's
    std::string jwks_file; // verification keys that never change: a JWK set or PEM; empty: jwks_uri
    secret proxy; // http address for our calls, may hold user:password@; "off": none; empty: as HTTPS_PROXY,
                  // HTTP_PROXY and NO_PROXY say
    std::optional<std::chrono::milliseconds> metadata_timeout; // not set: request_timeout; also the keys'
    std::optional<std::chrono::milliseconds> token_timeout;
    std::optional<std::chrono::milliseconds> userinfo_timeout;

    // Client authentication without a shared secret.
    std::string signing_key;           // PEM or JWK file, or a directory of them (`sekisho key rotate`)
    std::string signing_key_algorithm; // "PS256"; empty: the key's usual one
    std::string signing_certificate;   // PEM file, for `x5t`
    std::string assertion_file;        // a JWT that somebody else writes (RFC 7523); read at each use
    settings::assertion_audience assertion_audience = assertion_audience::token_endpoint;
    std::string client_certificate;                    // PEM chain file for TLS towards the provider
    std::string client_key;                            // PEM file
    off_on_auto token_origin = off_on_auto::automatic; // the Origin field at the token endpoint

    // What comes back.
    token_place userinfo_token = token_place::header;
    texts claim_hosts;       // hosts that distributed claims may be fetched from (Core 5.6.2)
    texts trusted_audiences; // that may stand beside ours in `aud`
    settings::issuer_check issuer_check = issuer_check::exact;
    texts tenants;        // Entra: tenant ids that are let in; empty with tenant_template: refused at start
    texts hosted_domains; // Google: values of `hd` that are let in; empty: everybody
    group_source groups_from = group_source::claims;
    std::optional<url> api_url;        // of Graph, Admin SDK, GitHub or GitLab; not set: the public one
    std::string service_account;       // Google: the key file
    std::string service_account_actor; // Google: the administrator it acts for
    sign_out_form sign_out = sign_out_form::automatic;
    bool revoke_tokens = false; // at sign-out, where the provider has an address for it (RFC 7009)

    // How long its sessions last; not set: as session.*.
    std::optional<std::chrono::seconds> session_lifetime;
    std::optional<std::chrono::seconds> session_idle_timeout; // 0: off

    // Where this provider differs from identity.*; empty: as there.
    texts user_claim;
    texts username_claim;
    texts email_claim;
    texts name_claim;
    texts groups_claim;
    texts roles_claim;
    texts picture_claim;
    std::optional<settings::email_verified> email_verified;
    std::optional<path_groups> group_paths;

    // Choosing among several providers.
    std::string label;    // empty: the name
    std::string label_ja; // empty: label
    std::string logo;     // an image file; empty: none
    std::uint32_t order = 0;
    texts email_domains; // people with such an address sign in here and nowhere else
    texts hosts;         // requests for these hosts are signed in here
    texts paths;         // and those below these paths, written as access.public_paths
};

// A further provider by its name: letters, digits and "-".
struct named_provider
{
    std::string name;
    oidc_settings oidc;
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
    std::string initiate_path = "/oidc/initiate";
    std::string jwks_path = "/oidc/jwks";
    std::string test_path = "/oidc/test";
    std::string backchannel_logout_path = "/oidc/backchannel-logout";
    std::string frontchannel_logout_path = "/oidc/frontchannel-logout";
    std::string check_session_path = "/oidc/check-session";
    std::string local_path = "/oidc/local";
    std::string emergency_path = "/oidc/emergency";
    std::string resume_path = "/oidc/resume"; // where a form that was kept over a sign-in is sent again

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

    // Where sessions live.
    session_store store = session_store::automatic; // automatic: redis when redis.url is set, else cookie
    std::uint32_t memory_limit = 100'000;           // sessions; the least recently used leave
    std::string memory_file;                        // sessions outlive a restart there; empty: they do not
    std::chrono::milliseconds recheck = 1s;         // how old what a worker knows of a stored session may be
    std::chrono::seconds stale_while_down{0};       // how long reads go on without the store; 0: not at all
    std::chrono::seconds keep_signed_in{0}; // what people may choose when signing in; 0: no such choice
    std::uint32_t max_per_person = 0;       // 0: any number
    too_many_sessions when_too_many = too_many_sessions::end_oldest;

    // Renewal.
    bool refresh = true; // when the provider gave a refresh token
    std::chrono::seconds refresh_before{60
    }; // the end of the access token; plus up to as much again, by chance
    std::chrono::seconds refresh_interval{0}; // at the latest; 0: as the access token's life says
    refresh_failure on_refresh_failure = refresh_failure::keep;
    bool silent_sign_in = false;               // prompt=none when tokens end and cannot be renewed
    std::chrono::seconds userinfo_interval{0}; // asks again whether the person is still there; 0: never

    // Ending.
    texts clear_site_data;            // "cookies", "storage", "cache"; empty: not sent
    std::string application_sign_out; // the application's own sign-out, a path or an address; empty: none
    application_sign_out_way application_sign_out_by = application_sign_out_way::redirect;
    bool check_session = false; // OpenID Connect Session Management 1.0

    byte_size keep_form{64 * 1024}; // largest form that survives a sign-in; 0: none does
};

// The store that replicas share, and what they tell one another through it.
struct redis_settings
{
    texts url; // redis://host:6379/0, rediss://…, unix:///path; several: sentinels or nodes of a cluster
    redis_kind kind = redis_kind::standalone;
    std::string username;                     // ACL; empty: none
    secret password;                          // empty: none
    std::string sentinel_master = "mymaster"; // with kind sentinel
    secret sentinel_password;                 // empty: none
    std::string ca_file;                      // PEM; empty: the system's authorities
    std::string client_certificate;           // PEM chain file; empty: none
    std::string client_key;                   // PEM file
    std::string key_prefix = "sekisho:";      // of every key, and of the channel
    std::chrono::milliseconds connect_timeout = 2s;
    std::chrono::milliseconds timeout = 1s; // of one command
};

// The way in when sign-in at the provider is broken.
struct local_settings
{
    bool restore = false; // sign-in at the provider is off, a temporary password lets in
    std::string user = "local-admin";
    std::string email; // empty: none
    texts groups;
    std::chrono::seconds lifetime = 1h; // of such a session
};

// Named people who may come in beside a working provider.
struct emergency_settings
{
    std::string file; // registered passkeys, passwords and codes; empty: there is no such way in
    texts groups;     // of those who come in so
    std::chrono::seconds lifetime = 1h;
};

struct identity_settings
{
    // Chains: the first claim that is there wins; "realm_access.roles" is a path into nested claims.
    texts user_claim{"sub"};
    texts username_claim{"preferred_username"};
    texts email_claim{"email"};
    texts name_claim{"name"};
    texts groups_claim{"groups"};
    texts roles_claim{"roles", "realm_access.roles"};
    texts picture_claim{"picture"};
    // What becomes of the values.
    texts lowercase;              // of: user, username, email, groups
    std::string username_pattern; // RE2; empty: none
    std::string username_replacement;
    username_rule username_rules = username_rule::any;
    texts groups_include;         // "team-*" a prefix, "/^x-[0-9]+$/" RE2, else exactly; empty: all
    texts groups_exclude;         // as groups_include; wins
    std::string groups_prefix;    // taken off each group that has it
    std::string groups_delimiter; // splits a claim that is one text; empty: it is one group
    path_groups group_paths = path_groups::keep;
    bool require_email = false;
    settings::email_verified email_verified = email_verified::if_present;

    header_name user_header{"X-Forwarded-User"};
    header_name username_header{"X-Forwarded-Preferred-Username"};
    header_name email_header{"X-Forwarded-Email"};
    header_name groups_header{"X-Forwarded-Groups"};
    header_name name_header;
    header_name roles_header;
    header_name picture_header;
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
    std::vector<step_up_rule> step_up;
};

struct admin_settings
{
    std::optional<listen_address> listen = listen_address{.host = "127.0.0.1", .port = 9090}; // none: off
    texts users;    // user names, ids or verified e-mail addresses of those who may open server.test_path
    texts groups;   // and groups
    secret token{}; // of `sekisho session` and whoever else asks for or ends sessions; empty: nobody can
};

struct log_settings
{
    log::level level = log::level::info;
    log::format format = log::format::json;
    bool access = true; // one line per request
};

struct model
{
    oidc_settings oidc;                    // the provider called "default"
    std::vector<named_provider> providers; // further ones, by name in the order of their names
    server_settings server;
    upstream_settings upstream;
    session_settings session;
    redis_settings redis;
    identity_settings identity;
    access_settings access;
    local_settings local;
    emergency_settings emergency;
    admin_settings admin;
    log_settings log;
};

} // namespace sekisho::settings

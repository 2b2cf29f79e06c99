// SPDX-License-Identifier: Apache-2.0
#pragma once
// Everything that can be set, as plain data. A default is written here, as a member's initialiser, and
// nowhere else. What each member means to people stands in its row of settings/rows/.

#include "base/log.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "base/url.hpp"
#include "settings/provider_settings.hpp"
#include "settings/values.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::settings
{

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

    bool keep_fragment = false;     // whether the address's #fragment survives a sign-in
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
    bool username_suffix = false; // a few characters of issuer and subject behind every user name
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

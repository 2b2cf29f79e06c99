// SPDX-License-Identifier: Apache-2.0
#include "settings/table.hpp"

#include "settings/row_definition.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace sekisho::settings
{
namespace
{

constexpr section section_rows[] = {
    {"oidc", "The identity provider and how people sign in there."},
    {"server", "The side towards browsers: listeners, addresses, limits and time-outs."},
    {"upstream", "The application behind the gate."},
    {"session", "How long people stay signed in and the cookie that says so."},
    {"identity", "Who a person is, and how the application is told."},
    {"access", "What can be reached without signing in."},
    {"admin", "The listener for health checks and metrics; keep it off the public network."},
    {"log", "What is written to standard output."},
};

using enum range;
using o = oidc_settings;
using s = server_settings;
using u = upstream_settings;
using e = session_settings;
using i = identity_settings;

// clang-format off
constexpr row rows[] = {
    define<&model::oidc, &o::issuer>({.path = "oidc.issuer", .meaning = "The provider's issuer address, exactly as its discovery document says it; a pasted `/.well-known/openid-configuration` is taken off. Required.", .example = "https://login.example.com/realms/main", .aliases = {"GORILLA_OIDC_ISSUER"}}),
    define<&model::oidc, &o::client_id>({.path = "oidc.client_id", .meaning = "The client id the provider gave to this application. Required.", .example = "sekisho", .aliases = {"GORILLA_OIDC_CLIENT_ID"}}),
    define<&model::oidc, &o::client_secret>({.path = "oidc.client_secret", .meaning = "The client secret. Not set: a public client, which needs `pkce` or `implicit`.", .aliases = {"OIDC_SECRET", "GORILLA_OIDC_SECRET"}}),
    define<&model::oidc, &o::auth_method>({.path = "oidc.auth_method", .meaning = "`pkce`: authorization code with PKCE, right for every current provider. `code`: authorization code without PKCE, needs a client secret. `implicit`: an ID token by form post, for old registrations.", .aliases = {"GORILLA_AUTH_METHOD"}}),
    define<&model::oidc, &o::client_authentication>({.path = "oidc.client_authentication", .meaning = "How the client secret is sent to the token endpoint. `auto` takes what the provider's metadata offers."}),
    define<&model::oidc, &o::response_mode>({.path = "oidc.response_mode", .meaning = "How the provider sends its answer through the browser. `auto`: `query` for a code, `form_post` for `implicit`. `form_post` needs https, except on localhost."}),
    define<&model::oidc, &o::scopes>({.path = "oidc.scopes", .meaning = "The scopes asked for; `openid` must be among them."}),
    define<&model::oidc, &o::userinfo>({.path = "oidc.userinfo", .meaning = "Whether the UserInfo endpoint is called after sign-in. `auto`: only when the ID token lacks a claim that the settings need."}),
    define<&model::oidc, &o::signing_algorithms>({.path = "oidc.signing_algorithms", .meaning = "The algorithms an ID token may be signed with. Empty: every asymmetric one (RS, PS and ES 256 to 512, EdDSA). HS256 to HS512 only when listed, with the client secret as the key.", .example = "RS256"}),
    define<&model::oidc, &o::clock_skew>({.path = "oidc.clock_skew", .meaning = "How far the provider's clock may differ from ours."}),
    define<&model::oidc, &o::max_age>({.path = "oidc.max_age", .meaning = "The provider must have seen the person sign in within this time; sent as `max_age` and checked against `auth_time`. Not set: not asked for.", .example = "8h"}),
    define<&model::oidc, &o::prompt>({.path = "oidc.prompt", .meaning = "Sent to the provider as `prompt`, such as `select_account` or `login`. Not set: not sent.", .example = "select_account"}),
    define<&model::oidc, &o::ca_file>({.path = "oidc.ca_file", .meaning = "A PEM file with the certificate authorities the provider's certificate is checked against. Not set: the system's.", .example = "/etc/sekisho/provider-ca.pem"}),
    define<&model::oidc, &o::allow_http>({.path = "oidc.allow_http", .meaning = "Accept a provider over plain http on another machine: anyone on the way can then sign in as anybody. For tests only; localhost needs no permission."}),
    define<&model::oidc, &o::request_timeout>({.path = "oidc.request_timeout", .meaning = "How long one call to the provider may take.", .allowed = not_zero}),
    define<&model::oidc, &o::metadata_refresh>({.path = "oidc.metadata_refresh", .meaning = "How often the provider's discovery document and keys are fetched again.", .allowed = not_zero}),

    define<&model::server, &s::listen>({.path = "server.listen", .meaning = "Addresses and ports to accept connections on. `:8080` is every address of the machine, IPv4 and IPv6."}),
    define<&model::server, &s::public_url>({.path = "server.public_url", .meaning = "The address people type, scheme and host, without a path. Redirect addresses are built from it. Not set: from each request's `Host`, which is fine on localhost only.", .example = "https://wandb.example.com"}),
    define<&model::server, &s::allowed_hosts>({.path = "server.allowed_hosts", .meaning = "Host names that are served, and with them that of `server.public_url`; a request for any other host is refused with 421. Not set: every host is served, so that probes may use an address.", .example = "wandb.internal.example.com"}),
    define<&model::server, &s::workers>({.path = "server.workers", .meaning = "Worker threads. 0: one per core."}),
    define<&model::server, &s::tls_certificate>({.path = "server.tls_certificate", .meaning = "A PEM file with our certificate and its chain; turns the listeners into https. Read again on SIGHUP. Not set: plain http.", .example = "/etc/sekisho/tls.crt"}),
    define<&model::server, &s::tls_key>({.path = "server.tls_key", .meaning = "A PEM file with the private key of `server.tls_certificate`.", .example = "/etc/sekisho/tls.key"}),
    define<&model::server, &s::tls_min_version>({.path = "server.tls_min_version", .meaning = "The oldest TLS version a browser may use."}),
    define<&model::server, &s::callback_path>({.path = "server.callback_path", .meaning = "Where the provider sends the browser back to; register it at the provider. Only this exact path is taken from the application."}),
    define<&model::server, &s::login_path>({.path = "server.login_path", .meaning = "Begins a sign-in: `/oidc/login?return_to=/reports`."}),
    define<&model::server, &s::session_path>({.path = "server.session_path", .meaning = "Tells a page who is signed in, as JSON."}),
    define<&model::server, &s::logout_path>({.path = "server.logout_path", .meaning = "Signs out, here and at the provider; also the provider's front-channel logout address."}),
    define<&model::server, &s::trusted_proxies>({.path = "server.trusted_proxies", .meaning = "Networks or addresses of proxies in front of the gate whose `Forwarded` and `X-Forwarded-*` headers are believed. Empty: nobody's.", .example = "10.0.0.0/8"}),
    define<&model::server, &s::encoded_slash>({.path = "server.encoded_slash", .meaning = "What happens to a path with `%2F` or `%5C`, which applications read in different ways. `keep` passes it on as it is."}),
    define<&model::server, &s::max_head_bytes>({.path = "server.max_head_bytes", .meaning = "The largest request line with all headers.", .allowed = not_zero}),
    define<&model::server, &s::max_head_fields>({.path = "server.max_head_fields", .meaning = "The largest number of headers.", .allowed = not_zero}),
    define<&model::server, &s::max_body_bytes>({.path = "server.max_body_bytes", .meaning = "The largest request body. 0: no limit; bodies are streamed and never kept."}),
    define<&model::server, &s::max_connections>({.path = "server.max_connections", .meaning = "Connections of clients at one time, over all workers; one more is answered with 503.", .allowed = not_zero}),
    define<&model::server, &s::head_timeout>({.path = "server.head_timeout", .meaning = "How long a client may take for the TLS handshake and for one request's head.", .allowed = not_zero}),
    define<&model::server, &s::body_timeout>({.path = "server.body_timeout", .meaning = "How long a client may pause while it sends a body.", .allowed = not_zero}),
    define<&model::server, &s::idle_timeout>({.path = "server.idle_timeout", .meaning = "How long a connection is kept between two requests.", .allowed = not_zero}),
    define<&model::server, &s::write_timeout>({.path = "server.write_timeout", .meaning = "How long a client may take nothing of an answer.", .allowed = not_zero}),
    define<&model::server, &s::shutdown_delay>({.path = "server.shutdown_delay", .meaning = "After SIGTERM, how long readiness fails before the listeners close; give a load balancer time to notice."}),
    define<&model::server, &s::shutdown_grace>({.path = "server.shutdown_grace", .meaning = "How long requests in flight may take to finish after the listeners have closed."}),

    define<&model::upstream, &u::url>({.path = "upstream.url", .meaning = "The application's address: scheme, host and port, without a path. Required.", .example = "http://127.0.0.1:3000"}),
    define<&model::upstream, &u::ca_file>({.path = "upstream.ca_file", .meaning = "A PEM file with the certificate authorities an https application is checked against. Not set: the system's.", .example = "/etc/sekisho/application-ca.pem"}),
    define<&model::upstream, &u::verify_tls>({.path = "upstream.verify_tls", .meaning = "Check the certificate of an https application. Without it anyone on the way can read and change everything."}),
    define<&model::upstream, &u::preserve_host>({.path = "upstream.preserve_host", .meaning = "Pass the browser's `Host` on. `false`: the application sees the host of `upstream.url`."}),
    define<&model::upstream, &u::connect_timeout>({.path = "upstream.connect_timeout", .meaning = "How long connecting to the application may take.", .allowed = not_zero}),
    define<&model::upstream, &u::response_timeout>({.path = "upstream.response_timeout", .meaning = "How long the application may take to begin its answer once it has the request; then 504.", .allowed = not_zero}),
    define<&model::upstream, &u::idle_timeout>({.path = "upstream.idle_timeout", .meaning = "How long the application may pause within an answer, such as an event stream. 0: for ever."}),
    define<&model::upstream, &u::websocket_idle_timeout>({.path = "upstream.websocket_idle_timeout", .meaning = "How long a WebSocket may be silent in both directions. 0: for ever."}),
    define<&model::upstream, &u::keep_alive>({.path = "upstream.keep_alive", .meaning = "How long an idle connection to the application is kept; choose less than the application's own time. 0: none is kept."}),
    define<&model::upstream, &u::max_idle_connections>({.path = "upstream.max_idle_connections", .meaning = "Idle connections to the application that each worker keeps."}),

    define<&model::session, &e::secret>({.path = "session.secret", .meaning = "Seals the cookies; at least 32 bytes, `sekisho secret` prints a good one. Every replica needs the same. Not set: a random one, and everybody signs in again after a restart."}),
    define<&model::session, &e::secret_previous>({.path = "session.secret_previous", .meaning = "Earlier secrets, newest first; cookies sealed with them still open. To change the secret move the old one here and remove it after `session.lifetime`."}),
    define<&model::session, &e::lifetime>({.path = "session.lifetime", .meaning = "How long a person stays signed in at most.", .aliases = {"GORILLA_SESSION_LENGTH"}, .allowed = not_zero}),
    define<&model::session, &e::idle_timeout>({.path = "session.idle_timeout", .meaning = "How long a person stays signed in without a request. 0: as long as `session.lifetime`."}),
    define<&model::session, &e::sign_in_timeout>({.path = "session.sign_in_timeout", .meaning = "How long a person may take at the provider.", .allowed = not_zero}),
    define<&model::session, &e::cookie_name>({.path = "session.cookie_name", .meaning = "The cookie's name. Not set: `__Host-sekisho` on https, `sekisho` on http or with a `session.cookie_domain`.", .example = "__Host-wandb"}),
    define<&model::session, &e::cookie_domain>({.path = "session.cookie_domain", .meaning = "Share the session with the hosts below this domain. Not set: this host only, which is safer.", .example = "example.com"}),
    define<&model::session, &e::same_site>({.path = "session.same_site", .meaning = "The cookie's `SameSite`. `none` lets other sites embed the application and needs https; `strict` asks people who follow a link from another site to sign in again."}),
    define<&model::session, &e::keep_id_token>({.path = "session.keep_id_token", .meaning = "Whether the ID token stays in the session, where it is the hint for signing out at the provider. `auto`: when something uses it and it fits."}),

    define<&model::identity, &i::user_claim>({.path = "identity.user_claim", .meaning = "The claim that identifies a person; of several the first that is there. `realm_access.name` is a path into nested claims."}),
    define<&model::identity, &i::username_claim>({.path = "identity.username_claim", .meaning = "The claim with the name people are known by."}),
    define<&model::identity, &i::email_claim>({.path = "identity.email_claim", .meaning = "The claim with the e-mail address; of several the first that is there.", .example = "email, upn"}),
    define<&model::identity, &i::groups_claim>({.path = "identity.groups_claim", .meaning = "The claim with the groups or roles.", .example = "realm_access.roles"}),
    define<&model::identity, &i::require_email>({.path = "identity.require_email", .meaning = "Refuse a sign-in without an e-mail address."}),
    define<&model::identity, &i::email_verified>({.path = "identity.email_verified", .meaning = "What `email_verified` must say before an e-mail address is used. `require`: true. `if_present`: not false. `ignore`: anything; only where people cannot choose their address at the provider."}),
    define<&model::identity, &i::user_header>({.path = "identity.user_header", .meaning = "The header with the user id. Whatever a client sends under this name, in any spelling, is removed."}),
    define<&model::identity, &i::username_header>({.path = "identity.username_header", .meaning = "The header with the user name."}),
    define<&model::identity, &i::email_header>({.path = "identity.email_header", .meaning = "The header with the e-mail address."}),
    define<&model::identity, &i::groups_header>({.path = "identity.groups_header", .meaning = "The header with the groups."}),
    define<&model::identity, &i::groups_separator>({.path = "identity.groups_separator", .meaning = "What stands between two groups when `identity.groups_format` is `separated`.", .spaces = white_space::kept}),
    define<&model::identity, &i::groups_format>({.path = "identity.groups_format", .meaning = "`separated`: one header with a separator. `json`: one header with a JSON list. `repeated`: one header line per group."}),
    define<&model::identity, &i::header_encoding>({.path = "identity.header_encoding", .meaning = "How values are written into headers. `auto`: as they are when plain ASCII, otherwise percent-encoded UTF-8."}),
    define<&model::identity, &i::extra_headers>({.path = "identity.extra_headers", .meaning = "Further headers, each with the path of a claim.", .example = "X-Department: department"}),
    define<&model::identity, &i::id_token_header>({.path = "identity.id_token_header", .meaning = "The header with the ID token.", .example = "X-Forwarded-Id-Token"}),
    define<&model::identity, &i::access_token_header>({.path = "identity.access_token_header", .meaning = "The header with the access token.", .example = "X-Forwarded-Access-Token"}),
    define<&model::identity, &i::authorization>({.path = "identity.authorization", .meaning = "`leave`: the client's `Authorization` goes through untouched. Otherwise it is replaced by `Bearer` and that token."}),

    define<&model::access, &access_settings::public_paths>({.path = "access.public_paths", .meaning = "Paths anyone reaches without signing in. `/healthz` is exactly that path, `/static/*` is everything below `/static/`. Identity headers are removed there too.", .example = "/healthz, /static/*"}),

    define<&model::admin, &admin_settings::listen>({.path = "admin.listen", .meaning = "Address and port of `/healthz`, `/readyz` and `/metrics`. `off`: no such listener."}),

    define<&model::log, &log_settings::level>({.path = "log.level", .meaning = "The least important events that are written."}),
    define<&model::log, &log_settings::format>({.path = "log.format", .meaning = "`json`: one object per line, for programs. `text`: for people."}),
    define<&model::log, &log_settings::access>({.path = "log.access", .meaning = "Write one line per request."}),
};
// clang-format on

} // namespace

std::span<const section> sections() { return section_rows; }

std::span<const row> table() { return rows; }

std::optional<std::size_t> find_row(std::string_view path)
{
    for (std::size_t index = 0; index < std::size(rows); ++index)
    {
        const auto& each = rows[index];
        const bool is_file = each.is_secret() && path.ends_with("_file") &&
                             path.substr(0, path.size() - std::string_view("_file").size()) == each.path;
        if (each.path == path || is_file)
            return index;
    }
    return std::nullopt;
}

std::size_t row_of(std::string_view path)
{
    const auto found = std::ranges::find(rows, path, &row::path);
    assert(found != std::end(rows));
    return static_cast<std::size_t>(found - std::begin(rows));
}

std::string environment_name(std::string_view path)
{
    std::string name(path);
    for (auto& character : name)
        if (character == '.')
            character = '_';
        else if (character >= 'a' && character <= 'z')
            character = static_cast<char>(character - 'a' + 'A');
    return name;
}

std::string expected_form(const row& of)
{
    std::string text(of.kind.expected);
    for (const auto& choice : of.kind.choices)
        text.append(text.empty() ? "" : " | ").append(choice);
    if (of.is_list)
        text.insert(0, "a list, each item ");
    return text;
}

} // namespace sekisho::settings

// SPDX-License-Identifier: Apache-2.0
#include "settings/rows/definition.hpp"
#include "settings/rows/rows.hpp"

namespace sekisho::settings
{
namespace
{

using enum range;
using s = server_settings;
using u = upstream_settings;

// clang-format off
constexpr row rows[] = {
    define<&model::server, &s::listen>({.path = "server.listen", .meaning = "Addresses and ports to accept connections on. `:8080` is every address of the machine, IPv4 and IPv6."}),
    define<&model::server, &s::public_url>({.path = "server.public_url", .meaning = "The address people type, scheme and host, without a path. Redirect addresses are built from it. Not set: from each request's `Host`, which is fine on localhost only.", .example = "https://app.example.com"}),
    define<&model::server, &s::allowed_hosts>({.path = "server.allowed_hosts", .meaning = "Host names that are served, and with them that of `server.public_url`; a request for any other host is refused with 421. Not set: every host is served, so that probes may use an address.", .example = "app.internal.example.com"}),
    define<&model::server, &s::workers>({.path = "server.workers", .meaning = "Worker threads. 0: one per core."}),
    define<&model::server, &s::tls_certificate>({.path = "server.tls_certificate", .meaning = "A PEM file with our certificate and its chain; turns the listeners into https. Read again on SIGHUP. Not set: plain http.", .example = "/etc/sekisho/tls.crt"}),
    define<&model::server, &s::tls_key>({.path = "server.tls_key", .meaning = "A PEM file with the private key of `server.tls_certificate`.", .example = "/etc/sekisho/tls.key"}),
    define<&model::server, &s::tls_min_version>({.path = "server.tls_min_version", .meaning = "The oldest TLS version a browser may use."}),
    define<&model::server, &s::callback_path>({.path = "server.callback_path", .meaning = "Where the provider sends the browser back to; register it at the provider. Only this exact path is taken from the application."}),
    define<&model::server, &s::login_path>({.path = "server.login_path", .meaning = "Begins a sign-in: `/oidc/login?return_to=/reports`."}),
    define<&model::server, &s::session_path>({.path = "server.session_path", .meaning = "Tells a page who is signed in, as JSON."}),
    define<&model::server, &s::logout_path>({.path = "server.logout_path", .meaning = "Signs out, here and at the provider; also the provider's front-channel logout address."}),
    define<&model::server, &s::initiate_path>({.path = "server.initiate_path", .meaning = "Where the provider, or a portal, begins a sign-in (OpenID Connect Core, 4); register it as the initiate-login address."}),
    define<&model::server, &s::jwks_path>({.path = "server.jwks_path", .meaning = "Publishes the public halves of `oidc.signing_key`; register it as the address of our keys."}),
    define<&model::server, &s::test_path>({.path = "server.test_path", .meaning = "Shows the people of `admin.users` and `admin.groups` a whole sign-in with everything that was sent and checked. Nobody else gets there."}),
    define<&model::server, &s::backchannel_logout_path>({.path = "server.backchannel_logout_path", .meaning = "Where the provider tells us that somebody signed out (OpenID Connect Back-Channel Logout 1.0); register it as the back-channel logout address."}),
    define<&model::server, &s::frontchannel_logout_path>({.path = "server.frontchannel_logout_path", .meaning = "The same through the browser (OpenID Connect Front-Channel Logout 1.0); register it as the front-channel logout address. The only address of ours that may stand in a frame."}),
    define<&model::server, &s::check_session_path>({.path = "server.check_session_path", .meaning = "With `session.check_session`: a page for a hidden frame of the application, which tells it when the person's session at the provider changed."}),
    define<&model::server, &s::local_path>({.path = "server.local_path", .meaning = "The local sign-in page of `local.restore`."}),
    define<&model::server, &s::emergency_path>({.path = "server.emergency_path", .meaning = "Where the people of `emergency.file` sign in."}),
    define<&model::server, &s::resume_path>({.path = "server.resume_path", .meaning = "Where a form that was kept over a sign-in is sent again."}),
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
};
// clang-format on

} // namespace

std::span<const row> server_rows() { return rows; }

} // namespace sekisho::settings

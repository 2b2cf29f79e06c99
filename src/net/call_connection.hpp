// SPDX-License-Identifier: Apache-2.0
#pragma once
// The connection of one call: TCP, then verified TLS, under one time limit. Only beast_http_client includes
// this.

#include "base/result.hpp"
#include "net/client_certificate.hpp"
#include "net/run_on.hpp"
#include "net/task.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/basic_resolver.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::net
{

using tcp_socket = asio::basic_stream_socket<asio::ip::tcp, executor>;

// One call. Owned by its coroutine; the handlers that may come later hold it weakly.
struct call_connection
{
    call_connection(executor home, asio::ssl::context& tls)
        : resolver(home), resolved(home), deadline(home), stream(tcp_socket(home), tls)
    {
    }
    asio::ip::basic_resolver<asio::ip::tcp, executor> resolver;
    wake_up resolved;
    wake_up deadline;
    asio::ssl::stream<tcp_socket> stream;
    boost::system::error_code resolving_failed = asio::error::operation_aborted;
    std::vector<asio::ip::tcp::endpoint> addresses;
    bool is_late = false;
    std::string_view doing = "the name"; // what the call waits for, a literal
    bool was_asked_for_certificate = false;
    bool has_certificate = false; // to show
};

using connection_ptr = std::shared_ptr<call_connection>;

// When the time is over, is_late is set and whatever the call waits for fails.
void start_deadline(const connection_ptr& call, std::chrono::milliseconds after);

enum class peer_role : std::uint8_t
{
    target,
    proxy,
};

// Who is at the other end of the TCP connection.
struct peer
{
    std::string host;
    std::uint16_t port = 0;
    peer_role role = peer_role::target;
};

// To the first address of the host that answers. Error: network_failure.
task<result<void>> connect(connection_ptr call, peer to);

// The handshake. The certificate must be for this host (RFC 9525). `certificate`: ours, nullptr: none; used
// before the first wait. Error: network_failure with OpenSSL's reason.
task<result<void>> secure(connection_ptr call, std::string host, const client_certificate* certificate);

// The failure, with what the other side's wish for a certificate may have to do with it: TLS 1.3 refuses only
// after the handshake (RFC 8446, 4.4.2.4), when the answer is read.
error with_certificate_hint(const call_connection& call, error failure);

// The system's authorities. Reading all of them takes tens of milliseconds, so it is done before the first
// call that needs them, not at start.
void trust_system(asio::ssl::context& tls);

// Of TLS 1.2 only the cipher suites that RFC 9325 (BCP 195), 4.2 recommends.
void offer_recommended_ciphers(asio::ssl::context& tls);

// TLS 1.2 or newer, and the authorities of this PEM file (empty: none). Error: value_malformed.
result<void> trust(asio::ssl::context& tls, const std::string& ca_file);

} // namespace sekisho::net

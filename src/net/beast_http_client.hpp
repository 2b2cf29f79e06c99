// SPDX-License-Identifier: Apache-2.0
#pragma once
// Calls to the provider over HTTP/1.1: verified TLS, one connection per request, everything bounded.

#include "base/result.hpp"
#include "base/time.hpp"
#include "http/outbound_proxy.hpp"
#include "net/client_certificate.hpp"
#include "net/http_client.hpp"
#include "net/task.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace sekisho::net
{

enum class plain_http : std::uint8_t
{
    loopback_only, // RFC 8252, 8.3
    everywhere,    // oidc.allow_http
};

// Which cipher suites of TLS 1.2 are offered; those of TLS 1.3 are all good.
enum class tls_ciphers : std::uint8_t
{
    usual,       // OpenSSL's
    recommended, // RFC 9325 (BCP 195), 4.2: ECDHE with AES-GCM and nothing else
};

struct beast_http_client_options
{
    std::string ca_file; // PEM, in addition to the system's authorities; empty: those alone
    plain_http allow_http = plain_http::loopback_only;
    tls_ciphers ciphers = tls_ciphers::usual;
    std::chrono::milliseconds timeout = 10s; // one call: name, connection, TLS, request, the whole answer
    std::size_t head_limit = 32 * 1024;      // bytes of an answer's head
    std::size_t body_limit = 1024 * 1024;    // bytes of an answer's body
    client_certificate_files certificate{};  // shown to whoever asks for one
    http::outbound_proxies proxies{};
};

// Belongs to one executor: send() runs there (see run_on). A call holds nothing of the client but shares its
// TLS context, so it may be abandoned at any point.
class beast_http_client final : public http_client
{
public:
    // Error: value_malformed when a file cannot be read or does not hold what it should; `where` is
    // "ca_file", "client_certificate" or "client_key".
    static result<std::unique_ptr<beast_http_client>> make(executor home, beast_http_client_options options);
    ~beast_http_client() override;

    // As http_client::send. Asks for JSON unless the request has its own Accept. TLS is at least 1.2; the
    // certificate must be valid for the target's host (RFC 9525), else network_failure with OpenSSL's reason.
    // A proxy makes a tunnel for https (RFC 9110, 9.3.6), so that it sees nothing of it; for plain http it is
    // given the request.
    task<result<incoming_response>> send(outgoing_request request) override;

private:
    struct shared;
    beast_http_client(executor home, std::shared_ptr<const shared> common);

    // Holds no client: the call may outlive it.
    static task<result<incoming_response>>
    send_with(executor home, std::shared_ptr<const shared> common, outgoing_request request);

    executor home_;
    std::shared_ptr<const shared> common_;
};

} // namespace sekisho::net

// SPDX-License-Identifier: Apache-2.0
#pragma once
// TLS settings made once and shared by connections. OpenSSL works on the socket itself: no copies in between.

#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

using SSL_CTX = struct ssl_ctx_st;
using SSL = struct ssl_st;

namespace sekisho::net
{

enum class tls_version : std::uint8_t
{
    tls12,
    tls13,
};

struct ssl_deleter
{
    void operator()(SSL* ssl) const noexcept;
};
using ssl_handle = std::unique_ptr<SSL, ssl_deleter>;

// One side's certificates and rules. Immutable; shared by all workers; replaced as a whole at reload.
class tls_context
{
public:
    // Server side from PEM texts (the certificate's text may hold its chain). Error: value_malformed with the
    // reason: unreadable certificate, unreadable key, key of another certificate.
    static result<std::shared_ptr<const tls_context>>
    server(std::string_view certificate_pem, std::string_view key_pem, tls_version least);

    enum class verification : std::uint8_t
    {
        full, // chain and host name
        none,
    };
    // Client side. `ca_pem` empty: the system's authorities. Error: value_malformed.
    static result<std::shared_ptr<const tls_context>> client(std::string_view ca_pem, verification verify);
    // The same with a certificate of our own to show (PEM, its chain behind it).
    static result<std::shared_ptr<const tls_context>> client(
        std::string_view ca_pem,
        verification verify,
        std::string_view certificate_pem,
        std::string_view key_pem
    );

    // A new connection's state on this socket. `server_name` (client side) is sent as SNI and must match the
    // certificate; it may be an IP address.
    ssl_handle accept_on(int socket) const;
    ssl_handle connect_on(int socket, const std::string& server_name) const;

    ~tls_context();
    tls_context(const tls_context&) = delete;
    tls_context& operator=(const tls_context&) = delete;

private:
    explicit tls_context(SSL_CTX* handle) noexcept : handle_(handle) {}
    SSL_CTX* handle_;
};

// What OpenSSL's error queue says, and empties it: "certificate verify failed".
std::string tls_error_text();

} // namespace sekisho::net

// SPDX-License-Identifier: Apache-2.0
#pragma once
// The other end of one connection on a real socket: a proxy, a server behind it, or both, as a test needs it.

#include "net/beast_http_client.hpp"
#include "support/run.hpp"
#include "support/test_certificates.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <optional>
#include <string>
#include <utility>

namespace sekisho::test
{

using peer_socket = net::asio::basic_stream_socket<net::asio::ip::tcp, net::executor>;

// Played from top to bottom; what is not set is left out.
struct peer_script
{
    std::optional<std::string> proxy_answer{};       // to a first head, which is a proxy's
    std::optional<issued_certificate> certificate{}; // then TLS
    std::string client_authority{};                  // PEM: TLS demands a certificate of it
    int tls_version = TLS1_3_VERSION;                // at most
    std::string ciphers{};                           // of TLS 1.2; empty: OpenSSL's
    std::optional<std::string> answer{};             // to the next head
    bool stays = false;                              // then, or instead: silence until we leave
};

class scripted_peer
{
public:
    scripted_peer(net::asio::io_context& context, peer_script with)
        : what_(std::move(with)),
          acceptor_(context.get_executor(), {net::asio::ip::address_v4::loopback(), 0})
    {
        authority_ = "127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
        net::asio::co_spawn(context, serve(), [](std::exception_ptr) {});
    }

    const std::string& authority() const { return authority_; }
    void close() { acceptor_.close(); }

    std::string proxy_head;  // what a proxy was sent
    std::string received;    // what the server was sent, its head at least
    std::string client_name; // the common name of the certificate that was shown
    bool was_called = false;

private:
    template <class Stream>
    net::task<void> read_head(Stream& from, std::string& into)
    {
        (void)co_await net::asio::async_read_until(
            from, net::asio::dynamic_buffer(into), "\r\n\r\n", net::in_tuple
        );
    }
    template <class Stream>
    net::task<void> play(Stream& with)
    {
        if (what_.answer)
        {
            co_await read_head(with, received);
            (void)co_await net::asio::async_write(with, net::asio::buffer(*what_.answer), net::in_tuple);
        }
        std::array<char, 256> ignored{};
        for (bool is_there = what_.stays; is_there;)
        {
            auto [gone, size] = co_await with.async_read_some(net::asio::buffer(ignored), net::in_tuple);
            is_there = !gone;
        }
    }

    void note_client(SSL* tls)
    {
        if (auto* shown = SSL_get0_peer_certificate(tls))
        {
            std::array<char, 64> name{};
            X509_NAME_get_text_by_NID(
                X509_get_subject_name(shown), NID_commonName, name.data(), static_cast<int>(name.size())
            );
            client_name = name.data();
        }
    }

    net::task<void> serve_tls(peer_socket plain)
    {
        using context = net::asio::ssl::context;
        context tls(context::tls_server);
        tls.use_certificate(net::asio::buffer(what_.certificate->certificate_pem), context::pem);
        tls.use_private_key(net::asio::buffer(what_.certificate->key_pem), context::pem);
        SSL_CTX_set_max_proto_version(tls.native_handle(), what_.tls_version);
        if (!what_.ciphers.empty())
            SSL_CTX_set_cipher_list(tls.native_handle(), what_.ciphers.c_str());
        if (!what_.client_authority.empty())
        {
            tls.add_certificate_authority(net::asio::buffer(what_.client_authority));
            tls.set_verify_mode(net::asio::ssl::verify_peer | net::asio::ssl::verify_fail_if_no_peer_cert);
        }
        net::asio::ssl::stream<peer_socket> secured(std::move(plain), tls);
        auto [refused] = co_await secured.async_handshake(net::asio::ssl::stream_base::server, net::in_tuple);
        if (refused)
            co_return;
        note_client(secured.native_handle());
        co_await play(secured);
        (void)co_await secured.async_shutdown(net::in_tuple);
    }

    net::task<void> serve()
    {
        peer_socket peer(acceptor_.get_executor());
        auto [failure] = co_await acceptor_.async_accept(peer, net::in_tuple);
        if (failure)
            co_return;
        was_called = true;
        if (what_.proxy_answer)
        {
            co_await read_head(peer, proxy_head);
            (void
            )co_await net::asio::async_write(peer, net::asio::buffer(*what_.proxy_answer), net::in_tuple);
        }
        if (what_.certificate)
            co_await serve_tls(std::move(peer));
        else
            co_await play(peer);
    }

    std::string authority_;
    peer_script what_;
    net::asio::basic_socket_acceptor<net::asio::ip::tcp, net::executor> acceptor_;
};

// The answer of a client made from these options, while the peer plays.
inline net::task<result<net::incoming_response>>
call_and_close(net::http_client& client, net::outgoing_request request, scripted_peer& peer)
{
    auto got = co_await client.send(std::move(request));
    peer.close();
    co_return got;
}

inline std::string ok_answer(const std::string& body)
{
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

inline const test_authority& servers_authority()
{
    static const test_authority one;
    return one;
}

} // namespace sekisho::test

// SPDX-License-Identifier: Apache-2.0
#pragma once
// One call of the HTTP client to a server on a real socket that plays a script, over TLS or without.

#include "net/beast_http_client.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/temporary_file.hpp"
#include "support/test_certificates.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sekisho::test::http_calls
{

using socket = net::asio::basic_stream_socket<net::asio::ip::tcp, net::executor>;
using answer = result<net::incoming_response>;

inline const test_authority& authority()
{
    static const test_authority one;
    return one;
}

// What the other end does with its only connection, after it has read the request's head.
struct script
{
    std::vector<std::string> pieces;               // written one by one
    std::string endless;                           // then this, until nobody takes it
    bool stays_open = false;                       // then waits for us to leave, else closes
    std::optional<issued_certificate> certificate; // nullopt: plain http
    bool is_mute = false;                          // accepts and does nothing at all
};

template <class Stream>
net::task<void> play(Stream& peer, const script& what, std::string& received)
{
    auto [gone, size] = co_await net::asio::async_read_until(
        peer, net::asio::dynamic_buffer(received), "\r\n\r\n", net::in_tuple
    );
    for (const auto& piece : what.pieces)
        (void)co_await net::asio::async_write(peer, net::asio::buffer(piece), net::in_tuple);
    while (!gone && !what.endless.empty())
    {
        auto [failure, written] =
            co_await net::asio::async_write(peer, net::asio::buffer(what.endless), net::in_tuple);
        gone = failure;
    }
    char byte = 0;
    if (what.stays_open)
        (void)co_await peer.async_read_some(net::asio::buffer(&byte, 1), net::in_tuple);
}

struct server
{
    server(net::asio::io_context& context, script with)
        : what(std::move(with)), acceptor(context.get_executor(), {net::asio::ip::address_v4::loopback(), 0})
    {
    }
    std::string port() const { return std::to_string(acceptor.local_endpoint().port()); }

    net::task<void> serve()
    {
        socket peer(acceptor.get_executor());
        auto [failure] = co_await acceptor.async_accept(peer, net::in_tuple);
        if (failure)
            co_return;
        if (what.is_mute)
        {
            std::array<char, 512> ignored{};
            bool is_there = true;
            while (is_there)
            {
                auto [gone, size] = co_await peer.async_read_some(net::asio::buffer(ignored), net::in_tuple);
                is_there = !gone;
            }
            co_return;
        }
        if (!what.certificate)
        {
            co_await play(peer, what, received);
            co_return;
        }
        net::asio::ssl::context tls(net::asio::ssl::context::tls_server);
        tls.use_certificate(
            net::asio::buffer(what.certificate->certificate_pem), net::asio::ssl::context::pem
        );
        tls.use_private_key(net::asio::buffer(what.certificate->key_pem), net::asio::ssl::context::pem);
        net::asio::ssl::stream<socket> secured(std::move(peer), tls);
        auto [refused] = co_await secured.async_handshake(net::asio::ssl::stream_base::server, net::in_tuple);
        if (refused)
            co_return;
        co_await play(secured, what, received);
        (void)co_await secured.async_shutdown(net::in_tuple);
    }

    script what;
    net::asio::basic_socket_acceptor<net::asio::ip::tcp, net::executor> acceptor;
    std::string received;
};

inline net::task<answer> ask(net::http_client& client, net::outgoing_request request, server& from)
{
    auto got = co_await client.send(std::move(request));
    from.acceptor.close();
    co_return got;
}

// One call to a server that plays this.
struct call
{
    explicit call(script with) : peer(context, std::move(with)) {}

    answer run(const std::string& origin = "http://127.0.0.1")
    {
        auto client = net::beast_http_client::make(context.get_executor(), options);
        REQUIRE(client);
        request.target = url::parse(origin + ":" + peer.port() + "/path?q=1").value();
        net::asio::co_spawn(context, peer.serve(), [](std::exception_ptr) {});
        return test::run(context, ask(**client, request, peer));
    }

    net::asio::io_context context{1};
    server peer;
    net::beast_http_client_options options;
    net::outgoing_request request;
};

inline std::string ok(const std::string& body)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

inline answer run_tls(const issued_certificate& certificate, const std::string& origin)
{
    const temporary_file ca(authority().pem());
    call the({.pieces = {ok("{}")}, .endless = {}, .certificate = certificate});
    the.options.ca_file = ca.path();
    return the.run(origin);
}

} // namespace sekisho::test::http_calls

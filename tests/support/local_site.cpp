// SPDX-License-Identifier: Apache-2.0
#include "support/local_site.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <exception>
#include <utility>

namespace sekisho::test
{

namespace asio = net::asio;

local_site::local_site() : acceptor_(context_.get_executor(), {asio::ip::address_v4::loopback(), 0}) {}

local_site::~local_site()
{
    context_.stop();
    if (thread_.joinable())
        thread_.join();
}

void local_site::start()
{
    asio::co_spawn(context_, take_connections(), [](std::exception_ptr) {});
    thread_ = std::thread([this] { context_.run(); });
}

std::string local_site::address(const std::string& scheme) const
{
    return scheme + "://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
}

net::task<void> local_site::take_connections()
{
    for (;;)
    {
        socket peer(context_.get_executor());
        auto [failure] = co_await acceptor_.async_accept(peer, net::in_tuple);
        if (failure)
            co_return;
        asio::co_spawn(context_, serve(std::move(peer)), [](std::exception_ptr) {});
    }
}

net::task<void> local_site::serve(socket peer)
{
    if (!certificate)
    {
        co_await answer(peer);
        co_return;
    }
    asio::ssl::context tls(asio::ssl::context::tls_server);
    tls.use_certificate(asio::buffer(certificate->certificate_pem), asio::ssl::context::pem);
    tls.use_private_key(asio::buffer(certificate->key_pem), asio::ssl::context::pem);
    asio::ssl::stream<socket> secured(std::move(peer), tls);
    auto [refused] = co_await secured.async_handshake(asio::ssl::stream_base::server, net::in_tuple);
    if (!refused)
        co_await answer(secured);
}

template <class Stream>
net::task<void> local_site::answer(Stream& peer)
{
    std::string head;
    auto [gone, size] =
        co_await asio::async_read_until(peer, asio::dynamic_buffer(head), "\r\n\r\n", net::in_tuple);
    if (gone)
        co_return;
    const auto path = head.substr(4, head.find(' ', 4) - 4); // behind "GET "
    const auto known = answers.find(path);
    const std::string text =
        known == answers.end() ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" : known->second;
    if (!is_mute)
        (void)co_await asio::async_write(peer, asio::buffer(text), net::in_tuple);
    char more = 0; // until the other side has read everything and closes
    (void)co_await peer.async_read_some(asio::buffer(&more, 1), net::in_tuple);
}

} // namespace sekisho::test

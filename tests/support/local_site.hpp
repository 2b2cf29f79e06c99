// SPDX-License-Identifier: Apache-2.0
#pragma once
// A web server on this machine with a thread and a port of its own, for code that opens its own connections.

#include "net/task.hpp"
#include "support/test_certificates.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <map>
#include <optional>
#include <string>
#include <thread>

namespace sekisho::test
{

// Everything is set before start(). One request per connection.
class local_site
{
public:
    local_site();
    ~local_site();
    local_site(const local_site&) = delete;
    local_site& operator=(const local_site&) = delete;

    std::map<std::string, std::string> answers;    // whole ones, by path; what is not there is 404
    bool is_mute = false;                          // takes connections and requests, and says nothing
    std::optional<issued_certificate> certificate; // nullopt: plain http

    void start();
    // "http://127.0.0.1:40123".
    std::string address(const std::string& scheme = "http") const;

private:
    using socket = net::asio::basic_stream_socket<net::asio::ip::tcp, net::executor>;

    net::task<void> take_connections();
    net::task<void> serve(socket peer);
    template <class Stream>
    net::task<void> answer(Stream& peer);

    net::asio::io_context context_{1};
    net::asio::basic_socket_acceptor<net::asio::ip::tcp, net::executor> acceptor_;
    std::thread thread_;
};

} // namespace sekisho::test

// SPDX-License-Identifier: Apache-2.0
#include "net/listener.hpp"

#include <boost/asio/ip/v6_only.hpp>

#include <sys/socket.h>

namespace sekisho::net
{
namespace
{

using reuse_port = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
using boost::system::error_code;

error_code open_and_bind(tcp_acceptor& acceptor, const asio::ip::tcp::endpoint& at, bool both_families)
{
    error_code failure;
    acceptor.open(at.protocol(), failure);
    if (!failure)
        acceptor.set_option(asio::socket_base::reuse_address(true), failure);
    if (!failure)
        acceptor.set_option(reuse_port(true), failure);
    if (!failure && at.protocol() == asio::ip::tcp::v6())
        acceptor.set_option(asio::ip::v6_only(!both_families), failure);
    if (!failure)
        acceptor.bind(at, failure);
    if (!failure)
        acceptor.listen(asio::socket_base::max_listen_connections, failure);
    return failure;
}

} // namespace

result<tcp_acceptor> listen_on(executor where, const std::string& host, std::uint16_t port)
{
    error_code failure;
    const auto any = host.empty();
    const auto address = any ? asio::ip::address(asio::ip::address_v6::any())
                             : asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, failure);
    tcp_acceptor acceptor(where);
    if (!failure)
        failure = open_and_bind(acceptor, {address, port}, any);
    if (failure && any)
    {
        // No IPv6 on this machine.
        acceptor = tcp_acceptor(where);
        failure = open_and_bind(acceptor, {asio::ip::address_v4::any(), port}, false);
    }
    if (failure)
        return fail(
            errc::network_failure,
            "listen",
            (any ? "*" : host) + ":" + std::to_string(port) + ": " + failure.message()
        );
    return acceptor;
}

} // namespace sekisho::net

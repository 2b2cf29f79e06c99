// SPDX-License-Identifier: Apache-2.0
#pragma once
// Listening sockets, one per worker on the same port: the kernel spreads connections, no worker waits for
// another.

#include "base/result.hpp"
#include "net/task.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <string>

namespace sekisho::net
{

using tcp_acceptor = asio::basic_socket_acceptor<asio::ip::tcp, executor>;

// A listening socket with SO_REUSEPORT. `host`: an IP address or "localhost"; empty: every address, IPv6 and
// IPv4. `port` 0: any free one. Error: network_failure with the address and the system's reason.
result<tcp_acceptor> listen_on(executor where, const std::string& host, std::uint16_t port);

} // namespace sekisho::net

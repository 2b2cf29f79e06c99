// SPDX-License-Identifier: Apache-2.0
#include "net/proxy_tunnel.hpp"

#include "net/beast_messages.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

namespace sekisho::net
{
namespace
{

namespace beast = boost::beast;

constexpr answer_limits head_only{.head = 16 * 1024, .body = 0};

beast::http::request<beast::http::empty_body>
connect_request(const http::outbound_proxy& proxy, const url& to)
{
    const auto authority = authority_with_port(to);
    beast::http::request<beast::http::empty_body> out(beast::http::verb::connect, authority, 11);
    out.set(beast::http::field::host, authority);
    out.set(beast::http::field::user_agent, "sekisho/" SEKISHO_VERSION);
    if (!proxy.authorization.empty())
        out.set(beast::http::field::proxy_authorization, proxy.authorization.reveal());
    return out;
}

std::unexpected<error> broken(const http::outbound_proxy& proxy, const boost::system::error_code& failure)
{
    auto meant = describe(failure, head_only);
    meant.detail.insert(0, "the proxy " + proxy.address.authority() + ": ");
    return std::unexpected(std::move(meant));
}

} // namespace

std::string describe_refusal(const http::outbound_proxy& proxy, const std::string& what, int status)
{
    auto text = "the proxy " + proxy.address.authority() + " refused " + what + " with status " +
                std::to_string(status);
    if (status != 407)
        return text;
    return text + (proxy.authorization.empty()
                       ? "; it wants a user and a password: http://user:password@host:port"
                       : "; it does not accept our user and password");
}

task<result<void>> open_tunnel(connection_ptr call, http::outbound_proxy proxy, url target)
{
    call->doing = "the proxy's tunnel";
    auto& socket = call->stream.next_layer();
    const auto request = connect_request(proxy, target);
    auto [unsent, sent] = co_await beast::http::async_write(socket, request, in_tuple);
    if (unsent)
        co_return broken(proxy, unsent);
    beast::flat_buffer buffer(head_only.head);
    beast::http::response_parser<beast::http::empty_body> answer;
    answer.header_limit(static_cast<std::uint32_t>(head_only.head));
    answer.skip(true); // a 2xx to CONNECT has no body whatever its fields say (RFC 9112, 6.3)
    auto [unread, size] = co_await beast::http::async_read_header(socket, buffer, answer, in_tuple);
    if (unread)
        co_return broken(proxy, unread);
    const auto status = static_cast<int>(answer.get().result_int());
    if (status / 100 != 2)
        co_return fail(
            errc::network_failure,
            "http_client",
            describe_refusal(proxy, "CONNECT " + authority_with_port(target), status)
        );
    if (buffer.size() != 0) // TLS begins with us: this would be somebody's answer to nothing
        co_return fail(
            errc::network_failure,
            "http_client",
            "the proxy " + proxy.address.authority() + " sent bytes of its own into the tunnel"
        );
    co_return result<void>();
}

} // namespace sekisho::net

// SPDX-License-Identifier: Apache-2.0
#pragma once
// Our requests and answers as Beast's messages. Only beast_http_client includes this.

#include "base/result.hpp"
#include "net/http_client.hpp"

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <string>

namespace sekisho::net
{

using wire_request = boost::beast::http::request<boost::beast::http::string_body>;
using wire_response = boost::beast::http::response<boost::beast::http::string_body>;

// Bytes.
struct answer_limits
{
    std::size_t head = 32 * 1024;
    std::size_t body = 1024 * 1024;
};

// "host:port", the port also where it is the scheme's own: what CONNECT names (RFC 9110, 9.3.6).
std::string authority_with_port(const url& target);

// With Host, User-Agent, "Accept: application/json" unless there is one, and "Connection: close". Error:
// value_malformed for a field that no head can carry.
result<wire_request> to_wire(outgoing_request request);

incoming_response from_wire(wire_response answer);

// What a failed read or write means: value_too_large, value_malformed (not HTTP) or network_failure.
error describe(const boost::system::error_code& failure, answer_limits limits);

} // namespace sekisho::net

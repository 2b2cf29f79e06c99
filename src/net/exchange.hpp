// SPDX-License-Identifier: Apache-2.0
#pragma once
// One request and its answer, whatever protocol carries them; and what answers exchanges.

#include "base/result.hpp"
#include "http/head.hpp"
#include "net/body.hpp"
#include "net/task.hpp"

#include <boost/asio/ip/address.hpp>

#include <memory_resource>

namespace sekisho::net
{

class stream;
class worker;

// Who is at the other end of the connection: the peer of the socket, before any forwarded header is believed.
struct peer
{
    asio::ip::address address;
    std::uint16_t port = 0;
    bool is_secure = false; // TLS ended at our listener
};

class exchange
{
public:
    virtual ~exchange() = default;

    virtual const http::request_head& request() const noexcept = 0;
    virtual const peer& client() const noexcept = 0;
    virtual body_source& body() noexcept = 0;

    // Starts the answer; once. `head.fields` holds no framing fields (Content-Length, Transfer-Encoding,
    // Connection): the length says how the body is framed. For HEAD requests and 204/304 no body is sent
    // whatever the length says. The head's bytes are copied before this returns, and may leave together with
    // the first piece.
    virtual task<result<body_sink*>> respond(const http::response_head& head, body_length length) = 0;
    // An interim answer (1xx).
    virtual task<result<void>> inform(const http::response_head& head) = 0;
    // The status that was answered; 0: not yet.
    virtual int status() const noexcept = 0;

    // Answers 101 with these fields and gives the bare byte stream (RFC 9110, 7.8).
    // The head names the new protocol in Upgrade; Connection is added. early_bytes() come before what the
    // stream reads.
    virtual task<result<stream*>> take_over(const http::response_head& head) = 0;
    // What the client sent behind a head whose connection was taken over.
    virtual std::span<const char> early_bytes() const noexcept = 0;
    // Body bytes that were given to the kernel, framing left out.
    virtual std::uint64_t body_bytes_sent() const noexcept = 0;
    // Whether the client's connection was reset meanwhile; half-closing it is no reset.
    virtual bool is_client_gone() noexcept = 0;
    // The connection is not used for another request after this answer.
    virtual void close_after() noexcept = 0;
    // Ends the connection now, in the middle of the answer: what waits to read or write fails soon. The
    // client must see that the answer is not complete.
    virtual void cut() noexcept = 0;

    // Memory for this exchange alone; freed at its end.
    virtual std::pmr::memory_resource& memory() noexcept = 0;
    virtual worker& home() noexcept = 0;
};

// What answers exchanges.
class handler
{
public:
    virtual ~handler() = default;
    virtual task<void> handle(exchange& request) = 0;
    // Answers an exchange whose head could not be read (malformed, too large, too slow); its request() is
    // empty or partial. The connection is closed afterwards.
    virtual task<void> refuse(exchange& request, error why) = 0;
};

// Sends a whole answer (with its Content-Length).
task<result<void>> send(exchange& to, const http::response& answer);

} // namespace sekisho::net

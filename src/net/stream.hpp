// SPDX-License-Identifier: Apache-2.0
#pragma once
// A connection's bytes, with or without TLS, under one time limit that whoever makes progress moves on.

#include "base/encoding.hpp"
#include "base/result.hpp"
#include "net/deadline.hpp"
#include "net/task.hpp"
#include "net/tls.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace sekisho::net
{

using tcp_socket = asio::basic_stream_socket<asio::ip::tcp, executor>;

// At most one reader and one writer at a time. Errors of all operations: end_of_stream (the peer closed its
// half), network_timeout (the time limit passed), network_failure (anything else, with the system's or
// OpenSSL's words).
class stream
{
public:
    stream(tcp_socket socket, deadline_wheel& wheel);
    stream(const stream&) = delete;
    stream& operator=(const stream&) = delete;

    task<result<void>> accept_tls(const tls_context& context);
    task<result<void>> connect_tls(const tls_context& context, const std::string& server_name);

    // At least one byte, as soon as there is one. Error: end_of_stream when the peer has ended its half.
    task<result<std::size_t>> read_some(std::span<char> into);
    // Until there is something to read (or the peer has closed); takes no memory meanwhile.
    task<result<void>> wait_readable();
    // All of them, in this order.
    task<result<void>>
    write(std::span<const char> first, std::span<const char> second = {}, std::span<const char> third = {});

    // Writes what the kernel takes at once, without waiting; for last words.
    void try_write(std::span<const char> data) noexcept;

    // The limit for what happens next, from now on; zero: none. When it passes, pending operations and all
    // later ones fail with network_timeout until it is set anew.
    void expires_after(std::chrono::milliseconds duration) noexcept;

    // The same for reads alone: a write under way goes on, without a limit until expires_after().
    void read_expires_after(std::chrono::milliseconds duration) noexcept;

    // Tells the peer that nothing more comes; reading goes on.
    void shutdown_send() noexcept;
    // Ends everything; pending operations fail.
    void close() noexcept;
    // Reads and drops what the peer still sends, for a moment, so that an answer just written is not lost to
    // a reset.
    task<void> linger_and_close(std::chrono::milliseconds at_most);

    bool is_secure() const noexcept { return tls_ != nullptr; }
    bool is_open() const noexcept { return socket_.is_open(); }
    // Whether the peer has closed or reset an idle connection, or sent bytes nobody asked for. No waiting.
    bool is_stale() noexcept;
    // Whether the connection was reset; half-closing is no reset. No waiting.
    bool is_reset() noexcept;
    tcp_socket& socket() noexcept { return socket_; }

private:
    enum class purpose : std::uint8_t
    {
        read,
        write,
    };

    task<result<void>> handshake();
    task<result<std::size_t>> read_tls(std::span<char> into);
    task<result<void>>
    write_plain(std::span<const char> first, std::span<const char> second, std::span<const char> third);
    task<result<void>> write_tls(std::span<const char> data);
    // Waits as OpenSSL's last answer asks; an error when it asked for nothing.
    task<result<void>> wait_for_tls(int answer, purpose of);
    task<result<void>> wait(tcp_socket::wait_type what, purpose of);
    bool is_limited(purpose of) const noexcept
    {
        return has_expired_ && !(spares_writes_ && of == purpose::write);
    }
    std::unexpected<error> broken(const boost::system::error_code& failure) const;
    static void expire(void* self) noexcept;

    tcp_socket socket_;
    ssl_handle tls_;
    deadline deadline_;
    bool has_expired_ = false;
    bool spares_writes_ = false;
};

} // namespace sekisho::net

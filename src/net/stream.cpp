// SPDX-License-Identifier: Apache-2.0
#include "net/stream.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <utility>

namespace sekisho::net
{

stream::stream(tcp_socket socket, deadline_wheel& wheel)
    : socket_(std::move(socket)), deadline_(wheel, expire, this)
{
    boost::system::error_code ignored;
    socket_.native_non_blocking(true, ignored);
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

void stream::expire(void* self) noexcept
{
    auto& expired = *static_cast<stream*>(self);
    expired.has_expired_ = true;
    boost::system::error_code ignored;
    expired.socket_.cancel(ignored);
}

void stream::expires_after(std::chrono::milliseconds duration) noexcept
{
    has_expired_ = spares_writes_ = false;
    deadline_.expires_after(duration);
}

void stream::read_expires_after(std::chrono::milliseconds duration) noexcept
{
    expires_after(duration);
    spares_writes_ = true;
}

std::unexpected<error> stream::broken(const boost::system::error_code& failure) const
{
    if (has_expired_)
        return fail(errc::network_timeout, "stream");
    return fail(errc::network_failure, "stream", failure.message());
}

task<result<void>> stream::wait(tcp_socket::wait_type what, purpose of)
{
    if (is_limited(of))
        co_return fail(errc::network_timeout, "stream");
    auto [failure] = co_await socket_.async_wait(what, in_tuple);
    // The end of a read's time cancels whatever waits on the socket: the write tries again.
    if (failure == asio::error::operation_aborted && of == purpose::write && spares_writes_ &&
        socket_.is_open())
        co_return result<void>();
    if (failure || is_limited(of))
        co_return broken(failure);
    co_return result<void>();
}

task<result<void>> stream::wait_readable()
{
    if (tls_ && SSL_has_pending(tls_.get()) == 1)
        co_return result<void>();
    co_return co_await wait(tcp_socket::wait_read, purpose::read);
}

task<result<std::size_t>> stream::read_some(std::span<char> into)
{
    if (tls_)
        co_return co_await read_tls(into);
    if (has_expired_)
        co_return fail(errc::network_timeout, "stream");
    auto [failure, size] = co_await socket_.async_read_some(asio::buffer(into.data(), into.size()), in_tuple);
    if (failure == asio::error::eof)
        co_return fail(errc::end_of_stream, "stream");
    if (failure)
        co_return broken(failure);
    co_return size;
}

task<result<void>>
stream::write(std::span<const char> first, std::span<const char> second, std::span<const char> third)
{
    if (!tls_)
    {
        co_return co_await write_plain(first, second, third);
    }
    auto written = co_await write_tls(first);
    if (written && !second.empty())
        written = co_await write_tls(second);
    if (written && !third.empty())
        written = co_await write_tls(third);
    co_return written;
}

namespace
{

iovec part_of(std::span<const char> bytes) noexcept
{
    return {const_cast<char*>(bytes.data()), bytes.size()};
}

// Takes at most `size` bytes off the front; how many.
std::size_t take(std::span<const char>& from, std::size_t size) noexcept
{
    const auto taken = std::min(size, from.size());
    from = from.subspan(taken);
    return taken;
}

} // namespace

task<result<void>>
stream::write_plain(std::span<const char> first, std::span<const char> second, std::span<const char> third)
{
    while (!first.empty() || !second.empty() || !third.empty())
    {
        // The kernel takes it at once nearly always: asking it directly saves a trip through the reactor.
        std::array<iovec, 3> parts{part_of(first), part_of(second), part_of(third)};
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = !third.empty() ? 3 : !second.empty() ? 2 : 1;
        const auto sent = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL);
        if (sent < 0)
        {
            if (errno == EINTR)
                continue;
            if (errno != EAGAIN && errno != EWOULDBLOCK)
                co_return broken({errno, boost::system::system_category()});
            auto writable = co_await wait(tcp_socket::wait_write, purpose::write);
            if (!writable)
                co_return writable;
            continue;
        }
        auto left = static_cast<std::size_t>(sent);
        left -= take(first, left);
        left -= take(second, left);
        take(third, left);
    }
    co_return result<void>();
}

task<result<void>> stream::wait_for_tls(int answer, purpose of)
{
    switch (SSL_get_error(tls_.get(), answer))
    {
    case SSL_ERROR_WANT_READ:
        co_return co_await wait(tcp_socket::wait_read, of);
    case SSL_ERROR_WANT_WRITE:
        co_return co_await wait(tcp_socket::wait_write, of);
    case SSL_ERROR_ZERO_RETURN:
        co_return fail(errc::end_of_stream, "tls");
    case SSL_ERROR_SYSCALL:
        if (errno == 0 && ERR_peek_error() == 0)
            co_return fail(errc::network_failure, "tls", "closed without notice");
        if (ERR_peek_error() == 0)
            co_return broken({errno, boost::system::system_category()});
        [[fallthrough]];
    default:
        if (has_expired_)
            co_return fail(errc::network_timeout, "tls");
        if (const auto verified = SSL_get_verify_result(tls_.get());
            verified != X509_V_OK && !SSL_is_server(tls_.get()))
        {
            ERR_clear_error();
            co_return fail(errc::network_failure, "tls", X509_verify_cert_error_string(verified));
        }
        co_return fail(errc::network_failure, "tls", tls_error_text());
    }
}

task<result<void>> stream::handshake()
{
    for (;;)
    {
        ERR_clear_error();
        errno = 0;
        const auto answer = SSL_do_handshake(tls_.get());
        if (answer == 1)
            co_return result<void>();
        auto ready = co_await wait_for_tls(answer, purpose::read);
        if (!ready)
            co_return ready;
    }
}

task<result<void>> stream::accept_tls(const tls_context& context)
{
    tls_ = context.accept_on(socket_.native_handle());
    co_return co_await handshake();
}

task<result<void>> stream::connect_tls(const tls_context& context, const std::string& server_name)
{
    tls_ = context.connect_on(socket_.native_handle(), server_name);
    co_return co_await handshake();
}

task<result<std::size_t>> stream::read_tls(std::span<char> into)
{
    for (;;)
    {
        ERR_clear_error();
        errno = 0;
        std::size_t size = 0;
        const auto answer = SSL_read_ex(tls_.get(), into.data(), into.size(), &size);
        if (answer == 1)
            co_return size;
        auto ready = co_await wait_for_tls(answer, purpose::read);
        if (!ready)
            co_return std::unexpected(ready.error());
    }
}

task<result<void>> stream::write_tls(std::span<const char> data)
{
    while (!data.empty())
    {
        ERR_clear_error();
        errno = 0;
        std::size_t size = 0;
        const auto answer = SSL_write_ex(tls_.get(), data.data(), data.size(), &size);
        if (answer == 1)
        {
            data = data.subspan(size);
            continue;
        }
        auto ready = co_await wait_for_tls(answer, purpose::write);
        if (!ready)
            co_return ready;
    }
    co_return result<void>();
}

void stream::try_write(std::span<const char> data) noexcept
{
    if (tls_)
    {
        std::size_t written = 0;
        SSL_write_ex(tls_.get(), data.data(), data.size(), &written);
        ERR_clear_error();
    }
    else
        static_cast<void>(
            ::send(socket_.native_handle(), data.data(), data.size(), MSG_NOSIGNAL | MSG_DONTWAIT)
        );
}

void stream::shutdown_send() noexcept
{
    if (tls_)
        SSL_shutdown(tls_.get());
    boost::system::error_code ignored;
    socket_.shutdown(tcp_socket::shutdown_send, ignored);
}

void stream::close() noexcept
{
    if (tls_ && SSL_is_init_finished(tls_.get()))
        SSL_shutdown(tls_.get()); // best effort: close_notify if the kernel takes it
    ERR_clear_error();
    boost::system::error_code ignored;
    socket_.close(ignored);
    deadline_.clear();
}

task<void> stream::linger_and_close(std::chrono::milliseconds at_most)
{
    shutdown_send();
    expires_after(at_most);
    std::array<char, 512> dropped{};
    for (std::size_t total = 0; total < 1024 * 1024;)
    {
        // Below TLS on purpose: what comes is dropped anyway.
        auto [failure, size] = co_await socket_.async_read_some(asio::buffer(dropped), in_tuple);
        if (failure || has_expired_)
            break;
        total += size;
    }
    close();
}

bool stream::is_stale() noexcept
{
    if (tls_ && SSL_has_pending(tls_.get()) == 1)
        return true;
    pollfd watched{socket_.native_handle(), POLLIN | POLLRDHUP, 0};
    return ::poll(&watched, 1, 0) != 0;
}

bool stream::is_reset() noexcept
{
    pollfd watched{socket_.native_handle(), 0, 0};
    return ::poll(&watched, 1, 0) > 0 && (watched.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0;
}

} // namespace sekisho::net

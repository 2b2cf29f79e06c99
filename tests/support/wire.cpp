// SPDX-License-Identifier: Apache-2.0
#include "support/wire.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <utility>

namespace sekisho::test
{
namespace
{

void limit(int socket, std::chrono::milliseconds time)
{
    const timeval value{time.count() / 1000, static_cast<suseconds_t>(time.count() % 1000 * 1000)};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &value, sizeof value);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &value, sizeof value);
}

std::size_t body_size(const std::string& length)
{
    return length.empty() ? 0 : static_cast<std::size_t>(std::stoull(length));
}

[[noreturn]] void fail_from_errno(const char* what)
{
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        throw wire_timeout(std::string(what) + ": nothing happens");
    throw wire_closed(std::string(what) + ": " + std::strerror(errno));
}

} // namespace

wire::wire(int socket) : socket_(socket)
{
    limit(socket_, patience);
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

wire wire::to(std::uint16_t port, int receive_buffer)
{
    const auto made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receive_buffer != 0)
        ::setsockopt(made, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    wire connected(made);
    if (::connect(made, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw wire_closed(std::string("connect: ") + std::strerror(errno));
    return connected;
}

wire::~wire() { close(); }

wire::wire(wire&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), context_(std::move(other.context_)),
      tls_(std::move(other.tls_)), buffer_(std::move(other.buffer_))
{
}

wire& wire::operator=(wire&& other) noexcept
{
    close();
    socket_ = std::exchange(other.socket_, -1);
    context_ = std::move(other.context_);
    tls_ = std::move(other.tls_);
    buffer_ = std::move(other.buffer_);
    return *this;
}

void wire::send(std::string_view bytes)
{
    while (!bytes.empty())
    {
        std::size_t sent = 0;
        if (tls_)
        {
            if (SSL_write_ex(tls_.get(), bytes.data(), bytes.size(), &sent) != 1)
                throw wire_closed("send: TLS failed");
        }
        else
        {
            const auto taken = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (taken < 0)
                fail_from_errno("send");
            sent = static_cast<std::size_t>(taken);
        }
        bytes.remove_prefix(sent);
    }
}

std::size_t wire::send_until_full(std::string_view again_and_again, std::chrono::milliseconds quiet)
{
    for (std::size_t total = 0;;)
    {
        pollfd watched{socket_, POLLOUT, 0};
        if (::poll(&watched, 1, static_cast<int>(quiet.count())) == 0)
            return total;
        const auto sent =
            ::send(socket_, again_and_again.data(), again_and_again.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN)
            fail_from_errno("send");
        total += sent > 0 ? static_cast<std::size_t>(sent) : 0;
    }
}

bool wire::fill()
{
    std::array<char, 65536> into{};
    if (tls_)
    {
        std::size_t size = 0;
        if (SSL_read_ex(tls_.get(), into.data(), into.size(), &size) == 1)
        {
            buffer_.append(into.data(), size);
            return true;
        }
        if (SSL_get_error(tls_.get(), 0) == SSL_ERROR_ZERO_RETURN)
            return false;
        ERR_clear_error();
        throw wire_closed("receive: TLS failed");
    }
    const auto size = ::recv(socket_, into.data(), into.size(), 0);
    if (size < 0)
        fail_from_errno("receive");
    buffer_.append(into.data(), static_cast<std::size_t>(size));
    return size > 0;
}

std::string wire::receive_some()
{
    if (buffer_.empty())
        fill();
    return std::exchange(buffer_, {});
}

std::string wire::receive_until(std::string_view mark)
{
    for (;;)
    {
        if (const auto at = buffer_.find(mark); at != std::string::npos)
        {
            auto taken = buffer_.substr(0, at + mark.size());
            buffer_.erase(0, taken.size());
            return taken;
        }
        if (!fill())
            throw wire_closed("ended after: " + buffer_);
    }
}

std::string wire::receive_exactly(std::size_t size)
{
    while (buffer_.size() < size)
        if (!fill())
            throw wire_closed("ended " + std::to_string(size - buffer_.size()) + " bytes early");
    auto taken = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return taken;
}

void wire::discard(std::size_t size)
{
    for (;;)
    {
        const auto used = std::min(size, buffer_.size());
        buffer_.erase(0, used);
        size -= used;
        if (size == 0)
            return;
        if (!fill())
            throw wire_closed("ended " + std::to_string(size) + " bytes early");
    }
}

std::size_t wire::discard_until(std::string_view mark)
{
    for (std::size_t dropped = 0;;)
    {
        if (const auto at = buffer_.find(mark); at != std::string::npos)
        {
            buffer_.erase(0, at + mark.size());
            return dropped + at;
        }
        const auto kept = std::min(buffer_.size(), mark.size());
        dropped += buffer_.size() - kept;
        buffer_.erase(0, buffer_.size() - kept);
        if (!fill())
            throw wire_closed("ended after " + std::to_string(dropped) + " bytes");
    }
}

std::string wire::receive_all()
{
    try
    {
        while (fill())
        {
        }
    }
    catch (const wire_closed&)
    {
        // A reset is an end too.
    }
    return std::exchange(buffer_, {});
}

bool wire::ends() { return receive_all().empty(); }

bool wire::is_silent_for(std::chrono::milliseconds time)
{
    pollfd watched{socket_, POLLIN, 0};
    return buffer_.empty() && ::poll(&watched, 1, static_cast<int>(time.count())) == 0;
}

std::string wire::receive_chunk()
{
    const auto line = receive_until("\r\n");
    const auto size = std::stoull(line, nullptr, 16);
    auto data = receive_exactly(static_cast<std::size_t>(size));
    if (size != 0)
        receive_until("\r\n");
    return data;
}

wire_message wire::receive_message(reading how)
{
    wire_message message;
    message.head = receive_head();
    const auto status = message.status();
    const auto has_body =
        how == reading::usual && status != 204 && status != 304 && (status == 0 || status >= 200);
    if (!has_body)
        return message;
    if (message.field("Transfer-Encoding") == "chunked")
    {
        for (auto chunk = receive_chunk(); !chunk.empty(); chunk = receive_chunk())
            message.body += chunk;
        for (auto line = receive_until("\r\n"); line != "\r\n"; line = receive_until("\r\n"))
            message.trailers += line;
        return message;
    }
    if (message.has("Content-Length") || status == 0)
        message.body = receive_exactly(body_size(message.field("Content-Length")));
    else
        message.body = receive_all();
    return message;
}

void wire::finish_sending()
{
    if (tls_)
        SSL_shutdown(tls_.get());
    ::shutdown(socket_, SHUT_WR);
}

void wire::reset()
{
    const linger at_once{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(std::exchange(socket_, -1));
}

void wire::close()
{
    if (socket_ < 0)
        return;
    if (tls_)
        SSL_shutdown(tls_.get());
    ERR_clear_error();
    ::close(std::exchange(socket_, -1));
}

} // namespace sekisho::test

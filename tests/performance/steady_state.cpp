// SPDX-License-Identifier: Apache-2.0
#include "performance/steady_state.hpp"

#include "app/composition/parts.hpp"
#include "session/memory_shelf.hpp"
#include "session/shelf_file.hpp"
#include "session/ticket_store.hpp"
#include "support/run.hpp"
#include "support/temporary_directory.hpp"

#include <boost/asio/io_context.hpp>

#include <array>
#include <cstdint>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <span>
#include <stdexcept>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

namespace sekisho::performance
{
namespace
{

constexpr std::size_t body_size = 1024;

sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

const sockaddr* plain(const sockaddr_in& address) { return reinterpret_cast<const sockaddr*>(&address); }

int listen_somewhere()
{
    const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = loopback(0);
    if (made < 0 || ::bind(made, plain(address), sizeof address) != 0 || ::listen(made, 16) != 0)
        throw std::runtime_error("no listener");
    return made;
}

std::uint16_t port_of(int socket)
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

int connect_to(std::uint16_t port)
{
    const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = loopback(port);
    if (made < 0 || ::connect(made, plain(address), sizeof address) != 0)
        throw std::runtime_error("no connection");
    const int on = 1;
    ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return made;
}

// Until a head has come and `body` bytes behind it; how many bytes that were, 0: the peer has closed.
std::size_t receive(int from, std::span<char> into, std::size_t body)
{
    std::size_t have = 0;
    for (;;)
    {
        const auto got = ::recv(from, into.data() + have, into.size() - have, 0);
        if (got <= 0)
            return 0;
        have += static_cast<std::size_t>(got);
        const auto end = std::string_view(into.data(), have).find("\r\n\r\n");
        if (end != std::string_view::npos && have >= end + 4 + body)
            return have;
    }
}

settings::model load_settings(std::uint16_t application_port, settings::session_store store)
{
    auto with = test::gate_settings(application_port);
    with.session.idle_timeout = std::chrono::hours(1); // as people run it; not due within the load
    with.session.store = store;
    return with;
}

// The cookie of a session that a gate with these settings finds in the file of its sessions, as after a
// restart.
std::string cookie_of_kept_session(const settings::model& of)
{
    const std::vector<secret> secrets{of.session.secret};
    auto& random = crypto::system_random();
    const auto now = wall_clock_now();
    auto shelf = std::make_shared<session::memory_shelf>(100);
    session::ticket_store store(
        app::cookies_of(of),
        shelf,
        session::ticket_store::shared_by::workers,
        secrets,
        app::lifetimes_of(of),
        random
    );
    net::asio::io_context io{1};
    const auto cookies = test::run(io, store.create(test::signed_in_session(), {}, now));
    if (!cookies || cookies->size() != 1)
        throw std::logic_error("no ticket for the session");
    const crypto::key_ring keys(secrets, "session_file");
    if (!session::save_shelf(*shelf, of.session.memory_file, keys, random, now))
        throw std::runtime_error("the session cannot be written down");
    return cookies->front().substr(0, cookies->front().find(';'));
}

} // namespace

steady_state::steady_state(settings::session_store store)
    : listener_(listen_somewhere()), application_([this] { serve(); })
{
    auto with = load_settings(port_of(listener_), store);
    const test::temporary_directory folder;
    std::string cookie;
    if (store == settings::session_store::memory)
    {
        with.session.memory_file = folder.path() + "/sessions";
        cookie = cookie_of_kept_session(with);
    }
    gate_ = std::make_unique<test::running_gate>(with);
    if (cookie.empty())
        cookie = gate_->cookie();
    // What a browser sends.
    request_ = "GET /reports/2026?page=2 HTTP/1.1\r\nHost: gate.example\r\n"
               "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
               "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
               "Accept-Language: en-US,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br\r\n"
               "Cookie: theme=dark; " +
               cookie + "\r\n\r\n";
    client_ = connect_to(gate_->port());
}

steady_state::~steady_state()
{
    ::close(client_);
    gate_.reset();
    ::shutdown(listener_, SHUT_RDWR);
    application_.join();
    ::close(listener_);
}

void steady_state::serve() const
{
    static const std::string answer =
        "HTTP/1.1 200 OK\r\nServer: application\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
        "Content-Type: text/plain\r\nContent-Length: 1024\r\n"
        "ETag: \"6900\"\r\nAccept-Ranges: bytes\r\n\r\n" +
        std::string(body_size, 'x');
    static std::array<char, 65536> memory;
    // The gate looks whether the application is there over connections of its own, which end at once.
    for (int taken = 0; (taken = ::accept(listener_, nullptr, nullptr)) >= 0; ::close(taken))
        while (receive(taken, memory, 0) != 0)
            if (::send(taken, answer.data(), answer.size(), MSG_NOSIGNAL) < 0)
                break;
}

bool steady_state::run(std::size_t requests)
{
    static std::array<char, 65536> memory;
    for (std::size_t count = 0; count < requests; ++count)
    {
        if (::send(client_, request_.data(), request_.size(), MSG_NOSIGNAL) < 0)
            return false;
        const auto size = receive(client_, memory, body_size);
        if (!std::string_view(memory.data(), size).starts_with("HTTP/1.1 200 OK\r\n"))
            return false;
    }
    return true;
}

} // namespace sekisho::performance

// SPDX-License-Identifier: Apache-2.0
#include "server/front.hpp"

#include "base/log.hpp"

#include <utility>

namespace sekisho::server
{

using net::task;

// One open connection, in the list of its front.
struct front::connection
{
    connection(front& of, net::tcp_socket socket) : owner(of), stream(std::move(socket), of.home_.deadlines())
    {
        next = owner.first_;
        if (next != nullptr)
            next->previous = this;
        owner.first_ = this;
        ++owner.open_;
        owner.metrics_.open.add(1);
    }
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;
    ~connection()
    {
        (previous != nullptr ? previous->next : owner.first_) = next;
        if (next != nullptr)
            next->previous = previous;
        --owner.open_;
        owner.metrics_.open.add(-1);
        owner.count_.open.fetch_sub(1, std::memory_order_relaxed);
    }

    front& owner;
    net::stream stream;
    net::peer client;
    connection* previous = nullptr;
    connection* next = nullptr;
    bool is_idle = false;
};

front::front(
    net::worker& home,
    net::handler& handler,
    std::shared_ptr<const rules> rules,
    connection_count& count,
    const front_metrics& metrics
)
    : home_(home), handler_(handler), rules_(std::move(rules)), count_(count), metrics_(metrics),
      acceptor_(home.get_executor())
{
}

front::~front() = default;

void front::start(net::tcp_acceptor acceptor)
{
    acceptor_ = std::move(acceptor);
    home_.spawn("accept", accept_all());
}

task<void> front::accept_all()
{
    net::steady_timer pause(home_.get_executor());
    while (acceptor_.is_open())
    {
        auto [failure, socket] = co_await acceptor_.async_accept(net::in_tuple);
        if (!failure)
        {
            begin(std::move(socket));
            continue;
        }
        if (failure == net::asio::error::operation_aborted || !acceptor_.is_open())
            co_return;
        if (failure == net::asio::error::connection_aborted)
            continue;
        // No file descriptors, no memory: connections that end will free some.
        log::warning("listener.accept_failed", {{"reason", failure.message()}});
        pause.expires_after(std::chrono::milliseconds(100));
        co_await pause.async_wait(net::in_tuple);
    }
}

void front::begin(net::tcp_socket socket)
{
    metrics_.accepted.add();
    const auto open = count_.open.fetch_add(1, std::memory_order_relaxed);
    if (open < rules_->allowed.connections)
        return home_.spawn("connection", serve(std::move(socket)));
    count_.open.fetch_sub(1, std::memory_order_relaxed);
    metrics_.refused.add();
    log::warning("listener.too_many_connections", {{"code", "too_many_connections"}, {"open", open}});
    if (rules_->tls)
        return; // a handshake costs more than is left; closing says the same
    static constexpr std::string_view answer =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\n"
        "Content-Length: 21\r\nRetry-After: 1\r\nConnection: close\r\n\r\n"
        "too_many_connections\n";
    boost::system::error_code ignored;
    socket.native_non_blocking(true, ignored);
    socket.write_some(net::asio::buffer(answer.data(), answer.size()), ignored);
    socket.shutdown(net::tcp_socket::shutdown_send, ignored);
}

task<bool> front::prepare(connection& with, const rules& by)
{
    boost::system::error_code failure;
    const auto remote = with.stream.socket().remote_endpoint(failure);
    if (failure)
        co_return false;
    auto address = remote.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = net::asio::ip::make_address_v4(net::asio::ip::v4_mapped, address.to_v6());
    with.client = {address, remote.port(), by.tls != nullptr};
    if (!by.tls)
        co_return true;
    with.stream.expires_after(by.allowed.head_time);
    auto accepted = co_await with.stream.accept_tls(*by.tls);
    if (!accepted)
        log::debug("listener.tls_failed", {{"reason", accepted.error().detail}});
    co_return accepted.has_value();
}

task<void> front::serve(net::tcp_socket socket)
{
    const auto by = rules_;
    connection with(*this, std::move(socket));
    auto goes_on = co_await prepare(with, *by);
    auto limit = by->allowed.head_time; // for the first request; later ones may take their time
    while (goes_on)
    {
        with.is_idle = true;
        with.stream.expires_after(limit);
        auto readable = co_await with.stream.wait_readable();
        with.is_idle = false;
        if (!readable)
            break;
        goes_on = co_await serve_turn(with, *by);
        limit = by->allowed.idle_time;
        goes_on = goes_on && !is_draining_;
    }
    if (with.stream.is_open())
        with.stream.close();
}

task<bool> front::serve_turn(connection& with, const rules& by)
{
    auto exchange = borrow();
    auto next = co_await exchange->serve(with.stream, with.client, by.allowed, handler_, is_draining_);
    give_back(std::move(exchange));
    if (next == afterwards::linger)
        co_await with.stream.linger_and_close(std::chrono::seconds(2));
    co_return next == afterwards::keep_alive;
}

std::unique_ptr<http1_exchange> front::borrow()
{
    if (exchanges_.empty())
        return std::make_unique<http1_exchange>(home_);
    auto exchange = std::move(exchanges_.back());
    exchanges_.pop_back();
    return exchange;
}

void front::give_back(std::unique_ptr<http1_exchange> exchange)
{
    constexpr std::size_t kept = 256;
    if (exchanges_.size() < kept)
        exchanges_.push_back(std::move(exchange));
}

void front::drain()
{
    is_draining_ = true;
    boost::system::error_code failure;
    // Whoever has connected already is still served.
    acceptor_.non_blocking(true, failure);
    while (!failure && acceptor_.is_open())
    {
        net::tcp_socket waiting(home_.get_executor());
        acceptor_.accept(waiting, failure);
        if (!failure)
            begin(std::move(waiting));
    }
    acceptor_.close(failure);
    for (auto* each = first_; each != nullptr; each = each->next)
        if (each->is_idle)
            each->stream.socket().cancel(failure);
}

void front::abort()
{
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    for (auto* each = first_; each != nullptr; each = each->next)
    {
        each->stream.socket().shutdown(net::tcp_socket::shutdown_both, ignored);
        each->stream.socket().cancel(ignored);
    }
}

} // namespace sekisho::server

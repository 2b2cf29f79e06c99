// SPDX-License-Identifier: Apache-2.0
#pragma once
// One worker's side of a listener: accepts connections, serves each until it ends, and ends them all when
// asked.

#include "base/metric.hpp"
#include "net/exchange.hpp"
#include "net/listener.hpp"
#include "net/stream.hpp"
#include "net/worker.hpp"
#include "server/http1_exchange.hpp"
#include "server/limits.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

namespace sekisho::server
{

// What connections are served by; a connection keeps the one it began with.
struct rules
{
    limits allowed;
    std::shared_ptr<const net::tls_context> tls; // null: plain http
};

// Open connections, shared by all workers of one listener: the limit is theirs together.
struct connection_count
{
    std::atomic<std::size_t> open = 0;
};

// Of one worker.
struct front_metrics
{
    metric::counter& accepted;
    metric::counter& refused;
    metric::gauge& open;
};

class front
{
public:
    front(
        net::worker& home,
        net::handler& handler,
        std::shared_ptr<const rules> rules,
        connection_count& count,
        const front_metrics& metrics
    );
    ~front();
    front(const front&) = delete;
    front& operator=(const front&) = delete;

    // Begins to accept. Worker's thread, as all below.
    void start(net::tcp_acceptor acceptor);
    // For connections that come from now on.
    void use(std::shared_ptr<const rules> rules) { rules_ = std::move(rules); }
    // Takes what already waits to be accepted, then no more; idle connections are closed, busy ones after
    // their answer.
    void drain();
    // Closes everything at once.
    void abort();
    std::size_t open_connections() const noexcept { return open_; }

private:
    struct connection;

    net::task<void> accept_all();
    void begin(net::tcp_socket socket);
    net::task<void> serve(net::tcp_socket socket);
    net::task<bool> prepare(connection& with, const rules& by);
    net::task<bool> serve_turn(connection& with, const rules& by);
    std::unique_ptr<http1_exchange> borrow();
    void give_back(std::unique_ptr<http1_exchange> exchange);

    net::worker& home_;
    net::handler& handler_;
    std::shared_ptr<const rules> rules_;
    connection_count& count_;
    front_metrics metrics_;
    net::tcp_acceptor acceptor_;
    std::vector<std::unique_ptr<http1_exchange>> exchanges_;
    connection* first_ = nullptr;
    std::size_t open_ = 0;
    bool is_draining_ = false;
};

} // namespace sekisho::server

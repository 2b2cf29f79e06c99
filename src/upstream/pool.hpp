// SPDX-License-Identifier: Apache-2.0
#pragma once
// One worker's connections to one application.

#include "base/metric.hpp"
#include "net/stream.hpp"
#include "net/worker.hpp"
#include "upstream/destination.hpp"

#include <chrono>
#include <deque>
#include <memory>
#include <vector>

namespace sekisho::upstream
{

struct pool_metrics
{
    metric::counter& opened;
    metric::counter& reused;
    metric::counter& failed;
    metric::gauge& idle;
};

class pool
{
public:
    pool(net::worker& home, std::shared_ptr<const destination> to, const pool_metrics& counts);
    ~pool();

    // The idle connection used last; null: there is none. It may have been closed by the application
    // meanwhile.
    std::unique_ptr<net::stream> take_idle();
    // A new one. Errors: upstream_unreachable (name, connection or TLS, the detail says which),
    // upstream_timeout.
    net::task<result<std::unique_ptr<net::stream>>> connect();
    // For a connection whose last answer is complete.
    void give_back(std::unique_ptr<net::stream> connection);
    // Closes what has been idle too long; called now and then.
    void sweep();

    const destination& to() const noexcept { return *to_; }

private:
    struct idle
    {
        std::unique_ptr<net::stream> connection;
        std::chrono::steady_clock::time_point since;
    };
    using endpoints = std::vector<net::asio::ip::tcp::endpoint>;

    net::task<result<endpoints>> resolve();
    net::task<result<std::unique_ptr<net::stream>>> connect_to(net::asio::ip::tcp::endpoint endpoint);

    net::worker& home_;
    std::shared_ptr<const destination> to_;
    pool_metrics counts_;
    std::deque<idle> idle_;
    endpoints resolved_;
    std::chrono::steady_clock::time_point resolved_at_;
};

} // namespace sekisho::upstream

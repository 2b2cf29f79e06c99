// SPDX-License-Identifier: Apache-2.0
#include "upstream/pool.hpp"

#include <boost/asio/ip/basic_resolver.hpp>

#include <utility>

namespace sekisho::upstream
{

using net::task;
using std::chrono::steady_clock;
namespace asio = net::asio;

pool::pool(net::worker& home, std::shared_ptr<const destination> to, const pool_metrics& counts)
    : home_(home), to_(std::move(to)), counts_(counts)
{
}

pool::~pool() { counts_.idle.add(-static_cast<std::int64_t>(idle_.size())); }

std::unique_ptr<net::stream> pool::take_idle()
{
    if (idle_.empty())
        return nullptr;
    // The one used last is the one least likely to be closed.
    auto found = std::move(idle_.back().connection);
    idle_.pop_back();
    counts_.idle.add(-1);
    counts_.reused.add();
    return found;
}

void pool::give_back(std::unique_ptr<net::stream> connection)
{
    if (to_->keep_alive.count() == 0 || to_->idle_connections == 0)
        return;
    if (idle_.size() >= to_->idle_connections)
    {
        idle_.pop_front();
        counts_.idle.add(-1);
    }
    connection->expires_after({});
    idle_.push_back({std::move(connection), steady_clock::now()});
    counts_.idle.add(1);
}

void pool::sweep()
{
    const auto oldest = steady_clock::now() - to_->keep_alive;
    while (!idle_.empty() && idle_.front().since < oldest)
    {
        idle_.pop_front();
        counts_.idle.add(-1);
    }
}

task<result<pool::endpoints>> pool::resolve()
{
    boost::system::error_code not_an_address;
    const auto literal = asio::ip::make_address(to_->address.host(), not_an_address);
    if (!not_an_address)
        co_return endpoints{{literal, to_->address.port()}};
    // DNS says nothing about how long an answer holds here; half a minute follows a moved application soon
    // enough.
    if (!resolved_.empty() && steady_clock::now() - resolved_at_ < std::chrono::seconds(30))
        co_return resolved_;
    asio::ip::basic_resolver<asio::ip::tcp, net::executor> resolver(home_.get_executor());
    auto [failure, found] = co_await resolver.async_resolve(
        to_->address.host(),
        std::to_string(to_->address.port()),
        asio::ip::resolver_base::numeric_service,
        net::in_tuple
    );
    if (failure && !resolved_.empty())
        co_return resolved_; // a failing name server takes nobody down whose address was known
    if (failure)
        co_return fail(
            errc::upstream_unreachable, "upstream.resolve", to_->address.host() + ": " + failure.message()
        );
    resolved_.clear();
    for (const auto& each : found)
        resolved_.push_back(each.endpoint());
    resolved_at_ = steady_clock::now();
    co_return resolved_;
}

task<result<std::unique_ptr<net::stream>>> pool::connect_to(asio::ip::tcp::endpoint endpoint)
{
    net::tcp_socket socket(home_.get_executor());
    boost::system::error_code opened;
    socket.open(endpoint.protocol(), opened);
    if (opened)
        co_return fail(errc::upstream_unreachable, "upstream.connect", opened.message());
    auto connection = std::make_unique<net::stream>(std::move(socket), home_.deadlines());
    connection->expires_after(to_->connect_time);
    auto [failure] = co_await connection->socket().async_connect(endpoint, net::in_tuple);
    const auto where = endpoint.address().to_string() + ":" + std::to_string(endpoint.port()) + ": ";
    if (failure == asio::error::operation_aborted)
        co_return fail(errc::upstream_timeout, "upstream.connect", where + "no connection in time");
    if (failure)
        co_return fail(errc::upstream_unreachable, "upstream.connect", where + failure.message());
    if (to_->tls)
    {
        auto secured = co_await connection->connect_tls(*to_->tls, to_->address.host());
        if (!secured)
            co_return fail(
                secured.error().code == errc::network_timeout ? errc::upstream_timeout
                                                              : errc::upstream_unreachable,
                "upstream.tls",
                where + secured.error().detail
            );
    }
    co_return connection;
}

task<result<std::unique_ptr<net::stream>>> pool::connect()
{
    auto candidates = co_await resolve();
    if (!candidates)
    {
        counts_.failed.add();
        co_return std::unexpected(candidates.error());
    }
    result<std::unique_ptr<net::stream>> made =
        fail(errc::upstream_unreachable, "upstream.resolve", "no address");
    for (const auto& endpoint : *candidates)
    {
        made = co_await connect_to(endpoint);
        if (made)
        {
            counts_.opened.add();
            co_return made;
        }
    }
    resolved_at_ = {}; // ask again next time: the application may have moved
    counts_.failed.add();
    co_return made;
}

} // namespace sekisho::upstream

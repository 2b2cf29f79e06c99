// SPDX-License-Identifier: Apache-2.0
#include "net/redis/opening.hpp"

#include "net/run_on.hpp"

#include <boost/asio/ip/basic_resolver.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace sekisho::net
{
namespace
{

using boost::system::error_code;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using tcp = asio::ip::tcp;

milliseconds left_until(steady_clock::time_point end)
{
    return std::max(std::chrono::ceil<milliseconds>(end - steady_clock::now()), milliseconds(1));
}

std::unexpected<error> no_connection(const redis_address& to, const std::string& why)
{
    return fail(errc::network_failure, "redis", "no connection to " + to_text(to) + ": " + why);
}

std::unexpected<error> too_late(const redis_address& to, std::string_view doing)
{
    return fail(
        errc::network_timeout,
        "redis",
        to_text(to) + " did not answer within redis.connect_timeout (" + std::string(doing) + ")"
    );
}

// getaddrinfo cannot be interrupted, so the coroutine does not wait for it but for `resolved`.
struct name_question
{
    explicit name_question(executor home) : resolver(home), resolved(home) {}
    asio::ip::basic_resolver<tcp, executor> resolver;
    wake_up resolved;
    error_code failure = asio::error::timed_out;
    std::vector<tcp::endpoint> addresses;
};

task<result<std::vector<tcp::endpoint>>>
resolve(executor home, redis_address to, steady_clock::time_point end)
{
    error_code not_numeric;
    const auto literal = asio::ip::make_address(to.host, not_numeric);
    if (!not_numeric)
        co_return std::vector<tcp::endpoint>{{literal, to.port}};
    const auto question = std::make_shared<name_question>(home);
    question->resolved.expires_at(end);
    question->resolver.async_resolve(
        to.host,
        std::to_string(to.port),
        [weak = std::weak_ptr(question)](error_code failure, const tcp::resolver::results_type& found)
        {
            const auto waiting = weak.lock();
            if (!waiting)
                return;
            waiting->failure = failure;
            for (const auto& each : found)
                waiting->addresses.push_back(each.endpoint());
            waiting->resolved.cancel();
        }
    );
    (void)co_await question->resolved.async_wait(in_tuple);
    if (question->failure == asio::error::timed_out)
        co_return too_late(to, "looking up its name");
    if (question->failure)
        co_return no_connection(to, "the name cannot be resolved: " + question->failure.message());
    co_return std::move(question->addresses);
}

task<result<std::unique_ptr<stream>>>
connect_one(worker& home, redis_address to, tcp::endpoint endpoint, milliseconds at_most)
{
    tcp_socket socket(home.get_executor());
    error_code opened;
    socket.open(endpoint.protocol(), opened);
    if (opened)
        co_return no_connection(to, opened.message());
    auto made = std::make_unique<stream>(std::move(socket), home.deadlines());
    made->expires_after(at_most);
    auto [failure] = co_await made->socket().async_connect(endpoint, in_tuple);
    if (failure == asio::error::operation_aborted)
        co_return too_late(to, "connecting");
    if (failure)
        co_return no_connection(to, failure.message());
    co_return made;
}

task<result<std::unique_ptr<stream>>>
connect_host(worker& home, redis_address to, steady_clock::time_point end)
{
    auto found = co_await resolve(home.get_executor(), to, end);
    if (!found)
        co_return std::unexpected(found.error());
    result<std::unique_ptr<stream>> made = no_connection(to, "the name has no address");
    auto untried = static_cast<int>(found->size());
    for (const auto& each : *found)
    {
        // So that an address that swallows everything leaves time for the next one.
        made = co_await connect_one(home, to, each, left_until(end) / untried--);
        if (made)
            break;
    }
    co_return made;
}

// A stream does not care of what family its socket is, so that it goes on as if it were TCP.
task<result<std::unique_ptr<stream>>> connect_socket(worker& home, redis_address to)
{
    asio::basic_stream_socket<asio::local::stream_protocol, executor> local(home.get_executor());
    if (to.path.size() >= sizeof(sockaddr_un::sun_path))
        co_return no_connection(to, "the path of a socket has at most 107 bytes");
    auto [failure] = co_await local.async_connect({to.path}, in_tuple);
    if (failure)
        co_return no_connection(to, failure.message());
    error_code taken;
    tcp_socket socket(home.get_executor());
    socket.assign(tcp::v4(), local.release(taken), taken);
    if (taken)
        co_return no_connection(to, taken.message());
    co_return std::make_unique<stream>(std::move(socket), home.deadlines());
}

} // namespace

task<result<std::unique_ptr<stream>>> open_redis_stream(
    worker& home, redis_address to, std::shared_ptr<const tls_context> tls, milliseconds at_most
)
{
    if (to.by == redis_address::way::unix_socket)
    {
        auto local = co_await connect_socket(home, to);
        co_return local;
    }
    const auto end = steady_clock::now() + at_most;
    auto made = co_await connect_host(home, to, end);
    if (!made || to.by == redis_address::way::tcp)
        co_return made;
    if (!tls)
        co_return no_connection(to, "TLS is not set up");
    (*made)->expires_after(left_until(end));
    auto secured = co_await (*made)->connect_tls(*tls, to.host);
    if (secured)
        co_return made;
    if (secured.error().code == errc::network_timeout)
        co_return too_late(to, "the TLS handshake");
    co_return no_connection(to, "TLS: " + secured.error().detail);
}

} // namespace sekisho::net

// SPDX-License-Identifier: Apache-2.0
// One connection to a server that does what real ones do rarely.
#include "net/redis/connection.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/run.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <functional>
#include <string>

using namespace sekisho;
using namespace sekisho::net;
using namespace std::chrono_literals;

namespace
{

// Greets as Redis does, and answers the first thing it is sent then.
class odd_server
{
public:
    enum class then : std::uint8_t
    {
        closes,
        is_silent,
    };

    odd_server(worker& on, std::string answer, then what)
        : acceptor_(on.get_executor(), {asio::ip::address_v4::loopback(), 0}), answer_(std::move(answer)),
          what_(what)
    {
        on.spawn("odd server", serve());
    }
    redis_address address() const
    {
        return {redis_address::way::tcp, "127.0.0.1", acceptor_.local_endpoint().port(), {}, {}};
    }
    std::string received;

private:
    task<void> serve()
    {
        tcp_socket peer(acceptor_.get_executor());
        auto [failure] = co_await acceptor_.async_accept(peer, in_tuple);
        if (failure)
            co_return;
        std::array<char, 4096> block{};
        for (const std::string& each : {std::string("+OK\r\n"), std::string("+PONG\r\n"), answer_})
        {
            auto [ended, size] = co_await peer.async_read_some(asio::buffer(block), in_tuple);
            received.append(block.data(), size);
            (void)co_await asio::async_write(peer, asio::buffer(each), in_tuple);
        }
        while (what_ == then::is_silent)
        {
            auto [ended, size] = co_await peer.async_read_some(asio::buffer(block), in_tuple);
            if (ended)
                break;
        }
    }

    asio::basic_socket_acceptor<asio::ip::tcp, executor> acceptor_;
    std::string answer_;
    then what_;
};

redis_access patient()
{
    redis_access made;
    made.command_time = 150ms;
    made.limits = {1000, 100};
    return made;
}

// Runs the work on the worker's own thread, which is this one.
void on(worker& home, task<void> work)
{
    bool is_done = false;
    home.spawn(
        "test",
        [](worker& at, task<void> inner, bool& done) -> task<void>
        {
            co_await std::move(inner);
            done = true;
            at.stop();
        }(home, std::move(work), is_done)
    );
    home.run();
    home.abandon();
    REQUIRE(is_done);
}

task<void> call_at(worker& home, redis_address where, result<redis_reply>& into, redis_connection_ptr& kept)
{
    auto opened = co_await redis_connection::open(home, where, patient());
    if (!opened)
    {
        into = std::unexpected(opened.error());
        co_return;
    }
    kept = *opened;
    into = co_await kept->call({"GET", "a"});
}

} // namespace

TEST_CASE("an answer that never comes whole, is none or is too large breaks the connection", "[net]")
{
    using then = odd_server::then;
    const auto [answer, what, code, part] = GENERATE(table<std::string, then, errc, std::string>({
        {"$10\r\nabc", then::closes, errc::network_failure, "closed the connection"},
        {"", then::closes, errc::network_failure, "closed the connection"},
        {"$10\r\nabc", then::is_silent, errc::network_timeout, "did not answer within 150 ms"},
        {"HTTP/1.1 400 Bad Request\r\n\r\n", then::is_silent, errc::value_malformed, "does not speak"},
        {"*101\r\n", then::is_silent, errc::value_too_large, "exceeds its limit"},
        {"$9999\r\n" + std::string(1100, 'x'), then::is_silent, errc::value_too_large, "exceeds its limit"},
    }));
    CAPTURE(answer);
    worker home;
    odd_server server(home, answer, what);
    result<redis_reply> got;
    redis_connection_ptr connection;
    on(home, call_at(home, server.address(), got, connection));
    REQUIRE_FALSE(got);
    CHECK(got.error().code == code);
    CHECK(test::has(got.error().detail, part));
    CHECK(test::has(got.error().detail, to_text(server.address())));
    REQUIRE(connection);
    CHECK_FALSE(connection->is_open());
}

namespace
{

task<void> call_into(redis_connection_ptr over, std::string key, result<redis_reply>& into, int& left)
{
    into = co_await over->call({"GET", key});
    --left;
}

task<void> call_three(worker& home, redis_address where, std::array<result<redis_reply>, 3>& into)
{
    auto opened = co_await redis_connection::open(home, where, patient());
    if (!opened)
        co_return;
    int left = 2;
    home.spawn("one", call_into(*opened, "one", into[0], left));
    home.spawn("two", call_into(*opened, "two", into[1], left));
    into[2] = co_await (*opened)->call({"GET", "three"});
    while (left != 0)
        co_await asio::post(home.get_executor(), asio::use_awaitable_t<executor>());
}

} // namespace

TEST_CASE("answers go to the commands in their order, and what is left fails together", "[net]")
{
    worker home;
    odd_server server(home, "$1\r\n1\r\n-ERR 2\r\n", odd_server::then::is_silent);
    std::array<result<redis_reply>, 3> got;
    on(home, call_three(home, server.address(), got));
    REQUIRE(got[0]);
    CHECK(got[0]->text == "1");
    REQUIRE(got[1]);
    CHECK(got[1]->is_error("ERR"));
    REQUIRE_FALSE(got[2]);
    CHECK(got[2].error().code == errc::network_timeout);
    CHECK(server.received.find("one") < server.received.find("two"));
    CHECK(server.received.find("two") < server.received.find("three"));
    CHECK(test::has(server.received, "three"));
}

TEST_CASE("an answer that nobody asked for is not taken for another's", "[net]")
{
    worker home;
    odd_server server(home, "+a\r\n+b\r\n", odd_server::then::is_silent);
    result<redis_reply> got;
    redis_connection_ptr connection;
    on(home, call_at(home, server.address(), got, connection));
    REQUIRE(connection);
    CHECK_FALSE(connection->is_open());
}

TEST_CASE("a place where nobody listens is named", "[net]")
{
    worker home;
    result<redis_reply> got;
    redis_connection_ptr connection;
    on(home,
       call_at(home, {redis_address::way::unix_socket, {}, 0, "/nowhere/redis.sock", {}}, got, connection));
    REQUIRE_FALSE(got);
    CHECK(test::has(got.error().detail, "/nowhere/redis.sock: No such file"));
}

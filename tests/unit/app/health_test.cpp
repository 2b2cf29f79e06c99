// SPDX-License-Identifier: Apache-2.0
#include "app/health.hpp"
#include "support/catch.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <string>
#include <thread>
#include <utility>

namespace sekisho::app
{

using boost::asio::ip::tcp;
using Catch::Matchers::Contains;

namespace
{

// Answers one connection with this text and keeps the request line.
class one_answer
{
public:
    explicit one_answer(std::string answer)
        : acceptor_(context_, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)),
          thread_([this, text = std::move(answer)] { serve(text); })
    {
    }
    ~one_answer() { thread_.join(); }
    one_answer(const one_answer&) = delete;
    one_answer& operator=(const one_answer&) = delete;

    settings::admin_settings address(std::string host = "127.0.0.1")
    {
        return {
            .listen =
                settings::listen_address{.host = std::move(host), .port = acceptor_.local_endpoint().port()},
            .users = {},
            .groups = {}
        };
    }
    const std::string& request() const { return request_; } // after the answer was read

private:
    void serve(const std::string& answer)
    {
        auto socket = acceptor_.accept();
        boost::asio::read_until(socket, boost::asio::dynamic_buffer(request_), "\r\n\r\n");
        boost::asio::write(socket, boost::asio::buffer(answer));
    }

    boost::asio::io_context context_;
    tcp::acceptor acceptor_;
    std::string request_;
    std::thread thread_;
};

} // namespace

TEST_CASE("a gate that answers 200 is well", "[app]")
{
    one_answer gate("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    const auto host = GENERATE(as<std::string>(), "127.0.0.1", "", "0.0.0.0");
    const auto report = ask_health(gate.address(host), probe::liveness);
    CHECK(report.status == 0);
    CHECK(report.text == "ok");
    CHECK_THAT(gate.request(), Catch::Matchers::StartsWith("GET /healthz HTTP/1.1\r\n"));
}

TEST_CASE("a gate that is not ready says why", "[app]")
{
    one_answer gate("HTTP/1.1 503 Service Unavailable\r\nX: y\r\n\r\nprovider: down\n");
    const auto report = ask_health(gate.address(), probe::readiness);
    CHECK(report.status == status_failed);
    CHECK(report.text == "/readyz answers 503\nprovider: down");
    CHECK_THAT(gate.request(), Catch::Matchers::StartsWith("GET /readyz "));
}

TEST_CASE("something else at the address is not the gate", "[app]")
{
    one_answer other("SSH-2.0-OpenSSH\r\n");
    const auto report = ask_health(other.address(), probe::liveness);
    CHECK(report.status == status_failed);
    CHECK_THAT(report.text, Contains("does not answer as the gate would"));
}

TEST_CASE("nobody at the address, or no address, is not well", "[app]")
{
    boost::asio::io_context context;
    // Bound and not listening: nobody else can take the port meanwhile.
    tcp::socket taken(context, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
    const settings::admin_settings admin{
        .listen = settings::listen_address{.host = "127.0.0.1", .port = taken.local_endpoint().port()},
        .users = {},
        .groups = {}
    };
    CHECK_THAT(ask_health(admin, probe::liveness).text, Contains("no answer at admin.listen 127.0.0.1:"));
    CHECK(ask_health(admin, probe::liveness).status == status_failed);
    CHECK_THAT(
        ask_health({.listen = std::nullopt, .users = {}, .groups = {}}, probe::liveness).text,
        Contains("admin.listen is off")
    );
}

} // namespace sekisho::app

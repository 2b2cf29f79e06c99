// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/doorway.hpp"

#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <cstdint>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sekisho::test
{

using namespace std::chrono_literals;

namespace
{

// Takes requests and never answers; ends when the gate gives up.
void say_nothing(wire& gate, recording_application& self)
{
    self.take_request(gate);
    gate.receive_all();
}

// Listens, but its queue of connections is full: who connects waits.
class full_listener
{
public:
    full_listener() : socket_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof address;
        REQUIRE(::bind(socket_, any, size) == 0);
        REQUIRE(::listen(socket_, 0) == 0);
        REQUIRE(::getsockname(socket_, any, &size) == 0);
        port_ = ntohs(address.sin_port);
        for (auto& each : waiting_)
        {
            each = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            ::connect(each, any, size);
        }
    }
    ~full_listener()
    {
        for (const auto each : waiting_)
            ::close(each);
        ::close(socket_);
    }
    full_listener(const full_listener&) = delete;
    full_listener& operator=(const full_listener&) = delete;
    std::uint16_t port() const { return port_; }

private:
    int socket_;
    std::uint16_t port_ = 0;
    std::array<int, 4> waiting_{};
};

bool names(const wire_message& answer, std::string_view code)
{
    return (answer.head + answer.body).find(code) != std::string::npos;
}

} // namespace

TEST_CASE("a head of as many bytes as allowed passes, one more is 431", "[limits]")
{
    doorway door(answering(plain_answer("ok")), [](auto& with) { with.server.max_head_bytes = {2048}; });
    const auto empty = doorway::head("GET", "/public/a", "X-Long: \r\n");
    const auto fitting =
        doorway::head("GET", "/public/a", "X-Long: " + std::string(2048 - empty.size(), 'a') + "\r\n");
    REQUIRE(fitting.size() == 2048);
    CHECK(door.ask(fitting).status() == 200);
    const auto one_more =
        doorway::head("GET", "/public/a", "X-Long: " + std::string(2049 - empty.size(), 'a') + "\r\n");
    const auto answer = door.ask(one_more);
    CHECK(answer.status() == 431);
    CHECK(names(answer, "request_head_too_large"));
    CHECK(door.client.ends());
    CHECK(door.application.request_count() == 1);
}

TEST_CASE("a head without end is refused when it crosses its limit, not when it ends", "[limits]")
{
    doorway door(answering(plain_answer("ok")), [](auto& with) { with.server.max_head_bytes = {2048}; });
    door.client.send("GET /public/a HTTP/1.1\r\nHost: app.example\r\nX-Long: " + std::string(4096, 'a'));
    CHECK(door.client.receive_message().status() == 431);
    CHECK(door.client.ends());
}

TEST_CASE("a head larger than the usual memory passes as long as the limit allows it", "[limits]")
{
    doorway door(answering(plain_answer("ok")));
    const auto value = std::string(50'000, 'a');
    CHECK(door.ask(doorway::head("GET", "/public/a", "X-Long: " + value + "\r\n")).status() == 200);
    CHECK(door.application.request().field("X-Long") == value);
    const auto over = std::string(70'000, 'a');
    CHECK(door.ask(doorway::head("GET", "/public/a", "X-Long: " + over + "\r\n")).status() == 431);
}

TEST_CASE("as many fields as allowed pass, one more is 431", "[limits]")
{
    doorway door(answering(plain_answer("ok")), [](auto& with) { with.server.max_head_fields = 10; });
    std::string nine;
    for (auto count = 0; count < 9; ++count)
        nine += "X-" + std::to_string(count) + ": 1\r\n";
    CHECK(door.ask(doorway::head("GET", "/public/a", nine)).status() == 200);
    const auto answer = door.ask(doorway::head("GET", "/public/a", nine + "X-Ten: 1\r\n"));
    CHECK(answer.status() == 431);
    CHECK(door.client.ends());
}

TEST_CASE(
    "a body of as many bytes as allowed passes, one more is 413 before the application hears of it",
    "[limits]"
)
{
    doorway door(answering(plain_answer("ok")), [](auto& with) { with.server.max_body_bytes = {1000}; });
    CHECK(
        door.ask(doorway::head("POST", "/public/a", "Content-Length: 1000\r\n") + std::string(1000, 'a'))
            .status() == 200
    );
    const auto answer =
        door.ask(doorway::head("POST", "/public/a", "Content-Length: 1001\r\n") + std::string(1001, 'a'));
    CHECK(answer.status() == 413);
    CHECK(names(answer, "request_body_too_large"));
    CHECK(door.client.ends());
    CHECK(door.application.request_count() == 1);
}

TEST_CASE("a chunked body that grows above the limit is 413 and no request for the application", "[limits]")
{
    doorway door(answering(plain_answer("ok")), [](auto& with) { with.server.max_body_bytes = {1000}; });
    const auto post = doorway::head("POST", "/public/a", "Transfer-Encoding: chunked\r\n");
    const auto half = "1f4\r\n" + std::string(500, 'a') + "\r\n";
    CHECK(door.ask(post + half + half + "0\r\n\r\n").status() == 200);
    const auto answer = door.ask(post + half + half + "1\r\na\r\n0\r\n\r\n");
    CHECK(answer.status() == 413);
    CHECK(door.client.ends());
    CHECK(door.application.request_count() == 1);
}

TEST_CASE("as many connections as allowed are served, one more gets 503", "[limits]")
{
    doorway door(answering(plain_answer("ok")), [](auto& with) { with.server.max_connections = 2; });
    auto second = wire::to(door.gate.port());
    second.send(doorway::head("GET", "/public/a"));
    CHECK(second.receive_message().status() == 200);
    CHECK(door.ask(doorway::head("GET", "/public/a")).status() == 200);
    auto third = wire::to(door.gate.port());
    const auto answer = third.receive_message();
    CHECK(answer.status() == 503);
    CHECK(names(answer, "too_many_connections"));
    CHECK(third.ends());
    CHECK(door.ask(doorway::head("GET", "/public/a")).status() == 200);
}

TEST_CASE("a connection that ends makes room for the next", "[limits]")
{
    doorway door(answering(plain_answer("ok")), [](auto& with) { with.server.max_connections = 1; });
    for (auto round = 0; round < 5; ++round)
    {
        CHECK(door.ask(doorway::head("GET", "/public/a", "Connection: close\r\n")).status() == 200);
        CHECK(door.client.ends()); // the gate has counted before it closed
        door.client.close();
        for (auto tries = 0; tries < 50; ++tries)
        {
            door.client = wire::to(door.gate.port());
            door.client.send(doorway::head("GET", "/public/a"));
            if (door.client.receive_message().status() == 200)
                break;
        }
    }
}

TEST_CASE("a head that does not end in time is answered with 408", "[limits]")
{
    doorway door(answering(plain_answer("ok")), [](auto& with) { with.server.head_timeout = 150ms; });
    door.client.send("GET /public/a HTTP/1.1\r\nHost: app");
    const auto answer = door.client.receive_message();
    CHECK(answer.status() == 408);
    CHECK(names(answer, "request_timeout"));
    CHECK(door.client.ends());
}

TEST_CASE("trickling a head byte by byte does not move its time limit", "[limits]")
{
    doorway door(answering(plain_answer("ok")), [](auto& with) { with.server.head_timeout = 200ms; });
    door.client.send("GET /public/a HTTP/1.1\r\nHost: app.example\r\nX-A: ");
    auto pieces = 0;
    while (pieces < 100 && door.client.is_silent_for(30ms))
    {
        door.client.send("a");
        ++pieces;
    }
    CHECK(pieces < 100);
    CHECK(door.client.receive_message().status() == 408);
}

TEST_CASE("a connection that never sends anything is closed without an answer", "[limits]")
{
    doorway door(answering(plain_answer("ok")), [](auto& with) { with.server.head_timeout = 150ms; });
    CHECK(door.client.ends());
}

TEST_CASE("a body that stops coming is answered with 408, and the application's request is cut", "[limits]")
{
    bool was_cut = false;
    {
        doorway door(
            [&](wire& gate, recording_application& self)
            {
                self.remember({gate.receive_head(), {}, {}});
                was_cut = gate.receive_all() == "abc";
            },
            [](auto& with) { with.server.body_timeout = 150ms; }
        );
        door.client.send(doorway::head("POST", "/public/a", "Content-Length: 10\r\n") + "abc");
        const auto answer = door.client.receive_message();
        CHECK(answer.status() == 408);
        CHECK(door.client.ends());
    }
    CHECK(was_cut);
}

TEST_CASE("a kept connection that stays idle is closed", "[limits]")
{
    doorway door(answering(plain_answer("ok")), [](auto& with) { with.server.idle_timeout = 150ms; });
    CHECK(door.ask(doorway::head("GET", "/public/a")).status() == 200);
    CHECK(door.client.ends());
}

TEST_CASE("a client that takes nothing is cut off", "[limits]")
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            self.take_request(gate);
            gate.send("HTTP/1.1 200 OK\r\n\r\n");
            const std::string much(1 << 20, 'a');
            for (;;)
                gate.send(much);
        },
        [](auto& with) { with.server.write_timeout = 200ms; }
    );
    auto slow = wire::to(door.gate.port(), 4096);
    slow.send(doorway::head("GET", "/public/a"));
    door.application.request();
    CHECK(door.application.closes_within(wire::patience));
}

TEST_CASE("an application that does not answer in time is a 504", "[limits]")
{
    doorway door(say_nothing, [](auto& with) { with.upstream.response_timeout = 150ms; });
    const auto answer = door.ask(doorway::head("GET", "/public/a"));
    CHECK(answer.status() == 504);
    CHECK(names(answer, "upstream_timeout"));
    CHECK(door.ask(doorway::head("GET", "/public/a")).status() == 504); // the client's connection lives on
}

TEST_CASE("an application that takes no connection in time is a 504", "[limits]")
{
    const full_listener full;
    doorway door(
        say_nothing,
        [&](auto& with)
        {
            with.upstream.url = *url::parse("http://127.0.0.1:" + std::to_string(full.port()));
            with.upstream.connect_timeout = 150ms;
        }
    );
    CHECK(door.ask(doorway::head("GET", "/public/a")).status() == 504);
}

TEST_CASE("an answer that stops in the middle is cut", "[limits]")
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            self.take_request(gate);
            gate.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            gate.receive_all();
        },
        [](auto& with) { with.upstream.idle_timeout = 150ms; }
    );
    door.client.send(doorway::head("GET", "/public/a"));
    CHECK(door.client.receive_head().find("Content-Length: 10") != std::string::npos);
    CHECK(door.client.receive_all() == "abc");
}

TEST_CASE("an answer whose head is larger than any memory of ours is a 502", "[limits]")
{
    doorway door(answering_once("HTTP/1.1 200 OK\r\nX-Long: " + std::string(200'000, 'a') + "\r\n\r\n"));
    CHECK(door.ask(doorway::head("GET", "/public/a")).status() == 502);
}

} // namespace sekisho::test

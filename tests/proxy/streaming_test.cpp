// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/doorway.hpp"

#include <chrono>
#include <fstream>
#include <unistd.h>

namespace sekisho::test
{

using namespace std::chrono_literals;

namespace
{

// Bytes of memory that this process uses; the gate is part of it.
std::size_t memory_in_use()
{
    std::ifstream from("/proc/self/statm");
    std::size_t total = 0;
    std::size_t resident = 0;
    from >> total >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

constexpr std::size_t much = 200 * 1024 * 1024;
constexpr std::size_t little = 24 * 1024 * 1024;
const std::string megabyte(1024 * 1024, 'm');

} // namespace

TEST_CASE("an event of nine bytes arrives while the answer goes on", "[proxy]")
{
    const auto [how, first] = GENERATE(table<std::string, std::string>({
        {"Transfer-Encoding: chunked\r\n", "9\r\ndata: 1\n\n\r\n"},
        {"Content-Length: 900\r\n", "data: 1\n\n"},
        {"Connection: close\r\n", "data: 1\n\n"},
    }));
    doorway door(
        [framing = how, event = first](wire& gate, recording_application& self)
        {
            self.take_request(gate);
            gate.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + framing + "\r\n" + event);
            self.request(1);
            gate.send(event);
            gate.receive_all();
        }
    );
    door.client.send(doorway::head("GET", "/public/events"));
    const auto head = door.client.receive_head();
    const auto is_chunked = head.find("chunked") != std::string::npos;
    const auto next = [&]
    { return is_chunked ? door.client.receive_chunk() : door.client.receive_exactly(9); };
    CHECK(next() == "data: 1\n\n");
    door.application.remember({}); // only now comes the second
    CHECK(next() == "data: 1\n\n");
}

TEST_CASE("the head of an answer arrives before its first event", "[proxy]")
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            self.take_request(gate);
            gate.send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            );
            self.request(1);
            gate.send("2\r\nok\r\n0\r\n\r\n");
        }
    );
    door.client.send(doorway::head("GET", "/public/events"));
    CHECK(door.client.receive_head().starts_with("HTTP/1.1 200"));
    door.application.remember({});
    CHECK(door.client.receive_chunk() == "ok");
}

TEST_CASE("a large download goes through without being kept", "[proxy]")
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            self.take_request(gate);
            gate.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(much) + "\r\n\r\n");
            for (std::size_t sent = 0; sent < much; sent += megabyte.size())
                gate.send(megabyte);
            gate.receive_all();
        }
    );
    const auto before = memory_in_use();
    door.client.send(doorway::head("GET", "/public/a"));
    door.client.receive_head();
    door.client.discard(much);
    CHECK(memory_in_use() < before + little);
}

TEST_CASE("a large upload goes through without being kept", "[proxy]")
{
    const auto is_chunked = GENERATE(false, true);
    doorway door(
        [is_chunked](wire& gate, recording_application& self)
        {
            self.remember({gate.receive_head(), {}, {}});
            if (is_chunked)
            {
                const auto got = gate.discard_until("\r\n0\r\n\r\n");
                gate.send(plain_answer(got >= much ? "all" : "part"));
            }
            else
            {
                gate.discard(much);
                gate.send(plain_answer("all"));
            }
        }
    );
    const auto framing = is_chunked ? std::string("Transfer-Encoding: chunked\r\n")
                                    : "Content-Length: " + std::to_string(much) + "\r\n";
    door.client.send(doorway::head("POST", "/public/a", framing));
    const auto before = memory_in_use();
    const auto piece = is_chunked ? "100000\r\n" + megabyte + "\r\n" : megabyte;
    for (std::size_t sent = 0; sent < much; sent += megabyte.size())
        door.client.send(piece);
    if (is_chunked)
        door.client.send("0\r\n\r\n");
    CHECK(door.client.receive_message().body == "all");
    CHECK(memory_in_use() < before + little);
}

TEST_CASE("a slow client slows the application down", "[proxy]")
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            self.take_request(gate);
            gate.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(much) + "\r\n\r\n");
            const auto taken = gate.send_until_full(megabyte, 300ms);
            self.remember({"", std::to_string(taken), ""});
        }
    );
    auto slow = wire::to(door.gate.port(), 16384);
    slow.send(doorway::head("GET", "/public/a"));
    CHECK(std::stoul(door.application.request(1).body) < much / 4); // what the kernel's buffers hold
}

TEST_CASE("a client that has ended its half still gets its answer", "[proxy]")
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            self.take_request(gate);
            self.request(1);
            gate.send(plain_answer("late"));
        }
    );
    door.client.send(doorway::head("POST", "/public/a", "Content-Length: 3\r\n") + "abc");
    door.client.finish_sending();
    door.application.request();
    door.application.remember({});
    CHECK(door.client.receive_message().body == "late");
    CHECK(door.client.ends());
}

TEST_CASE("a client that resets its connection cancels the application's request", "[proxy]")
{
    const auto head = GENERATE(
        doorway::head("GET", "/public/a"),
        doorway::head("POST", "/public/a", "Content-Length: 5\r\n"),
        doorway::head("POST", "/public/a", "Transfer-Encoding: chunked\r\n")
    );
    doorway door(
        [](wire& gate, recording_application& self)
        {
            self.remember({gate.receive_head(), {}, {}});
            gate.receive_all();
        }
    );
    door.client.send(head);
    door.application.request();
    door.client.reset();
    CHECK(door.application.closes_within(wire::patience));
}

TEST_CASE("a client that resets its connection cancels an answer under way", "[proxy]")
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            self.take_request(gate);
            gate.send("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nabc");
            gate.receive_all();
        }
    );
    door.client.send(doorway::head("GET", "/public/a"));
    door.client.receive_until("abc");
    door.client.reset();
    CHECK(door.application.closes_within(wire::patience));
}

TEST_CASE("an upload that its client cuts short is no complete request for the application", "[proxy]")
{
    std::string got;
    {
        doorway door(
            [&](wire& gate, recording_application& self)
            {
                self.remember({gate.receive_head(), {}, {}});
                got = gate.receive_all();
            }
        );
        door.client.send(
            doorway::head("POST", "/public/a", "Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n"
        );
        door.application.request();
        door.client.finish_sending();
        CHECK(door.application.closes_within(wire::patience));
    }
    CHECK(got == "3\r\nabc\r\n"); // and no last chunk
}

TEST_CASE("an answer that the application cuts short is cut short for the client", "[proxy]")
{
    const auto bytes = GENERATE(
        std::string("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"),
        std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"),
        std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n"),
        std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"),
        std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nnonsense")
    );
    doorway door(answering_once(bytes));
    CHECK_THROWS_AS(door.ask(doorway::head("GET", "/public/a")), wire_closed);
}

TEST_CASE(
    "an answer that ends with its connection becomes chunked, and the client's connection stays", "[proxy]"
)
{
    const auto start =
        GENERATE(std::string("HTTP/1.1 200 OK\r\n\r\n"), std::string("HTTP/1.0 200 OK\r\n\r\n"));
    doorway door(answering_once(start + "hello"));
    for (auto round = 0; round < 2; ++round)
    {
        const auto answer = door.ask(doorway::head("GET", "/public/a"));
        CHECK(answer.field("Transfer-Encoding") == "chunked");
        CHECK(answer.body == "hello");
        CHECK(answer.start_line() == "HTTP/1.1 200 OK");
    }
}

TEST_CASE("both directions flow at the same time, longer than the gate's look around", "[proxy]")
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            self.remember({gate.receive_head(), {}, {}});
            gate.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (auto chunk = gate.receive_chunk(); !chunk.empty(); chunk = gate.receive_chunk())
                gate.send("1\r\n" + chunk.substr(0, 1) + "\r\n");
            gate.send("0\r\n\r\n");
            gate.receive_all();
        }
    );
    door.client.send(doorway::head("POST", "/public/a", "Transfer-Encoding: chunked\r\n"));
    CHECK(door.client.receive_head().find("chunked") != std::string::npos);
    for (const std::string each : {"a", "b", "c"})
    {
        door.client.send("1\r\n" + each + "\r\n");
        CHECK(door.client.receive_chunk() == each);
        if (each == "b")
            CHECK(door.client.is_silent_for(1500ms));
    }
    door.client.send("0\r\n\r\n");
    CHECK(door.client.receive_chunk().empty());
}

} // namespace sekisho::test

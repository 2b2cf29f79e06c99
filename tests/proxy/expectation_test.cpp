// SPDX-License-Identifier: Apache-2.0
// Expect: 100-continue (RFC 9110, 10.1.1), and answers that come before the request is complete.
#include "support/catch.hpp"
#include "support/doorway.hpp"

#include <chrono>

namespace sekisho::test
{

using namespace std::chrono_literals;

namespace
{

const std::string expecting =
    doorway::head("POST", "/public/a", "Content-Length: 5\r\nExpect: 100-continue\r\n");

} // namespace

TEST_CASE("the application's 100 calls for the client's body", "[proxy]")
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            wire_message request{gate.receive_head(), {}, {}};
            if (!gate.is_silent_for(100ms))
                return;
            gate.send("HTTP/1.1 100 Continue\r\n\r\n");
            request.body = gate.receive_exactly(5);
            self.remember(request);
            gate.send(plain_answer("ok"));
        }
    );
    CHECK(door.ask(expecting).status() == 100);
    CHECK(door.ask("abcde").body == "ok");
    CHECK(door.application.request().body == "abcde");
    CHECK(door.application.request().field("Expect") == "100-continue");
}

TEST_CASE("an application that refuses before the body is heard, and the body is not asked for", "[proxy]")
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            self.remember({gate.receive_head(), {}, {}});
            gate.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig");
            gate.receive_all();
        }
    );
    const auto answer = door.ask(expecting);
    CHECK(answer.status() == 413);
    CHECK(answer.body == "big");
    CHECK(door.client.ends()); // a body may be on its way: it must not be read as a request
}

TEST_CASE("an application that ignores the expectation gets the body after a second", "[proxy]")
{
    doorway door(answering(plain_answer("ok")));
    const auto began = std::chrono::steady_clock::now();
    CHECK(door.ask(expecting).status() == 100);
    CHECK(std::chrono::steady_clock::now() - began > 500ms);
    CHECK(door.ask("abcde").body == "ok");
    CHECK(door.application.request().body == "abcde");
}

TEST_CASE("a body that comes with its head waits for nobody", "[proxy]")
{
    doorway door(answering(plain_answer("ok")));
    const auto began = std::chrono::steady_clock::now();
    auto answer = door.ask(expecting + "abcde");
    if (answer.status() == 100)
        answer = door.client.receive_message();
    CHECK(answer.body == "ok");
    CHECK(std::chrono::steady_clock::now() - began < 900ms);
    CHECK(door.application.request().body == "abcde");
    CHECK(door.ask(doorway::head("GET", "/public/a")).body == "ok");
}

TEST_CASE(
    "the head of a chunk is no body: the client is still asked by the application's word only", "[proxy]"
)
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            self.remember({gate.receive_head(), {}, {}});
            gate.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
            gate.receive_all();
        }
    );
    const auto post =
        doorway::head("POST", "/public/a", "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n");
    CHECK(door.ask(post + "5\r").status() == 401);
}

TEST_CASE("a client of HTTP/1.0 has no expectations", "[proxy]")
{
    doorway door(answering(plain_answer("ok")));
    const auto began = std::chrono::steady_clock::now();
    door.client.send(
        "POST /public/a HTTP/1.0\r\nHost: app.example\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"
    );
    door.client.send("abcde");
    CHECK(door.client.receive_message().body == "ok");
    CHECK(std::chrono::steady_clock::now() - began < 900ms);
}

TEST_CASE("an answer reaches a client that is still uploading", "[proxy]")
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            self.remember({gate.receive_head(), {}, {}});
            gate.receive_exactly(3);
            gate.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
            gate.receive_all();
        }
    );
    door.client.send(doorway::head("POST", "/public/a", "Content-Length: 1000\r\n") + "abc");
    const auto answer = door.client.receive_message();
    CHECK(answer.status() == 403);
    CHECK(answer.body == "no");
    door.client.send(doorway::head("GET", "/public/smuggled")); // part of the body that nobody reads
    CHECK(door.client.ends());
    CHECK(door.application.closes_within(wire::patience));
    CHECK(door.application.request_count() == 1);
}

TEST_CASE("an early answer is not lost when the application closes with the upload unread", "[proxy]")
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            self.remember({gate.receive_head(), {}, {}});
            gate.send("HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 3\r\n\r\nbig");
            gate.finish_sending();
            gate.receive_all();
        }
    );
    door.client.send(doorway::head("POST", "/public/a", "Content-Length: 100000000\r\n"));
    const auto answer = door.client.receive_message();
    CHECK(answer.status() == 413);
    CHECK(answer.body == "big");
}

TEST_CASE("an application that reads slowly is waited for", "[proxy]")
{
    // Longer than the second after which the gate looks around.
    constexpr std::size_t size = 20'000'000;
    doorway door(
        [](wire& gate, recording_application& self)
        {
            wire_message request{gate.receive_head(), {}, {}};
            self.remember(request);
            static_cast<void>(self.request(1)); // the test says when to go on
            request.body = gate.receive_exactly(size);
            gate.send(plain_answer(std::to_string(request.body.size())));
        }
    );
    door.client.send(doorway::head("POST", "/public/a", "Content-Length: " + std::to_string(size) + "\r\n"));
    const std::string piece(100'000, 'a');
    const auto sent = door.client.send_until_full(piece, 1500ms);
    REQUIRE(sent < size); // else nothing was slow
    door.application.remember({});
    for (auto left = size - sent; left > 0;)
    {
        const auto part = std::min(left, piece.size());
        door.client.send(std::string_view(piece).substr(0, part));
        left -= part;
    }
    CHECK(door.client.receive_message().body == std::to_string(size));
}

} // namespace sekisho::test

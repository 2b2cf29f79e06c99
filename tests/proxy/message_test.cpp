// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/doorway.hpp"

namespace sekisho::test
{

TEST_CASE("one connection carries request after request on both sides", "[proxy]")
{
    doorway door(answering(plain_answer("hello")));
    for (auto round = 0; round < 3; ++round)
    {
        const auto answer = door.ask(doorway::head("GET", "/public/a"));
        CHECK(answer.start_line() == "HTTP/1.1 200 OK");
        CHECK(answer.body == "hello");
        CHECK_FALSE(answer.has("Connection"));
    }
    CHECK(door.application.request_count() == 3);
    CHECK(door.application.connection_count() == 1);
    CHECK(door.application.request().start_line() == "GET /public/a HTTP/1.1");
}

TEST_CASE("requests sent in one piece are answered one after the other, in order", "[proxy]")
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            for (;;)
            {
                const auto request = self.take_request(gate);
                gate.send(plain_answer(request.start_line() + request.body));
            }
        }
    );
    door.client.send(
        doorway::head("GET", "/public/1") + doorway::head("POST", "/public/2", "Content-Length: 3\r\n") +
        "abc" + doorway::head("POST", "/public/3", "Transfer-Encoding: chunked\r\n") +
        "2\r\nde\r\n0\r\n\r\n" + doorway::head("GET", "/public/4")
    );
    CHECK(door.client.receive_message().body == "GET /public/1 HTTP/1.1");
    CHECK(door.client.receive_message().body == "POST /public/2 HTTP/1.1abc");
    CHECK(door.client.receive_message().body == "POST /public/3 HTTP/1.1de");
    CHECK(door.client.receive_message().body == "GET /public/4 HTTP/1.1");
}

TEST_CASE("a client of HTTP/1.0 is answered and the connection closed", "[proxy]")
{
    doorway door(answering(plain_answer("hello")));
    door.client.send("GET /public/a HTTP/1.0\r\nHost: app.example\r\n\r\n");
    const auto answer = door.client.receive_message();
    CHECK(answer.body == "hello");
    CHECK(answer.field("Connection") == "close");
    CHECK(door.client.ends());
    CHECK(door.application.request().start_line() == "GET /public/a HTTP/1.1");
}

TEST_CASE("a client of HTTP/1.0 that asks for it keeps its connection", "[proxy]")
{
    doorway door(answering(plain_answer("hello")));
    for (auto round = 0; round < 2; ++round)
    {
        door.client.send("GET /public/a HTTP/1.0\r\nHost: app.example\r\nConnection: keep-alive\r\n\r\n");
        const auto answer = door.client.receive_message();
        CHECK(answer.body == "hello");
        CHECK(answer.field("Connection") == "keep-alive");
    }
}

TEST_CASE(
    "a client of HTTP/1.0 gets a body of unknown length without chunks, ended by the connection", "[proxy]"
)
{
    doorway door(
        answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    );
    door.client.send("GET /public/a HTTP/1.0\r\nHost: app.example\r\nConnection: keep-alive\r\n\r\n");
    const auto head = door.client.receive_head();
    CHECK(head.find("chunked") == std::string::npos);
    CHECK(head.find("Connection: close") != std::string::npos);
    CHECK(door.client.receive_all() == "abcde");
}

TEST_CASE("a client that says close is answered and closed; the application's connection stays", "[proxy]")
{
    doorway door(answering(plain_answer("hello")));
    const auto answer = door.ask(doorway::head("GET", "/public/a", "Connection: close\r\n"));
    CHECK(answer.field("Connection") == "close");
    CHECK(door.client.ends());
    auto second = wire::to(door.gate.port());
    second.send(doorway::head("GET", "/public/a"));
    CHECK(second.receive_message().body == "hello");
    CHECK(door.application.connection_count() == 1);
    CHECK_FALSE(door.application.request().has("Connection"));
}

TEST_CASE("the answer to HEAD has the fields of GET and no body", "[proxy]")
{
    const auto [fields, length] = GENERATE(table<std::string, std::string>({
        {"Content-Length: 1234\r\n", "1234"},
        {"", ""}, // RFC 9110, 9.3.2: a length that nobody told is not made up
    }));
    doorway door(answering("HTTP/1.1 200 OK\r\n" + fields + "\r\n"));
    for (auto round = 0; round < 2; ++round)
    {
        const auto answer = door.ask(doorway::head("HEAD", "/public/a"));
        CHECK(answer.status() == 200);
        CHECK(answer.field("Content-Length") == length);
    }
}

TEST_CASE("answers that have no body by their status end with their head", "[proxy]")
{
    const auto [bytes, status, length] = GENERATE(table<std::string, int, std::string>({
        {"HTTP/1.1 204 No Content\r\n\r\n", 204, ""},                           // RFC 9110, 15.3.5
        {"HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n", 304, ""},          // RFC 9110, 15.4.5
        {"HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n", 304, "99"}, // RFC 9110, 8.6
        {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, "0"},
    }));
    doorway door(answering(bytes));
    for (auto round = 0; round < 2; ++round)
    {
        const auto answer = door.ask(doorway::head("GET", "/public/a"));
        CHECK(answer.status() == status);
        CHECK(answer.field("Content-Length") == length);
        CHECK_FALSE(answer.has("Transfer-Encoding"));
    }
    CHECK(door.application.connection_count() == 1);
}

TEST_CASE("chunked bodies pass in both directions", "[proxy]")
{
    doorway door(answering(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n7;a=b\r\n, world\r\n0\r\n\r\n"
    ));
    door.client.send(doorway::head("POST", "/public/a", "Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n");
    door.client.send("4\r\ndefg\r\n0\r\n\r\n");
    const auto answer = door.client.receive_message();
    CHECK(answer.body == "hello, world");
    CHECK(answer.field("Transfer-Encoding") == "chunked");
    CHECK_FALSE(answer.has("Content-Length"));
    CHECK(door.application.request().body == "abcdefg");
    CHECK(door.application.request().field("Transfer-Encoding") == "chunked");
    CHECK(door.ask(doorway::head("GET", "/public/a")).body == "hello, world");
}

TEST_CASE("an empty chunked body stays an empty chunked body", "[proxy]")
{
    doorway door(answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
    const auto answer =
        door.ask(doorway::head("POST", "/public/a", "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n");
    CHECK(answer.body.empty());
    CHECK(door.application.request().body.empty());
    CHECK(door.ask(doorway::head("GET", "/public/a")).status() == 200);
}

TEST_CASE(
    "trailers pass in both directions, but none that could name an identity or frames a message", "[proxy]"
)
{
    const std::string trailers = "Checksum: 1\r\nDepartment: 1\r\nX-Anything: 1\r\nX-Forwarded-User: "
                                 "admin\r\nx_forwarded_email: a@b\r\n"
                                 "Content-Length: 5\r\nHost: evil\r\n\r\n";
    doorway door(
        answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Checksum\r\n\r\n1\r\na\r\n0\r\n"
                  "Checksum: 2\r\nContent-Length: 9\r\nSet-Cookie: sekisho_session=1\r\n\r\n"),
        [](auto& with) { with.identity.username_header = settings::header_name("Department"); }
    );
    const auto answer = door.ask(
        doorway::head(
            "POST", "/public/a", "Transfer-Encoding: chunked\r\nTE: trailers\r\nConnection: TE\r\n"
        ) +
        "3\r\nabc\r\n0\r\n" + trailers
    );
    CHECK(answer.trailers == "Checksum: 2\r\n");
    const auto request = door.application.request();
    CHECK(request.trailers == "Checksum: 1\r\n");
    CHECK(request.field("TE") == "trailers");
}

TEST_CASE("early hints reach the client before the answer", "[proxy]")
{
    doorway door(
        answering("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" + plain_answer("hello"))
    );
    const auto hints = door.ask(doorway::head("GET", "/public/a"));
    CHECK(hints.status() == 103);
    CHECK(hints.field("Link") == "</a.css>; rel=preload");
    CHECK(door.client.receive_message().body == "hello");
}

TEST_CASE("early hints are kept from a client of HTTP/1.0", "[proxy]")
{
    doorway door(answering("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + plain_answer("hello")));
    door.client.send("GET /public/a HTTP/1.0\r\nHost: app.example\r\n\r\n");
    CHECK(door.client.receive_message().status() == 200);
}

TEST_CASE("fields that belong to the application's connection are not passed on", "[proxy]")
{
    doorway door(answering(
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: X-Private\r\nX-Private: 1\r\nKeep-Alive: "
        "timeout=5\r\n"
        "Proxy-Connection: keep-alive\r\nX-Public: 2\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\nok"
    ));
    const auto answer = door.ask(doorway::head("GET", "/public/a"));
    CHECK_FALSE(answer.has("X-Private"));
    CHECK_FALSE(answer.has("Keep-Alive"));
    CHECK_FALSE(answer.has("Proxy-Connection"));
    CHECK(answer.field("X-Public") == "2");
    CHECK(answer.all("Set-Cookie") == std::vector<std::string>{"a=1", "b=2"});
    CHECK(answer.has("Date"));
}

TEST_CASE("an application that closes after its answer is connected to anew", "[proxy]")
{
    doorway door(answering_once("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"));
    for (auto round = 0; round < 2; ++round)
    {
        const auto answer = door.ask(doorway::head("GET", "/public/a"));
        CHECK(answer.body == "ok");
        CHECK_FALSE(answer.has("Connection"));
    }
    CHECK(door.application.connection_count() == 2);
}

TEST_CASE("an empty line in front of a request is forgiven", "[proxy]")
{
    doorway door(answering("HTTP/1.1 204 No Content\r\n\r\n"));
    CHECK(door.ask("\r\n" + doorway::head("GET", "/public/a")).status() == 204);
}

} // namespace sekisho::test

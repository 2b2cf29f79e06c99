// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/doorway.hpp"

namespace sekisho::test
{
namespace
{

bool names(const wire_message& answer, std::string_view code)
{
    return (answer.head + answer.body).find(code) != std::string::npos;
}

// Answers the first request of each connection and closes without another word when the second comes: what a
// kept connection looks like whose application closes it at that moment.
void close_at_the_second(wire& gate, recording_application& self)
{
    self.take_request(gate);
    gate.send(plain_answer("ok"));
    gate.receive_exactly(1);
}

} // namespace

TEST_CASE("a GET into a connection that the application is closing is repeated once on a new one", "[proxy]")
{
    doorway door(close_at_the_second);
    for (auto round = 0; round < 3; ++round)
        CHECK(door.ask(doorway::head("GET", "/public/a")).body == "ok");
    CHECK(door.application.request_count() == 3);
    CHECK(door.application.connection_count() == 3);
}

TEST_CASE("a POST with a body is never sent twice", "[proxy]")
{
    doorway door(close_at_the_second);
    CHECK(door.ask(doorway::head("GET", "/public/a")).body == "ok");
    const auto answer = door.ask(doorway::head("POST", "/public/a", "Content-Length: 3\r\n") + "abc");
    CHECK(answer.status() == 502);
    CHECK(names(answer, "upstream_unreachable"));
    CHECK(door.application.connection_count() == 1);
}

TEST_CASE("neither is a POST without a body", "[proxy]")
{
    doorway door(close_at_the_second);
    CHECK(door.ask(doorway::head("GET", "/public/a")).body == "ok");
    CHECK(door.ask(doorway::head("POST", "/public/a", "Content-Length: 0\r\n")).status() == 502);
    CHECK(door.application.connection_count() == 1);
}

TEST_CASE("a POST does not go into a connection that is known to be closed", "[proxy]")
{
    doorway door(answering_once(plain_answer("ok")));
    for (auto round = 0; round < 3; ++round)
    {
        CHECK(door.ask(doorway::head("POST", "/public/a", "Content-Length: 3\r\n") + "abc").body == "ok");
        CHECK(door.application.closes_within(wire::patience));
    }
    CHECK(door.application.connection_count() == 3);
}

TEST_CASE("a new connection that ends without an answer is not tried again", "[proxy]")
{
    doorway door([](wire& gate, recording_application& self) { self.take_request(gate); });
    const auto answer = door.ask(doorway::head("GET", "/public/a"));
    CHECK(answer.status() == 502);
    CHECK(door.application.connection_count() == 1);
}

TEST_CASE("bytes that nobody asked for make a connection useless", "[proxy]")
{
    doorway door(answering(plain_answer("ok") + plain_answer("poison")));
    CHECK(door.ask(doorway::head("GET", "/public/a")).body == "ok");
    CHECK(door.ask(doorway::head("GET", "/public/a")).body == "ok");
    CHECK(door.application.connection_count() == 2);
}

TEST_CASE("bytes that come late are nobody else's answer", "[proxy]")
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            self.take_request(gate);
            gate.send(plain_answer("ok"));
            if (self.connection_count() > 1)
                return;
            self.request(1); // until the client has its answer, and the connection is idle
            gate.send(plain_answer("poison"));
            self.remember({});
            gate.receive_all();
        }
    );
    CHECK(door.ask(doorway::head("GET", "/public/a")).body == "ok");
    door.application.remember({});
    door.application.request(2);
    CHECK(door.ask(doorway::head("GET", "/public/b")).body == "ok");
    CHECK(door.application.connection_count() == 2);
}

TEST_CASE("an application that is down is a 502, and served again when it is back", "[proxy]")
{
    auto gone = std::make_unique<recording_application>(answering(plain_answer("ok")));
    const auto port = gone->port();
    gone.reset();
    running_gate gate(gate_settings(port));
    auto client = wire::to(gate.port());
    client.send(doorway::head("GET", "/public/a", "Accept: application/json\r\n"));
    const auto answer = client.receive_message();
    CHECK(answer.status() == 502);
    CHECK(names(answer, "upstream_unreachable"));
    client.send(doorway::head("GET", "/public/a"));
    CHECK(client.receive_message().status() == 502);
    CHECK_FALSE(names(answer, std::to_string(port))); // no word about what is behind the gate
}

TEST_CASE("what is no HTTP answer is a 502", "[proxy]")
{
    const auto bytes = GENERATE(
        std::string("SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        std::string("HTTP/1.1 abc OK\r\n\r\n"),
        std::string("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na"),
        std::string("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"),
        std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
        std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        std::string("HTTP/1.1 200 OK\r\nX: a\nY: b\r\n\r\n"),
        std::string("HTTP/1.1 200 OK\r\nBad Name: a\r\n\r\n"),
        std::string("HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n"),
        std::string("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
        std::string("HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n")
    );
    CAPTURE(bytes);
    doorway door(answering_once(bytes));
    const auto answer = door.ask(doorway::head("GET", "/public/a"));
    CHECK(answer.status() == 502);
    CHECK(names(answer, "upstream_protocol_error"));
}

TEST_CASE("an application behind https is served when its certificate can be verified", "[proxy]")
{
    const test_authority authority;
    const auto good = authority.issue({.dns_names = {"localhost"}, .addresses = {"127.0.0.1"}});
    const auto self_signed =
        test_authority::issue_self_signed({.dns_names = {"localhost"}, .addresses = {"127.0.0.1"}});
    const auto wrong_host = authority.issue({.dns_names = {"elsewhere.example"}, .addresses = {"127.0.0.2"}});
    const auto expired =
        authority.issue({.addresses = {"127.0.0.1"}, .valid_from = -7200, .valid_until = -3600});
    const auto of_another = test_authority().issue({.addresses = {"127.0.0.1"}});
    const auto [name, certificate, verifies, status] =
        GENERATE_COPY(table<std::string, issued_certificate, bool, int>({
            {"good", good, true, 200},
            {"CVE-2022-31105: self-signed", self_signed, true, 502},
            {"CVE-2025-66001: wrong host", wrong_host, true, 502},
            {"expired", expired, true, 502},
            {"another authority's", of_another, true, 502},
            {"self-signed, not verified because the settings say so", self_signed, false, 200},
        }));
    CAPTURE(name);
    recording_application application(answering(plain_answer("secure")), certificate);
    auto settings = gate_settings(application.port());
    settings.upstream.url = *url::parse("https://127.0.0.1:" + std::to_string(application.port()));
    settings.upstream.ca_file = "ca.pem";
    settings.upstream.verify_tls = verifies;
    running_gate gate(settings, {{"ca.pem", authority.pem()}});
    for (auto round = 0; round < 2; ++round)
    {
        auto client = wire::to(gate.port());
        client.send(doorway::head("POST", "/public/a", "Content-Length: 3\r\n") + "abc");
        const auto answer = client.receive_message();
        CHECK(answer.status() == status);
        if (status == 200)
            CHECK(answer.body == "secure");
    }
    CHECK(application.request_count() == (status == 200 ? 2 : 0));
}

} // namespace sekisho::test

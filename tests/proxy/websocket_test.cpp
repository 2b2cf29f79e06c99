// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/doorway.hpp"

#include <chrono>

namespace sekisho::test
{

using namespace std::chrono_literals;

namespace
{

const std::string handshake =
    "Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
const std::string accepted =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

// Accepts, then sends back whatever comes.
void echo(wire& gate, recording_application& self)
{
    self.take_request(gate);
    gate.send(accepted);
    for (auto piece = gate.receive_some(); !piece.empty(); piece = gate.receive_some())
        gate.send(piece);
}

// Accepts, and remembers what comes until the end.
void listen_only(wire& gate, recording_application& self)
{
    self.take_request(gate);
    gate.send(accepted);
    self.remember({"", gate.receive_all(), ""});
}

// The close code of a masked close frame; 0: it is none.
int masked_close_code(const std::string& frame)
{
    if (frame.size() != 8 || frame[0] != '\x88' || frame[1] != '\x82')
        return 0;
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(frame[at]); };
    return (byte(6) ^ byte(2)) << 8 | (byte(7) ^ byte(3));
}

const std::string close_1001{"\x88\x02\x03\xe9", 4};
const std::string close_1008{"\x88\x02\x03\xf0", 4};
const std::string half_a_frame{"\x82\x05hel", 5};
const std::string other_half = "lo";

} // namespace

TEST_CASE("a WebSocket is a tunnel once the application has agreed", "[proxy]")
{
    doorway door(echo);
    const auto answer = door.ask(door.signed_head("GET", "/socket?a=b", handshake));
    CHECK(answer.status() == 101);
    CHECK(answer.field("Upgrade") == "websocket");
    CHECK(answer.field("Connection") == "Upgrade");
    CHECK(answer.field("Sec-WebSocket-Accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    for (const std::string bytes : {"\x81\x85maskhello", "GET / HTTP/1.1\r\n\r\n"})
    {
        door.client.send(bytes);
        CHECK(door.client.receive_exactly(bytes.size()) == bytes);
    }
    const auto request = door.application.request();
    CHECK(request.start_line() == "GET /socket?a=b HTTP/1.1");
    CHECK(request.field("Upgrade") == "websocket");
    CHECK(request.field("Connection") == "Upgrade");
    CHECK(request.field("X-Forwarded-User") == "248289");
    CHECK(request.field("Sec-WebSocket-Key") == "dGhlIHNhbXBsZSBub25jZQ==");
}

TEST_CASE("a WebSocket needs a session like everything else", "[proxy]")
{
    doorway door(echo);
    CHECK(door.ask(doorway::head("GET", "/socket", handshake)).status() == 401);
    CHECK(door.application.request_count() == 0);
}

TEST_CASE("o2p#1347: after a refused upgrade the next bytes are a request of their own", "[proxy]")
{
    const auto refusal = GENERATE(
        std::string("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno"),
        std::string("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno"),
        std::string("HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nConnection: "
                    "Upgrade\r\nContent-Length: 2\r\n\r\nno")
    );
    doorway door(answering(refusal));
    CHECK(door.ask(door.signed_head("GET", "/socket", handshake)).body == "no");
    CHECK(
        door.ask(doorway::head("GET", "/private", "Accept: application/json\r\nX-Forwarded-User: admin\r\n"))
            .status() == 401
    );
    CHECK(door.application.request_count() == 1);
    CHECK(door.ask(doorway::head("GET", "/public/a", "X-Forwarded-User: admin\r\n")).body == "no");
    CHECK_FALSE(door.application.request(1).has("X-Forwarded-User"));
}

TEST_CASE("o2p#1347: bytes sent ahead of a refused upgrade are a request of their own", "[proxy]")
{
    doorway door(answering(plain_answer("no")));
    door.client.send(
        door.signed_head("GET", "/socket", handshake) +
        doorway::head("GET", "/private", "Accept: application/json\r\n")
    );
    CHECK(door.client.receive_message().body == "no");
    CHECK(door.client.receive_message().status() == 401);
    CHECK(door.application.request_count() == 1);
}

TEST_CASE("bytes that come early pass in both directions", "[proxy]")
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            self.take_request(gate);
            gate.send(accepted + "first words");
            gate.send(gate.receive_exactly(5));
            gate.receive_all();
        }
    );
    door.client.send(door.signed_head("GET", "/socket", handshake) + "hello");
    CHECK(door.client.receive_message().status() == 101);
    CHECK(door.client.receive_exactly(16) == "first wordshello");
}

TEST_CASE("only pages of our own host open a WebSocket with a browser's cookies", "[proxy]")
{
    const auto [origin, status] = GENERATE(table<std::string, int>({
        {"Origin: http://app.example\r\n", 101},
        {"Origin: http://APP.example:80\r\n", 101},
        {"", 101}, // a program
        {"Origin: http://evil.example\r\n", 403},
        {"Origin: https://app.example\r\n", 403},
        {"Origin: http://app.example:81\r\n", 403},
        {"Origin: http://app.example.evil.example\r\n", 403},
        {"Origin: null\r\n", 403},
        {"Origin: \r\n", 403},
        {"Origin: http://app.example\r\nOrigin: http://app.example\r\n", 403},
    }));
    CAPTURE(origin);
    doorway door(echo);
    const auto answer =
        door.ask(door.signed_head("GET", "/socket", handshake + origin + "Accept: application/json\r\n"));
    CHECK(answer.status() == status);
    if (status == 403)
        CHECK(answer.body.find("websocket_origin_refused") != std::string::npos);
    CHECK(door.application.request_count() == (status == 101 ? 1 : 0));
}

TEST_CASE("no other protocol is switched to", "[proxy]")
{
    const auto fields = GENERATE(
        std::string(
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
        ),
        std::string("Upgrade: TLS/1.0\r\nConnection: Upgrade\r\n"),
        std::string("Upgrade: websocket\r\n"), // without Connection it asks for nothing (RFC 9110, 7.8)
        std::string("Upgrade: websocket2\r\nConnection: Upgrade\r\n")
    );
    doorway door(answering(plain_answer("ok")));
    CHECK(door.ask(door.signed_head("GET", "/a", fields)).body == "ok");
    const auto request = door.application.request();
    CHECK_FALSE(request.has("Upgrade"));
    CHECK_FALSE(request.has("HTTP2-Settings"));
    CHECK_FALSE(request.has("Connection"));
}

TEST_CASE("an application that switches although nobody asked is a 502", "[proxy]")
{
    doorway door(answering_once(accepted));
    CHECK(door.ask(door.signed_head("GET", "/a")).status() == 502);
}

TEST_CASE("a tunnel ends when either side has ended", "[proxy]")
{
    const auto who = GENERATE("client", "application");
    doorway door(
        [who = std::string(who)](wire& gate, recording_application& self)
        {
            self.take_request(gate);
            gate.send(accepted);
            if (who == "application")
                return;
            gate.receive_all();
        }
    );
    CHECK(door.ask(door.signed_head("GET", "/socket", handshake)).status() == 101);
    if (std::string(who) == "client")
        door.client.finish_sending();
    CHECK(door.client.ends());
    CHECK(door.application.closes_within(wire::patience));
}

TEST_CASE("CVE-2026-111917: a tunnel ends with its session, on both sides with 1008", "[proxy]")
{
    doorway door(listen_only);
    const auto cookie = session_cookie(door.settings, 2s);
    CHECK(
        door.ask(doorway::head("GET", "/socket", handshake + "Cookie: " + cookie + "\r\n")).status() == 101
    );
    CHECK(door.client.receive_all() == close_1008);
    CHECK(masked_close_code(door.application.request(1).body) == 1008);
}

TEST_CASE(
    "CVE-2026-33668: signing out ends the session's tunnels on every worker, and nobody else's", "[proxy]"
)
{
    doorway door(listen_only, [](auto& with) { with.server.workers = 2; });
    const auto cookie = session_cookie(door.settings);
    auto other_session = signed_in_session();
    other_session.id = session::session_id("somebody-else");
    auto somebody_else = wire::to(door.gate.port());
    somebody_else.send(doorway::head(
        "GET", "/socket", handshake + "Cookie: " + session_cookie(door.settings, other_session) + "\r\n"
    ));
    CHECK(somebody_else.receive_message().status() == 101);
    CHECK(
        door.ask(doorway::head("GET", "/socket", handshake + "Cookie: " + cookie + "\r\n")).status() == 101
    );
    auto other_tab = wire::to(door.gate.port());
    other_tab.send(doorway::head(
        "POST",
        "/logout",
        "Origin: http://app.example\r\nSec-Fetch-Site: same-origin\r\nAccept: text/html\r\nContent-Length: "
        "0\r\n"
        "Cookie: " +
            cookie + "\r\n"
    ));
    CHECK(other_tab.receive_message().status() < 400);
    CHECK(door.client.receive_all() == close_1008);
    CHECK(somebody_else.is_silent_for(100ms));
}

TEST_CASE("a tunnel in which nothing happens ends", "[proxy]")
{
    doorway door(listen_only, [](auto& with) { with.upstream.websocket_idle_timeout = 150ms; });
    CHECK(door.ask(door.signed_head("GET", "/socket", handshake)).status() == 101);
    CHECK(door.client.receive_all() == close_1001);
    CHECK(masked_close_code(door.application.request(1).body) == 1001);
}

TEST_CASE("a tunnel that is used outlives the gate's other time limits", "[proxy]")
{
    doorway door(
        echo,
        [](auto& with)
        {
            with.server.head_timeout = with.server.idle_timeout = with.server.body_timeout =
                with.server.write_timeout = 400ms;
            with.upstream.response_timeout = with.upstream.idle_timeout = 400ms;
        }
    );
    CHECK(door.ask(door.signed_head("GET", "/socket", handshake)).status() == 101);
    CHECK(door.client.is_silent_for(1000ms));
    door.client.send("still here");
    CHECK(door.client.receive_exactly(10) == "still here");
}

TEST_CASE("shutting down closes a tunnel with 1001 on both sides", "[proxy]")
{
    doorway door(listen_only);
    CHECK(door.ask(door.signed_head("GET", "/socket", handshake)).status() == 101);
    door.gate.begin_to_shut_down();
    CHECK(door.client.receive_all() == close_1001);
    CHECK(masked_close_code(door.application.request(1).body) == 1001);
    door.gate.wait_for_end();
}

TEST_CASE("a close frame of ours does not stand inside a frame of theirs", "[proxy]")
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            self.take_request(gate);
            gate.send(accepted + half_a_frame);
            self.request(1);
            gate.send(other_half);
            gate.receive_all();
        }
    );
    CHECK(door.ask(door.signed_head("GET", "/socket", handshake)).status() == 101);
    CHECK(door.client.receive_exactly(half_a_frame.size()) == half_a_frame);
    door.gate.begin_to_shut_down();
    CHECK(door.client.is_silent_for(100ms));
    door.application.remember({});
    CHECK(door.client.receive_all() == other_half + close_1001);
}

} // namespace sekisho::test

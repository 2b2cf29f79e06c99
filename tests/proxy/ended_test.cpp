// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/doorway.hpp"

#include <chrono>
#include <future>

namespace sekisho::test
{

using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace
{

const std::string bearer = "YSB0b2tlbiBvZiBhZG1pbmlzdHJhdG9ycw0123456789";
const std::string upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
const std::string accepted =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
const std::string stream_head = "HTTP/1.1 200 OK\r\nContent-Type: Text/Event-Stream; charset=utf-8\r\n"
                                "Transfer-Encoding: chunked\r\n\r\n";
const std::string an_event = "9\r\ndata: 1\n\n\r\n";
const std::string close_1008{"\x88\x02\x03\xf0", 4};

// Says when an application may go on.
class signal
{
public:
    void give() { promise_.set_value(); }
    void wait() const
    {
        if (heard_.wait_for(wire::patience) != std::future_status::ready)
            throw wire_timeout("nobody gave the signal");
    }

private:
    std::promise<void> promise_;
    std::shared_future<void> heard_ = promise_.get_future();
};

// /socket: a WebSocket; /events: an event, and no end; /download: three bytes, and three more at the signal.
recording_application::conversation lasting(const signal& go_on)
{
    return [&go_on](wire& gate, recording_application& self)
    {
        for (;;)
        {
            const auto asked = self.take_request(gate).start_line();
            if (asked.find("/download") != std::string::npos)
            {
                gate.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc");
                go_on.wait();
                gate.send("def");
                continue;
            }
            gate.send(asked.find("/socket") != std::string::npos ? accepted : stream_head + an_event);
            gate.receive_all();
            return;
        }
    };
}

void with_token(settings::model& with)
{
    with.admin.token = secret(bearer);
    with.server.workers = 2;
}

std::string cookie_of(const doorway& door, const std::string& id, const std::string& user)
{
    auto value = signed_in_session();
    value.id = session::session_id(id);
    value.who.user = value.who.subject = user;
    return "Cookie: " + session_cookie(door.settings, value) + "\r\n";
}

// What somebody has open; several connections, so that every worker has some.
struct visitor
{
    visitor(const doorway& door, const std::string& cookie)
    {
        for (auto count = 0; count < 4; ++count)
        {
            sockets.push_back(wire::to(door.gate.port()));
            sockets.back().send(doorway::head("GET", "/socket", upgrade + cookie));
            CHECK(sockets.back().receive_head().starts_with("HTTP/1.1 101"));
            streams.push_back(wire::to(door.gate.port()));
            streams.back().send(doorway::head("GET", "/events", cookie));
            CHECK(streams.back().receive_head().starts_with("HTTP/1.1 200"));
            CHECK(streams.back().receive_chunk() == "data: 1\n\n");
        }
    }

    // All of it, and an event stream not as if it were complete.
    void check_that_it_ends()
    {
        for (auto& each : sockets)
            CHECK(each.receive_all() == close_1008);
        for (auto& each : streams)
            CHECK(each.receive_all() == "");
    }
    void check_that_it_goes_on()
    {
        for (auto& each : sockets)
            CHECK(each.is_silent_for(20ms));
        for (auto& each : streams)
            CHECK(each.is_silent_for(20ms));
    }

    std::vector<wire> sockets;
    std::vector<wire> streams;
};

wire_message tell_admin(const doorway& door, std::string_view method, std::string_view target)
{
    auto client = wire::to(door.gate.admin_port());
    client.send(doorway::head(method, target, "Authorization: Bearer " + bearer + "\r\n"));
    return client.receive_message();
}

enum class others : std::uint8_t
{
    stay,
    end_too,
};

} // namespace

TEST_CASE(
    "what an administrator ends is closed within two seconds on every worker, a download finishes", "[proxy]"
)
{
    const auto [what, somebody_else] = GENERATE(table<std::string, others>({
        {"/sessions/one", others::stay},
        {"/sessions?user=taro%40example.jp", others::stay},
        {"/sessions?everybody=true", others::end_too},
    }));
    CAPTURE(what);
    signal go_on;
    doorway door(lasting(go_on), with_token);
    const auto cookie = cookie_of(door, "one", "taro@example.jp");
    visitor ended(door, cookie);
    visitor other(door, cookie_of(door, "other", "hanako@example.jp"));
    door.client.send(doorway::head("GET", "/download", cookie));
    CHECK(door.client.receive_head().starts_with("HTTP/1.1 200"));
    CHECK(door.client.receive_exactly(3) == "abc");

    const auto began = steady_clock::now();
    CHECK(tell_admin(door, "DELETE", what).status() == 200);
    ended.check_that_it_ends();
    if (somebody_else == others::end_too)
        other.check_that_it_ends();
    CHECK(steady_clock::now() - began < 2s);
    if (somebody_else == others::stay)
        other.check_that_it_goes_on();

    go_on.give();
    CHECK(door.client.receive_exactly(3) == "def");
    CHECK(
        door.ask(doorway::head("GET", "/download", cookie + "Accept: application/json\r\n")).status() == 401
    );
}

TEST_CASE("an event stream without a session goes on when everybody's session ends", "[proxy]")
{
    signal unused;
    doorway door(lasting(unused), with_token);
    door.client.send(doorway::head("GET", "/public/events"));
    CHECK(door.client.receive_head().starts_with("HTTP/1.1 200"));
    CHECK(door.client.receive_chunk() == "data: 1\n\n");
    CHECK(tell_admin(door, "DELETE", "/sessions?everybody=true").status() == 200);
    CHECK(door.client.is_silent_for(100ms));
}

TEST_CASE("an event stream that its reader does not take is cut off all the same", "[proxy]")
{
    doorway door(
        [](wire& gate, recording_application& self)
        {
            self.take_request(gate);
            gate.send(stream_head);
            gate.send_until_full(an_event, 200ms);
            self.remember({}); // full
            gate.receive_all();
        },
        with_token
    );
    auto slow = wire::to(door.gate.port(), 4096);
    slow.send(doorway::head("GET", "/events", cookie_of(door, "one", "taro")));
    door.application.request(1);
    CHECK(tell_admin(door, "DELETE", "/sessions/one").status() == 200);
    CHECK(door.application.closes_within(2s));
}

TEST_CASE("an event stream ends when its session expires", "[proxy]")
{
    signal unused;
    doorway door(lasting(unused));
    const auto cookie = "Cookie: " + session_cookie(door.settings, 2s) + "\r\n";
    door.client.send(doorway::head("GET", "/events", cookie));
    CHECK(door.client.receive_head().starts_with("HTTP/1.1 200"));
    CHECK(door.client.receive_chunk() == "data: 1\n\n");
    const auto began = steady_clock::now();
    CHECK(door.client.receive_all() == "");
    CHECK(steady_clock::now() - began < 4s);
}

TEST_CASE("what would last does not begin when its session has ended meanwhile", "[proxy]")
{
    const auto [path, answer] = GENERATE(table<std::string, std::string>({
        {"/events", stream_head + an_event},
        {"/socket", accepted},
    }));
    signal go_on;
    doorway door(
        [&go_on, said = answer](wire& gate, recording_application& self)
        {
            self.take_request(gate);
            go_on.wait();
            gate.send(said);
            gate.receive_all();
        },
        with_token
    );
    door.client.send(doorway::head(
        "GET",
        path,
        cookie_of(door, "one", "taro") + "Accept: application/json\r\n" + (path == "/socket" ? upgrade : "")
    ));
    door.application.request(0);
    CHECK(tell_admin(door, "DELETE", "/sessions/one").status() == 200);
    go_on.give();
    CHECK(door.client.receive_message().status() == 401);
    CHECK(door.application.closes_within(wire::patience));
}

TEST_CASE("a sign-out ends the session's event streams", "[proxy]")
{
    signal unused;
    doorway door(lasting(unused), with_token);
    const auto cookie = cookie_of(door, "one", "taro");
    visitor here(door, cookie);
    const auto out = doorway::head(
        "POST",
        "/logout",
        "Origin: http://app.example\r\nSec-Fetch-Site: same-origin\r\nAccept: text/html\r\n"
        "Content-Length: 0\r\n" +
            cookie
    );
    CHECK(door.ask(out).status() < 400);
    here.check_that_it_ends();
}

TEST_CASE("nobody asks the admin listener for sessions without its token", "[proxy]")
{
    signal unused;
    doorway door(lasting(unused), with_token);
    CHECK(tell_admin(door, "GET", "/sessions").body == R"({"sessions":[]})");
    auto stranger = wire::to(door.gate.admin_port());
    stranger.send(doorway::head("GET", "/sessions"));
    const auto refused = stranger.receive_message();
    CHECK(refused.status() == 401);
    CHECK(refused.field("WWW-Authenticate") == "Bearer realm=\"sekisho\"");
    // The public listener knows nothing of it.
    CHECK(door.ask(doorway::head("GET", "/sessions", "Accept: application/json\r\n")).status() == 401);

    auto other = door.settings;
    other.admin.token = secret();
    CHECK(door.gate.reload(other).empty());
    CHECK(tell_admin(door, "GET", "/sessions").status() == 404);
}

} // namespace sekisho::test

// SPDX-License-Identifier: Apache-2.0
// What two readers could read differently is refused at the real listener, and nothing behind it is read.
// CVE-2026-48743 (Envoy), the corpora of http-garden and PortSwigger.
#include "support/catch.hpp"
#include "support/doorway.hpp"

namespace sekisho::test
{
namespace
{

const std::string host = "Host: app.example\r\n";

std::string post(const std::string& fields) { return "POST /public/a HTTP/1.1\r\n" + host + fields + "\r\n"; }

std::string get(const std::string& fields) { return "GET /public/a HTTP/1.1\r\n" + host + fields + "\r\n"; }

std::string chunked(const std::string& body) { return post("Transfer-Encoding: chunked\r\n") + body; }

// Sends these bytes and a request behind them in one piece; everything that comes back.
void check_refused(const std::string& bytes, int status)
{
    doorway door(answering(plain_answer("ok")));
    door.client.send(bytes + get(""));
    const auto answer = door.client.receive_message();
    CHECK(answer.status() == status);
    CHECK(answer.field("Connection") == "close");
    CHECK(door.client.ends());
    CHECK(door.application.request_count() == 0);
}

} // namespace

TEST_CASE("CVE-2026-48743: a request whose length can be read in two ways is refused", "[proxy]")
{
    const auto [rule, bytes] = GENERATE(table<std::string, std::string>({
        {"RFC 9112 6.1: CL and TE", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"
        },
        {"RFC 9112 6.1: TE and CL", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") + "0\r\n\r\n"
        },
        {"RFC 9110 8.6: CL twice, equal", post("Content-Length: 3\r\nContent-Length: 3\r\n") + "abc"},
        {"RFC 9110 8.6: CL twice, different", post("Content-Length: 3\r\nContent-Length: 0\r\n") + "abc"},
        {"RFC 9110 8.6: a list", post("Content-Length: 3, 3\r\n") + "abc"},
        {"RFC 9110 8.6: a sign", post("Content-Length: +3\r\n") + "abc"},
        {"RFC 9110 8.6: negative", post("Content-Length: -3\r\n") + "abc"},
        {"RFC 9110 8.6: hexadecimal", post("Content-Length: 0x3\r\n") + "abc"},
        {"RFC 9110 8.6: empty", post("Content-Length: \r\n")},
        {"RFC 9110 8.6: too large", post("Content-Length: 18446744073709551619\r\n") + "abc"},
        {"RFC 9112 6.1: identity behind chunked",
         post("Transfer-Encoding: chunked, identity\r\n") + "0\r\n\r\n"},
        {"RFC 9112 6.1: identity", post("Transfer-Encoding: identity\r\n")},
        {"RFC 9112 6.1: gzip in front", post("Transfer-Encoding: gzip, chunked\r\n") + "0\r\n\r\n"},
        {"RFC 9112 6.1: chunked twice", post("Transfer-Encoding: chunked, chunked\r\n") + "0\r\n\r\n"},
        {"RFC 9112 6.1: two fields",
         post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"},
        {"RFC 9112 6.1: xchunked", post("Transfer-Encoding: xchunked\r\n") + "0\r\n\r\n"},
        {"RFC 9112 6.1: quoted", post("Transfer-Encoding: \"chunked\"\r\n") + "0\r\n\r\n"},
        {"RFC 9112 6.1: vertical tab", post("Transfer-Encoding: \vchunked\r\n") + "0\r\n\r\n"},
        {"RFC 9112 5.1: space in front of the name", post(" Transfer-Encoding: chunked\r\n") + "0\r\n\r\n"},
        {"RFC 9112 5.1: space before the colon", post("Transfer-Encoding : chunked\r\n") + "0\r\n\r\n"},
        {"RFC 9112 5.1: tab before the colon", post("Content-Length\t: 3\r\n") + "abc"},
        {"RFC 9112 6.1: TE in 1.0",
         "POST /public/a HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    }));
    CAPTURE(rule);
    check_refused(bytes, 400);
}

TEST_CASE("CVE-2026-48743: a head that two readers could split differently is refused", "[proxy]")
{
    const auto [rule, bytes] = GENERATE(table<std::string, std::string>({
        {"RFC 9112 2.2: bare LF behind a field", get("X-A: b\nX-C: d\r\n")},
        {"RFC 9112 2.2: bare LF at the end", "GET /public/a HTTP/1.1\r\nHost: app.example\r\n\n"},
        {"RFC 9112 2.2: bare LF behind the request line", "GET /public/a HTTP/1.1\nHost: app.example\r\n\r\n"
        },
        {"RFC 9112 2.2: bare CR", get("X-A: b\rX-C: d\r\n")},
        {"RFC 9112 5.2: obs-fold", get("X-A: b\r\n c\r\n")},
        {"RFC 9112 5.2: obs-fold with a tab", get("X-A: b\r\n\tc\r\n")},
        {"RFC 9112 2.2: space behind the request line", "GET /public/a HTTP/1.1\r\n " + host + "\r\n"},
        {"RFC 9112 5.1: no colon", get("X-A\r\n")},
        {"RFC 9112 5.1: no name", get(": b\r\n")},
        {"RFC 9110 5.6.2: a name that is no token", get("X(A): b\r\n")},
        {"RFC 9110 5.5: NUL in a value", get(std::string("X-A: b\0c\r\n", 10))},
        {"RFC 9110 5.5: NUL in a name", get(std::string("X\0A: b\r\n", 8))},
        {"RFC 9110 5.5: a control character", get("X-A: b\x01\r\n")},
        {"RFC 9112 3: two spaces", "GET  /public/a HTTP/1.1\r\n" + host + "\r\n"},
        {"RFC 9112 3: a tab", "GET\t/public/a HTTP/1.1\r\n" + host + "\r\n"},
        {"RFC 9112 3: space behind the version", "GET /public/a HTTP/1.1 \r\n" + host + "\r\n"},
        {"RFC 9112 2.3: an unknown version", "GET /public/a HTTP/1.2\r\n" + host + "\r\n"},
        {"RFC 9112 2.3: HTTP/2 in text", "GET /public/a HTTP/2.0\r\n" + host + "\r\n"},
        {"RFC 9112 2.3: lower case", "GET /public/a http/1.1\r\n" + host + "\r\n"},
        {"RFC 9113 3.4: the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        {"RFC 1945: HTTP/0.9", "GET /public/a\r\n\r\n"},
        {"RFC 9110 9.1: a method that is no token", "G@T /public/a HTTP/1.1\r\n" + host + "\r\n"},
        {"RFC 9112 3.2: no Host", "GET /public/a HTTP/1.1\r\n\r\n"},
        {"RFC 9112 3.2: two Hosts", get("Host: evil.example\r\n")},
        {"RFC 9112 3.2: a Host that is none", "GET /public/a HTTP/1.1\r\nHost: app.example/x\r\n\r\n"},
        {"RFC 9112 3.2: user information", "GET /public/a HTTP/1.1\r\nHost: a@app.example\r\n\r\n"},
        {"a TLS handshake", std::string("\x16\x03\x01\x02\x00\x01\x00", 7)},
    }));
    CAPTURE(rule);
    check_refused(bytes, 400);
}

TEST_CASE("CVE-2026-48743: a chunked body that is not well-formed never becomes a request", "[proxy]")
{
    const auto [rule, body] = GENERATE(table<std::string, std::string>({
        {"RFC 9112 7.1: no number", "x\r\nabc\r\n0\r\n\r\n"},
        {"RFC 9112 7.1: negative", "-3\r\nabc\r\n0\r\n\r\n"},
        {"RFC 9112 7.1: prefix", "0x3\r\nabc\r\n0\r\n\r\n"},
        {"RFC 9112 7.1: a sign", "+3\r\nabc\r\n0\r\n\r\n"},
        {"RFC 9112 7.1: too large", "fffffffffffffffff\r\nabc\r\n0\r\n\r\n"},
        {"RFC 9112 7.1: space in front", " 3\r\nabc\r\n0\r\n\r\n"},
        {"RFC 9112 7.1: empty", "\r\nabc\r\n0\r\n\r\n"},
        {"RFC 9112 7.1: bare LF behind the size", "3\nabc\r\n0\r\n\r\n"},
        {"RFC 9112 7.1: data longer than its size", "3\r\nabcd\r\n0\r\n\r\n"},
        {"RFC 9112 7.1: bare LF behind the data", "3\r\nabc\n0\r\n\r\n"},
        {"RFC 9112 7.1.1: LF in an extension", "3;a\nb\r\nabc\r\n0\r\n\r\n"},
        {"RFC 9112 7.1.1: CR in an extension", "3;a\rb\r\nabc\r\n0\r\n\r\n"},
        {"RFC 9112 7.1.2: a trailer that folds", "0\r\nX-A: b\r\n c\r\n\r\n"},
        {"RFC 9112 7.1.2: a trailer with a space before its colon", "0\r\nX-A : b\r\n\r\n"},
        {"RFC 9112 7.1.2: a trailer behind a bare LF", "0\r\nX-A: b\nX-C: d\r\n\r\n"},
        {"RFC 9112 7.1.2: NUL in a trailer", std::string("0\r\nX-A: b\0c\r\n\r\n", 15)},
    }));
    CAPTURE(rule);
    bool is_complete = false;
    {
        doorway door(
            [&](wire& gate, recording_application& self)
            {
                self.take_request(gate);
                is_complete = true;
            }
        );
        door.client.send(chunked(body) + get(""));
        CHECK(door.client.receive_message().status() == 400);
        CHECK(door.client.ends());
    }
    CHECK_FALSE(is_complete);
}

TEST_CASE("a body that belongs to a GET stays with it", "[proxy]")
{
    doorway door(answering(plain_answer("ok")));
    const auto inner = get("X-Smuggled: 1\r\n");
    door.client.send(get("Content-Length: " + std::to_string(inner.size()) + "\r\n") + inner);
    CHECK(door.client.receive_message().status() == 200);
    CHECK(door.application.request().body == inner);
    CHECK(door.application.request_count() == 1);
}

TEST_CASE("what is left of a body when the answer comes early is not read as a request", "[proxy]")
{
    doorway door(answering(plain_answer("ok")));
    // The gate itself answers this one, without the body.
    door.client.send(
        "POST /private HTTP/1.1\r\n" + host + "Accept: application/json\r\nContent-Length: 1000\r\n\r\n" +
        get("")
    );
    CHECK(door.client.receive_message().status() == 401);
    CHECK(door.client.ends());
    CHECK(door.application.request_count() == 0);
}

TEST_CASE("the application receives one framing, written by the gate", "[proxy]")
{
    doorway door(answering(plain_answer("ok")));
    CHECK(door.ask(post("content-length: 3\r\nConnection: content-length\r\n") + "abc").status() == 200);
    CHECK(door.ask(post("tRANSFER-eNCODING: CHUNKED\r\n") + "3;ext=1\r\nabc\r\n0\r\n\r\n").status() == 200);
    CHECK(door.application.request(0).head.find("Content-Length: 3\r\n") != std::string::npos);
    CHECK(door.application.request(0).all("Content-Length").size() == 1);
    CHECK(door.application.request(1).head.find("Transfer-Encoding: chunked\r\n") != std::string::npos);
    CHECK(door.application.request(1).body == "abc");
}

TEST_CASE("other spellings of the framing fields are refused", "[proxy]")
{
    const auto field = GENERATE(
        "Content_Length: 30", "Transfer_Encoding: chunked", "content_length: 3", "TRANSFER_ENCODING: chunked"
    );
    CAPTURE(field);
    check_refused(get(std::string(field) + "\r\n"), 400);
}

} // namespace sekisho::test

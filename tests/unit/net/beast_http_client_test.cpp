// SPDX-License-Identifier: Apache-2.0
#include "unit/net/http_call.hpp"

using namespace sekisho;
using namespace sekisho::test::http_calls;
namespace asio = boost::asio;
using test::temporary_file;

TEST_CASE("a request goes out whole and its answer comes back whole", "[net]")
{
    call the({.pieces = {ok(R"({"a":1})")}, .endless = {}, .certificate = {}});
    the.request.method = "POST";
    the.request.fields = {{"Content-Type", "application/x-www-form-urlencoded"}};
    the.request.body = "a=b";
    const auto got = the.run();
    REQUIRE(got);
    CHECK(got->status == 200);
    CHECK(got->body == R"({"a":1})");
    CHECK(got->fields.front() == std::pair<std::string, std::string>("Content-Type", "application/json"));
    const auto& sent = the.peer.received;
    CHECK(sent.starts_with("POST /path?q=1 HTTP/1.1\r\n"));
    CHECK(
        sent.find("Host: 127.0.0.1:" + the.request.target.authority().substr(10) + "\r\n") !=
        std::string::npos
    );
    CHECK(sent.find("User-Agent: sekisho/" SEKISHO_VERSION "\r\n") != std::string::npos);
    CHECK(sent.find("Accept: application/json\r\n") != std::string::npos);
    CHECK(sent.find("Content-Length: 3\r\n") != std::string::npos);
    CHECK(sent.ends_with("\r\n\r\na=b"));
}

TEST_CASE("an answer may come in any pieces and framings", "[net]")
{
    const auto pieces = GENERATE(
        std::vector<std::string>{"H", "TTP/1.1 200 OK\r\nContent-Le", "ngth: 2\r", "\n\r\n{", "}"},
        std::vector<std::string>{
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", "1\r\n}\r\n0\r\n\r\n"
        },
        std::vector<std::string>{"HTTP/1.1 200 OK\r\n\r\n", "{}"}, // until the connection closes
        std::vector<std::string>{
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", ok("{}")
        },
        std::vector<std::string>{"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}"}
    );
    call the({.pieces = pieces, .endless = {}, .certificate = {}});
    const auto got = the.run();
    REQUIRE(got);
    CHECK(got->status == 200);
    CHECK(got->body == "{}");
}

TEST_CASE("GHSA-f5mr-q85p-6hh6: a redirect is an answer like any other and is not followed", "[net]")
{
    call the({
        .pieces = {"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"},
        .endless = {},
        .certificate = {},
    });
    const auto got = the.run();
    REQUIRE(got);
    CHECK(got->status == 302);
}

TEST_CASE("an answer that breaks off or is not HTTP is refused", "[net]")
{
    const auto [piece, code, hint] = GENERATE(table<std::string, errc, std::string>({
        {"", errc::network_failure, "before the answer was complete"},
        {"HTTP/1.1 200 OK\r\nContent-Le", errc::network_failure, "before the answer was complete"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}",
         errc::network_failure,
         "before the answer was complete"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc",
         errc::network_failure,
         "before the answer"},
        {"SSH-2.0-OpenSSH_9.2\r\n", errc::value_malformed, "not HTTP"},
        {"HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n", errc::value_malformed, "not HTTP"},
    }));
    CAPTURE(piece);
    call the({.pieces = {piece}, .endless = {}, .certificate = {}});
    const auto got = the.run();
    REQUIRE_FALSE(got);
    CHECK(got.error().code == code);
    CAPTURE(got.error().detail);
    CHECK(got.error().detail.find(hint) != std::string::npos);
}

TEST_CASE("an answer that never ends is cut off at its limit", "[net]")
{
    const auto [head, endless, hint] = GENERATE(table<std::string, std::string, std::string>({
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
         "400\r\n" + std::string(1024, 'a') + "\r\n",
         "body exceeds"},
        {"HTTP/1.1 200 OK\r\n\r\n", std::string(1024, 'a'), "body exceeds"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "a", "body exceeds"},
        {"HTTP/1.1 200 OK\r\n", "A: " + std::string(100, 'a') + "\r\n", "head exceeds"},
        {"HTTP/1.1 200 OK\r\nA: ", std::string(1024, 'a'), "head exceeds"},
    }));
    CAPTURE(head);
    call the({.pieces = {head}, .endless = endless, .certificate = {}});
    const auto got = the.run();
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::value_too_large);
    CHECK(got.error().detail.find(hint) != std::string::npos);
}

TEST_CASE("interim answers without end are refused", "[net]")
{
    call the({.pieces = {}, .endless = "HTTP/1.1 102 Processing\r\n\r\n", .certificate = {}});
    const auto got = the.run();
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::value_malformed);
}

TEST_CASE("the limits are exact and settable", "[net]")
{
    const auto [size, is_good] = GENERATE(table<std::size_t, bool>({{100, true}, {101, false}}));
    call the({.pieces = {ok(std::string(size, 'a'))}, .endless = {}, .certificate = {}});
    the.options.body_limit = 100;
    CHECK(the.run().has_value() == is_good);
}

TEST_CASE("one time limit holds for the whole call, wherever the peer stalls", "[net]")
{
    const auto good = authority().issue({.dns_names = {"localhost"}, .addresses = {}});
    const auto [what, origin] = GENERATE_COPY(table<script, std::string>({
        {{.pieces = {}, .endless = {}, .certificate = {}, .is_mute = true}, "http://127.0.0.1"},
        {{.pieces = {}, .endless = {}, .certificate = {}, .is_mute = true}, "https://127.0.0.1"
        }, // no handshake
        {{.pieces = {}, .endless = {}, .stays_open = true, .certificate = good}, "https://localhost"},
        {{.pieces = {"HTTP/1.1 200 OK\r\nConte"}, .endless = {}, .stays_open = true, .certificate = {}},
         "http://127.0.0.1"},
        {{.pieces = {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"},
          .endless = {},
          .stays_open = true,
          .certificate = {}},
         "http://127.0.0.1"},
        // A byte now and then does not win more time.
        {{.pieces = {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"},
          .endless = "1\r\na\r\n",
          .certificate = {}},
         "http://127.0.0.1"},
    }));
    CAPTURE(what.pieces, what.is_mute, origin);
    const temporary_file ca(authority().pem());
    call the(what);
    the.options.ca_file = ca.path();
    the.options.timeout = 60ms;
    the.options.body_limit = std::size_t(1) << 30U;
    const auto got = the.run(origin);
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::network_timeout);
    CHECK(got.error().detail.find("timed out after 60ms") != std::string::npos);
}

TEST_CASE("what cannot be reached is named", "[net]")
{
    asio::io_context context(1);
    const auto client = net::beast_http_client::make(context.get_executor(), {});
    const auto [address, hint] = GENERATE(table<std::string, std::string>({
        {"http://127.0.0.1:1/", "no connection to 127.0.0.1 port 1: Connection refused"},
        {"https://nobody.invalid/", "the name \"nobody.invalid\" cannot be resolved"}, // RFC 6761, 6.4
    }));
    net::outgoing_request request;
    request.target = url::parse(address).value();
    const auto got = test::run(context, (*client)->send(request));
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::network_failure);
    CAPTURE(got.error().detail);
    CHECK(got.error().detail.starts_with(hint));
}

TEST_CASE("a field that would write into the head is refused before anything is sent", "[net]")
{
    const std::string value = GENERATE(
        std::string("Bearer a\r\nHost: evil"), std::string("Bearer a\nb"), std::string("Bearer a\0b", 10)
    );
    call the({.pieces = {ok("{}")}, .endless = {}, .certificate = {}});
    the.request.fields = {{"Authorization", value}};
    const auto got = the.run();
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::value_malformed);
    CHECK(the.peer.received.empty());
    CHECK(got.error().detail.find("evil") == std::string::npos); // it may be a secret
}

TEST_CASE("CVE-2026-48090: a call that is abandoned with its io_context leaks nothing, at any step", "[net]")
{
    const auto good = authority().issue({.dns_names = {"localhost"}, .addresses = {}});
    const temporary_file ca(authority().pem());
    bool is_answered = false;
    for (std::size_t steps = 0; steps < 40; ++steps)
    {
        asio::io_context context(1);
        server peer(
            context,
            {.pieces = {"HTTP/1.1 200 OK\r\n"}, .endless = {}, .stays_open = true, .certificate = good}
        );
        auto client = net::beast_http_client::make(context.get_executor(), {.ca_file = ca.path()});
        net::outgoing_request request;
        request.target = url::parse("https://localhost:" + peer.port() + "/").value();
        asio::co_spawn(context, peer.serve(), [](std::exception_ptr) {});
        asio::co_spawn(
            context, (*client)->send(request), [&](std::exception_ptr, const answer&) { is_answered = true; }
        );
        client->reset(); // the client itself may go first
        for (std::size_t step = 0; step < steps; ++step)
            context.poll_one();
    }
    CHECK_FALSE(is_answered);
}

// SPDX-License-Identifier: Apache-2.0
#include "net/beast_http_client.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/test_certificates.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <unistd.h>
#include <vector>

using namespace sekisho;
namespace asio = boost::asio;
using asio::ip::tcp;

namespace
{

using socket = asio::basic_stream_socket<tcp, net::executor>;
using answer = result<net::incoming_response>;

const test::test_authority& authority()
{
    static const test::test_authority one;
    return one;
}

// A file that is gone at the end of the test.
class temporary_file
{
public:
    explicit temporary_file(const std::string& content)
    {
        const auto pattern = (std::filesystem::temp_directory_path() / "sekisho-XXXXXX").string();
        path_ = pattern;
        ::close(::mkstemp(path_.data()));
        std::ofstream(path_) << content;
    }
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    ~temporary_file() { std::filesystem::remove(path_); }
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

// What the other end does with its only connection, after it has read the request's head.
struct script
{
    std::vector<std::string> pieces;                     // written one by one
    std::string endless;                                 // then this, until nobody takes it
    bool stays_open = false;                             // then waits for us to leave, else closes
    std::optional<test::issued_certificate> certificate; // nullopt: plain http
    bool is_mute = false;                                // accepts and does nothing at all
};

template <class Stream>
net::task<void> play(Stream& peer, const script& what, std::string& received)
{
    auto [gone, size] =
        co_await asio::async_read_until(peer, asio::dynamic_buffer(received), "\r\n\r\n", net::in_tuple);
    for (const auto& piece : what.pieces)
        (void)co_await asio::async_write(peer, asio::buffer(piece), net::in_tuple);
    while (!gone && !what.endless.empty())
    {
        auto [failure, written] = co_await asio::async_write(peer, asio::buffer(what.endless), net::in_tuple);
        gone = failure;
    }
    char byte = 0;
    if (what.stays_open)
        (void)co_await peer.async_read_some(asio::buffer(&byte, 1), net::in_tuple);
}

struct server
{
    server(asio::io_context& context, script with)
        : what(std::move(with)), acceptor(context.get_executor(), {asio::ip::address_v4::loopback(), 0})
    {
    }
    std::string port() const { return std::to_string(acceptor.local_endpoint().port()); }

    net::task<void> serve()
    {
        socket peer(acceptor.get_executor());
        auto [failure] = co_await acceptor.async_accept(peer, net::in_tuple);
        if (failure)
            co_return;
        if (what.is_mute)
        {
            std::array<char, 512> ignored{};
            bool is_there = true;
            while (is_there)
            {
                auto [gone, size] = co_await peer.async_read_some(asio::buffer(ignored), net::in_tuple);
                is_there = !gone;
            }
            co_return;
        }
        if (!what.certificate)
        {
            co_await play(peer, what, received);
            co_return;
        }
        asio::ssl::context tls(asio::ssl::context::tls_server);
        tls.use_certificate(asio::buffer(what.certificate->certificate_pem), asio::ssl::context::pem);
        tls.use_private_key(asio::buffer(what.certificate->key_pem), asio::ssl::context::pem);
        asio::ssl::stream<socket> secured(std::move(peer), tls);
        auto [refused] = co_await secured.async_handshake(asio::ssl::stream_base::server, net::in_tuple);
        if (refused)
            co_return;
        co_await play(secured, what, received);
        (void)co_await secured.async_shutdown(net::in_tuple);
    }

    script what;
    asio::basic_socket_acceptor<tcp, net::executor> acceptor;
    std::string received;
};

net::task<answer> ask(net::http_client& client, net::outgoing_request request, server& from)
{
    auto got = co_await client.send(std::move(request));
    from.acceptor.close();
    co_return got;
}

// One call to a server that plays this.
struct call
{
    explicit call(script with) : peer(context, std::move(with)) {}

    answer run(const std::string& origin = "http://127.0.0.1")
    {
        auto client = net::beast_http_client::make(context.get_executor(), options);
        REQUIRE(client);
        request.target = url::parse(origin + ":" + peer.port() + "/path?q=1").value();
        asio::co_spawn(context, peer.serve(), [](std::exception_ptr) {});
        return test::run(context, ask(**client, request, peer));
    }

    asio::io_context context{1};
    server peer;
    net::beast_http_client_options options;
    net::outgoing_request request;
};

std::string ok(const std::string& body)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

answer run_tls(const test::issued_certificate& certificate, const std::string& origin)
{
    const temporary_file ca(authority().pem());
    call the({.pieces = {ok("{}")}, .endless = {}, .certificate = certificate});
    the.options.ca_file = ca.path();
    return the.run(origin);
}

} // namespace

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

TEST_CASE("a certificate of a known authority for this very host is accepted", "[net]")
{
    const auto [dns, address, origin] =
        GENERATE(table<std::vector<std::string>, std::vector<std::string>, std::string>({
            {{"localhost"}, {}, "https://localhost"},
            {{"other.example", "LOCALHOST"}, {}, "https://localhost"},
            {{}, {"127.0.0.1"}, "https://127.0.0.1"},
        }));
    CAPTURE(origin);
    const auto got = run_tls(authority().issue({.dns_names = dns, .addresses = address}), origin);
    if (!got)
        FAIL(got.error().detail);
    CHECK(got->body == "{}");
}

TEST_CASE("CVE-2022-31105: a certificate that proves nothing is refused, with OpenSSL's reason", "[net]")
{
    using test::test_authority;
    const auto [certificate, origin, reason] =
        GENERATE(table<test::issued_certificate, std::string, std::string>({
            {test_authority::issue_self_signed({.dns_names = {"localhost"}, .addresses = {}}),
             "https://localhost",
             "self-signed"},
            {test_authority().issue({.dns_names = {"localhost"}, .addresses = {}}),
             "https://localhost",
             "unable to get local issuer"},
            {authority().issue({.dns_names = {"other.example"}, .addresses = {}}),
             "https://localhost",
             "hostname mismatch"},
            {authority().issue({.dns_names = {"localhost"}, .addresses = {}}),
             "https://127.0.0.1",
             "IP address mismatch"},
            // RFC 9525, 6.3: a common name is no name, nor is an address written as a DNS name.
            {authority().issue({.dns_names = {}, .addresses = {}, .common_name = "localhost"}),
             "https://localhost",
             "hostname mismatch"},
            {authority().issue({.dns_names = {"127.0.0.1"}, .addresses = {}}),
             "https://127.0.0.1",
             "IP address mismatch"},
            {authority().issue({.dns_names = {"local*"}, .addresses = {}}),
             "https://localhost",
             "hostname mismatch"},
            {authority().issue(
                 {.dns_names = {"localhost"}, .addresses = {}, .valid_from = -7200, .valid_until = -3600}
             ),
             "https://localhost",
             "certificate has expired"},
            {authority().issue(
                 {.dns_names = {"localhost"}, .addresses = {}, .valid_from = 3600, .valid_until = 7200}
             ),
             "https://localhost",
             "not yet valid"},
        }));
    CAPTURE(origin, reason);
    const auto got = run_tls(certificate, origin);
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::network_failure);
    CAPTURE(got.error().detail);
    CHECK(got.error().detail.find("certificate refused: ") != std::string::npos);
    CHECK(got.error().detail.find(reason) != std::string::npos);
}

TEST_CASE("CVE-2026-47778: a NUL in a certificate's name does not end it", "[net]")
{
    using namespace std::string_literals;
    const auto name = GENERATE("localhost\0.evil.example"s, "localhost\0"s, "\0localhost"s);
    const auto got = run_tls(authority().issue({.dns_names = {name}, .addresses = {}}), "https://localhost");
    REQUIRE_FALSE(got);
    CHECK(got.error().detail.find("hostname mismatch") != std::string::npos);
}

TEST_CASE("an authority the system does not know is trusted only when it is set", "[net]")
{
    call the({
        .pieces = {ok("{}")},
        .endless = {},
        .certificate = authority().issue({.dns_names = {"localhost"}, .addresses = {}}),
    });
    CHECK_FALSE(the.run("https://localhost"));
}

TEST_CASE("a ca_file without certificates is refused at start", "[net]")
{
    asio::io_context context(1);
    const temporary_file nonsense("no certificate");
    const bool is_there = GENERATE(true, false);
    const std::string path = is_there ? nonsense.path() : "/does/not/exist";
    const auto got = net::beast_http_client::make(context.get_executor(), {.ca_file = path});
    REQUIRE_FALSE(got);
    CHECK(got.error().where == "ca_file");
    CHECK(got.error().detail.find(path) != std::string::npos);
}

TEST_CASE("plain http leaves this machine only when it was allowed", "[net]")
{
    asio::io_context context(1);
    const auto allowed = GENERATE(net::plain_http::loopback_only, net::plain_http::everywhere);
    const auto client = net::beast_http_client::make(
        context.get_executor(), {.ca_file = {}, .allow_http = allowed, .timeout = 20ms}
    );
    net::outgoing_request request;
    request.target = url::parse("http://192.0.2.1/").value(); // RFC 5737: nobody is there
    const auto got = test::run(context, (*client)->send(request));
    REQUIRE_FALSE(got);
    CHECK(
        (got.error().detail.find("oidc.allow_http") != std::string::npos) ==
        (allowed == net::plain_http::loopback_only)
    );
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

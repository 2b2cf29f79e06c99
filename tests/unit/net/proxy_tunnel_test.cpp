// SPDX-License-Identifier: Apache-2.0
#include "net/proxy_tunnel.hpp"
#include "support/catch.hpp"
#include "support/temporary_file.hpp"
#include "unit/net/scripted_peer.hpp"

using namespace sekisho;
using test::peer_script;

namespace
{

const std::string established = "HTTP/1.1 200 Connection established\r\n\r\n";

// One call to op.example through a proxy that plays this. Nobody could resolve the name here.
struct call
{
    explicit call(peer_script with) : peer(context, std::move(with)) {}

    result<net::incoming_response> run(const std::string& target, const std::string& user = {})
    {
        options.ca_file = ca.path();
        options.proxies = http::outbound_proxies_of("http://" + user + peer.authority()).value();
        auto client = net::beast_http_client::make(context.get_executor(), options);
        REQUIRE(client);
        request.target = url::parse(target).value();
        return test::run(context, test::call_and_close(**client, request, peer));
    }

    net::asio::io_context context{1};
    test::temporary_file ca{test::servers_authority().pem()};
    test::scripted_peer peer;
    net::beast_http_client_options options;
    net::outgoing_request request;
};

test::issued_certificate certificate_of(const std::string& name)
{
    return test::servers_authority().issue({.dns_names = {name}});
}

peer_script tunnel()
{
    return {
        .proxy_answer = established,
        .certificate = certificate_of("op.example.invalid"),
        .answer = test::ok_answer("{}")
    };
}

} // namespace

TEST_CASE("https goes through a proxy's tunnel, and the target's own certificate counts", "[net]")
{
    const auto [target, authority] = GENERATE(table<std::string, std::string>({
        {"https://op.example.invalid/path?q=1", "op.example.invalid:443"},
        {"https://op.example.invalid:8443/path?q=1", "op.example.invalid:8443"},
    }));
    call the(tunnel());
    the.request.fields = {{"Authorization", "Bearer for-the-target"}};
    const auto got = the.run(target);
    if (!got)
        FAIL(got.error().detail);
    CHECK(got->body == "{}");
    CHECK(the.peer.proxy_head.starts_with("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n")
    );
    CHECK(the.peer.proxy_head.find("Authorization") == std::string::npos);
    CHECK(the.peer.received.starts_with("GET /path?q=1 HTTP/1.1\r\n"));
    CHECK(the.peer.received.find("Authorization: Bearer for-the-target\r\n") != std::string::npos);
}

TEST_CASE("a proxy's user and password are shown to the proxy and to nobody behind it", "[net]")
{
    call the(tunnel());
    REQUIRE(the.run("https://op.example.invalid/", "me:s3cret@"));
    CHECK(the.peer.proxy_head.find("Proxy-Authorization: Basic bWU6czNjcmV0\r\n") != std::string::npos);
    CHECK(the.peer.received.find("Proxy-Authorization") == std::string::npos);
}

TEST_CASE("a proxy cannot stand in for the target", "[net]")
{
    auto script = tunnel();
    script.certificate = certificate_of("proxy.example.invalid");
    call the(std::move(script));
    const auto got = the.run("https://op.example.invalid/");
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::network_failure);
    CHECK(got.error().detail.find("certificate refused") != std::string::npos);
    CHECK(the.peer.received.empty());
}

TEST_CASE("a proxy that makes no tunnel is named with its status, its password is not", "[net]")
{
    const auto [answer, user, hint] = GENERATE(table<std::string, std::string, std::string>({
        {"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 5\r\n\r\nhello",
         "",
         "refused CONNECT op.example.invalid:443 with status 407; it wants a user and a password"},
        {"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n",
         "me:s3cret@",
         "with status 407; it does not accept our user and password"},
        {"HTTP/1.1 403 Forbidden\r\n\r\n", "", "refused CONNECT op.example.invalid:443 with status 403"},
        {"HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\n\r\n", "", "with status 302"},
        {"HTTP/1.1 502 Bad Gateway\r\n\r\n", "me:s3cret@", "with status 502"},
        {"HTTP/1.1 100 Continue\r\n\r\n", "", "with status 100"},
        {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "", "not HTTP"},
        {"", "", "before the answer was complete"},
        {"HTTP/1.1 200 OK\r\n" + std::string(20000, 'a') + ": b\r\n\r\n", "", "head exceeds"},
        {established + "\x16\x03\x03", "", "bytes of its own"},
    }));
    CAPTURE(answer);
    call the({.proxy_answer = answer});
    const auto got = the.run("https://op.example.invalid/", user);
    REQUIRE_FALSE(got);
    CAPTURE(got.error().detail);
    CHECK(got.error().detail.find("the proxy " + the.peer.authority()) != std::string::npos);
    CHECK(got.error().detail.find(hint) != std::string::npos);
    CHECK(got.error().detail.find("s3cret") == std::string::npos);
}

TEST_CASE("RFC 9112, 3.2.2: plain http is given to the proxy with its whole address", "[net]")
{
    call the({.proxy_answer = test::ok_answer("{}")});
    the.options.allow_http = net::plain_http::everywhere;
    const auto got = the.run("http://op.example.invalid:8080/path?q=1", "me:s3cret@");
    REQUIRE(got);
    CHECK(got->body == "{}");
    const auto& sent = the.peer.proxy_head;
    CHECK(sent.starts_with("GET http://op.example.invalid:8080/path?q=1 HTTP/1.1\r\n"));
    CHECK(sent.find("Host: op.example.invalid:8080\r\n") != std::string::npos);
    CHECK(sent.find("Proxy-Authorization: Basic bWU6czNjcmV0\r\n") != std::string::npos);
}

TEST_CASE("a proxy's own 407 is no answer of the target's", "[net]")
{
    call the({.proxy_answer = "HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n"});
    the.options.allow_http = net::plain_http::everywhere;
    const auto got = the.run("http://op.example.invalid/");
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::network_failure);
    CHECK(
        got.error().detail.find("refused a request for http://op.example.invalid with status 407") !=
        std::string::npos
    );
}

TEST_CASE("a proxy changes nothing about where plain http may go", "[net]")
{
    call the({.proxy_answer = test::ok_answer("{}")});
    const auto got = the.run("http://op.example.invalid/");
    REQUIRE_FALSE(got);
    CHECK(got.error().detail.find("is plain http") != std::string::npos);
    CHECK_FALSE(the.peer.was_called);
}

TEST_CASE("this very machine is never asked for through a proxy", "[net]")
{
    net::asio::io_context context(1);
    test::scripted_peer proxy(context, {.proxy_answer = established});
    test::scripted_peer target(context, {.answer = test::ok_answer("{}")});
    net::beast_http_client_options options;
    options.proxies = http::outbound_proxies_of(proxy.authority()).value();
    auto client = net::beast_http_client::make(context.get_executor(), options);
    net::outgoing_request request;
    request.target = url::parse("http://" + target.authority() + "/").value();
    const auto ask = [&]() -> net::task<result<net::incoming_response>>
    {
        auto got = co_await (*client)->send(request);
        proxy.close();
        target.close();
        co_return got;
    };
    CHECK(test::run(context, ask()));
    CHECK_FALSE(proxy.was_called);
}

TEST_CASE("a proxy that is not there is told from a target that is not there", "[net]")
{
    net::asio::io_context context(1);
    const auto [proxy, hint] = GENERATE(table<std::string, std::string>({
        {"127.0.0.1:1", "no connection to the proxy 127.0.0.1 port 1: Connection refused"},
        {"nobody.invalid:1", "the name \"nobody.invalid\" of the proxy cannot be resolved"},
    }));
    net::beast_http_client_options options;
    options.proxies = http::outbound_proxies_of(proxy).value();
    const auto client = net::beast_http_client::make(context.get_executor(), options);
    net::outgoing_request request;
    request.target = url::parse("https://op.example.invalid/").value();
    const auto got = test::run(context, (*client)->send(request));
    REQUIRE_FALSE(got);
    CAPTURE(got.error().detail);
    CHECK(got.error().detail.starts_with(hint));
}

TEST_CASE("a call's own time limit wins over the client's, and the step that hangs is named", "[net]")
{
    const auto good = certificate_of("op.example.invalid");
    const auto [script, step] = GENERATE_COPY(table<peer_script, std::string>({
        {{.stays = true}, "the proxy's tunnel"},
        {{.proxy_answer = established, .stays = true}, "the TLS handshake"},
        {{.proxy_answer = established, .certificate = good, .stays = true}, "the answer"},
    }));
    CAPTURE(step);
    const auto [own, clients] = GENERATE(table<std::chrono::milliseconds, std::chrono::milliseconds>({
        {60ms, 1h},
        {0ms, 60ms},
    }));
    call the(script);
    the.options.timeout = clients;
    the.request.timeout = own;
    const auto got = the.run("https://op.example.invalid/");
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::network_timeout);
    CHECK(got.error().detail == "https://op.example.invalid timed out after 60ms, waiting for " + step);
}

// SPDX-License-Identifier: Apache-2.0
// Whom the HTTP client talks to: certificates, authorities, and where plain http may go.
#include "unit/net/http_call.hpp"

using namespace sekisho;
using namespace sekisho::test::http_calls;
namespace asio = boost::asio;
using test::temporary_file;

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

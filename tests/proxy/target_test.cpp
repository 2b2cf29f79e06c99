// SPDX-License-Identifier: Apache-2.0
// Which path rules see is which path the application gets (CVE-2023-33189, CVE-2021-39206).
#include "support/catch.hpp"
#include "support/doorway.hpp"

namespace sekisho::test
{
namespace
{

const std::string program = "Accept: application/json\r\n";

} // namespace

TEST_CASE("a target that can be read in two ways is refused", "[proxy]")
{
    const auto [why, line] = GENERATE(table<std::string, std::string>({
        {"CVE-2021-39206: a raw fragment", "GET /public/a#x HTTP/1.1"},
        {"CVE-2026-41059: a raw fragment", "GET /private#/public/a HTTP/1.1"},
        {"RFC 9112 3.2.2: another host in absolute-form", "GET http://evil.example/public/a HTTP/1.1"},
        {"RFC 9112 3.2.2: another scheme", "GET ftp://app.example/public/a HTTP/1.1"},
        {"GHSA-8vc2-jrm4-835w: an empty path", "GET  HTTP/1.1"},
        {"RFC 9112 3.2: no path", "GET public/a HTTP/1.1"},
        {"RFC 9112 3.2.4: asterisk for GET", "GET * HTTP/1.1"},
        {"RFC 9112 3.2.3: authority-form", "GET app.example:80 HTTP/1.1"},
        {"an encoded slash", "GET /public/%2e%2e%2fprivate HTTP/1.1"},
        {"an encoded slash", "GET /public%2Fa HTTP/1.1"},
        {"an encoded backslash", "GET /public/..%5Cprivate HTTP/1.1"},
        {"a backslash", "GET /public/..\\private HTTP/1.1"},
        {"an encoded NUL", "GET /public/a%00 HTTP/1.1"},
        {"half an escape", "GET /public/a%2 HTTP/1.1"},
        {"no escape", "GET /public/a%zz HTTP/1.1"},
        {"bytes that are not ASCII", "GET /public/\xc3\xa9 HTTP/1.1"},
    }));
    CAPTURE(why, line);
    doorway door(answering(plain_answer("ok")));
    const auto answer =
        door.ask(line + "\r\nHost: app.example\r\nCookie: " + door.gate.cookie() + "\r\n" + program + "\r\n");
    CHECK(answer.status() == 400);
    CHECK(door.application.request_count() == 0);
}

TEST_CASE("GHSA-8vc2-jrm4-835w: CONNECT is refused in each of its forms", "[proxy]")
{
    const auto target = GENERATE("app.example:443", "/public/a", "http://app.example/", "*");
    doorway door(answering(plain_answer("ok")));
    const auto answer = door.ask(doorway::head("CONNECT", target, program));
    CHECK((answer.status() == 405 || answer.status() == 400));
    CHECK(door.application.request_count() == 0);
}

TEST_CASE("OPTIONS for the whole server needs a session like everything else", "[proxy]")
{
    doorway door(answering(plain_answer("ok")), [](auto& with) { with.access.public_paths = {"/public/*"}; });
    CHECK(door.ask(doorway::head("OPTIONS", "*", program)).status() == 401);
    CHECK(door.application.request_count() == 0);
    CHECK(door.ask(door.signed_head("OPTIONS", "*")).status() == 200);
    CHECK(door.application.request().start_line() == "OPTIONS * HTTP/1.1");
}

TEST_CASE("the application receives the canonical target that rules were held against", "[proxy]")
{
    const auto [sent, received] = GENERATE(table<std::string, std::string>({
        {"/public/a/../b", "/public/b"},
        {"/public/./a", "/public/a"},
        {"/public/%61", "/public/a"},
        {"/public/%2e%2e/public/b", "/public/b"},
        {"/private/..%2e/public/../x/../public/a", ""}, // see below
        {"/x/../public/a?b=/../c", "/public/a?b=/../c"},
        {"/public/a?x=%2F%2e", "/public/a?x=%2F%2e"},
        {"http://app.example/public/a", "/public/a"},
    }));
    CAPTURE(sent);
    doorway door(answering(plain_answer("ok")));
    const auto answer = door.ask(doorway::head("GET", sent, program));
    if (received.empty()) // "..." is a name, so this is below /private and not public
        CHECK(answer.status() == 401);
    else
        CHECK(door.application.request().start_line() == "GET " + received + " HTTP/1.1");
}

TEST_CASE("a path that only looks public needs a sign-in", "[proxy]")
{
    const auto [id, target] = GENERATE(table<std::string, std::string>({
        {"CVE-2026-41059: an encoded fragment", "/admin%23/public/a"},
        {"CVE-2026-41059: an encoded fragment", "/admin%23/../admin"},
        {"CVE-2025-54576: the path in the query", "/admin?x=/public/a"},
        {"CVE-2025-54576: the path in the query", "/?/public/a"},
        {"an encoded question mark", "/admin%3F/public/a"},
        {"dot segments", "/public/../admin"},
        {"encoded dot segments", "/public/%2e%2e/admin"},
        {"half encoded dot segments", "/public/.%2e/admin"},
        {"a prefix", "/publicity"},
        {"another case", "/PUBLIC/a"},
        {"a path parameter", "/public;/../admin"},
        {"an exact path with more", "/open/more"},
        {"an exact path with a slash", "/open/"},
        {"absolute-form", "http://app.example/admin?/public/a"},
    }));
    CAPTURE(id, target);
    doorway door(answering(plain_answer("ok")));
    CHECK(door.ask(doorway::head("GET", target, program)).status() == 401);
    CHECK(door.application.request_count() == 0);
}

TEST_CASE("an encoded slash passes where the settings keep it, as it was sent", "[proxy]")
{
    doorway door(
        answering(plain_answer("ok")),
        [](auto& with) { with.server.encoded_slash = settings::encoded_slash::keep; }
    );
    CHECK(door.ask(doorway::head("GET", "/public/a%2fb", program)).status() == 200);
    CHECK(door.application.request().start_line() == "GET /public/a%2Fb HTTP/1.1");
}

TEST_CASE("a host that is not served here is refused", "[proxy]")
{
    doorway door(
        answering(plain_answer("ok")),
        [](auto& with) { with.server.allowed_hosts = {"app.example", "other.example:81"}; }
    );
    const auto ask = [&](const std::string& host)
    {
        door.client = wire::to(door.gate.port());
        return door.ask("GET /public/a HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status();
    };
    CHECK(ask("app.example") == 200);
    CHECK(ask("APP.example") == 200);
    CHECK(ask("other.example:81") == 200);
    CHECK(ask("evil.example") == 421);
    CHECK(ask("app.example.evil.example") == 421);
    CHECK(ask("app.example:81") == 421);
}

TEST_CASE("the application is told its host as the settings say", "[proxy]")
{
    const auto preserves = GENERATE(true, false);
    doorway door(answering(plain_answer("ok")), [&](auto& with) { with.upstream.preserve_host = preserves; });
    CHECK(door.ask(doorway::head("GET", "/public/a")).status() == 200);
    const auto own = "127.0.0.1:" + std::to_string(door.application.port());
    CHECK(door.application.request().field("Host") == (preserves ? "app.example" : own));
    CHECK(door.application.request().field("X-Forwarded-Host") == "app.example");
}

} // namespace sekisho::test

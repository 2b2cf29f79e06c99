// SPDX-License-Identifier: Apache-2.0
// What a client says about itself never reaches the application, in whatever spelling and on whatever way.
#include "support/catch.hpp"
#include "support/doorway.hpp"

#include <algorithm>
#include <cctype>

namespace sekisho::test
{
namespace
{

const std::vector<std::string> identity_names{
    "X-Forwarded-User",
    "X-Forwarded-Preferred-Username",
    "X-Forwarded-Email",
    "X-Forwarded-Groups",
    "X-Department",
    "X-My-Id-Token",
    "X-My-Access-Token",
};

void with_all_headers(settings::model& with)
{
    with.identity.extra_headers = {{"X-Department", "department"}};
    with.identity.id_token_header = settings::header_name("X-My-Id-Token");
    with.identity.access_token_header = settings::header_name("X-My-Access-Token");
}

std::string upper(std::string text)
{
    std::ranges::transform(
        text, text.begin(), [](unsigned char each) { return static_cast<char>(std::toupper(each)); }
    );
    return text;
}

std::string with_underscores(std::string text)
{
    std::ranges::replace(text, '-', '_');
    return text;
}

std::string one_underscore(std::string text)
{
    text[text.find('-')] = '_';
    return text;
}

// Each name as applications behind CGI, WSGI or Rack may mistake it for the real one.
std::vector<std::string> spellings(const std::string& name)
{
    auto lower = upper(name);
    std::ranges::transform(
        lower, lower.begin(), [](unsigned char each) { return static_cast<char>(std::tolower(each)); }
    );
    return {
        name, upper(name), lower, with_underscores(name), upper(with_underscores(name)), one_underscore(name)
    };
}

bool has_anywhere(const wire_message& request, std::string_view text)
{
    return (request.head + request.body + request.trailers).find(text) != std::string::npos;
}

} // namespace

TEST_CASE(
    "CVE-2025-64484, CVE-2026-52845, CVE-2026-54763: no spelling of an identity header passes", "[proxy]"
)
{
    const auto method = GENERATE("GET", "OPTIONS", "POST", "PROPFIND"); // CL:244: OPTIONS too
    doorway door(answering("HTTP/1.1 204 No Content\r\n\r\n"), with_all_headers);
    std::size_t number = 0;
    for (const auto& name : identity_names)
        for (const auto& spelling : spellings(name))
        {
            CAPTURE(spelling);
            CHECK(door.ask(doorway::head(method, "/public/a", spelling + ": forged\r\n")).status() == 204);
            CHECK_FALSE(has_anywhere(door.application.request(number++), "forged"));
        }
}

TEST_CASE("CVE-2025-64484: the application sees the session's identity and nothing beside it", "[proxy]")
{
    doorway door(answering(plain_answer("ok")), with_all_headers);
    std::string forged;
    for (const auto& name : identity_names)
        for (const auto& spelling : spellings(name))
            forged += spelling + ": forged\r\n";
    CHECK(door.ask(door.signed_head("GET", "/private", forged)).status() == 200);
    const auto request = door.application.request();
    CHECK_FALSE(has_anywhere(request, "forged"));
    CHECK(request.field("X-Forwarded-User") == "248289");
    CHECK(request.field("X-Forwarded-Preferred-Username") == "taro");
    CHECK(request.field("X-Forwarded-Email") == "taro@example.jp");
    CHECK(request.field("X-Forwarded-Groups") == "staff,admins");
}

TEST_CASE("o2p#877, CVE-2026-30851: headers without a value of ours are removed all the same", "[proxy]")
{
    doorway door(answering(plain_answer("ok")));
    auto nobody_special = signed_in_session();
    nobody_special.who.groups.clear();
    nobody_special.who.email.reset();
    const auto cookie = session_cookie(door.settings, nobody_special);
    const auto forged =
        "Cookie: " + cookie + "\r\nX-Forwarded-Groups: forged\r\nX-Forwarded-Email: forged\r\n";
    CHECK(door.ask(doorway::head("GET", "/private", forged)).status() == 200);
    CHECK_FALSE(has_anywhere(door.application.request(), "forged"));
    CHECK_FALSE(door.application.request().has("X-Forwarded-Groups"));
}

TEST_CASE("CVE-2026-49446: ways around the removal do not work", "[proxy]")
{
    const auto [way, fields] = GENERATE(table<std::string, std::string>({
        {"Connection takes ours away", "Connection: X-Forwarded-User, X-Forwarded-Email\r\n"},
        {"Connection takes theirs, so that it is not looked at",
         "Connection: X-Forwarded-User\r\nX-Forwarded-User: forged\r\n"},
        {"twice", "X-Forwarded-User: forged\r\nX-Forwarded-User: forged\r\n"},
        {"empty", "X-Forwarded-User:\r\n"},
        {"Connection takes the host away", "Connection: Host, Cookie, X-Forwarded-For\r\n"},
    }));
    CAPTURE(way);
    doorway door(answering(plain_answer("ok")));
    CHECK(door.ask(door.signed_head("GET", "/private", fields)).status() == 200);
    const auto request = door.application.request();
    CHECK_FALSE(has_anywhere(request, "forged"));
    CHECK(request.all("X-Forwarded-User") == std::vector<std::string>{"248289"});
    CHECK(request.field("X-Forwarded-Email") == "taro@example.jp");
    CHECK(request.field("Host") == "app.example");
    CHECK(request.field("X-Forwarded-For") == "127.0.0.1");
}

TEST_CASE("CVE-2025-64484: an identity header is none in trailers either", "[proxy]")
{
    doorway door(answering(plain_answer("ok")), with_all_headers);
    std::string trailers;
    for (const auto& name : identity_names)
        for (const auto& spelling : spellings(name))
            trailers += spelling + ": forged\r\n";
    const auto head = doorway::head("POST", "/public/a", "Transfer-Encoding: chunked\r\n");
    CHECK(door.ask(head + "1\r\na\r\n0\r\n" + trailers + "\r\n").status() == 200);
    CHECK_FALSE(has_anywhere(door.application.request(), "forged"));
}

TEST_CASE(
    "CVE-2026-34457, CVE-2026-40575, CVE-2026-35051: no header makes a protected path public", "[proxy]"
)
{
    const auto field = GENERATE(
        "User-Agent: kube-probe/1.29",
        "User-Agent: GoogleHC/1.0",
        "User-Agent: ELB-HealthChecker/2.0",
        "X-Forwarded-Uri: /public/a",
        "X-Forwarded-Path: /public/a",
        "X-Forwarded-Prefix: /public",
        "X-Original-URL: /public/a",
        "X-Rewrite-URL: /public/a",
        "X-Forwarded-Method: OPTIONS",
        "X-HTTP-Method-Override: OPTIONS",
        "X-Forwarded-For: 127.0.0.1",
        "X-Auth-Request-User: admin",
        "Authorization: Bearer abc",
        "Cookie: sekisho_session=abc",
        "Upgrade: websocket\r\nConnection: Upgrade"
    );
    CAPTURE(field);
    doorway door(answering(plain_answer("ok")));
    const auto method = GENERATE("GET", "OPTIONS");
    const auto fields = "Accept: application/json\r\n" + std::string(field) + "\r\n";
    CHECK(door.ask(doorway::head(method, "/private", fields)).status() == 401);
    CHECK(door.application.request_count() == 0);
}

TEST_CASE("CVE-2026-76835: a stranger's word about forwarding is replaced by ours", "[proxy]")
{
    doorway door(answering(plain_answer("ok")));
    const std::string claims =
        "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\n"
        "X_Forwarded_For: 203.0.113.9\r\nForwarded: for=203.0.113.9\r\nX-Forwarded-Port: 443\r\n"
        "X-Forwarded-Prefix: /evil\r\nX-Real-IP: 203.0.113.9\r\nX-Original-URL: /evil\r\n"
        "X-Request-Id: evil\r\n";
    CHECK(door.ask(doorway::head("GET", "/public/a", claims)).status() == 200);
    const auto request = door.application.request();
    CHECK_FALSE(has_anywhere(request, "203.0.113.9"));
    CHECK_FALSE(has_anywhere(request, "evil"));
    CHECK_FALSE(request.has("Forwarded"));
    CHECK_FALSE(request.has("X-Forwarded-Port"));
    CHECK(request.field("X-Forwarded-For") == "127.0.0.1");
    CHECK(request.field("X-Forwarded-Proto") == "http");
    CHECK(request.field("X-Forwarded-Host") == "app.example");
    CHECK(request.field("X-Request-Id").size() == 32);
}

TEST_CASE("a trusted proxy is believed", "[proxy]")
{
    doorway door(
        answering(plain_answer("ok")), [](auto& with) { with.server.trusted_proxies = {"127.0.0.0/8"}; }
    );
    const std::string claims = "X-Forwarded-For: 198.51.100.1, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"
                               "X-Forwarded-Host: shown.example\r\nX-Request-Id: id-of-the-proxy\r\n";
    CHECK(door.ask(doorway::head("GET", "/public/a", claims)).status() == 200);
    const auto request = door.application.request();
    CHECK(request.field("X-Forwarded-For") == "198.51.100.1, 203.0.113.9, 127.0.0.1");
    CHECK(request.field("X-Forwarded-Proto") == "https");
    CHECK(request.field("X-Forwarded-Host") == "shown.example");
    CHECK(request.field("X-Request-Id") == "id-of-the-proxy");
}

TEST_CASE("an id that could break a log line is replaced, whoever sends it", "[proxy]")
{
    doorway door(
        answering(plain_answer("ok")), [](auto& with) { with.server.trusted_proxies = {"127.0.0.1"}; }
    );
    const auto id =
        GENERATE(std::string("a b"), std::string("\"quoted\""), std::string(129, 'a'), std::string());
    CHECK(door.ask(doorway::head("GET", "/public/a", "X-Request-Id: " + id + "\r\n")).status() == 200);
    CHECK(door.application.request().field("X-Request-Id").size() == 32);
}

TEST_CASE("our cookies do not reach the application, other cookies do, byte for byte", "[proxy]")
{
    doorway door(answering(plain_answer("ok")));
    const auto ours = door.gate.cookie();
    const auto [sent, received] = GENERATE_COPY(table<std::string, std::string>({
        {"a=1; " + ours + "; b=\"x y\"; c=%20;d", "a=1; b=\"x y\"; c=%20;d"},
        {ours + "; a=1", "a=1"},
        {"a=1; " + ours, "a=1"},
        {ours, ""},
        {ours + "; __Host-sekisho_session=x; sekisho_session.1=y; sekisho_signin_abc=z; q=1", "q=1"},
        {"a=1; b=2", "a=1; b=2"},
    }));
    CAPTURE(sent);
    CHECK(door.ask(doorway::head("GET", "/public/a", "Cookie: " + sent + "\r\n")).status() == 200);
    CHECK(door.application.request().field("Cookie") == received);
    CHECK(door.application.request().has("Cookie") == !received.empty());
}

TEST_CASE("CVE-2023-28625: cookies of strange form do no harm", "[proxy]")
{
    const auto cookie = GENERATE(
        std::string(";"), std::string("="), std::string(";;a"), std::string(8000, ';'), std::string()
    );
    doorway door(answering(plain_answer("ok")));
    CHECK(door.ask(doorway::head("GET", "/public/a", "Cookie: " + cookie + "\r\n")).status() == 200);
    CHECK(door.application.request().field("Cookie").find("sekisho") == std::string::npos);
}

TEST_CASE("the application can neither set nor end our cookies", "[proxy]")
{
    doorway door(answering(plain_answer(
        "ok",
        "Set-Cookie: sekisho_session=forged\r\nSet-Cookie: sekisho_session=; Max-Age=0\r\nset-cookie: "
        "__Host-sekisho_session=forged\r\n"
        "Set-Cookie: sekisho_session.1=forged\r\nSet-Cookie: sekisho_signin_a=forged\r\nSet-Cookie: "
        "sekisho_session\r\n"
        "Set-Cookie: sekisho_session =forged\r\nSet-Cookie: own=1\r\n"
    )));
    const auto answer = door.ask(door.signed_head("GET", "/private"));
    CHECK(answer.all("Set-Cookie") == std::vector<std::string>{"own=1"});
}

TEST_CASE("a session that is due is renewed with the application's answer", "[proxy]")
{
    doorway door(answering(plain_answer("ok", "Set-Cookie: own=1\r\n")));
    auto older = signed_in_session();
    older.last_seen = wall_clock_now() - std::chrono::minutes(30);
    older.created = older.last_seen;
    const auto answer =
        door.ask(doorway::head("GET", "/private", "Cookie: " + session_cookie(door.settings, older) + "\r\n")
        );
    const auto cookies = answer.all("Set-Cookie");
    REQUIRE(cookies.size() == 2);
    CHECK(cookies[1].starts_with("sekisho_session="));
}

TEST_CASE("CVE-2022-29226: only a session that the gate has sealed and that has not ended counts", "[proxy]")
{
    doorway door(answering(plain_answer("ok")));
    const auto status = [&](const std::string& cookie)
    {
        return door
            .ask(doorway::head("GET", "/private", "Accept: application/json\r\nCookie: " + cookie + "\r\n"))
            .status();
    };
    const auto good = door.gate.cookie();
    auto altered = good;
    altered[altered.size() / 2] = altered[altered.size() / 2] == 'A' ? 'B' : 'A';
    auto other = door.settings;
    other.session.secret = secret("another secret, as long as the first one was");
    CHECK(status(good) == 200);
    CHECK(status(altered) == 401);
    CHECK(status(good.substr(0, good.size() - 1)) == 401);
    CHECK(status(session_cookie(door.settings, std::chrono::seconds(-1))) == 401);
    CHECK(status(session_cookie(other)) == 401);
    CHECK(door.application.request_count() == 1);
}

} // namespace sekisho::test

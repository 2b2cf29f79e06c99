// SPDX-License-Identifier: Apache-2.0
#include "gateway/forward.hpp"
#include "identity/headers.hpp"
#include "support/catch.hpp"
#include "support/session_values.hpp"

#include <array>
#include <string>
#include <vector>

namespace sekisho::gateway
{
namespace
{

struct desk
{
    std::vector<http::field> fields{{"Host", "app.example"}};
    forward_rules rules{http::name_set(identity::names_to_strip({})), host_header::preserve, {}};
    session::jar cookies{session::cookie_config{.reached_by = session::transport::http}};
    visit about;
    std::array<char, 4096> memory{};

    desk()
    {
        about.about.target = "/a?b";
        about.about.request_id = "the-id";
        about.connection.host = "app.example";
        about.connection.peer = http::address(std::array<unsigned char, 4>{192, 0, 2, 1});
        about.client.client = about.connection.peer;
        about.client.host = "app.example";
    }

    std::string written(std::size_t room = 4096)
    {
        http::flat_writer to(std::span(memory).first(room));
        write_upstream_head(to, {"GET", "/sent/../a?b", 11, fields}, about, rules, cookies, "inner:8080");
        return to.overflowed() ? "overflowed" : std::string(to.text());
    }
};

} // namespace

TEST_CASE("the application gets the canonical target, the client's fields and ours", "[gateway]")
{
    desk here;
    here.fields.push_back({"Accept", "*/*"});
    here.fields.push_back({"accept", "twice"});
    CHECK(
        here.written() ==
        "GET /a?b HTTP/1.1\r\nHost: app.example\r\nAccept: */*\r\naccept: twice\r\n"
        "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: app.example\r\n"
        "X-Request-Id: the-id\r\n"
    );
}

TEST_CASE("fields that are not the client's to say are left out", "[gateway]")
{
    const auto [name, value] = GENERATE(table<std::string, std::string>({
        {"X-Forwarded-User", "forged"},
        {"x_forwarded_user", "forged"},
        {"X-FORWARDED_EMAIL", "forged"},
        {"X-Forwarded-For", "forged"},
        {"Forwarded", "for=forged"},
        {"X-Real-IP", "forged"},
        {"X-Request-Id", "forged"},
        {"X_Request_Id", "forged"},
        {"Content-Length", "forged"},
        {"Transfer-Encoding", "forged"},
        {"Connection", "forged"},
        {"Keep-Alive", "forged"},
        {"Proxy-Connection", "forged"},
        {"Upgrade", "forged"},
        {"TE", "forged"},
        {"Cookie", "sekisho_session=forged"},
        {"Cookie", "sekisho_signin_a=forged"},
    }));
    CAPTURE(name);
    desk here;
    here.fields.push_back({name, value});
    const auto head = here.written();
    CHECK(head.find("forged") == std::string::npos);
    CHECK(head.find("X-Request-Id: the-id") != std::string::npos);
}

TEST_CASE("a session's identity follows what was taken away", "[gateway]")
{
    desk here;
    here.fields.push_back({"X-Forwarded-User", "forged"});
    here.about.about.session =
        std::make_shared<const session::opened_session>(test::sample_session(), "X-Forwarded-User: taro\r\n");
    const auto head = here.written();
    CHECK(head.find("forged") == std::string::npos);
    CHECK(head.ends_with("X-Request-Id: the-id\r\nX-Forwarded-User: taro\r\n"));
}

TEST_CASE("the Host is the client's or the application's own", "[gateway]")
{
    const auto [rule, sent, host] = GENERATE(table<host_header, std::string, std::string>({
        {host_header::preserve, "app.example", "app.example"},
        {host_header::preserve, "", "inner:8080"}, // HTTP/1.0 without one
        {host_header::upstream, "app.example", "inner:8080"},
    }));
    desk here;
    here.rules.host = rule;
    here.about.connection.host = sent;
    CHECK(here.written().starts_with("GET /a?b HTTP/1.1\r\nHost: " + host + "\r\n"));
}

TEST_CASE(
    "only a WebSocket is switched to, and trailers are asked for where the client takes them", "[gateway]"
)
{
    const auto [fields, ends] = GENERATE(table<std::vector<http::field>, std::string>({
        {{{"Upgrade", "websocket"}, {"Connection", "keep-alive, Upgrade"}},
         "Upgrade: websocket\r\nConnection: Upgrade\r\n"},
        {{{"Upgrade", "h2c"}, {"Connection", "Upgrade"}}, "X-Request-Id: the-id\r\n"},
        {{{"Upgrade", "websocket"}}, "X-Request-Id: the-id\r\n"},
        {{{"TE", "trailers, deflate"}, {"Connection", "TE"}}, "TE: trailers\r\nConnection: TE\r\n"},
        {{{"TE", "deflate"}, {"Connection", "TE"}}, "X-Request-Id: the-id\r\n"},
    }));
    desk here;
    here.fields.insert(here.fields.end(), fields.begin(), fields.end());
    CHECK(here.written().ends_with(ends));
}

TEST_CASE("a head without room says so instead of being cut", "[gateway]")
{
    desk here;
    const auto size = here.written().size();
    CHECK(here.written(size) != "overflowed");
    CHECK(here.written(size - 1) == "overflowed");
}

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
#include "http/head_reader.hpp"
#include "http/host.hpp"
#include "support/catch.hpp"

#include <vector>

using namespace sekisho;
using http::field;

namespace
{

result<http::request_line> read_request(std::string_view head)
{
    std::vector<field> fields;
    return http::read_request_head(head, fields, 100);
}

result<http::status_line> read_response(std::string_view head)
{
    std::vector<field> fields;
    return http::read_response_head(head, fields, 100);
}

} // namespace

TEST_CASE("a request's head is taken apart into views of its bytes", "[http]")
{
    const std::string head = "POST /a?b HTTP/1.0\r\nHost:a\r\nX:\r\nY: \t b c\t\r\n\r\n";
    std::vector<field> fields;
    const auto line = http::read_request_head(head, fields, 3);
    REQUIRE(line);
    CHECK(line->method == "POST");
    CHECK(line->target == "/a?b");
    CHECK(line->version == 10);
    REQUIRE(fields.size() == 3);
    CHECK(fields[0].name == "Host");
    CHECK(fields[0].value == "a");
    CHECK(fields[1].value.empty());
    CHECK(fields[2].value == "b c");
    CHECK(fields[2].value.data() == head.data() + head.find("b c"));
}

TEST_CASE("more fields than allowed are refused", "[http]")
{
    std::vector<field> fields;
    const auto refused = http::read_request_head("GET / HTTP/1.1\r\nA: 1\r\nB: 2\r\n\r\n", fields, 1);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::request_head_too_large);
}

TEST_CASE("a response's head is taken apart", "[http]")
{
    std::vector<field> fields;
    const auto line = http::read_response_head("HTTP/1.1 404 Not there\r\nA: b\r\n\r\n", fields, 9);
    REQUIRE(line);
    CHECK(line->status == 404);
    CHECK(line->reason == "Not there");
    CHECK(line->version == 11);
    CHECK(http::find(fields, "a") == "b");
}

TEST_CASE("a well-formed head passes", "[http]")
{
    const std::string head = GENERATE(
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.0\r\nHost: a\r\n\r\n",
        "POST /a?b HTTP/1.1\r\nHost:a\r\nX:\r\nY: \t b \t\r\n\r\n",
        "M-SEARCH * HTTP/1.1\r\nHost: caf\xc3\xa9\r\n\r\n"
    );
    CHECK(read_request(head));
}

TEST_CASE("CVE-2026-48743: a head that parsers could split differently is refused", "[http]")
{
    using namespace std::string_literals;
    const auto [head, section] = GENERATE(table<std::string, std::string>({
        {"", "3"},
        {"\r\n", "3"},
        {"GET / HTTP/1.1", "2.1: no end"},
        {"GET / HTTP/1.1\r\n", "2.1: no end"},
        {"GET / HTTP/1.1\r\nHost: a\r\n", "2.1: no end"},
        {"GET / HTTP/1.1\r\nHost: a", "2.1: no end"},
        {"GET / HTTP/1.1\nHost: a\n\n", "2.2: bare LF"},
        {"GET / HTTP/1.1\r\nHost: a\n\r\n", "2.2: bare LF"},
        {"GET / HTTP/1.1\r\nHost: a\r\n\n", "2.2: bare LF"},
        {"\nGET / HTTP/1.1\r\n\r\n", "2.2: bare LF"},
        {"GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", "2.2: bare CR"},
        {"GET / HTTP/1.1\r\nHost: a\r\r\n\r\n", "2.2: bare CR"},
        {"GET / HTTP/1.1\r\nHost: a\r\n\r", "2.2: bare CR"},
        {"GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", "5.2: folded"},
        {"GET / HTTP/1.1\r\nA: b\r\n\tc\r\n\r\n", "5.2: folded"},
        {"GET / HTTP/1.1\r\n Host: a\r\n\r\n", "2.2: space before the first field"},
        {"GET / HTTP/1.1\r\nHost : a\r\n\r\n", "5.1: space before the colon"},
        {"GET / HTTP/1.1\r\nHost\t: a\r\n\r\n", "5.1: space before the colon"},
        {"GET / HTTP/1.1\r\n: a\r\n\r\n", "5.1: no name"},
        {"GET / HTTP/1.1\r\nHost\r\n\r\n", "5: no colon"},
        {"GET / HTTP/1.1\r\nHo st: a\r\n\r\n", "5.1: not a token"},
        {"GET / HTTP/1.1\r\nH\xc3\xb6st: a\r\n\r\n", "5.1: not a token"},
        {"GET / HTTP/1.1\r\n(x): a\r\n\r\n", "5.1: not a token"},
        {"GET / HTTP/1.1\r\nA: b\0c\r\n\r\n"s, "RFC 9110, 5.5: NUL"},
        {"GET /\0 HTTP/1.1\r\n\r\n"s, "3.2: NUL"},
        {"GET / HTTP/1.1\r\nA: b\x0b"
         "c\r\n\r\n",
         "RFC 9110, 5.5: control"},
        {"GET  / HTTP/1.1\r\n\r\n", "3: two spaces"},
        {"GET /  HTTP/1.1\r\n\r\n", "3: two spaces"},
        {"GET /a b HTTP/1.1\r\n\r\n", "3.2: space"},
        {"GET\t/ HTTP/1.1\r\n\r\n", "3: tab"},
        {"GET /\tHTTP/1.1\r\n\r\n", "3: tab"},
        {" GET / HTTP/1.1\r\n\r\n", "3: leading space"},
        {"GET / HTTP/1.1 \r\n\r\n", "3: trailing space"},
        {"GET /\r\n\r\n", "3: HTTP/0.9"},
        {"GET / HTTP/2.0\r\n\r\n", "3: version"},
        {"GET / http/1.1\r\n\r\n", "2.3: version"},
        {"GET / HTTP/1.10\r\n\r\n", "2.3: version"},
        {"G(T / HTTP/1.1\r\n\r\n", "3.1: method"},
        {"GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n", "bytes behind the end"},
    }));
    INFO("RFC 9112, " << section);
    const auto checked = read_request(head);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == errc::request_malformed);
}

TEST_CASE("a control is seen at every place of a head", "[http]")
{
    const std::string good = "GET /abcdefgh HTTP/1.1\r\nHost: app.example\r\nAccept: text/html\r\n\r\n";
    REQUIRE(read_request(good));
    for (std::size_t at = 0; at < good.size(); ++at)
        for (const char bad : {'\0', '\n', '\r', '\x01', '\x1f', '\x0c'})
        {
            std::string head = good;
            if (head[at] == bad)
                continue;
            head[at] = bad;
            INFO(at);
            REQUIRE_FALSE(read_request(head));
        }
}

TEST_CASE("an answer's head is held against the same rules", "[http]")
{
    CHECK(read_response("HTTP/1.1 200 OK\r\nA: b\r\n\r\n"));
    CHECK(read_response("HTTP/1.0 404\r\n\r\n"));
    CHECK(read_response("HTTP/1.1 200 \r\n\r\n"));
    const std::string head = GENERATE(
        "HTTP/1.1 200 OK\n\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1  200 OK\r\n\r\n",
        "HTTP/2 200\r\n\r\n",
        "HTTP/1.1 099 OK\r\n\r\n",
        "ICY 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
        "HTTP/1.1 200 OK\r\n A: b\r\n\r\n",
        "\r\n"
    );
    const auto checked = read_response(head);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == errc::upstream_protocol_error);
}

TEST_CASE("a request has exactly one well-formed Host (RFC 9112, 3.2)", "[http]")
{
    using fields = std::vector<field>;
    CHECK(http::request_host(fields{{"host", "app.example:8443"}}, 11) == "app.example:8443");
    CHECK(http::request_host(fields{}, 10) == "");
    CHECK_FALSE(http::request_host(fields{}, 11));
    CHECK_FALSE(http::request_host(fields{{"Host", "a"}, {"Host", "a"}}, 11));
    CHECK_FALSE(http::request_host(fields{{"Host", "a"}, {"host", "b"}}, 10));
    CHECK_FALSE(http::request_host(fields{{"Host", ""}}, 11));
}

TEST_CASE("hosts are names or addresses with a port", "[http]")
{
    const std::string good = GENERATE(
        "a", "app.example", "app.example.", "a_b-c", "192.0.2.1:80", "[2001:db8::1]", "[::1]:65535", "1"
    );
    CHECK(http::is_host(good));
    const std::string bad = GENERATE(
        "",
        ":80",
        "a:",
        "a:0",
        "a:65536",
        "a:080000",
        "a:-1",
        "a:8 0",
        "a b",
        "a@b",
        "a/b",
        "a,b",
        "a%20",
        "a?",
        "a#",
        "::1",
        "[::1",
        "[]",
        "[a]",
        "[1.2.3.4]",
        "[::1]x",
        "[::1]:",
        ".a",
        "\xe3\x81\x82",
        "a\\b"
    );
    INFO(bad);
    CHECK_FALSE(http::is_host(bad));
    CHECK_FALSE(http::is_host(std::string(256, 'a')));
}

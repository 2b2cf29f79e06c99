// SPDX-License-Identifier: Apache-2.0
#include "http/cookie.hpp"
#include "support/catch.hpp"

#include <vector>

using namespace sekisho;
using http::field;

namespace
{

std::string listed(std::string_view value)
{
    std::string text;
    http::cookie_reader reader(value);
    while (const auto cookie = reader.next())
        text.append("[").append(cookie->name).append("|").append(cookie->value).append("]");
    return text;
}

std::string without_ours(std::string_view value)
{
    std::string text;
    const bool is_left = http::remove_cookies(
        value,
        [](const http::cookie& each) { return each.name.starts_with("sekisho"); },
        [&](std::string_view piece) { text.append(piece); }
    );
    CHECK(is_left == !text.empty());
    return text;
}

} // namespace

TEST_CASE("cookies are read as browsers and other servers write them", "[http]")
{
    const auto [value, expected, section] = GENERATE(table<std::string, std::string, std::string>({
        {"a=b", "[a|b]", "RFC 6265, 4.2.1"},
        {"a=b; c=d", "[a|b][c|d]", "RFC 6265, 4.2.1"},
        {"a=b;c=d", "[a|b][c|d]", "without space"},
        {"a=b=c", "[a|b=c]", "the first = ends the name"},
        {"a=\"b\"", "[a|\"b\"]", "quotes belong to the value (RFC 6265, 5.4)"},
        {" a = b ", "[a|b]", "RFC 6265bis, 5.6"},
        {"a", "[|a]", "RFC 6265bis, 5.8.3: a cookie without a name"},
        {"a=", "[a|]", "empty value"},
        {"a=1; a=2", "[a|1][a|2]", "duplicates in order"},
        {"$Version=1; a=b", "[$Version|1][a|b]", "RFC 2965 is history"},
    }));
    INFO(section);
    CHECK(listed(value) == expected);
}

TEST_CASE("CVE-2023-28625: crafted Cookie fields are read without harm", "[http]")
{
    CHECK(listed("") == "");
    CHECK(listed(";") == "");
    CHECK(listed("=") == "[|]");
    CHECK(listed(";;a") == "[|a]");
    CHECK(listed("; ;\t; ") == "");
    CHECK(listed(std::string(8192, ';')) == "");
    CHECK(without_ours("") == "");
    CHECK(without_ours(";") == "");
    CHECK(without_ours("=") == "=");
    CHECK(without_ours(";;a") == "a");
    CHECK(without_ours(";;sekisho=1;;") == "");
    CHECK(without_ours(std::string(8192, ';')) == "");
    CHECK(
        without_ours(std::string(4096, ';') + "sekisho" + std::string(4096, ';') + "a=b") ==
        "sekisho" + std::string(4096, ';') + "a=b"
    ); // no name, so it is not ours
}

TEST_CASE("our cookies are taken out and the application's keep their bytes", "[http]")
{
    const auto [value, expected] = GENERATE(table<std::string, std::string>({
        {"a=b; c=d", "a=b; c=d"},
        {"a=b;c=d", "a=b;c=d"},
        {"sekisho=1", ""},
        {"sekisho=1; sekisho.1=2", ""},
        {"sekisho=1; a=b", "a=b"},
        {"a=b; sekisho=1", "a=b"},
        {"a=b; sekisho=1; c=d", "a=b; c=d"},
        {"a=b;  x=y ; sekisho=1;c=d;e=f", "a=b;  x=y; c=d;e=f"},
        {"a=\"; sekisho=1; b=\"", "a=\"; b=\""},
    }));
    CHECK(without_ours(value) == expected);
}

TEST_CASE("a Cookie field without ours leaves in one piece", "[http]")
{
    const std::string value = "a=b; c=d; e=f";
    std::vector<std::string_view> pieces;
    http::remove_cookies(
        value,
        [](const http::cookie&) { return false; },
        [&](std::string_view piece) { pieces.push_back(piece); }
    );
    REQUIRE(pieces.size() == 1);
    CHECK(pieces[0].data() == value.data());
}

TEST_CASE("cookies are found over all Cookie fields, with the exact name", "[http]")
{
    const std::vector<field> fields{{"Host", "x"}, {"cookie", "a=1; b=2"}, {"Cookie", "c=3; a=4"}};
    CHECK(http::find_cookie(fields, "a") == "1");
    CHECK(http::find_cookie(fields, "c") == "3");
    CHECK_FALSE(http::find_cookie(fields, "C"));
    int seen = 0;
    http::for_each_cookie(fields, [&](const http::cookie&) { ++seen; });
    CHECK(seen == 4);
}

TEST_CASE("a cookie is written with all that was said about it", "[http]")
{
    const http::set_cookie cookie{
        .name = "s",
        .value = "v",
        .path = "/app",
        .domain = "example.com",
        .max_age = std::chrono::seconds(3600),
        .secure = true,
        .http_only = true,
        .site = http::same_site::strict,
        .partitioned = true,
    };
    CHECK(http::check(cookie));
    CHECK(
        to_text(cookie) ==
        "s=v; Path=/app; Domain=example.com; Max-Age=3600; Secure; HttpOnly; SameSite=Strict; Partitioned"
    );
    CHECK(to_text(http::set_cookie{.name = "s", .value = "v"}) == "s=v; Path=/; HttpOnly; SameSite=Lax");
    CHECK(
        to_text(http::set_cookie{.name = "s", .path = "", .http_only = false, .site = http::same_site::unset}
        ) == "s="
    );
    CHECK(
        to_text(http::set_cookie{.name = "s", .site = http::same_site::none}).find("; Secure") !=
        std::string::npos
    );
}

TEST_CASE("CVE-2025-55162: the deletion of a prefixed cookie carries what its prefix demands", "[http]")
{
    const auto [name, expected] = GENERATE(table<std::string, std::string>({
        {"__Host-s",
         "__Host-s=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure; HttpOnly; SameSite=Lax"
        },
        {"__HOST-s",
         "__HOST-s=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure; HttpOnly; SameSite=Lax"
        },
        {"__Secure-s",
         "__Secure-s=; Path=/x; Domain=example.com; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; "
         "Secure; HttpOnly; "
         "SameSite=Lax"},
        {"s",
         "s=; Path=/x; Domain=example.com; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; "
         "SameSite=Lax"},
    }));
    CHECK(
        to_text(http::deletion_of({.name = name, .value = "v", .path = "/x", .domain = "example.com"})) ==
        expected
    );
}

TEST_CASE("a cookie that browsers would drop or misread is refused", "[http]")
{
    using http::set_cookie;
    CHECK(http::check({.name = "__Host-s", .value = "v", .secure = true}));
    CHECK_FALSE(http::check({.name = "__Host-s", .value = "v"}));
    CHECK_FALSE(http::check({.name = "__host-s", .path = "/x", .secure = true}));
    CHECK_FALSE(http::check({.name = "__Host-s", .domain = "example.com", .secure = true}));
    CHECK_FALSE(http::check({.name = "__Secure-s"}));
    CHECK_FALSE(http::check({.name = "s", .site = http::same_site::none}));
    CHECK_FALSE(http::check({.name = "s", .partitioned = true}));
    CHECK_FALSE(http::check({.name = ""}));
    CHECK_FALSE(http::check({.name = "a b"}));
    CHECK_FALSE(http::check({.name = "a=b"}));
    CHECK_FALSE(http::check({.name = "a", .value = "b;c"}));
    CHECK_FALSE(http::check({.name = "a", .value = "b\r\nSet-Cookie: c"}));
    CHECK_FALSE(http::check({.name = "a", .path = "/;Domain=evil"}));
    CHECK_FALSE(http::check({.name = "a", .path = "x"}));
    CHECK_FALSE(http::check({.name = "a", .domain = "x;Secure"}));
    CHECK_FALSE(http::is_cookie_value("\xe3"));
    CHECK_FALSE(http::is_cookie_value("a\"b"));
    CHECK(http::is_cookie_value(""));
}

// SPDX-License-Identifier: Apache-2.0
#include "session/cookie_config.hpp"
#include "session/jar.hpp"
#include "support/catch.hpp"
#include "support/session_values.hpp"

#include <algorithm>
#include <chrono>
#include <string>

using namespace sekisho;
using session::cookie_config;
using session::jar;
using session::transport;
using test::cookie_request;

TEST_CASE("the prefix says how safe the cookie is", "[session]")
{
    const auto [reached_by, domain, name, expected] =
        GENERATE(table<transport, std::string, std::string, std::string>({
            {transport::https, "", "s", "__Host-s"},
            {transport::https, "example.com", "s", "__Secure-s"},
            {transport::http, "", "s", "s"},
            {transport::http, "example.com", "s", "s"},
            {transport::https, "", "__Secure-s", "__Host-s"},
            {transport::http, "", "__host-s", "s"},
        }));
    cookie_config config;
    config.reached_by = reached_by;
    config.domain = domain;
    config.name = name;
    CHECK(session::session_cookie_name(config) == expected);
    CHECK(jar(config).session_name() == expected);
}

TEST_CASE("a cookie name must be a token and not that of a sign-in", "[session]")
{
    const auto [name, is_usable] = GENERATE(table<std::string, bool>({
        {"sekisho_session", true},
        {"__Host-s", true},
        {"", false},
        {"__Host-", false},
        {"a b", false},
        {"a=b", false},
        {"a;b", false},
        {"sekisho_signin_x", false},
        {"__Host-__Secure-s", false},
    }));
    CAPTURE(name);
    CHECK(session::is_usable_name(name) == is_usable);
}

TEST_CASE("the pieces of a session are found in any order", "[session]")
{
    const jar ours({.name = "s"});
    const cookie_request request("a=b; __Host-s.2=CC; x; __Host-s=3AA; s=no; __Host-s.1=BB");
    const auto found = ours.find(request);
    REQUIRE(found.count == 3);
    CHECK(found.chunks[0] == "3AA");
    CHECK(found.chunks[1] == "BB");
    CHECK(found.chunks[2] == "CC");
    CHECK(found.size() == 7);
}

TEST_CASE("pieces beyond the announced ones are not looked at", "[session]")
{
    const jar ours({.name = "s"});
    const cookie_request request("__Host-s=1AA; __Host-s.1=BB");
    CHECK(ours.find(request).count == 1);
    CHECK(ours.find(request).size() == 3);
}

TEST_CASE("cookies of one name are offered one after the other, at most four", "[session]")
{
    const jar ours({.name = "s"});
    const cookie_request request(
        "__Host-s=1a; __Host-s=2b; x=y; __Host-s.1=B; __Host-s=1c; __Host-s=1d; __Host-s=1e"
    );
    CHECK(ours.find(request).chunks[0] == "1a");
    CHECK_FALSE(ours.find(request).is_last);
    CHECK(ours.find(request, 1).chunks[0] == "2b");
    CHECK(ours.find(request, 1).chunks[1] == "B");
    CHECK(ours.find(request, 3).chunks[0] == "1d");
    CHECK(ours.find(request, 3).is_last);
    CHECK_FALSE(ours.find(request, 4).is_present());
    const cookie_request alone("__Host-s=1a");
    CHECK(ours.find(alone).is_last);
    CHECK_FALSE(ours.find(alone, 1).is_present());
    CHECK(ours.find(cookie_request("")).is_last);
}

TEST_CASE("an incomplete session before a whole one does not hide it", "[session]")
{
    const jar ours({.name = "s"});
    const cookie_request request("__Host-s=; __Host-s=1a");
    CHECK_FALSE(ours.find(request).is_present());
    CHECK_FALSE(ours.find(request).is_last);
    CHECK(ours.find(request, 1).chunks[0] == "1a");
}

TEST_CASE("a request without a whole session has none", "[session]")
{
    const jar ours({.name = "s"});
    const auto cookies = GENERATE(
        "",
        "__Host-s",
        "__Host-s=",
        "__Host-s=0AA",
        "__Host-s=9AA",
        "__Host-s=xAA",
        "__Host-s=2AA",
        "__Host-s=3AA; __Host-s.1=B",
        "__Host-s=3AA; __Host-s.2=B",
        "__Host-s=2AA; __Host-s.1=",
        "__Host-s.1=BB",
        "__host-s=1AA",
        "s=1AA",
        "__Secure-s=1AA",
        "__Host-S=1AA",
        "__Host-ss=1AA",
        "__Host-s=2AA; __Host-s.01=B"
    );
    CAPTURE(cookies);
    const cookie_request request(cookies);
    CHECK_FALSE(ours.find(request).is_present());
}

TEST_CASE("CVE-2024-24814: absurd piece numbers and counts cost nothing", "[session]")
{
    const jar ours({.name = "s"});
    std::string cookies = "__Host-s=99999999AA; __Host-s.99999999=BB; __Host-s.8=CC; __Host-s.-1=DD";
    for (int index = 0; index < 500; ++index)
        cookies += "; __Host-s." + std::to_string(index) + "=x";
    const cookie_request request(cookies);
    // The best of many, since other programs run too.
    auto best = std::chrono::steady_clock::duration::max();
    for (int round = 0; round < 100; ++round)
    {
        const auto begin = std::chrono::steady_clock::now();
        const auto found = ours.find(request);
        best = std::min(best, std::chrono::steady_clock::now() - begin);
        REQUIRE_FALSE(found.is_present());
    }
    CHECK(best < std::chrono::milliseconds(1));
}

TEST_CASE("CVE-2023-28625: odd Cookie fields have no session and break nothing", "[session]")
{
    const jar ours({.name = "s"});
    const auto cookies = GENERATE(
        std::string(";"),
        std::string("="),
        std::string(";;a"),
        std::string("=;=;"),
        std::string(8192, ';'),
        std::string(8192, '='),
        std::string("__Host-s.")
    );
    const cookie_request request(cookies);
    CHECK_FALSE(ours.find(request).is_present());
}

TEST_CASE("our cookies are known under every prefix, those of the application are left", "[session]")
{
    const jar ours({.name = "s"});
    const auto [name, is_ours] = GENERATE(table<std::string, bool>({
        {"__Host-s", true},
        {"__Secure-s", true},
        {"s", true},
        {"__host-s", true},
        {"__Host-s.1", true},
        {"__Host-s.99999999", true},
        {"s.7", true},
        {"__Host-sekisho_signin_abc", true},
        {"sekisho_signin_abc", true},
        {"S", false},
        {"ss", false},
        {"s_1", false},
        {"s.a", false},
        {"s.1a", false},
        {"__Host-", false},
        {"", false},
        {"sekisho", false},
    }));
    CAPTURE(name);
    CHECK(ours.is_ours(name) == is_ours);
}

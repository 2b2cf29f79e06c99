// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_out/cookie.hpp"
#include "session/jar.hpp"
#include "support/catch.hpp"
#include "support/cookie_jar.hpp"
#include "support/session_values.hpp"

using namespace sekisho;
using gateway::sign_out_cookie;

TEST_CASE("a sign-out is remembered in the browser, found again, and really deleted", "[gateway]")
{
    const auto by = GENERATE(session::transport::https, session::transport::http);
    const auto domain = GENERATE(std::string(), std::string("example.com"));
    const session::cookie_config config{.reached_by = by, .domain = domain};
    const sign_out_cookie memory(config, "/logout");
    test::site here;
    here.path = "/logout";
    here.by = by == session::transport::https ? test::site::scheme::https : test::site::scheme::http;

    test::cookie_jar jar;
    REQUIRE(jar.take(memory.remember({"st4te", "/bye?x=1&y=;,\""}), here, test::noon));
    const test::cookie_request request(jar.cookies_for(here, test::noon));
    const auto found = memory.find(request);
    REQUIRE(found);
    auto elsewhere = here;
    elsewhere.path = "/";
    CHECK(jar.cookies_for(elsewhere, test::noon).empty());
    CHECK(found->state == "st4te");
    CHECK(found->return_to == "/bye?x=1&y=;,\"");

    REQUIRE(jar.take(memory.erase(), here, test::noon));
    CHECK(jar.empty());
}

TEST_CASE("the application never sees the cookie of a sign-out", "[gateway]")
{
    const session::cookie_config config;
    CHECK(session::jar(config).is_ours(sign_out_cookie(config, "/logout").name()));
}

TEST_CASE("a long return address is forgotten, the state is not", "[gateway]")
{
    const sign_out_cookie memory(session::cookie_config{}, "/logout");
    const auto set = memory.remember({"s", "/" + std::string(2000, 'a')});
    const test::cookie_request request(set.substr(0, set.find(';')));
    CHECK(memory.find(request)->state == "s");
    CHECK(memory.find(request)->return_to.empty());
}

TEST_CASE("a cookie that makes no sense is as if it were not there", "[gateway]")
{
    const sign_out_cookie memory(session::cookie_config{}, "/logout");
    const auto value = GENERATE("", "x", ".L2E", "s.!!", "s.L2E=");
    const test::cookie_request request(memory.name() + "=" + value);
    CHECK_FALSE(memory.find(request));
}

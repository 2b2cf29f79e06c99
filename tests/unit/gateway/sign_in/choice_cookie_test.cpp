// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/choice_cookie.hpp"
#include "session/jar.hpp"
#include "support/catch.hpp"
#include "support/session_values.hpp"

#include <string>

using namespace sekisho;
using namespace sekisho::gateway;

TEST_CASE("the last choice comes back, with its mark", "[gateway]")
{
    const auto reached_by = GENERATE(session::transport::http, session::transport::https);
    const choice_cookie cookie(session::cookie_config{.reached_by = reached_by});
    const auto next = GENERATE(next_time::as_usual, next_time::ask_who);
    const auto set = cookie.remember({"corp-2", next});
    const test::cookie_request request("a=b; " + set.substr(0, set.find(';')));
    CHECK(cookie.find(request).provider == "corp-2");
    CHECK(cookie.find(request).next == next);
    CHECK(set.find("HttpOnly") != std::string::npos);
    CHECK((set.find("Secure") != std::string::npos) == (reached_by == session::transport::https));
}

TEST_CASE("what a browser makes up is no choice", "[gateway]")
{
    const choice_cookie cookie(session::cookie_config{});
    const auto value = GENERATE(as<std::string>(), "", ".ask", "a.b.ask", "a b", std::string(65, 'x'));
    CAPTURE(value);
    const test::cookie_request request(cookie.name() + "=" + value);
    CHECK(cookie.find(request).provider.empty());
    CHECK(cookie.find(request).next == next_time::as_usual);
}

TEST_CASE("the application does not see the choice", "[gateway]")
{
    const session::cookie_config config;
    CHECK(session::jar(config).is_ours(choice_cookie(config).name()));
}

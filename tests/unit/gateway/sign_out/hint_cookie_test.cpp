// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_out/hint_cookie.hpp"
#include "support/catch.hpp"
#include "support/fixed_random.hpp"

#include <string>
#include <vector>

using namespace sekisho;
using gateway::hint_cookie;

namespace
{

const session::session_id alice("alice-1");

struct browser
{
    test::fixed_random random;
    hint_cookie hints{
        session::cookie_config{},
        "/logout",
        crypto::key_ring({secret("a secret of more than thirty-two bytes")}, hint_cookie::purpose),
        random
    };
    std::string sent; // a Cookie field's value

    void take(const session::set_cookies& cookies)
    {
        for (const auto& each : cookies)
            sent.append(sent.empty() ? "" : "; ").append(each.substr(0, each.find(';')));
    }
    std::vector<http::field> request() const { return {{"Cookie", sent}}; }
};

} // namespace

TEST_CASE("a hint of any size up to three cookies comes back whole", "[gateway]")
{
    const auto [size, pieces] = GENERATE(table<std::size_t, std::size_t>({
        {1, 1}, {2'000, 1}, {4'000, 2}, {8'000, 3}, {9'500, 0}, // left out: signing out works with the
                                                                // client_id too
    }));
    browser here;
    const std::string token(size, 't');
    const auto cookies = here.hints.remember(alice, secret(token), std::chrono::hours(1));
    CHECK(cookies.size() == pieces);
    for (const auto& each : cookies)
    {
        CHECK(each.size() <= session::max_set_cookie_size);
        CHECK(each.find("; Path=/logout") != std::string::npos);
        CHECK(each.find("; Secure") != std::string::npos);
    }
    here.take(cookies);
    CHECK(here.hints.find(here.request(), alice).reveal() == (pieces == 0 ? "" : token));
    CHECK(here.hints.erase(here.request()).size() == pieces);
}

TEST_CASE("the hint of another session, or one that was altered, is none", "[gateway]")
{
    browser here;
    here.take(here.hints.remember(alice, secret("a.b.c"), std::chrono::hours(1)));
    CHECK(here.hints.find(here.request(), session::session_id("alice-2")).empty());
    CHECK(here.hints.find(here.request(), session::session_id("alice")).empty());
    here.sent.back() = here.sent.back() == 'A' ? 'B' : 'A';
    CHECK(here.hints.find(here.request(), alice).empty());
    for (const std::string value : {"", "0", "9", "1", "3"})
    {
        here.sent = "__Secure-sekisho_signin_hint=" + value;
        CHECK(here.hints.find(here.request(), alice).empty());
    }
}

TEST_CASE("older pieces beside a shorter hint do not count", "[gateway]")
{
    browser here;
    here.take(here.hints.remember(alice, secret("short"), std::chrono::hours(1)));
    here.sent += "; __Secure-sekisho_signin_hint2=left-over";
    CHECK(here.hints.find(here.request(), alice).reveal() == "short");
}

TEST_CASE("without an ID token, or for a session that is over, no hint is set", "[gateway]")
{
    browser here;
    CHECK(here.hints.remember(alice, secret(), std::chrono::hours(1)).empty());
    CHECK(here.hints.remember(alice, secret("t"), std::chrono::seconds(0)).empty());
}

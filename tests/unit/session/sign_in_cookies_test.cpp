// SPDX-License-Identifier: Apache-2.0
#include "session/sign_in_cookies.hpp"
#include "support/catch.hpp"
#include "support/cookie_jar.hpp"
#include "support/session_values.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace sekisho;
using namespace std::chrono_literals;
using session::callback_arrival;
using session::cookie_config;
using session::sign_in_cookies;
using session::sign_in_state;
using session::transport;
using test::cookie_jar;
using test::cookie_request;
using test::initiator;
using test::noon;

namespace
{

sign_in_cookies cookies_of(const cookie_config& config = {})
{
    return {
        config,
        crypto::key_ring({secret("a secret of enough length, surely")}, "sign_in"),
        crypto::system_random()
    };
}

session::sign_in started(std::string return_to, time_point now = noon)
{
    auto value = session::start_sign_in(oidc::flow::pkce, now, crypto::system_random());
    value.return_to = std::move(return_to);
    value.provider = "main";
    return value;
}

// Begins a sign-in in this browser.
session::sign_in begin_in(
    cookie_jar& browser,
    const sign_in_cookies& cookies,
    time_point now,
    std::string return_to = "/",
    const test::site& site = {}
)
{
    const auto value = started(std::move(return_to), now);
    const cookie_request request(browser.cookies_for(site, now));
    const auto answer = cookies.begin(value, request, callback_arrival::by_get, now);
    REQUIRE(answer);
    browser.take(*answer, site, now);
    return value;
}

session::found_sign_in
found_in(const cookie_jar& browser, const sign_in_cookies& cookies, std::string_view state, time_point now)
{
    const cookie_request request(browser.cookies_for({}, now));
    return cookies.find(request, state, now);
}

} // namespace

TEST_CASE("two tabs sign in at once and neither disturbs the other", "[session]")
{
    const auto cookies = cookies_of();
    cookie_jar browser;
    const auto left = begin_in(browser, cookies, noon, "/left?a=%2F&b=%E5#");
    const auto right = begin_in(browser, cookies, noon + 1s, "/right");
    const auto found = found_in(browser, cookies, left.state.view(), noon + 2s);
    REQUIRE(found.state == sign_in_state::found);
    CHECK(found.value->return_to == "/left?a=%2F&b=%E5#");
    CHECK(found.value->nonce == left.nonce);
    CHECK(found.value->code_verifier == left.code_verifier);
    browser.take(cookies.erase(left.state.view()), {}, noon + 2s);
    CHECK(found_in(browser, cookies, left.state.view(), noon + 2s).state == sign_in_state::unknown);
    CHECK(found_in(browser, cookies, right.state.view(), noon + 2s).value->return_to == "/right");
}

TEST_CASE("CVE-2025-12419: a state that this browser did not get is unknown", "[session]")
{
    const auto cookies = cookies_of();
    cookie_jar browser;
    cookie_jar attacker;
    const auto mine = begin_in(browser, cookies, noon);
    const auto theirs = begin_in(attacker, cookies, noon);
    CHECK(found_in(browser, cookies, theirs.state.view(), noon).state == sign_in_state::unknown);
    CHECK(found_in(browser, cookies, "", noon).state == sign_in_state::unknown);
    CHECK(found_in(browser, cookies, mine.state.str() + "x", noon).state == sign_in_state::unknown);
    CHECK(found_in(browser, cookies, std::string(100'000, 'x'), noon).state == sign_in_state::unknown);
}

TEST_CASE("a sealed sign-in under another one's name is unknown", "[session]")
{
    const auto cookies = cookies_of();
    cookie_jar browser;
    const auto left = begin_in(browser, cookies, noon);
    const auto right = begin_in(browser, cookies, noon);
    const auto value = browser.find(cookies.name_of(left.state.view()))->value;
    const cookie_request request(cookies.name_of(right.state.view()) + "=" + value);
    CHECK(cookies.find(request, right.state.view(), noon).state == sign_in_state::unknown);
    CHECK(cookies.find(request, left.state.view(), noon).state == sign_in_state::unknown);
}

TEST_CASE("a callback that comes too late still knows where the person wanted to go", "[session]")
{
    const auto cookies = cookies_of();
    cookie_jar browser;
    const auto value = begin_in(browser, cookies, noon, "/deep/link");
    CHECK(found_in(browser, cookies, value.state.view(), noon + 15min - 1s).state == sign_in_state::found);
    const auto late = found_in(browser, cookies, value.state.view(), noon + 15min);
    REQUIRE(late.state == sign_in_state::expired);
    CHECK(late.value->return_to == "/deep/link");
    CHECK(found_in(browser, cookies, value.state.view(), noon + 59min).state == sign_in_state::expired);
    CHECK(found_in(browser, cookies, value.state.view(), noon + 60min).state == sign_in_state::unknown);
}

TEST_CASE("at most eight sign-ins are kept and the oldest go", "[session]")
{
    const auto cookies = cookies_of();
    cookie_jar browser;
    std::vector<session::sign_in> begun;
    for (int index = 0; index < 20; ++index)
    {
        begun.push_back(begin_in(browser, cookies, noon + index * 1s));
        REQUIRE(browser.all().size() <= 8);
    }
    CHECK(browser.all().size() == 8);
    for (std::size_t index = 0; index < begun.size(); ++index)
    {
        const auto found = found_in(browser, cookies, begun[index].state.view(), noon + 20s);
        CHECK((found.state == sign_in_state::found) == (index >= 12));
    }
}

TEST_CASE("expired and unreadable sign-ins go when another begins", "[session]")
{
    const auto cookies = cookies_of();
    cookie_jar browser;
    begin_in(browser, cookies, noon);
    browser.take("__Host-sekisho_signin_garbage=x; Path=/; Secure", {}, noon);
    browser.take("theme=dark; Path=/", {}, noon);
    const auto fresh = begin_in(browser, cookies, noon + 20min);
    CHECK(browser.all().size() == 2);
    CHECK(browser.find("theme") != nullptr);
    CHECK(browser.find(cookies.name_of(fresh.state.view())) != nullptr);
}

TEST_CASE("CVE-2026-48058: a sign-in cookie has every attribute that protects it", "[session]")
{
    const auto value = started("/");
    const auto line = [&](transport reached_by, callback_arrival arrival)
    {
        const auto answer = cookies_of({.reached_by = reached_by, .domain = "example.com"})
                                .begin(value, cookie_request(""), arrival, noon);
        REQUIRE(answer);
        REQUIRE(answer->size() == 1);
        return answer->front();
    };
    for (const auto arrival : {callback_arrival::by_get, callback_arrival::by_post})
    {
        const auto text = line(transport::https, arrival);
        CHECK(text.starts_with("__Host-sekisho_signin_"));
        CHECK(text.find("; Secure") != std::string::npos);
        CHECK(text.find("; HttpOnly") != std::string::npos);
        CHECK(text.find("; Path=/") != std::string::npos);
        CHECK(text.find("Domain") == std::string::npos);
    }
    CHECK(line(transport::https, callback_arrival::by_get).find("; SameSite=Lax") != std::string::npos);
    CHECK(line(transport::https, callback_arrival::by_post).find("; SameSite=None") != std::string::npos);
    CHECK(line(transport::http, callback_arrival::by_get).find("; Secure") == std::string::npos);
    CHECK(line(transport::http, callback_arrival::by_post).find("; Secure") != std::string::npos);
}

TEST_CASE("a form_post callback finds its sign-in over https and over http on loopback", "[session]")
{
    const auto [reached_by, site] = GENERATE(table<transport, test::site>({
        {transport::https, {}},
        {transport::http, {test::site::scheme::http, "localhost", "/"}},
        {transport::http, {test::site::scheme::http, "127.0.0.1", "/"}},
    }));
    const auto cookies = cookies_of({.reached_by = reached_by});
    const auto value = started("/x");
    cookie_jar browser;
    REQUIRE(browser.take(
        cookies.begin(value, cookie_request(""), callback_arrival::by_post, noon).value(), site, noon
    ));
    const cookie_request callback(browser.cookies_for(site, noon, initiator::cross_site_post));
    CHECK(cookies.find(callback, value.state.view(), noon).state == sign_in_state::found);
    browser.take(cookies.erase(value.state.view()), site, noon);
    CHECK(browser.empty());

    // With Lax the browser would have sent nothing: the callback by GET is what Lax is for.
    REQUIRE(browser.take(
        cookies.begin(value, cookie_request(""), callback_arrival::by_get, noon).value(), site, noon
    ));
    CHECK(browser.cookies_for(site, noon, initiator::cross_site_post).empty());
    CHECK_FALSE(browser.cookies_for(site, noon, initiator::cross_site_navigation).empty());
    browser.take(cookies.erase(value.state.view()), site, noon);
    CHECK(browser.empty());
}

TEST_CASE("the cookie of a sign-in on plain http is really deleted", "[session]")
{
    const test::site site{test::site::scheme::http, "gate.example", "/"};
    const auto cookies = cookies_of({.reached_by = transport::http});
    cookie_jar browser;
    const auto value = begin_in(browser, cookies, noon, "/", site);
    REQUIRE(browser.all().size() == 1);
    browser.take(cookies.erase(value.state.view()), site, noon);
    CHECK(browser.empty());
}

TEST_CASE("neither the state nor the address can be read from the cookie", "[session]")
{
    const auto value = started("/secret-place");
    const auto line =
        cookies_of().begin(value, cookie_request(""), callback_arrival::by_get, noon).value().front();
    CHECK(line.find(value.state.view()) == std::string::npos);
    CHECK(line.find(value.state.view().substr(0, 16)) == std::string::npos);
    CHECK(line.find("secret-place") == std::string::npos);
}

TEST_CASE("a return address that fits no cookie is refused", "[session]")
{
    const auto cookies = cookies_of();
    CHECK(cookies.begin(started(test::filler(2000)), cookie_request(""), callback_arrival::by_get, noon));
    const auto answer =
        cookies.begin(started(test::filler(4000)), cookie_request(""), callback_arrival::by_get, noon);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == errc::value_too_large);
    CHECK(answer.error().detail.find("4000") != std::string::npos);
}

TEST_CASE("CVE-2026-55512: beginning sign-ins keeps nothing and answers stay small", "[session]")
{
    const auto cookies = cookies_of();
    std::string sent = "a=b";
    for (int index = 0; index < 1000; ++index)
        sent += "; __Host-sekisho_signin_" + std::to_string(index) + "=x";
    const auto answer = cookies.begin(started("/"), cookie_request(sent), callback_arrival::by_get, noon);
    REQUIRE(answer);
    CHECK(answer->size() <= 33);
    // The object that issues them has no place to remember anything.
    STATIC_REQUIRE(std::is_same_v<
                   decltype(&sign_in_cookies::begin),
                   result<session::set_cookies> (sign_in_cookies::*)(
                       const session::sign_in&, std::span<const http::field>, callback_arrival, time_point
                   ) const>);
}

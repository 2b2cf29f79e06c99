// SPDX-License-Identifier: Apache-2.0
// Cookies that were altered, mixed, or left by somebody else.
#include "cookie_store_values.hpp"

using namespace sekisho;
using namespace std::chrono_literals;
using namespace sekisho::test;
using session::cookie_config;
using session::cookie_store;
using session::set_cookies;
using session::transport;

TEST_CASE("a cookie altered in any character is just not there", "[session]")
{
    const auto store = store_of();
    cookie_jar browser;
    REQUIRE(browser.take(store.seal(sample_session(), cookie_request(""), noon).value(), {}, noon));
    const auto cookies = browser.cookies_for({}, noon);
    REQUIRE(opened(store, cookies));
    const auto from = cookies.find('=') + 1;
    for (auto at = from; at < cookies.size(); ++at)
    {
        auto altered = cookies;
        altered[at] = altered[at] == 'A' ? 'B' : 'A';
        const auto read = opened(store, altered);
        CAPTURE(at);
        REQUIRE_FALSE(read);
        // CVE-2026-47775: nothing tells one fault from another.
        REQUIRE(to_text(read.error()) == to_text(opened(store, "").error()));
    }
    CHECK_FALSE(opened(store, cookies.substr(0, cookies.size() - 1)));
    CHECK_FALSE(opened(store, cookies + "A"));
}

TEST_CASE("a session sealed for another name, purpose or key is not there", "[session]")
{
    const auto sealed_by = [](const cookie_store& store)
    {
        const auto text = store.seal(sample_session(), cookie_request(""), noon).value().front();
        return text.substr(text.find('='), text.find(';') - text.find('='));
    };
    const auto store = store_of();
    CHECK(opened(store, "__Host-sekisho_session" + sealed_by(store)));
    CHECK_FALSE(opened(store, "__Host-sekisho_session" + sealed_by(store_of({.name = "other"}))));
    auto& random = crypto::system_random();
    CHECK_FALSE(
        opened(store, "__Host-sekisho_session" + sealed_by({{}, ring({"quite another secret text"}), random}))
    );
    const crypto::key_ring sign_ins({secret("a secret of enough length, surely")}, "sign_in");
    CHECK_FALSE(opened(store, "__Host-sekisho_session" + sealed_by({{}, sign_ins, random})));
}

TEST_CASE("a session left under another domain keeps nobody signed in and hides no other", "[session]")
{
    const auto before = store_of({.domain = "example.com"});
    const auto store = store_of({.domain = "app.example.com"});
    cookie_jar browser;
    REQUIRE(browser.take(before.seal(sample_session("old"), cookie_request(""), noon).value(), {}, noon));
    CHECK(opened(before, browser.cookies_for({}, noon)));
    CHECK_FALSE(opened(store, browser.cookies_for({}, noon)));

    REQUIRE(browser.take(store.seal(sample_session("new"), cookie_request(""), noon).value(), {}, noon));
    const cookie_request request(browser.cookies_for({}, noon));
    const auto first = store.cookies().find(request);
    CHECK_FALSE(store.open(first)); // the older cookie is sent first
    REQUIRE_FALSE(first.is_last);
    CHECK(store.open(store.cookies().find(request, 1))->id.view() == "new");
}

TEST_CASE("pieces of two sessions never make one", "[session]")
{
    const auto store = store_of();
    const auto pieces = [&](std::size_t size)
    {
        cookie_jar browser;
        REQUIRE(browser.take(store.seal(sized(size), cookie_request(""), noon).value(), {}, noon));
        return browser;
    };
    const auto left = pieces(4000);
    const auto right = pieces(4000);
    REQUIRE(left.all().size() == 2);
    const std::string name = "__Host-sekisho_session";
    const auto mixed =
        name + "=" + left.find(name)->value + "; " + name + ".1=" + right.find(name + ".1")->value;
    CHECK_FALSE(opened(store, mixed));
}

TEST_CASE("CVE-2024-24814: a request cannot make the answer grow without bound", "[session]")
{
    const auto store = store_of();
    std::string cookies = "a=b";
    for (int index = 0; index < 1000; ++index)
        cookies += "; __Host-sekisho_session." + std::to_string(index) + "=x";
    const cookie_request request(cookies);
    CHECK(store.erase(request).size() <= 33);
    CHECK(store.seal(sample_session(), request, noon).value().size() <= 33);
}

TEST_CASE("cookies of the application and of sign-ins survive a sign-out", "[session]")
{
    const auto store = store_of();
    for (const auto& line :
         store.erase(cookie_request("theme=dark; __Host-sekisho_signin_abc=x; sekisho_sessionx=y")))
        CHECK(line.starts_with("__Host-sekisho_session="));
}

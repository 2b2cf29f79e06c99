// SPDX-License-Identifier: Apache-2.0
#include "cookie_store_values.hpp"

using namespace sekisho;
using namespace std::chrono_literals;
using namespace sekisho::test;
using session::cookie_config;
using session::cookie_store;
using session::set_cookies;
using session::transport;

namespace
{

struct setting
{
    std::string title;
    cookie_config config;
};

setting any_setting()
{
    return GENERATE(
        setting{"https", {}},
        setting{"https with a domain", {.domain = "example.com"}},
        setting{"https, domain is the host", {.domain = "app.example.com"}},
        setting{"http", {.reached_by = transport::http}},
        setting{"http with a domain", {.reached_by = transport::http, .domain = "example.com"}},
        setting{"https, SameSite=None", {.site = session::same_site::none}},
        setting{"https, SameSite=Strict", {.site = session::same_site::strict}}
    );
}

} // namespace

TEST_CASE("a session that was created is found, renewed and erased in a real cookie jar", "[session]")
{
    const auto [title, config] = any_setting();
    CAPTURE(title);
    const auto store = store_of(config);
    const auto site = address_of(config);
    const auto size = GENERATE(std::size_t{0}, std::size_t{3000}, std::size_t{12000});
    const auto value = sized(size);
    cookie_jar browser;

    const auto created = store.seal(value, cookie_request(""), noon);
    REQUIRE(created);
    REQUIRE(browser.take(*created, site, noon));
    const auto read = opened(store, browser.cookies_for(site, noon));
    REQUIRE(read);
    CHECK(same_session(*read, value));

    const auto renewed = store.reissue(value, cookie_request(browser.cookies_for(site, noon)), noon + 1h);
    REQUIRE(renewed);
    REQUIRE(browser.take(*renewed, site, noon + 1h));
    const auto again = opened(store, browser.cookies_for(site, noon + 1h));
    REQUIRE(again);
    CHECK(again->last_seen == noon + 1h);
    CHECK(again->id == value.id);
    CHECK(again->created == value.created);
    CHECK(again->expires == value.expires);

    // CVE-2025-55162: a deletion without Secure leaves prefixed cookies where they are.
    browser.take(store.erase(cookie_request(browser.cookies_for(site, noon + 2h))), site, noon + 2h);
    CHECK(browser.empty());
}

TEST_CASE("CVE-2025-55162: sign-out also removes what an earlier configuration left", "[session]")
{
    const auto before = GENERATE(
        cookie_config{}, cookie_config{.domain = "example.com"}, cookie_config{.reached_by = transport::http}
    );
    const cookie_config now{.domain = "example.com"};
    const test::site site;
    cookie_jar browser;
    REQUIRE(browser.take(
        store_of(before).seal(sized(5000), cookie_request(""), noon).value(), address_of(before), noon
    ));
    REQUIRE(pieces_in(browser) > 1);
    const auto store = store_of(now);
    browser.take(store.erase(cookie_request(browser.cookies_for(site, noon))), site, noon);
    CHECK(browser.empty());
}

TEST_CASE("a smaller session deletes the pieces of a larger one", "[session]")
{
    const auto [title, config] = any_setting();
    CAPTURE(title);
    const auto store = store_of(config);
    const auto site = address_of(config);
    cookie_jar browser;
    std::size_t last = 100;
    for (const std::size_t size : {20000U, 9000U, 4000U, 0U})
    {
        const auto value = sized(size);
        const auto answer = store.seal(value, cookie_request(browser.cookies_for(site, noon)), noon);
        REQUIRE(answer);
        browser.take(*answer, site, noon);
        CHECK(pieces_in(browser) < last);
        last = pieces_in(browser);
        const auto read = opened(store, browser.cookies_for(site, noon));
        REQUIRE(read);
        CHECK(same_session(*read, value));
    }
    CHECK(last == 1);
}

TEST_CASE("every size up to the limit is readable, exact multiples of a piece included", "[session]")
{
    const auto store = store_of();
    const test::site site;
    const auto pieces_for = [&](std::size_t size)
    { return store.seal(sized(size), cookie_request(""), noon).value().size(); };
    const auto pieces = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{7});
    std::size_t fits = 0; // the largest that needs this many pieces
    std::size_t breaks = 23'000;
    while (breaks - fits > 1)
    {
        const auto middle = (fits + breaks) / 2;
        (pieces_for(middle) <= pieces ? fits : breaks) = middle;
    }
    for (std::size_t size = fits - 8; size < fits + 8; ++size)
    {
        CAPTURE(size);
        const auto value = sized(size);
        const auto answer = store.seal(value, cookie_request(""), noon);
        REQUIRE(answer);
        CHECK(answer->size() == (size <= fits ? pieces : pieces + 1));
        for (const auto& line : *answer)
            CHECK(line.size() <= 4096);
        cookie_jar browser;
        REQUIRE(browser.take(*answer, site, noon));
        REQUIRE(same_session(opened(store, browser.cookies_for(site, noon)).value(), value));
    }
}

TEST_CASE("a session fills all eight cookies to the last byte, and one byte more is refused", "[session]")
{
    const auto store = store_of();
    const auto create = [&](std::size_t size) { return store.seal(sized(size), cookie_request(""), noon); };
    std::size_t fits = 10'000;
    std::size_t breaks = 40'000;
    while (breaks - fits > 1)
    {
        const auto middle = (fits + breaks) / 2;
        (create(middle) ? fits : breaks) = middle;
    }
    const auto full = create(fits);
    REQUIRE(full);
    CHECK(full->size() == 8);
    CHECK(std::ranges::all_of(*full, [](const auto& line) { return line.size() <= 4096; }));
    CHECK(full->back().size() > 4090);
    cookie_jar browser;
    REQUIRE(browser.take(*full, {}, noon));
    CHECK(same_session(opened(store, browser.cookies_for({}, noon)).value(), sized(fits)));

    const auto refused = create(breaks);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::session_too_large);
    CHECK(refused.error().detail.find("fit into 8 cookies") != std::string::npos);
    CHECK(refused.error().detail.find("bytes") != std::string::npos);
}

TEST_CASE("the cookie says what protects it", "[session]")
{
    const auto [config, attributes, absent] =
        GENERATE(table<cookie_config, std::vector<std::string>, std::vector<std::string>>({
            {{},
             {"__Host-sekisho_session=1", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"},
             {"Domain"}},
            {{.domain = "example.com"},
             {"__Secure-sekisho_session=1", "; Domain=example.com", "; Secure", "; HttpOnly"},
             {}},
            {{.reached_by = transport::http}, {"sekisho_session=1", "; HttpOnly"}, {"Secure", "Domain"}},
            {{.site = session::same_site::strict}, {"; SameSite=Strict"}, {}},
        }));
    const auto answer = store_of(config).seal(sample_session(), cookie_request(""), noon);
    REQUIRE(answer);
    REQUIRE(answer->size() == 1);
    CAPTURE(answer->front());
    for (const auto& each : attributes)
        CHECK(answer->front().find(each) != std::string::npos);
    for (const auto& each : absent)
        CHECK(answer->front().find(each) == std::string::npos);
    CHECK(answer->front().find("; Max-Age=43200") != std::string::npos);
}

TEST_CASE("the browser keeps the cookie no longer than the session lasts", "[session]")
{
    const auto store = store_of();
    const auto answer = store.reissue(sample_session(), cookie_request(""), noon + 11h);
    REQUIRE(answer);
    CHECK(answer->front().find("; Max-Age=3600") != std::string::npos);
}

TEST_CASE("a session outlives the rotation of the secret while the old one is kept", "[session]")
{
    auto& random = crypto::system_random();
    const cookie_store old_store({}, ring({"the first secret, long enough"}), random);
    const cookie_store both(
        {}, ring({"the second secret, long enough", "the first secret, long enough"}), random
    );
    const cookie_store fresh({}, ring({"the second secret, long enough"}), random);
    cookie_jar browser;
    REQUIRE(browser.take(old_store.seal(sample_session(), cookie_request(""), noon).value(), {}, noon));
    const auto cookies = browser.cookies_for({}, noon);
    CHECK(opened(both, cookies));
    CHECK_FALSE(opened(fresh, cookies));
    REQUIRE(browser.take(both.reissue(sample_session(), cookie_request(cookies), noon).value(), {}, noon));
    CHECK(opened(fresh, browser.cookies_for({}, noon)));
}

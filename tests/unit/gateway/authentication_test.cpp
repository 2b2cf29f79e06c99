// SPDX-License-Identifier: Apache-2.0
#include "gateway/authentication.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/session_values.hpp"
#include "support/test_keeper.hpp"

#include <string>

namespace sekisho::gateway
{
namespace
{

using test::noon;

struct desk
{
    session::cookie_config config{.reached_by = session::transport::http};
    session::lifetimes limits{.usual = {.lifetime = std::chrono::hours(12), .idle = std::chrono::hours(1)}};
    std::shared_ptr<session::keeper> sessions =
        test::make_keeper({.cookies = config, .rules = {.limits = limits}}, crypto::system_random());
    identity::header_config headers;
    session::opened_cache opened;
    authentication who{{sessions, headers, opened, {}}};
    authentication::look looked = authentication::look::done; // the last time

    std::string cookie(const session::session& value) const
    {
        const auto made = sessions->where().reissue(value, {}, value.last_seen).value();
        return made.front().substr(0, made.front().find(';'));
    }
    context identify(const std::string& cookies, time_point now)
    {
        const test::cookie_request request(cookies);
        context about;
        about.now = now;
        looked = who.identify(request, about);
        if (looked == authentication::look::must_ask)
        {
            net::asio::io_context io{1};
            test::run(io, who.ask("GET", request, about));
        }
        return about;
    }
};

session::session fresh()
{
    auto made = test::sample_session();
    made.last_seen = noon;
    return made;
}

} // namespace

TEST_CASE("a session's cookie says who is asking, and what the application is told", "[gateway]")
{
    desk here;
    const auto cookie = here.cookie(fresh());
    for (auto round = 0; round < 2; ++round) // opened, then remembered
    {
        const auto about = here.identify("a=1; " + cookie + "; b=2", noon + std::chrono::seconds(1));
        REQUIRE(about.session);
        CHECK(about.session->value.who.user == "248289");
        CHECK(about.session->identity_headers.find("X-Forwarded-User: 248289\r\n") != std::string::npos);
        CHECK_FALSE(about.session_is_stale);
        CHECK(here.opened.size() == 1);
        CHECK(here.looked == (round == 0 ? authentication::look::must_ask : authentication::look::done));
    }
}

TEST_CASE("a session ends at its limits, remembered or not", "[gateway]")
{
    const auto [after, is_there, is_stale] = GENERATE(table<std::chrono::seconds, bool, bool>({
        {std::chrono::seconds(1), true, false},
        {std::chrono::minutes(30), true, true},
        {std::chrono::minutes(59), true, true},
        {std::chrono::hours(1), false, false},
        {std::chrono::hours(13), false, false},
    }));
    desk here;
    const auto cookie = here.cookie(fresh());
    for (auto round = 0; round < 2; ++round)
    {
        const auto about = here.identify(cookie, noon + after);
        CHECK((about.session != nullptr) == is_there);
        CHECK(about.session_is_stale == is_stale);
    }
}

TEST_CASE("CVE-2022-29226: what we have not sealed is as if it were not there", "[gateway]")
{
    desk here;
    const auto good = here.cookie(fresh());
    const auto name = good.substr(0, good.find('=') + 1);
    auto altered = good;
    altered.back() = altered.back() == 'A' ? 'B' : 'A';
    const auto cookie = GENERATE_COPY(
        std::string(),
        std::string("a=1"),
        name,
        name + "abc",
        altered,
        name + "99999999." + good.substr(name.size())
    );
    CAPTURE(cookie);
    CHECK(here.identify(cookie, noon).session == nullptr);
    CHECK(here.opened.size() == 0);
}

TEST_CASE("a cookie of our name in front of ours hides nobody", "[gateway]")
{
    desk here;
    const auto good = here.cookie(fresh());
    const auto name = good.substr(0, good.find('=') + 1);
    auto ended = fresh();
    ended.expires = noon;
    const auto front = GENERATE_COPY(name + "tossed; ", here.cookie(ended) + "; ");
    CHECK(here.identify(front + good, noon + std::chrono::seconds(1)).session != nullptr);
}

TEST_CASE(
    "CVE-2021-41230: what was renewed meanwhile counts, also when this worker was told to forget", "[gateway]"
)
{
    desk here;
    auto other = fresh();
    other.expires = noon; // in front, and over
    const auto cookie = here.cookie(other) + "; " + here.cookie(fresh());
    auto about = here.identify(cookie, noon + std::chrono::seconds(1));
    REQUIRE(about.session);
    auto newer = fresh();
    newer.generation += 1;
    newer.who.user = "the one of today";
    if (GENERATE(true, false))
        here.opened.forget(newer.id); // each renewal tells every worker so
    here.who.take_over(test::cookie_request(cookie), newer, about);
    REQUIRE(about.session);
    CHECK(about.session->value.who.user == "the one of today");
    CHECK(
        about.session->identity_headers.find("X-Forwarded-User: the one of today\r\n") != std::string::npos
    );
    CHECK(about.session_is_stale); // the browser is given it
    CHECK(
        here.identify(cookie, noon + std::chrono::seconds(2)).session->value.generation == newer.generation
    );
}

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
#include "gateway/authentication.hpp"
#include "support/catch.hpp"
#include "support/session_values.hpp"

#include <string>

namespace sekisho::gateway
{
namespace
{

using test::noon;

struct desk
{
    session::cookie_config config{.reached_by = session::transport::http};
    session::cookie_store store{
        config, crypto::key_ring({secret("of the tests")}, "session"), crypto::system_random()
    };
    session::session_limits limits{.lifetime = std::chrono::hours(12), .idle = std::chrono::hours(1)};
    identity::header_config headers;
    session::opened_cache opened;
    authentication who{store, limits, headers, opened};

    std::string cookie(const session::session& value) const
    {
        const auto made = store.create(value, {}, noon).value();
        return made.front().substr(0, made.front().find(';'));
    }
    context identify(const std::string& cookies, time_point now)
    {
        const test::cookie_request request(cookies);
        context about;
        about.now = now;
        who.identify(request, about);
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

} // namespace sekisho::gateway

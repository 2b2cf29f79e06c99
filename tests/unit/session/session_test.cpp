// SPDX-License-Identifier: Apache-2.0
#include "session/session.hpp"
#include "support/catch.hpp"
#include "support/fixed_random.hpp"
#include "support/session_values.hpp"

#include <set>
#include <string>

using namespace sekisho;
using namespace std::chrono_literals;
using session::session_limits;
using test::noon;

TEST_CASE("GHSA-vxmh-p52j-h33m: every sign-in gets a new id of 256 random bits", "[session]")
{
    auto& random = crypto::system_random();
    std::set<std::string> ids;
    for (int round = 0; round < 100; ++round)
    {
        const auto value = session::start_session({}, {}, noon, random);
        CHECK(value.id.view().size() == 43);
        ids.insert(value.id.str());
    }
    CHECK(ids.size() == 100);
}

TEST_CASE("a session ends at its absolute limit, however busy it is", "[session]")
{
    test::fixed_random random;
    const session_limits limits{.lifetime = 12h, .idle = 1h};
    auto value = session::start_session({}, limits, noon, random);
    value.last_seen = noon + 12h - 1s;
    CHECK_FALSE(session::is_expired(value, limits, noon + 12h - 1s));
    CHECK(session::is_expired(value, limits, noon + 12h));
}

TEST_CASE("a session ends when nobody comes for the idle time", "[session]")
{
    test::fixed_random random;
    const session_limits limits{.lifetime = 12h, .idle = 30min};
    const auto value = session::start_session({}, limits, noon, random);
    CHECK_FALSE(session::is_expired(value, limits, noon + 30min - 1s));
    CHECK(session::is_expired(value, limits, noon + 30min));
    CHECK_FALSE(session::is_expired(value, {.lifetime = 12h, .idle = 0s}, noon + 11h));
}

TEST_CASE("limits that became shorter count at once, longer ones for new sessions only", "[session]")
{
    test::fixed_random random;
    const auto value = session::start_session({}, {.lifetime = 12h}, noon, random);
    CHECK(session::is_expired(value, {.lifetime = 1h}, noon + 1h));
    CHECK(session::is_expired(value, {.lifetime = 48h}, noon + 12h));
}

TEST_CASE("time does not wrap in 2038 or 2106", "[session]")
{
    test::fixed_random random;
    const auto when = GENERATE(time_point(2147483640s), time_point(4294967290s));
    const auto value = session::start_session({}, {.lifetime = 12h}, when, random);
    CHECK_FALSE(session::is_expired(value, {.lifetime = 12h}, when + 1h));
    CHECK(session::is_expired(value, {.lifetime = 12h}, when + 12h));
}

TEST_CASE("the cookie is set again after a tenth of the idle limit, at least a minute", "[session]")
{
    const auto [idle, due_after] = GENERATE(table<std::chrono::seconds, std::chrono::seconds>({
        {1h, 6min},
        {10min, 1min},
        {5min, 1min},
        {1min, 30s}, // a minute would be too late
        {24h, 144min},
    }));
    test::fixed_random random;
    const session_limits limits{.lifetime = 240h, .idle = idle};
    const auto value = session::start_session({}, limits, noon, random);
    CHECK_FALSE(session::is_renewal_due(value, limits, noon + due_after - 1s));
    CHECK(session::is_renewal_due(value, limits, noon + due_after));
    CHECK_FALSE(session::is_renewal_due(value, limits, noon + idle)); // expired: never brought back
}

TEST_CASE("without an idle limit no answer carries the cookie again", "[session]")
{
    test::fixed_random random;
    const session_limits limits{.lifetime = 12h};
    CHECK_FALSE(session::is_renewal_due(session::start_session({}, limits, noon, random), limits, noon + 11h)
    );
}

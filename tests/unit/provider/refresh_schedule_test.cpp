// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"
#include "provider/refresh_schedule.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using provider::refresh_schedule;
using std::chrono::milliseconds;

namespace
{

const provider::steady_time start{std::chrono::hours(1000)};

milliseconds left(const refresh_schedule& schedule, provider::steady_time now)
{
    return std::chrono::duration_cast<milliseconds>(schedule.next_attempt() - now);
}

} // namespace

TEST_CASE("the first attempt is always due and nothing forbids it", "[provider]")
{
    const refresh_schedule schedule({});
    CHECK(schedule.is_due(provider::steady_time{}));
    CHECK_FALSE(schedule.must_wait(provider::steady_time{}));
}

TEST_CASE("retries come ever less often, up to the last interval", "[provider]")
{
    refresh_schedule schedule({.refresh = 1h, .least_refresh = 1min, .first_retry = 1s, .last_retry = 60s});
    for (const auto& expected : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s, 60s})
    {
        schedule.failed(start, 1.0);
        CHECK(left(schedule, start) == expected);
    }
    CHECK(schedule.failures() == 9);
    schedule.succeeded(start, 0s);
    schedule.failed(start, 1.0);
    CHECK(left(schedule, start) == 1s);
}

TEST_CASE("jitter spreads a retry over the second half of its back-off", "[provider]")
{
    const auto [jitter, expected] = GENERATE(
        table<double, milliseconds>({{0.0, 500ms}, {0.5, 750ms}, {1.0, 1000ms}, {7.0, 1000ms}, {-1.0, 500ms}})
    );
    refresh_schedule schedule({});
    schedule.failed(start, jitter);
    CHECK(left(schedule, start) == expected);
    CHECK(schedule.must_wait(start + expected - 1ms));
    CHECK_FALSE(schedule.must_wait(start + expected));
    CHECK(schedule.is_due(start + expected));
}

TEST_CASE("a document's own life is honoured between two bounds", "[provider]")
{
    const auto [life, expected] = GENERATE(table<milliseconds, milliseconds>({
        {0s, 1h}, // nothing said
        {10min, 10min},
        {5s, 1min}, // shorter than is decent
        {48h, 1h},  // longer than is safe for keys
    }));
    refresh_schedule schedule({.refresh = 1h, .least_refresh = 1min, .first_retry = 1s, .last_retry = 60s});
    schedule.succeeded(start, life);
    CHECK(left(schedule, start) == expected);
    CHECK_FALSE(schedule.is_due(start));
    CHECK_FALSE(schedule.must_wait(start)); // an unknown key may make it be fetched before its time
}

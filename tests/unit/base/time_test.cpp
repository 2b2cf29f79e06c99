// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"
#include "support/catch.hpp"

#include <limits>

using namespace sekisho;

TEST_CASE("durations are a number with a unit, or a falling sum", "[base]")
{
    auto [text, expected] = GENERATE(table<std::string, std::chrono::milliseconds>({
        {"90s", 90s},
        {"15m", 15min},
        {"12h", 12h},
        {"7d", 168h},
        {"250ms", 250ms},
        {"1h30m", 90min},
        {"1d2h3m4s5ms", 26h + 3min + 4s + 5ms},
        {"0s", 0s},
        {"1m500ms", 1min + 500ms},
    }));
    const auto parsed = parse_duration(text);
    REQUIRE(parsed);
    CHECK(*parsed == expected);
    CHECK(parse_duration(format_duration(*parsed)).value() == expected);
}

TEST_CASE("what is no duration is refused with the expected form", "[base]")
{
    const auto text = GENERATE(
        as<std::string>{},
        "",
        "90",
        "s",
        "-5s",
        "+5s",
        "5 s",
        " 5s",
        "5s ",
        "1.5h",
        "5S",
        "5w",
        "30m1h",
        "1s1s",
        "1h30",
        "1h-30m",
        "99999999999999999999s",
        "9223372036854775807s",
        "106751991167d1d",
        "106751991167d23h"
    );
    const auto parsed = parse_duration(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == errc::value_malformed);
    CHECK(parsed.error().detail.find("1h30m") != std::string::npos);
}

TEST_CASE("durations are written as people write them", "[base]")
{
    auto [duration, expected] = GENERATE(table<std::chrono::milliseconds, std::string>({
        {0ms, "0s"},
        {250ms, "250ms"},
        {60s, "1m"},
        {90min, "1h30m"},
        {12h, "12h"},
        {168h, "7d"},
        {1min + 500ms, "1m500ms"},
        {-90s, "-1m30s"},
    }));
    CHECK(format_duration(duration) == expected);
}

TEST_CASE("RFC 7519, 2: a NumericDate of any size is a time between 1970 and 9999", "[base]")
{
    auto [number, expected] = GENERATE(table<double, std::int64_t>({
        {1300819380.0, 1300819380},
        {1300819380.9, 1300819380},
        {0.0, 0},
        {-1.0, 0},
        {-1e300, 0},
        {1e300, 253402300799},
        {253402300800.0, 253402300799},
        {std::numeric_limits<double>::infinity(), 253402300799},
        {-std::numeric_limits<double>::infinity(), 0},
        {std::numeric_limits<double>::quiet_NaN(), 0},
    }));
    CHECK(to_numeric_date(from_numeric_date(number)) == expected);
}

TEST_CASE("times are written as RFC 3339 has them", "[base]")
{
    CHECK(format_time(from_numeric_date(0)) == "1970-01-01T00:00:00Z");
    CHECK(format_time(from_numeric_date(1795297500)) == "2026-11-21T21:45:00Z");
    CHECK(format_time(from_numeric_date(1e18)) == "9999-12-31T23:59:59Z");
}

TEST_CASE("the wall clock is past the day this was written", "[base]")
{
    CHECK(to_numeric_date(wall_clock_now()) > 1'700'000'000);
}

// SPDX-License-Identifier: Apache-2.0
#pragma once
// Points in time and durations as the house writes them. `now` is always an argument of pure code.

#include "base/result.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho
{

using namespace std::chrono_literals;

// Wall clock, whole seconds: what tokens and cookies carry.
using time_point = std::chrono::sys_seconds;

// The wall clock now; only the shell calls it.
time_point wall_clock_now();

// A NumericDate (RFC 7519, 2) of any size as a time point; numbers outside years 1970 to 9999 are saturated.
// NaN becomes 1970.
time_point from_numeric_date(double seconds_since_epoch);
std::int64_t to_numeric_date(time_point when);

// "90s", "15m", "12h", "7d", "250ms" or a sum such as "1h30m". Error: value_malformed, with the expected
// form.
result<std::chrono::milliseconds> parse_duration(std::string_view text);

// The shortest spelling that parse_duration reads back: "1h30m", "250ms", "0s".
std::string format_duration(std::chrono::milliseconds duration);

// RFC 3339 in UTC: "2026-11-21T21:45:00Z".
std::string format_time(time_point when);

} // namespace sekisho

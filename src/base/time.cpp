// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <optional>

namespace sekisho
{
namespace
{

struct unit
{
    std::string_view name;
    std::int64_t milliseconds;
};

constexpr std::array units{
    unit{"d", 86'400'000},
    unit{"h", 3'600'000},
    unit{"m", 60'000},
    unit{"s", 1'000},
    unit{"ms", 1},
};

constexpr std::int64_t last_second = 253'402'300'799; // 9999-12-31T23:59:59Z
constexpr std::int64_t longest = std::numeric_limits<std::int64_t>::max() / 86'400'000;

std::unexpected<error> refused(std::string_view text)
{
    return fail(
        errc::value_malformed,
        "duration",
        fmt::format(
            "\"{}\": expected a number and a unit (ms, s, m, h, d), or a sum such as 1h30m",
            text.substr(0, 40)
        )
    );
}

// Takes "30m" off the front; the units after the one last used are still to come.
std::optional<std::int64_t> take_term(std::string_view& text, std::size_t& first_unit)
{
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || text.starts_with('-') || number > longest)
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    const auto name = text.substr(0, text.find_first_of("0123456789"));
    for (auto index = first_unit; index < units.size(); ++index)
        if (units.at(index).name == name)
        {
            text.remove_prefix(name.size());
            first_unit = index + 1;
            return number * units.at(index).milliseconds;
        }
    return std::nullopt;
}

} // namespace

time_point wall_clock_now()
{
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

time_point from_numeric_date(double seconds_since_epoch)
{
    if (!(seconds_since_epoch > 0)) // NaN too
        return time_point{};
    if (seconds_since_epoch >= static_cast<double>(last_second))
        return time_point{std::chrono::seconds{last_second}};
    return time_point{std::chrono::seconds{static_cast<std::int64_t>(seconds_since_epoch)}};
}

std::int64_t to_numeric_date(time_point when) { return when.time_since_epoch().count(); }

result<std::chrono::milliseconds> parse_duration(std::string_view text)
{
    const auto whole = text;
    std::int64_t sum = 0;
    std::size_t first_unit = 0;
    do
    {
        const auto term = take_term(text, first_unit);
        if (!term || *term > std::numeric_limits<std::int64_t>::max() - sum)
            return refused(whole);
        sum += *term;
    } while (!text.empty());
    return std::chrono::milliseconds{sum};
}

std::string format_duration(std::chrono::milliseconds duration)
{
    if (duration == std::chrono::milliseconds::zero())
        return "0s";
    auto rest = duration.count();
    std::string text = rest < 0 ? "-" : "";
    for (const auto& each : units)
    {
        const auto number = rest / each.milliseconds;
        if (number != 0)
            text.append(std::to_string(std::abs(number))).append(each.name);
        rest %= each.milliseconds;
    }
    return text;
}

std::string format_time(time_point when)
{
    const auto day = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{when - day};
    return fmt::format(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        clock.hours().count(),
        clock.minutes().count(),
        clock.seconds().count()
    );
}

} // namespace sekisho

// SPDX-License-Identifier: Apache-2.0
#include "http/date.hpp"

#include <algorithm>
#include <string>

namespace sekisho::http
{
namespace
{

constexpr std::string_view weekdays = "SunMonTueWedThuFriSat";
constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
// Digits stand for themselves; letters of names are put over "_".
constexpr std::string_view pattern = "___, 00 ___ 0000 00:00:00 GMT";

void put_number(date_text& text, std::size_t at, std::size_t digits, unsigned value) noexcept
{
    for (std::size_t place = digits; place-- > 0; value /= 10)
        text.characters[at + place] = static_cast<char>('0' + value % 10);
}

// Precondition: digits only.
int number(std::string_view digits) noexcept
{
    int value = 0;
    for (const char each : digits)
        value = value * 10 + (each - '0');
    return value;
}

bool has_form(std::string_view text) noexcept
{
    if (text.size() != pattern.size())
        return false;
    for (std::size_t at = 0; at < pattern.size(); ++at)
    {
        const bool is_digit = text[at] >= '0' && text[at] <= '9';
        if (pattern[at] == '0' ? !is_digit : pattern[at] != '_' && pattern[at] != text[at])
            return false;
    }
    return true;
}

// The index of a three-letter name; npos: none.
std::size_t index_of(std::string_view names, std::string_view name) noexcept
{
    for (std::size_t at = 0; at < names.size(); at += 3)
        if (names.substr(at, 3) == name)
            return at / 3;
    return std::string_view::npos;
}

} // namespace

date_text format_date(time_point when) noexcept
{
    const auto midnight = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::year_month_day day(midnight);
    const std::chrono::hh_mm_ss clock(when - midnight);
    date_text text{};
    std::ranges::copy(pattern, text.characters.begin());
    std::ranges::copy(
        weekdays.substr(std::chrono::weekday(midnight).c_encoding() * 3, 3), text.characters.begin()
    );
    put_number(text, 5, 2, static_cast<unsigned>(day.day()));
    std::ranges::copy(
        months.substr((static_cast<unsigned>(day.month()) - 1) * 3, 3), text.characters.begin() + 8
    );
    put_number(text, 12, 4, static_cast<unsigned>(static_cast<int>(day.year())));
    put_number(text, 17, 2, static_cast<unsigned>(clock.hours().count()));
    put_number(text, 20, 2, static_cast<unsigned>(clock.minutes().count()));
    put_number(text, 23, 2, static_cast<unsigned>(clock.seconds().count()));
    return text;
}

result<time_point> parse_date(std::string_view text)
{
    const auto refuse = [&](std::string_view reason)
    {
        return fail(
            errc::value_malformed, "date", std::string(text.substr(0, 64)) + ": " + std::string(reason)
        );
    };
    if (!has_form(text))
        return refuse("expected \"Sun, 06 Nov 1994 08:49:37 GMT\" (RFC 9110, 5.6.7)");
    const std::size_t month = index_of(months, text.substr(8, 3));
    if (month == std::string_view::npos)
        return refuse("no such month");
    const std::chrono::year_month_day day(
        std::chrono::year(number(text.substr(12, 4))),
        std::chrono::month(static_cast<unsigned>(month) + 1),
        std::chrono::day(static_cast<unsigned>(number(text.substr(5, 2))))
    );
    const int hours = number(text.substr(17, 2));
    const int minutes = number(text.substr(20, 2));
    const int seconds = number(text.substr(23, 2));
    if (!day.ok() || hours > 23 || minutes > 59 || seconds > 60) // 60: a leap second, read as the next minute
        return refuse("no such day or time");
    const std::chrono::sys_days midnight(day);
    if (index_of(weekdays, text.substr(0, 3)) != std::chrono::weekday(midnight).c_encoding())
        return refuse("not that day of the week");
    return midnight + std::chrono::hours(hours) + std::chrono::minutes(minutes) +
           std::chrono::seconds(seconds);
}

} // namespace sekisho::http

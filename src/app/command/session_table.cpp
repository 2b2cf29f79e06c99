// SPDX-License-Identifier: Apache-2.0
#include "app/command/session_table.hpp"

#include "base/json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <vector>

namespace sekisho::app
{
namespace
{

constexpr std::size_t columns = 6;
constexpr json_limits limits{.size = 64 * 1024 * 1024, .depth = 8};

using line = std::array<std::string, columns>;

// Names are what a provider says: no byte of them may move the terminal's cursor (C0, DEL and C1).
std::string shown(std::string_view text)
{
    std::string made;
    for (std::size_t at = 0; at < text.size(); ++at)
    {
        const auto byte = static_cast<unsigned char>(text[at]);
        const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
        const auto is_c1 = byte == 0xc2U && next >= 0x80U && next <= 0x9fU;
        made.push_back(byte < 0x20U || byte == 0x7fU || is_c1 ? '?' : text[at]);
        at += is_c1 ? 1 : 0;
    }
    return made;
}

// In characters.
std::size_t width(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char each) { return (static_cast<unsigned char>(each) & 0xc0U) != 0x80U; }
    ));
}

std::string text_of(const json& from, const char* name)
{
    const auto found = from.find(name);
    return found != from.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// "2026-11-21T21:45:00Z"; nullopt: it is none.
std::optional<time_point> time_of(const std::string& text)
{
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2dZ", &year, &month, &day, &hour, &minute, &second) !=
        6)
        return std::nullopt;
    const auto date = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
    if (!date.ok())
        return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second);
}

// "12s", "5m", "3h", "2d": the largest unit is enough.
std::string age(const std::string& since, time_point now)
{
    const auto then = time_of(since);
    if (!then)
        return "?";
    const auto seconds = std::max<std::int64_t>((now - *then).count(), 0);
    if (seconds < 60)
        return std::to_string(seconds) + "s";
    if (seconds < 3600)
        return std::to_string(seconds / 60) + "m";
    if (seconds < 48 * 3600)
        return std::to_string(seconds / 3600) + "h";
    return std::to_string(seconds / 86400) + "d";
}

line line_of(const json& one, time_point now)
{
    const auto username = text_of(one, "username");
    auto who = text_of(one, "user");
    if (!username.empty() && username != who)
        who += " (" + username + ")";
    return {
        shown(who),
        shown(text_of(one, "provider")),
        shown(text_of(one, "since")),
        age(text_of(one, "last_use"), now) + " ago",
        shown(text_of(one, "address")),
        shown(text_of(one, "id"))
    };
}

std::string laid_out(const std::vector<line>& lines)
{
    std::array<std::size_t, columns> widths{};
    for (const auto& each : lines)
        for (std::size_t at = 0; at < columns; ++at)
            widths.at(at) = std::max(widths.at(at), width(each.at(at)));
    std::string text;
    for (const auto& each : lines)
    {
        for (std::size_t at = 0; at + 1 < columns; ++at)
            text.append(each.at(at)).append(widths.at(at) - width(each.at(at)) + 2, ' ');
        text.append(each.back()).append("\n");
    }
    return text;
}

} // namespace

std::optional<std::string> session_table(std::string_view answer, time_point now)
{
    const auto parsed = parse_json(answer, limits);
    if (!parsed || !parsed->is_object() || !parsed->contains("sessions") ||
        !parsed->at("sessions").is_array())
        return std::nullopt;
    std::vector<line> lines{{"USER", "PROVIDER", "SINCE (UTC)", "LAST USE", "ADDRESS", "ID"}};
    for (const auto& each : parsed->at("sessions"))
        lines.push_back(line_of(each, now));
    if (lines.size() == 1)
        return "nobody has a session\n";
    return laid_out(lines);
}

} // namespace sekisho::app

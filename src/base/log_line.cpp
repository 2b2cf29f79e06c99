// SPDX-License-Identifier: Apache-2.0
#include "base/log_line.hpp"

#include "base/encoding.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <fmt/format.h>
#include <iterator>

namespace sekisho::log
{
namespace
{

constexpr std::array<std::string_view, 6> names{"trace", "debug", "info", "warning", "error", "off"};
constexpr std::array<std::string_view, 6> short_names{"trace", "debug", "info ", "warn ", "error", "off  "};

std::string moment(std::int64_t microseconds)
{
    const std::chrono::sys_time<std::chrono::microseconds> when{std::chrono::microseconds{microseconds}};
    const auto day = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::milliseconds>(when - day)};
    return fmt::format(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        clock.hours().count(),
        clock.minutes().count(),
        clock.seconds().count(),
        clock.subseconds().count()
    );
}

// A C1 control (U+0080 to U+009F) moves a terminal's cursor as well as an escape does.
bool is_second_control(std::string_view text, std::size_t index)
{
    return text[index] == '\xc2' && index + 1 < text.size() &&
           static_cast<unsigned char>(text[index + 1]) < 0xa0;
}

// The inside of a JSON string. Bytes that are not UTF-8 become the code points of the same numbers.
void append_escaped(std::string& out, std::string_view text)
{
    const bool readable = is_utf8(text);
    for (std::size_t index = 0; index < text.size(); ++index)
    {
        const auto value = static_cast<unsigned char>(text[index]);
        if (value == '"' || value == '\\')
            out.append("\\").push_back(text[index]);
        else if (value == '\n')
            out.append("\\n");
        else if (readable && is_second_control(text, index))
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(text[++index]));
        else if (value < 0x20 || value == 0x7f || (value >= 0x80 && !readable))
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", value);
        else
            out.push_back(text[index]);
    }
}

void append_quoted(std::string& out, std::string_view text)
{
    out.push_back('"');
    append_escaped(out, text);
    out.push_back('"');
}

bool needs_quotes(std::string_view text)
{
    for (std::size_t index = 0; index < text.size(); ++index)
    {
        const auto value = static_cast<unsigned char>(text[index]);
        if (value <= ' ' || value == '"' || value == '\\' || value == '=' || value == 0x7f ||
            is_second_control(text, index))
            return true;
    }
    return text.empty() || !is_utf8(text);
}

} // namespace

void append_text(std::string& out, format form, std::string_view text)
{
    if (form == format::json || needs_quotes(text))
        append_quoted(out, text);
    else
        out.append(text);
}

namespace
{

void append_value(std::string& out, format form, const field::value_type& value)
{
    if (const auto* text = std::get_if<std::string_view>(&value))
        append_text(out, form, *text);
    else if (const auto* flag = std::get_if<bool>(&value))
        out.append(*flag ? "true" : "false");
    else if (const auto* integer = std::get_if<std::int64_t>(&value))
        fmt::format_to(std::back_inserter(out), "{}", *integer);
    else if (const auto number = std::get<double>(value); std::isfinite(number))
        fmt::format_to(std::back_inserter(out), "{}", number);
    else
        out.append("null"); // JSON has no other word for it
}

std::string render_json(std::int64_t when, level at, std::string_view event, std::span<const field> fields)
{
    std::string out = "{\"time\":\"";
    out.append(moment(when)).append("\",\"level\":\"").append(names.at(static_cast<std::size_t>(at)));
    out.append("\",\"event\":");
    append_quoted(out, event);
    for (const auto& each : fields)
    {
        out.push_back(',');
        append_quoted(out, each.name);
        out.push_back(':');
        append_value(out, format::json, each.value);
    }
    out.push_back('}');
    return out;
}

std::string render_text(std::int64_t when, level at, std::string_view event, std::span<const field> fields)
{
    auto out = moment(when);
    out.append(" ").append(short_names.at(static_cast<std::size_t>(at))).append(" ");
    append_text(out, format::text, event);
    for (const auto& each : fields)
    {
        out.push_back(' ');
        append_text(out, format::text, each.name);
        out.push_back('=');
        append_value(out, format::text, each.value);
    }
    return out;
}

} // namespace

std::string
render_line(format form, std::int64_t when, level at, std::string_view event, std::span<const field> fields)
{
    return form == format::json ? render_json(when, at, event, fields) : render_text(when, at, event, fields);
}

} // namespace sekisho::log

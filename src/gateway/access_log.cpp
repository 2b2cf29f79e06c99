// SPDX-License-Identifier: Apache-2.0
#include "gateway/access_log.hpp"

#include "base/log_line.hpp"
#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace sekisho::gateway
{
namespace
{

// Whether a value stands in a line as it is. One table look-up per character instead of the logger's thorough
// way.
bool is_plain(std::string_view value)
{
    return !value.empty() &&
           std::ranges::all_of(
               value,
               [](char each)
               { return each > ' ' && each < '\x7f' && each != '"' && each != '\\' && each != '='; }
           );
}

} // namespace

void access_log::key(std::string_view name)
{
    if (form_ == log::format::json)
        lines_.append(",\"").append(name).append("\":");
    else
        lines_.append(" ").append(name).append("=");
}

void access_log::text(std::string_view name, std::string_view value)
{
    key(name);
    if (!is_plain(value))
        log::append_text(lines_, form_, value);
    else if (form_ == log::format::json)
        lines_.append("\"").append(value).append("\"");
    else
        lines_.append(value);
}

void access_log::number(std::string_view name, std::int64_t value)
{
    key(name);
    std::array<char, 24> digits{};
    lines_.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

void access_log::stamp(std::chrono::system_clock::time_point now)
{
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    if (second != stamped_)
    {
        stamped_ = second;
        second_ = format_time(second);
        second_.back() = '.'; // instead of "Z"
    }
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now - second).count();
    const std::array<char, 4> digits{
        static_cast<char>('0' + milliseconds / 100),
        static_cast<char>('0' + milliseconds / 10 % 10),
        static_cast<char>('0' + milliseconds % 10),
        'Z'
    };
    if (form_ == log::format::json)
        lines_.append("{\"time\":\"")
            .append(second_)
            .append(digits.data(), 4)
            .append("\",\"level\":\"info\",\"event\":\"request\"");
    else
        lines_.append(second_).append(digits.data(), 4).append(" info  request");
}

void access_log::note(const net::exchange& exchange, const context& about, std::chrono::microseconds took)
{
    stamp(std::chrono::system_clock::now());
    const auto& head = exchange.request();
    number("status", exchange.status());
    text("method", head.method);
    text("path", about.path);
    text("host", about.host);
    text("client", about.client_address);
    if (about.session)
        text("user", about.session->value.who.user);
    number("bytes", static_cast<std::int64_t>(exchange.body_bytes_sent()));
    number("duration_us", took.count());
    text("request_id", about.request_id);
    if (const auto mark = log::line_mark(); !mark.empty())
    {
        key(mark);
        lines_.append("true");
    }
    lines_.append(form_ == log::format::json ? "}\n" : "\n");
    if (lines_.size() > capacity - 4096)
        flush();
}

void access_log::flush()
{
    if (lines_.empty())
        return;
    log::append_lines(lines_);
    lines_.clear();
}

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
#include "http/head_reader.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>

namespace sekisho::http
{
namespace
{

constexpr std::string_view where = "head";
constexpr std::string_view too_many = "more fields than allowed";

// Characters of a token (RFC 9110, 5.6.2), one look-up each.
constexpr std::array<bool, 256> make_token_table()
{
    std::array<bool, 256> table{};
    for (int each = '0'; each <= '9'; ++each)
        table[static_cast<std::size_t>(each)] = true;
    for (int each = 'a'; each <= 'z'; ++each)
        table[static_cast<std::size_t>(each)] = table[static_cast<std::size_t>(each - 'a' + 'A')] = true;
    for (const char each : {'!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~'})
        table[static_cast<std::size_t>(each)] = true;
    return table;
}
constexpr auto token_table = make_token_table();

bool is_token_character(char each) noexcept { return token_table[static_cast<unsigned char>(each)]; }

// How many characters of a token the text begins with.
std::size_t token_size(std::string_view text) noexcept
{
    std::size_t size = 0;
    while (size < text.size() && is_token_character(text[size]))
        ++size;
    return size;
}

// Where the first control character other than HT is (DEL too): the end of a value. Eight bytes at a time
// while there is none.
std::size_t value_size(std::string_view text) noexcept
{
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t high = ones * 0x80;
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8)
    {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        const std::uint64_t below_space = (word - ones * 0x20) & ~word;
        const std::uint64_t del = word ^ (ones * 0x7f);
        if ((((below_space | ((del - ones) & ~del)) & high)) != 0)
            break;
    }
    for (; at < text.size(); ++at)
    {
        const auto each = static_cast<unsigned char>(text[at]);
        if ((each < 0x20 && each != '\t') || each == 0x7f)
            break;
    }
    return at;
}

std::string_view without_space(std::string_view text) noexcept
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

std::string_view control_problem(std::string_view rest) noexcept
{
    switch (rest.empty() ? ' ' : rest.front())
    {
    case '\r':
        return "a bare CR (RFC 9112, 2.2)";
    case '\n':
        return "a bare LF (RFC 9112, 2.2)";
    case '\0':
        return "a NUL (RFC 9110, 5.5)";
    default:
        return "a control character (RFC 9110, 5.5)";
    }
}

std::string_view name_problem(std::string_view rest) noexcept
{
    if (rest.empty())
        return "no empty line at the end";
    switch (rest.front())
    {
    case ' ':
    case '\t':
        return "white space before a colon, or a folded line (RFC 9112, 5.1 and 5.2)";
    case '\r':
    case '\n':
        return "a field without a colon, or a line without CRLF (RFC 9112, 5)";
    default:
        return "a field name that is not a token (RFC 9110, 5.1)";
    }
}

// One field line at the front of `rest`, taken off. Empty: done.
std::string_view take_field(std::string_view& rest, std::vector<field>& into) noexcept
{
    const std::size_t name_end = token_size(rest);
    if (name_end == 0 || name_end == rest.size() || rest[name_end] != ':')
        return name_problem(rest.substr(name_end));
    const std::string_view name = rest.substr(0, name_end);
    rest.remove_prefix(name_end + 1);
    const std::size_t value_end = value_size(rest);
    if (!rest.substr(value_end).starts_with("\r\n"))
        return control_problem(rest.substr(value_end));
    into.push_back({name, without_space(rest.substr(0, value_end))});
    rest.remove_prefix(value_end + 2);
    return {};
}

// Empty: every line was taken, and nothing stands behind the empty line.
std::string_view take_fields(std::string_view rest, std::vector<field>& into, std::size_t most_fields)
{
    const std::size_t before = into.size();
    while (!rest.starts_with("\r\n"))
    {
        if (into.size() - before == most_fields)
            return too_many;
        if (const auto problem = take_field(rest, into); !problem.empty())
            return problem;
    }
    return rest.size() == 2 ? std::string_view() : "bytes behind the empty line";
}

// "HTTP/1.1" or "HTTP/1.0" at the front; 0: neither.
int version_of(std::string_view text) noexcept
{
    if (text.starts_with("HTTP/1.1"))
        return 11;
    return text.starts_with("HTTP/1.0") ? 10 : 0;
}

// Bytes that are neither controls nor space: a request target.
std::size_t target_size(std::string_view text) noexcept
{
    std::size_t size = 0;
    while (size < text.size() && static_cast<unsigned char>(text[size]) > 0x20 && text[size] != 0x7f)
        ++size;
    return size;
}

// The request line at the front, taken off (RFC 9112, 3). Empty: done.
std::string_view take_request_line(std::string_view& rest, request_line& into) noexcept
{
    constexpr std::string_view expected = "not \"method SP target SP HTTP/1.1\" (RFC 9112, 3)";
    const std::size_t method_end = token_size(rest);
    if (method_end == 0 || !rest.substr(method_end).starts_with(' '))
        return method_end == 0 ? "the method is not a token (RFC 9110, 9.1)" : expected;
    into.method = rest.substr(0, method_end);
    rest.remove_prefix(method_end + 1);
    const std::size_t target_end = target_size(rest);
    if (target_end == 0 || !rest.substr(target_end).starts_with(' '))
        return expected;
    into.target = rest.substr(0, target_end);
    rest.remove_prefix(target_end + 1);
    into.version = version_of(rest);
    if (into.version == 0 || !rest.substr(8).starts_with("\r\n"))
        return expected;
    rest.remove_prefix(10);
    return {};
}

// The status line at the front, taken off (RFC 9112, 4). Empty: done.
std::string_view take_status_line(std::string_view& rest, status_line& into) noexcept
{
    constexpr std::string_view expected = "not \"HTTP/1.1 SP status SP reason\" (RFC 9112, 4)";
    into.version = version_of(rest);
    if (into.version == 0 || rest.size() < 14 || rest[8] != ' ')
        return expected;
    for (const char each : rest.substr(9, 3))
    {
        if (each < '0' || each > '9')
            return expected;
        into.status = into.status * 10 + (each - '0');
    }
    rest.remove_prefix(12);
    if (into.status < 100 || (rest.front() != ' ' && rest.front() != '\r'))
        return expected;
    const std::size_t reason_end = value_size(rest);
    if (!rest.substr(reason_end).starts_with("\r\n"))
        return control_problem(rest.substr(reason_end));
    into.reason = without_space(rest.substr(0, reason_end));
    rest.remove_prefix(reason_end + 2);
    return {};
}

} // namespace

result<request_line>
read_request_head(std::string_view head, std::vector<field>& into, std::size_t most_fields)
{
    request_line line;
    auto problem = take_request_line(head, line);
    if (problem.empty())
        problem = take_fields(head, into, most_fields);
    if (problem.empty())
        return line;
    return fail(
        problem == too_many ? errc::request_head_too_large : errc::request_malformed,
        where,
        std::string(problem)
    );
}

result<status_line>
read_response_head(std::string_view head, std::vector<field>& into, std::size_t most_fields)
{
    status_line line;
    auto problem = take_status_line(head, line);
    if (problem.empty())
        problem = take_fields(head, into, most_fields);
    if (problem.empty())
        return line;
    return fail(errc::upstream_protocol_error, where, std::string(problem));
}

result<void> read_field_lines(std::string_view lines, std::vector<field>& into, std::size_t most_fields)
{
    const auto problem = take_fields(lines, into, most_fields);
    if (problem.empty())
        return {};
    return fail(
        problem == too_many ? errc::value_too_large : errc::value_malformed, where, std::string(problem)
    );
}

} // namespace sekisho::http

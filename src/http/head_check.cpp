// SPDX-License-Identifier: Apache-2.0
#include "http/head_check.hpp"

#include "http/address.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <string>

namespace sekisho::http
{
namespace
{

constexpr std::string_view where = "head";

// What is wrong with control characters in lines [at, end); empty: nothing. Lines end with CRLF, HT is
// allowed.
std::string_view control_problem(std::string_view text, std::size_t at) noexcept
{
    const char each = text[at];
    if (each == '\t')
        return {};
    if (each == '\r')
        return at + 1 < text.size() && text[at + 1] == '\n' ? std::string_view()
                                                            : "a bare CR (RFC 9112, 2.2)";
    if (each == '\n')
        return at > 0 && text[at - 1] == '\r' ? std::string_view() : "a bare LF (RFC 9112, 2.2)";
    return each == '\0' ? "a NUL (RFC 9110, 5.5)" : "a control character (RFC 9110, 5.5)";
}

// Passes eight bytes at a time while none of them is below space.
std::string_view controls_problem(std::string_view text) noexcept
{
    constexpr std::uint64_t ones = 0x0101010101010101;
    for (std::size_t at = 0; at < text.size();)
    {
        if (text.size() - at >= 8)
        {
            std::uint64_t word = 0;
            std::memcpy(&word, text.data() + at, 8);
            if (((word - ones * 0x20) & ~word & ones * 0x80) == 0)
            {
                at += 8;
                continue;
            }
        }
        const std::size_t end = std::min(at + 8, text.size());
        for (; at < end; ++at)
            if (static_cast<unsigned char>(text[at]) < 0x20)
                if (const std::string_view problem = control_problem(text, at); !problem.empty())
                    return problem;
    }
    return {};
}

std::string_view field_line_problem(std::string_view line) noexcept
{
    if (line.front() == ' ' || line.front() == '\t')
        return "a folded line, or white space before the first field (RFC 9112, 2.2 and 5.2)";
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return "a field without a colon (RFC 9112, 5)";
    const std::string_view name = line.substr(0, colon);
    if (name.ends_with(' ') || name.ends_with('\t'))
        return "white space before a colon (RFC 9112, 5.1)";
    return is_token(name) ? std::string_view() : "a field name that is not a token (RFC 9110, 5.1)";
}

// Checks everything behind the first line.
std::string_view fields_problem(std::string_view head, std::size_t at) noexcept
{
    while (at < head.size())
    {
        const std::size_t end = head.find('\n', at);
        if (end == std::string_view::npos)
            return "a line without an end";
        const std::string_view line =
            head.substr(at, end - 1 - at); // without CR, which control_problem has seen
        at = end + 1;
        if (line.empty())
            return at == head.size() ? std::string_view() : "bytes behind the empty line";
        if (const std::string_view problem = field_line_problem(line); !problem.empty())
            return problem;
    }
    return "no empty line at the end";
}

bool is_version(std::string_view text) noexcept { return text == "HTTP/1.1" || text == "HTTP/1.0"; }

// RFC 9112, 3: single spaces, nothing before or behind.
std::string_view request_line_problem(std::string_view line) noexcept
{
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last || !is_version(line.substr(last + 1)))
        return "not \"method SP target SP HTTP/1.1\" (RFC 9112, 3)";
    if (!is_token(line.substr(0, first)))
        return "the method is not a token (RFC 9110, 9.1)";
    const std::string_view target = line.substr(first + 1, last - first - 1);
    return target.empty() || target.find_first_of(" \t") != std::string_view::npos
               ? "white space in the request line (RFC 9112, 3)"
               : std::string_view();
}

// RFC 9112, 4.
std::string_view status_line_problem(std::string_view line) noexcept
{
    const auto is_digit = [](char each) { return each >= '0' && each <= '9'; };
    const bool is_valid = line.size() >= 12 && is_version(line.substr(0, 8)) && line[8] == ' ' &&
                          std::ranges::all_of(line.substr(9, 3), is_digit) && line[9] != '0' &&
                          (line.size() == 12 || line[12] == ' ');
    return is_valid ? std::string_view() : "not \"HTTP/1.1 SP status SP reason\" (RFC 9112, 4)";
}

template <class LineProblem>
result<void> check_head(std::string_view head, errc code, LineProblem line_problem)
{
    std::string_view problem = controls_problem(head);
    const std::size_t end = head.find("\r\n");
    if (problem.empty())
        problem = end == std::string_view::npos ? "no line end" : line_problem(head.substr(0, end));
    if (problem.empty())
        problem = fields_problem(head, end + 2);
    if (!problem.empty())
        return fail(code, where, std::string(problem));
    return {};
}

bool is_port(std::string_view text) noexcept
{
    unsigned value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc() && end == text.data() + text.size() && value >= 1 && value <= 65535 &&
           text.size() <= 5;
}

bool is_name(std::string_view text) noexcept
{
    return !text.empty() && text.size() <= 255 && text.front() != '.' &&
           std::ranges::all_of(
               text,
               [](char each)
               {
                   return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') ||
                          (each >= '0' && each <= '9') || each == '-' || each == '.' || each == '_';
               }
           );
}

} // namespace

result<void> check_request_head(std::string_view head)
{
    return check_head(head, errc::request_malformed, request_line_problem);
}

result<void> check_response_head(std::string_view head)
{
    return check_head(head, errc::upstream_protocol_error, status_line_problem);
}

bool is_host(std::string_view text) noexcept
{
    const bool is_bracketed = text.starts_with('[');
    const std::size_t end = is_bracketed ? text.find(']') : std::min(text.find(':'), text.size());
    if (end == std::string_view::npos)
        return false;
    const std::string_view port = text.substr(end + (is_bracketed ? 1 : 0));
    if (!port.empty() && (port.front() != ':' || !is_port(port.substr(1))))
        return false;
    if (!is_bracketed)
        return is_name(text.substr(0, end));
    const std::string_view inside = text.substr(1, end - 1);
    return inside.find(':') != std::string_view::npos && address::read(inside).has_value();
}

result<std::string_view> request_host(std::span<const field> fields, int version)
{
    const std::size_t hosts = count(fields, "Host");
    if (hosts == 0 && version < 11)
        return std::string_view();
    if (hosts != 1)
        return fail(
            errc::request_malformed,
            where,
            hosts == 0 ? "no Host (RFC 9112, 3.2)" : "more than one Host (RFC 9112, 3.2)"
        );
    const std::string_view host = *find(fields, "Host");
    if (!is_host(host))
        return fail(errc::request_malformed, where, "the Host is not a host with a port (RFC 9112, 3.2)");
    return host;
}

} // namespace sekisho::http

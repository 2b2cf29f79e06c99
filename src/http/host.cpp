// SPDX-License-Identifier: Apache-2.0
#include "http/host.hpp"

#include "http/address.hpp"

#include <algorithm>
#include <charconv>

namespace sekisho::http
{
namespace
{

constexpr std::string_view where = "head";

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

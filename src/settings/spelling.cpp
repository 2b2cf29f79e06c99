// SPDX-License-Identifier: Apache-2.0
#include "settings/spelling.hpp"

#include "base/encoding.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <limits>
#include <utility>

namespace sekisho::settings
{
namespace
{

template <class Integer>
std::optional<Integer> whole_number(std::string_view text)
{
    Integer value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

struct unit
{
    std::string_view name;
    std::uint64_t bytes;
};

// Largest first within a kind, so that printing finds the shortest spelling; binary units are the ones
// printed.
constexpr std::array units{
    unit{"TiB", std::uint64_t{1} << 40},
    unit{"GiB", std::uint64_t{1} << 30},
    unit{"MiB", std::uint64_t{1} << 20},
    unit{"KiB", std::uint64_t{1} << 10},
    unit{"TB", 1'000'000'000'000},
    unit{"GB", 1'000'000'000},
    unit{"MB", 1'000'000},
    unit{"kB", 1'000},
    unit{"KB", 1'000},
    unit{"B", 1},
};

bool is_control(char character) { return static_cast<unsigned char>(character) < 0x20 || character == 0x7f; }

bool is_token_character(char character)
{
    const bool alphanumeric = (character >= '0' && character <= '9') ||
                              (character >= 'a' && character <= 'z') ||
                              (character >= 'A' && character <= 'Z');
    return alphanumeric || std::string_view("!#$%&'*+-.^_`|~").contains(character);
}

// RFC 9110, 5.6.2.
bool is_token(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, is_token_character);
}

std::string_view separators_of(separation by)
{
    switch (by)
    {
    case separation::comma:
        return ",\n\r";
    case separation::semicolon:
        return ";\n\r";
    case separation::space:
        return " \t\n\r";
    case separation::comma_or_space:
        break;
    }
    return ", \t\n\r";
}

bool is_host(const std::string& host)
{
    std::array<unsigned char, sizeof(in6_addr)> address{};
    return host.empty() || host == "localhost" || inet_pton(AF_INET, host.c_str(), address.data()) == 1 ||
           inet_pton(AF_INET6, host.c_str(), address.data()) == 1;
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

} // namespace

read_value<std::string> spelling<std::string>::read(std::string_view text)
{
    if (std::ranges::any_of(text, is_control))
        return std::unexpected("it has a line break or another control character");
    if (!is_utf8(text))
        return std::unexpected("it is not UTF-8");
    return std::string(text);
}

read_value<bool> spelling<bool>::read(std::string_view text)
{
    if (text != "true" && text != "false")
        return std::unexpected(misspelling());
    return text == "true";
}

read_value<std::uint32_t> spelling<std::uint32_t>::read(std::string_view text)
{
    const auto value = whole_number<std::uint32_t>(text);
    if (!value)
        return std::unexpected(misspelling());
    return *value;
}

read_value<byte_size> spelling<byte_size>::read(std::string_view text)
{
    const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto count = whole_number<std::uint64_t>(text.substr(0, digits));
    auto name = trimmed(text.substr(digits));
    if (name.empty())
        name = "B";
    const auto found = std::ranges::find(units, name, &unit::name);
    if (!count || found == units.end())
        return std::unexpected(misspelling());
    if (*count > std::numeric_limits<std::uint64_t>::max() / found->bytes)
        return std::unexpected("it is too large");
    return byte_size{*count * found->bytes};
}

std::string spelling<byte_size>::print(byte_size value)
{
    for (const auto& each : units)
        if (value.bytes != 0 && each.name.ends_with("iB") && value.bytes % each.bytes == 0)
            return std::to_string(value.bytes / each.bytes).append(each.name);
    return std::to_string(value.bytes);
}

read_value<std::chrono::milliseconds> spelling<std::chrono::milliseconds>::read(std::string_view text)
{
    const auto value = parse_duration(text == "0" ? "0s" : text); // zero is zero in every unit
    if (!value)
        return std::unexpected(misspelling());
    // Times are added to the clock, which must not run over.
    if (*value > std::chrono::days(3650))
        return std::unexpected(misspelling("is longer than 3650d"));
    return *value;
}

read_value<std::chrono::seconds> spelling<std::chrono::seconds>::read(std::string_view text)
{
    const auto value = spelling<std::chrono::milliseconds>::read(text);
    if (!value || *value % 1s != 0s)
        return std::unexpected(misspelling());
    return std::chrono::duration_cast<std::chrono::seconds>(*value);
}

read_value<url> spelling<url>::read(std::string_view text)
{
    auto value = url::parse(text);
    if (!value)
        return std::unexpected(std::move(value.error().detail));
    return std::move(*value);
}

read_value<listen_address> spelling<listen_address>::read(std::string_view text)
{
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return std::unexpected("the port's colon is missing");
    auto host = text.substr(0, colon);
    const auto port = whole_number<std::uint16_t>(text.substr(colon + 1));
    if (!port)
        return std::unexpected("the port is not a number from 0 to 65535");
    const bool bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed)
        host = host.substr(1, host.size() - 2);
    if (bracketed != host.contains(':'))
        return std::unexpected("an IPv6 address stands in brackets");
    listen_address value{.host = std::string(host), .port = *port};
    if (!is_host(value.host))
        return std::unexpected("the host is neither an IP address nor localhost");
    return value;
}

std::string spelling<listen_address>::print(const listen_address& value)
{
    const bool bracketed = value.host.contains(':');
    return (bracketed ? "[" + value.host + "]" : value.host) + ":" + std::to_string(value.port);
}

read_value<header_name> spelling<header_name>::read(std::string_view text)
{
    if (text.empty() || text == "off")
        return header_name();
    if (!is_token(text))
        return std::unexpected("it has a character that no header name may have");
    return header_name(std::string(text));
}

read_value<header_claim> spelling<header_claim>::read(std::string_view text)
{
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        return std::unexpected("the colon between header and claim is missing");
    const auto header = trimmed(text.substr(0, colon));
    const auto claim = trimmed(text.substr(colon + 1));
    if (!is_token(header))
        return std::unexpected("the part before the colon is not a header name");
    if (claim.empty() || std::ranges::any_of(claim, is_control))
        return std::unexpected("the part after the colon is not the path of a claim");
    return header_claim{.header = std::string(header), .claim = std::string(claim)};
}

read_value<named_value> spelling<named_value>::read(std::string_view text)
{
    const auto equals = text.find('=');
    if (equals == std::string_view::npos)
        return std::unexpected("the = between name and value is missing");
    const auto name = trimmed(text.substr(0, equals));
    if (!is_token(name))
        return std::unexpected("the part before = is not a name");
    auto value = spelling<std::string>::read(trimmed(text.substr(equals + 1)));
    if (!value)
        return std::unexpected(std::move(value.error()));
    return named_value{.name = std::string(name), .value = std::move(*value)};
}

read_value<secret> spelling<secret>::read(std::string_view text)
{
    if (std::ranges::any_of(text, is_control))
        return std::unexpected("it has a line break or another control character inside");
    return secret(std::string(text));
}

std::vector<std::string> split_list(std::string_view text, separation by)
{
    const std::string_view separators = separators_of(by);
    std::vector<std::string> items;
    while (!text.empty())
    {
        const auto end = std::min(text.find_first_of(separators), text.size());
        if (const auto item = trimmed(text.substr(0, end)); !item.empty())
            items.emplace_back(item);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return items;
}

} // namespace sekisho::settings

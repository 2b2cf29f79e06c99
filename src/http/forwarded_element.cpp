// SPDX-License-Identifier: Apache-2.0
#include "http/forwarded_element.hpp"

#include <algorithm>

namespace sekisho::http
{
namespace
{

// A token or a quoted-string without escapes at the beginning of `text`, which it is taken off. nullopt:
// neither.
std::optional<std::string_view> take_value(std::string_view& text) noexcept
{
    if (text.starts_with('"'))
    {
        const std::size_t end = text.find_first_of("\"\\", 1);
        if (end == std::string_view::npos || text[end] == '\\')
            return std::nullopt;
        const std::string_view value = text.substr(1, end - 1);
        text.remove_prefix(end + 1);
        return value;
    }
    // ":" and brackets belong into quotes, but proxies write them bare.
    const std::size_t end = std::min(text.find_first_of(";, \t\"="), text.size());
    const std::string_view value = text.substr(0, end);
    text.remove_prefix(end);
    return value.empty() ? std::nullopt : std::optional(value);
}

void skip_space(std::string_view& text) noexcept
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
}

// Puts a pair into its place. False: it is there already.
bool assign(forwarded_element& element, std::string_view name, std::string_view value) noexcept
{
    std::string_view* place = nullptr;
    if (equal_names(name, "for"))
        place = &element.node;
    else if (equal_names(name, "proto"))
        place = &element.proto;
    else if (equal_names(name, "host"))
        place = &element.host;
    if (place == nullptr)
        return true; // "by" and extensions
    if (!place->empty())
        return false;
    *place = value;
    return true;
}

bool is_port(std::string_view text) noexcept
{
    return !text.empty() && text.size() <= 5 &&
           std::ranges::all_of(text, [](char each) { return each >= '0' && each <= '9'; });
}

} // namespace

forwarded_chain::forwarded_chain(std::span<const field> fields) noexcept
{
    for (const field& each : fields)
    {
        if (!equal_names(each.name, "Forwarded") || read(each.value))
            continue;
        size_ = 0;
        return;
    }
}

bool forwarded_chain::read(std::string_view value) noexcept
{
    forwarded_element element;
    for (skip_space(value); !value.empty(); skip_space(value))
    {
        const std::size_t equals = value.find('=');
        if (equals == std::string_view::npos || !is_token(value.substr(0, equals)))
            return false;
        const std::string_view name = value.substr(0, equals);
        value.remove_prefix(equals + 1);
        const std::optional<std::string_view> text = take_value(value);
        if (!text || !assign(element, name, *text))
            return false;
        skip_space(value);
        if (value.empty())
            break;
        const char separator = value.front();
        if (separator != ';' && separator != ',')
            return false;
        value.remove_prefix(1);
        if (separator == ',')
        {
            append(element);
            element = {};
        }
    }
    append(element);
    return true;
}

void forwarded_chain::append(const forwarded_element& element) noexcept
{
    if (size_ == elements_.size())
    {
        std::ranges::rotate(elements_, elements_.begin() + 1);
        --size_;
    }
    elements_[size_++] = element;
}

std::optional<address> read_node(std::string_view text) noexcept
{
    if (text.starts_with('['))
    {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos)
            return std::nullopt;
        const std::string_view rest = text.substr(end + 1);
        if (!rest.empty() && (rest.front() != ':' || !is_port(rest.substr(1))))
            return std::nullopt;
        const std::string_view inside = text.substr(1, end - 1);
        return inside.find(':') == std::string_view::npos ? std::nullopt : address::read(inside);
    }
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos)
    {
        if (!is_port(text.substr(colon + 1)))
            return std::nullopt;
        text = text.substr(0, colon);
    }
    return address::read(text);
}

} // namespace sekisho::http

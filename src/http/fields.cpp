// SPDX-License-Identifier: Apache-2.0
#include "http/fields.hpp"

#include <algorithm>
#include <array>

namespace sekisho::http
{
namespace
{

constexpr char lower(char character) noexcept
{
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character | 0x20) : character;
}

// RFC 9110, 5.6.2: tchar.
constexpr std::array<bool, 256> token_characters = []
{
    std::array<bool, 256> table{};
    for (unsigned char each = '0'; each <= '9'; ++each)
        table[each] = true;
    for (unsigned char each = 'a'; each <= 'z'; ++each)
        table[each] = table[each - 0x20U] = true;
    for (const char each : std::string_view("!#$%&'*+-.^_`|~"))
        table[static_cast<unsigned char>(each)] = true;
    return table;
}();

} // namespace

bool equal_names(std::string_view left, std::string_view right) noexcept
{
    if (left.size() != right.size())
        return false;
    for (std::size_t at = 0; at < left.size(); ++at)
        if (left[at] != right[at] && lower(left[at]) != lower(right[at]))
            return false;
    return true;
}

std::optional<std::string_view> find(std::span<const field> fields, std::string_view name) noexcept
{
    for (const field& each : fields)
        if (equal_names(each.name, name))
            return each.value;
    return std::nullopt;
}

std::size_t count(std::span<const field> fields, std::string_view name) noexcept
{
    return static_cast<std::size_t>(
        std::ranges::count_if(fields, [&](const field& each) { return equal_names(each.name, name); })
    );
}

bool has_token(std::span<const field> fields, std::string_view name, std::string_view token) noexcept
{
    return std::ranges::any_of(
        fields,
        [&](const field& each) { return equal_names(each.name, name) && has_token(each.value, token); }
    );
}

bool has_token(std::string_view list, std::string_view token) noexcept
{
    list_reader reader(list);
    while (const std::optional<std::string_view> element = reader.next())
        if (equal_names(*element, token))
            return true;
    return false;
}

std::string_view trimmed(std::string_view text) noexcept
{
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::optional<std::string_view> list_reader::next() noexcept
{
    while (!rest_.empty())
    {
        const std::size_t comma = std::min(rest_.find(','), rest_.size());
        const std::string_view element = trimmed(rest_.substr(0, comma));
        rest_.remove_prefix(std::min(comma + 1, rest_.size()));
        if (!element.empty())
            return element;
    }
    return std::nullopt;
}

std::optional<std::string_view> list_reader::last() noexcept
{
    while (!rest_.empty())
    {
        const std::size_t comma = rest_.rfind(',');
        const bool is_only = comma == std::string_view::npos;
        const std::string_view element = trimmed(is_only ? rest_ : rest_.substr(comma + 1));
        rest_ = is_only ? std::string_view() : rest_.substr(0, comma);
        if (!element.empty())
            return element;
    }
    return std::nullopt;
}

bool is_token(std::string_view text) noexcept
{
    return !text.empty() &&
           std::ranges::all_of(
               text, [](char each) { return token_characters[static_cast<unsigned char>(each)]; }
           );
}

bool is_field_value(std::string_view text) noexcept
{
    return std::ranges::none_of(
        text,
        [](char each)
        {
            const auto byte = static_cast<unsigned char>(each);
            return (byte < 0x20 && each != '\t') || byte == 0x7f;
        }
    );
}

} // namespace sekisho::http

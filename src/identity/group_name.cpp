// SPDX-License-Identifier: Apache-2.0
#include "identity/group_name.hpp"

#include <cstddef>

namespace sekisho::identity
{
namespace
{

int hex_digit(char character) noexcept
{
    if (character >= '0' && character <= '9')
        return character - '0';
    const char lower = static_cast<char>(character | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// RFC 4514, 2.4: a backslash before a special character, or before two hexadecimal digits. Takes it off.
std::optional<char> take_escaped(std::string_view& rest)
{
    constexpr std::string_view special = "\"+,;<>\\ #=";
    if (rest.empty())
        return std::nullopt;
    if (special.find(rest.front()) != std::string_view::npos)
    {
        const char character = rest.front();
        rest.remove_prefix(1);
        return character;
    }
    const int high = hex_digit(rest.front());
    const int low = rest.size() > 1 ? hex_digit(rest[1]) : -1;
    if (high < 0 || low < 0)
        return std::nullopt;
    rest.remove_prefix(2);
    return static_cast<char>(high * 16 + low);
}

std::size_t last_separator(std::string_view group)
{
    for (auto at = group.rfind('/'); at != std::string_view::npos; at = group.rfind('/', at - 1))
        if (at == 0 || group[at - 1] != '~')
            return at;
    return std::string_view::npos;
}

} // namespace

std::optional<std::string> common_name(std::string_view distinguished_name)
{
    auto rest = distinguished_name;
    if (rest.size() < 4 || (rest[0] | 0x20) != 'c' || (rest[1] | 0x20) != 'n' || rest[2] != '=')
        return std::nullopt;
    rest.remove_prefix(3);
    if (rest.starts_with('#') ||
        rest.starts_with(' ')) // an encoded value (2.4), or one that is not canonical
        return std::nullopt;
    std::string name;
    while (!rest.empty() && rest.front() != ',')
    {
        const char character = rest.front();
        rest.remove_prefix(1);
        // "CN=a+UID=7" is one name of two parts, of which neither is the group.
        if (character == '+' || character == '"' || character == ';' || character == '<' || character == '>')
            return std::nullopt;
        if (character != '\\')
        {
            name.push_back(character);
            continue;
        }
        const auto escaped = take_escaped(rest);
        if (!escaped)
            return std::nullopt;
        name.push_back(*escaped);
    }
    return name.empty() ? std::nullopt : std::optional(std::move(name));
}

std::string shortened(std::string_view group, path_groups how)
{
    if (how == path_groups::keep || !group.starts_with('/') || group.size() == 1)
        return std::string(group);
    if (how == path_groups::strip_slash)
        return std::string(group.substr(1));
    const auto name = group.substr(last_separator(group) + 1);
    return std::string(name.empty() ? group : name);
}

} // namespace sekisho::identity

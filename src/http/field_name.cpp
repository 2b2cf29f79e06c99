// SPDX-License-Identifier: Apache-2.0
#include "http/field_name.hpp"

namespace sekisho::http
{

std::string canonical_name(std::string_view name)
{
    std::string text(name);
    for (char& each : text)
        each = static_cast<char>(detail::canonical_word(static_cast<unsigned char>(each)) & 0xff);
    return text;
}

name_set::name_set(std::initializer_list<std::string_view> names)
{
    std::vector<std::pair<std::string, nothing>> entries;
    for (const std::string_view each : names)
        entries.emplace_back(each, nothing{});
    table_ = name_table<nothing>(std::move(entries));
}

name_set::name_set(std::span<const std::string> names)
{
    std::vector<std::pair<std::string, nothing>> entries;
    for (const std::string& each : names)
        entries.emplace_back(each, nothing{});
    table_ = name_table<nothing>(std::move(entries));
}

} // namespace sekisho::http

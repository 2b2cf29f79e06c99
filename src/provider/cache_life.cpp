// SPDX-License-Identifier: Apache-2.0
#include "provider/cache_life.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sekisho::provider
{
namespace
{

constexpr std::int64_t year = 365 * 24 * 3600;

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// RFC 9111, 1.2.2: a number that is too large stands for a very long time.
std::optional<std::int64_t> seconds(std::string_view text)
{
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        text = text.substr(1, text.size() - 2);
    if (text.empty() || !std::ranges::all_of(text, [](char each) { return each >= '0' && each <= '9'; }))
        return std::nullopt;
    std::int64_t value = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc())
        return year;
    return std::min(value, year);
}

struct directives
{
    std::int64_t max_age = 0;
    bool is_kept = true;
};

void read(std::string_view directive, directives& found)
{
    const auto equals = directive.find('=');
    const auto name = trimmed(directive.substr(0, equals));
    if (http::equal_names(name, "no-store") || http::equal_names(name, "no-cache"))
        found.is_kept = false;
    if (http::equal_names(name, "max-age") && equals != std::string_view::npos)
        found.max_age = seconds(trimmed(directive.substr(equals + 1))).value_or(0);
}

} // namespace

std::chrono::milliseconds cache_life(const http::owned_fields& fields)
{
    directives found;
    for (const auto& [name, value] : fields)
    {
        if (!http::equal_names(name, "Cache-Control"))
            continue;
        std::string_view rest = value;
        while (!rest.empty())
        {
            const auto comma = rest.find(',');
            read(rest.substr(0, comma), found);
            rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        }
    }
    return std::chrono::seconds(found.is_kept ? found.max_age : 0);
}

} // namespace sekisho::provider

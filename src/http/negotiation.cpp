// SPDX-License-Identifier: Apache-2.0
#include "http/negotiation.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace sekisho::http
{
namespace
{

struct preference
{
    std::string_view range; // "text/html" or "ja-JP"
    int weight = 1000;      // thousandths; 0: not acceptable
};

// RFC 9110, 12.4.2: "0.5" as 500. What is not a weight counts as 0.
int parse_weight(std::string_view text) noexcept
{
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1') ||
        (text.size() > 1 && text[1] != '.'))
        return 0;
    int weight = (text[0] - '0') * 1000;
    int scale = 100;
    for (const char digit : text.substr(std::min<std::size_t>(2, text.size())))
    {
        if (digit < '0' || digit > '9')
            return 0;
        weight += (digit - '0') * scale;
        scale /= 10;
    }
    return weight <= 1000 ? weight : 0;
}

preference read_preference(std::string_view element) noexcept
{
    preference read{.range = trimmed(element.substr(0, element.find(';')))};
    while (element.find(';') != std::string_view::npos)
    {
        element.remove_prefix(element.find(';') + 1);
        const std::string_view parameter = trimmed(element.substr(0, element.find(';')));
        if (parameter.starts_with("q=") || parameter.starts_with("Q="))
            read.weight = parse_weight(parameter.substr(2));
    }
    return read;
}

template <class Visit>
void for_each_preference(std::span<const field> fields, std::string_view name, Visit visit)
{
    for (const field& each : fields)
    {
        if (!equal_names(each.name, name))
            continue;
        list_reader reader(each.value);
        while (const std::optional<std::string_view> element = reader.next())
            visit(read_preference(*element));
    }
}

bool is_json(std::string_view range) noexcept
{
    constexpr std::string_view suffix = "+json"; // application/problem+json
    return equal_names(range, "application/json") ||
           (range.size() > suffix.size() && equal_names(range.substr(range.size() - suffix.size()), suffix));
}

bool is_html(std::string_view range) noexcept
{
    return equal_names(range, "text/html") || equal_names(range, "application/xhtml+xml");
}

// RFC 4647, 3.4: "ja-JP" finds "ja", never the other way round.
bool matches_language(std::string_view range, std::string_view supported) noexcept
{
    return range.size() >= supported.size() && equal_names(range.substr(0, supported.size()), supported) &&
           (range.size() == supported.size() || range[supported.size()] == '-');
}

bool says_otherwise(std::span<const field> fields, std::string_view name, std::string_view expected) noexcept
{
    return std::ranges::any_of(
        fields, [&](const field& each) { return equal_names(each.name, name) && each.value != expected; }
    );
}

int html_weight(std::span<const field> fields) noexcept
{
    int html = 0;
    for_each_preference(
        fields,
        "Accept",
        [&](const preference& each)
        {
            if (equal_names(each.range, "text/html"))
                html = std::max(html, each.weight);
        }
    );
    return html;
}

} // namespace

media preferred_media(std::span<const field> fields) noexcept
{
    int html = 0;
    int json = 0;
    for_each_preference(
        fields,
        "Accept",
        [&](const preference& each)
        {
            if (is_html(each.range))
                html = std::max(html, each.weight);
            else if (is_json(each.range))
                json = std::max(json, each.weight);
        }
    );
    return html > 0 && html >= json ? media::html : media::json;
}

std::string_view
preferred_language(std::span<const field> fields, std::span<const std::string_view> supported) noexcept
{
    std::string_view best = supported.front();
    int best_weight = 0;
    for_each_preference(
        fields,
        "Accept-Language",
        [&](const preference& each)
        {
            if (each.weight <= best_weight)
                return;
            const auto found = std::ranges::find_if(
                supported, [&](std::string_view language) { return matches_language(each.range, language); }
            );
            if (found == supported.end() && each.range != "*")
                return;
            best = found == supported.end() ? supported.front() : *found;
            best_weight = each.weight;
        }
    );
    return best;
}

bool is_navigation(std::span<const field> fields, std::string_view method) noexcept
{
    if (method != "GET" && method != "HEAD")
        return false;
    if (says_otherwise(fields, "Sec-Fetch-Mode", "navigate") ||
        says_otherwise(fields, "Sec-Fetch-Dest", "document"))
        return false;
    // Prefetching and prerendering must not begin sign-ins (Fetch, "Sec-Purpose").
    if (has_token(fields, "X-Requested-With", "XMLHttpRequest") || count(fields, "Sec-Purpose") > 0)
        return false;
    return html_weight(fields) > 0;
}

fetch_site requesting_site(std::span<const field> fields) noexcept
{
    constexpr auto sites = std::to_array<std::pair<std::string_view, fetch_site>>({
        {"none", fetch_site::none},
        {"same-origin", fetch_site::same_origin},
        {"same-site", fetch_site::same_site},
        {"cross-site", fetch_site::cross_site},
    });
    if (count(fields, "Sec-Fetch-Site") != 1)
        return fetch_site::unknown;
    const std::string_view said = *find(fields, "Sec-Fetch-Site");
    const auto found = std::ranges::find(sites, said, &std::pair<std::string_view, fetch_site>::first);
    return found == sites.end() ? fetch_site::unknown : found->second;
}

} // namespace sekisho::http

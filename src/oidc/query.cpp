// SPDX-License-Identifier: Apache-2.0
#include "oidc/query.hpp"

#include "base/encoding.hpp"

#include <algorithm>
#include <string_view>

namespace sekisho::oidc
{
namespace
{

bool has_name(const parameters& among, std::string_view name)
{
    return std::ranges::any_of(among, [&](const parameter& each) { return each.name == name; });
}

std::string decoded_name(std::string_view pair)
{
    const auto name = pair.substr(0, pair.find('='));
    return form_decode(name).value_or(std::string(name));
}

void append(std::string& query, std::string_view pair)
{
    if (!query.empty())
        query += '&';
    query += pair;
}

std::string kept_query(std::string_view query, const parameters& added)
{
    std::string kept;
    while (!query.empty())
    {
        const auto pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), pair.size() + 1));
        if (!pair.empty() && !has_name(added, decoded_name(pair)))
            append(kept, pair);
    }
    return kept;
}

} // namespace

std::string with_parameters(const url& endpoint, const parameters& added)
{
    auto query = kept_query(endpoint.query(), added);
    for (const auto& each : added)
        append(query, percent_encode(each.name) + "=" + percent_encode(each.value));
    const auto& text = endpoint.text();
    auto whole = text.substr(0, text.find('?'));
    return query.empty() ? whole : whole + "?" + query;
}

} // namespace sekisho::oidc

// SPDX-License-Identifier: Apache-2.0
#include "oidc/issuer.hpp"

#include "oidc/foreign.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace sekisho::oidc
{
namespace
{

constexpr std::string_view well_known = "/.well-known/openid-configuration";
constexpr std::string_view where = "oidc.issuer";

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const auto first = text.find_first_not_of(space);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::string_view without_final_slash(std::string_view text)
{
    return text.ends_with('/') ? text.substr(0, text.size() - 1) : text;
}

std::string lower(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(
        result,
        result.begin(),
        [](char each) { return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each; }
    );
    return result;
}

std::string_view without_scheme(std::string_view text)
{
    const auto end = text.find("://");
    return end == std::string_view::npos ? text : text.substr(end + 3);
}

std::optional<std::string> final_slash_difference(std::string_view expected, std::string_view received)
{
    if (without_final_slash(expected) != without_final_slash(received))
        return std::nullopt;
    if (received.ends_with('/'))
        return "the received one has a final slash, the expected one has none";
    return "the received one has no final slash, the expected one has one";
}

std::optional<std::string> address_difference(std::string_view expected, std::string_view received)
{
    const auto left = url::parse(expected);
    const auto right = url::parse(received);
    if (!left || !right)
        return std::nullopt;
    if (left->host() != right->host())
        return "the hosts differ: " + in_quotes(left->host()) + " and " + in_quotes(right->host());
    if (left->port() != right->port())
        return "the ports differ: " + std::to_string(left->port()) + " and " + std::to_string(right->port());
    if (left->path() != right->path())
        return "the paths differ: " + in_quotes(left->path()) + " and " + in_quotes(right->path());
    return std::nullopt;
}

std::string first_difference(std::string_view expected, std::string_view received)
{
    const auto shorter = std::min(expected.size(), received.size());
    std::size_t same = 0;
    while (same < shorter && expected[same] == received[same])
        ++same;
    return "they differ from character " + std::to_string(same + 1) + " on";
}

std::string difference(std::string_view expected, std::string_view received)
{
    if (received.find("{tenantid}") != std::string_view::npos)
        return "the received one is a template for many tenants; put the tenant's own id into oidc.issuer";
    if (trimmed(expected) == trimmed(received))
        return "one of them has white space around it";
    if (auto found = final_slash_difference(expected, received))
        return *found;
    if (without_scheme(expected) == without_scheme(received))
        return "one begins with http, the other with https";
    if (lower(expected) == lower(received))
        return "they differ only in upper and lower case; " + first_difference(expected, received);
    if (auto found = address_difference(expected, received))
        return *found;
    return first_difference(expected, received);
}

} // namespace

result<issuer_setting> parse_issuer(std::string_view setting, transport rule)
{
    auto text = trimmed(setting);
    if (text.empty())
        return fail(
            errc::value_malformed,
            where,
            "is empty; write the provider's issuer, such as https://login.example.com"
        );
    issuer_setting made;
    if (const auto mark = text.find('?'); mark != std::string_view::npos)
    {
        made.query = std::string(text.substr(mark + 1));
        text = text.substr(0, mark);
    }
    if (const auto bare = without_final_slash(text); bare.ends_with(well_known))
    {
        text = bare.substr(0, bare.size() - well_known.size());
        made.slash_is_unknown = true;
    }
    const auto checked = parse_address(text, rule, where);
    if (!checked)
        return std::unexpected(checked.error());
    made.identifier = issuer(std::string(text));
    if (const auto whole = url::parse(std::string(text) + "?" + made.query); !whole)
        return fail(errc::value_malformed, where, "has an unusable query: " + whole.error().detail);
    return made;
}

url discovery_address(const issuer_setting& setting)
{
    std::string text(without_final_slash(setting.identifier.view()));
    text += well_known;
    if (!setting.query.empty())
        text.append("?").append(setting.query);
    return url::parse(text).value(); // an issuer_setting is only made by parse_issuer
}

bool is_named(const issuer_setting& setting, std::string_view received)
{
    const auto& name = setting.identifier.str();
    if (received == name)
        return true;
    if (!setting.query.empty() && received == name + "?" + setting.query)
        return true;
    return setting.slash_is_unknown && received == name + "/";
}

std::string explain_difference(std::string_view expected, std::string_view received)
{
    const auto both = "expected " + in_quotes(expected) + ", received " + in_quotes(received);
    return expected == received ? both + ": they are the same" : both + ": " + difference(expected, received);
}

} // namespace sekisho::oidc

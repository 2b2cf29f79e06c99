// SPDX-License-Identifier: Apache-2.0
#include "oidc/issuer.hpp"

#include "oidc/foreign.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace sekisho::oidc
{
namespace
{

constexpr std::string_view well_known = "/.well-known/openid-configuration";
constexpr std::string_view where = "oidc.issuer";
constexpr std::string_view placeholder = "{tenantid}";
// Of Entra's v1 endpoints, worldwide and in China.
constexpr std::array<std::string_view, 2> entra_v1_templates{
    "https://sts.windows.net/{tenantid}/",
    "https://sts.chinacloudapi.cn/{tenantid}/",
};

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
        return "the received one is a template for many tenants; put the tenant's own id into oidc.issuer, "
               "or "
               "set oidc.issuer_check to tenant_template and oidc.tenants to those that are let in";
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

// What stands in `name` where `pattern` has the placeholder; nullopt: they differ elsewhere too.
std::optional<std::string_view> replaced_part(std::string_view pattern, std::string_view name)
{
    const auto at = pattern.find(placeholder);
    const auto before = pattern.substr(0, at);
    const auto after = pattern.substr(at + placeholder.size());
    if (name.size() <= before.size() + after.size() || !name.starts_with(before) || !name.ends_with(after))
        return std::nullopt;
    return name.substr(before.size(), name.size() - before.size() - after.size());
}

// Exactly one placeholder, as one whole segment of the path.
bool has_whole_segment(std::string_view pattern)
{
    const auto at = pattern.find(placeholder);
    const auto scheme = pattern.find("://");
    if (at == std::string_view::npos || scheme == std::string_view::npos)
        return false;
    if (at <= pattern.find('/', scheme + 3) || pattern[at - 1] != '/')
        return false;
    const auto rest = pattern.substr(at + placeholder.size());
    return (rest.empty() || rest.front() == '/') && rest.find('{') == std::string_view::npos;
}

bool is_template_of(const issuer_setting& setting, std::string_view received)
{
    if (std::ranges::find(entra_v1_templates, received) != entra_v1_templates.end())
        return true;
    if (!has_whole_segment(received))
        return false;
    const auto part = replaced_part(received, setting.identifier.view());
    return part && part->find('/') == std::string_view::npos;
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
    if (setting.rule == issuer_rule::tenant_template)
        return is_template_of(setting, received);
    const auto& name = setting.identifier.str();
    if (received == name)
        return true;
    if (!setting.query.empty() && received == name + "?" + setting.query)
        return true;
    return setting.slash_is_unknown && received == name + "/";
}

bool is_named(const issuer_setting& setting, std::span<const std::string> tenants, std::string_view received)
{
    if (setting.rule != issuer_rule::tenant_template)
        return is_named(setting, received);
    const auto is_of = [&](const std::string& tenant)
    {
        const auto at = received.find("/" + tenant);
        if (tenant.empty() || at == std::string_view::npos)
            return false;
        auto pattern = std::string(received);
        pattern.replace(at + 1, tenant.size(), placeholder);
        return is_named(setting, pattern) && filled(issuer(pattern), tenant).view() == received;
    };
    return std::ranges::any_of(tenants, is_of);
}

bool is_template(const issuer& identifier) { return identifier.str().find(placeholder) != std::string::npos; }

issuer filled(const issuer& identifier, std::string_view tenant)
{
    const auto is_plain = [](char each)
    {
        return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') ||
               each == '-' || each == '.';
    };
    if (tenant.empty() || !std::ranges::all_of(tenant, is_plain))
        return {};
    auto text = identifier.str();
    if (const auto at = text.find(placeholder); at != std::string::npos)
        text.replace(at, placeholder.size(), tenant);
    return issuer(std::move(text));
}

bool names_issuer(const issuer& identifier, std::span<const std::string> tenants, std::string_view received)
{
    if (!is_template(identifier))
        return received == identifier.view();
    return std::ranges::any_of(
        tenants,
        [&](const std::string& tenant)
        {
            const auto one = filled(identifier, tenant);
            return !one.empty() && received == one.view();
        }
    );
}

std::string explain_difference(std::string_view expected, std::string_view received)
{
    const auto both = "expected " + in_quotes(expected) + ", received " + in_quotes(received);
    return expected == received ? both + ": they are the same" : both + ": " + difference(expected, received);
}

} // namespace sekisho::oidc

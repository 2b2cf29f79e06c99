// SPDX-License-Identifier: Apache-2.0
#include "oidc/login_parameters.hpp"

#include "base/encoding.hpp"
#include "oidc/authorization_request.hpp"
#include "oidc/foreign.hpp"

#include <algorithm>
#include <array>

namespace sekisho::oidc
{
namespace
{

constexpr std::string_view where = "login_parameters";
constexpr std::array<std::string_view, 3> taken{"return_to", "idp", "email"};

bool is_name(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(
                                text,
                                [](char each)
                                {
                                    const auto lower = static_cast<char>(each | 0x20);
                                    return (lower >= 'a' && lower <= 'z') || (each >= '0' && each <= '9') ||
                                           each == '_' || each == '-' || each == '.' || each == ':';
                                }
                            );
}

bool is_clean(std::string_view value)
{
    const auto is_control = [](char each)
    { return static_cast<unsigned char>(each) < 0x20 || each == '\x7f'; };
    return !value.empty() && value.size() <= longest_login_parameter && is_utf8(value) &&
           std::ranges::none_of(value, is_control);
}

bool lets_pass(const login_parameter& rule, const parameter& received)
{
    return rule.name == received.name && (!rule.value || *rule.value == received.value);
}

} // namespace

result<login_parameter> parse_login_parameter(std::string_view text)
{
    const auto equals = text.find('=');
    const auto name = text.substr(0, equals);
    if (!is_name(name))
        return fail(
            errc::value_malformed,
            where,
            in_quotes(text) + " is no parameter: expected \"login_hint\" or \"prompt=create\""
        );
    if (is_reserved(name) || std::ranges::find(taken, name) != taken.end())
        return fail(
            errc::value_malformed,
            where,
            in_quotes(name) + " is decided here and cannot be left to a link: take it off the list"
        );
    login_parameter made{std::string(name), std::nullopt};
    if (equals == std::string_view::npos)
        return made;
    made.value = text.substr(equals + 1);
    if (!is_clean(*made.value))
        return fail(errc::value_malformed, where, in_quotes(text) + " has an unusable value");
    return made;
}

parameters allowed_parameters(std::span<const login_parameter> allowed, std::span<const parameter> received)
{
    parameters kept;
    for (const auto& each : received)
    {
        const auto is_allowed =
            std::ranges::any_of(allowed, [&](const auto& rule) { return lets_pass(rule, each); });
        const auto is_repeated = std::ranges::find(kept, each.name, &parameter::name) != kept.end();
        if (is_allowed && !is_repeated && is_clean(each.value) && !is_reserved(each.name))
            kept.push_back(each);
    }
    return kept;
}

} // namespace sekisho::oidc

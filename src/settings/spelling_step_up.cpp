// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"
#include "settings/spelling.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sekisho::settings
{
namespace
{

using outcome = read_value<void>;
constexpr std::string_view words = "acr=…, max_age=…, lifetime=…, scope=… and parameter=…";

// Rules stand apart by ";", words by spaces and scopes by ",", so inside scopes and parameters these are
// written as %3B, %20 and %2C.
read_value<std::string> decoded(std::string_view text)
{
    auto plain = percent_decode(text);
    if (!plain || !is_utf8(*plain))
        return std::unexpected("\"" + std::string(text) + "\" has a % that is no %25 and no %XX of UTF-8");
    return *std::move(plain);
}

std::string encoded(std::string_view text)
{
    std::string made;
    for (const char each : text)
        if (each > ' ' && each < '\x7f' && each != '%' && each != ',' && each != ';')
            made.push_back(each);
        else
            made.append(percent_encode(std::string_view(&each, 1)));
    return made;
}

// RFC 6749, 3.3: scope-token.
bool is_scope(std::string_view text)
{
    return !text.empty() &&
           std::ranges::all_of(
               text, [](char each) { return each > ' ' && each < '\x7f' && each != '"' && each != '\\'; }
           );
}

outcome read_acr(step_up_rule& into, std::string_view value)
{
    into.acr = split_list(value, separation::comma);
    if (into.acr.empty())
        return std::unexpected("acr= names nothing");
    return {};
}

outcome read_max_age(step_up_rule& into, std::string_view value)
{
    const auto age = spelling<std::chrono::seconds>::read(value);
    if (!age)
        return std::unexpected("max_age is a duration of whole seconds such as 5m");
    into.max_age = *age;
    return {};
}

outcome read_lifetime(step_up_rule& into, std::string_view value)
{
    const auto life = spelling<std::chrono::seconds>::read(value);
    if (!life || *life <= std::chrono::seconds::zero())
        return std::unexpected("lifetime is a duration of whole seconds such as 1h, above zero");
    into.lifetime = *life;
    return {};
}

outcome read_scopes(step_up_rule& into, std::string_view value)
{
    for (const auto& each : split_list(value, separation::comma))
    {
        auto scope = decoded(each);
        if (!scope)
            return std::unexpected(std::move(scope.error()));
        if (!is_scope(*scope))
            return std::unexpected("\"" + each + "\" is not a scope (RFC 6749, 3.3)");
        if (std::ranges::find(into.scopes, *scope) == into.scopes.end())
            into.scopes.push_back(*std::move(scope));
    }
    if (into.scopes.empty())
        return std::unexpected("scope= names nothing");
    return {};
}

// "name:value".
outcome read_parameter(step_up_rule& into, std::string_view value)
{
    const auto colon = value.find(':');
    if (colon == std::string_view::npos)
        return std::unexpected("the : between name and value of parameter= is missing");
    auto plain = decoded(value.substr(colon + 1));
    if (!plain)
        return std::unexpected(std::move(plain.error()));
    auto made = spelling<named_value>::read(std::string(value.substr(0, colon)).append("=").append(*plain));
    if (!made || made->name.find('%') != std::string::npos) // names need no escapes (RFC 6749, A)
        return std::unexpected("\"" + std::string(value) + "\" is no name:value");
    if (std::ranges::find(into.parameters, made->name, &named_value::name) != into.parameters.end())
        return std::unexpected("parameter=" + made->name + ": stands there twice");
    into.parameters.push_back(*std::move(made));
    return {};
}

bool has_demand(const step_up_rule& rule, std::string_view name)
{
    return (name == "acr" && !rule.acr.empty()) || (name == "max_age" && rule.max_age) ||
           (name == "lifetime" && rule.lifetime) || (name == "scope" && !rule.scopes.empty());
}

struct word
{
    std::string_view name;
    outcome (*read)(step_up_rule& into, std::string_view value);
};

constexpr std::array known{
    word{"acr", read_acr},
    word{"max_age", read_max_age},
    word{"lifetime", read_lifetime},
    word{"scope", read_scopes},
    word{"parameter", read_parameter},
};

outcome read_word(step_up_rule& into, std::string_view text)
{
    const auto equals = std::min(text.find('='), text.size());
    const auto* const found = std::ranges::find(known, text.substr(0, equals), &word::name);
    if (equals == text.size() || found == known.end() || has_demand(into, found->name))
        return std::unexpected(
            "\"" + std::string(text) + "\" is none of " + std::string(words) + ", once each but for parameter"
        );
    return found->read(into, text.substr(equals + 1));
}

} // namespace

read_value<step_up_rule> spelling<step_up_rule>::read(std::string_view text)
{
    const auto parts = split_list(text, separation::space);
    if (parts.empty() || !parts.front().starts_with('/'))
        return std::unexpected("it does not begin with a path");
    step_up_rule rule{.path = parts.front(), .acr = {}, .max_age = {}, .lifetime = {}};
    for (const auto& part : std::span(parts).subspan(1))
        if (auto done = read_word(rule, part); !done)
            return std::unexpected(std::move(done.error()));
    if (parts.size() == 1)
        return std::unexpected("it demands nothing; write one of " + std::string(words) + " behind the path");
    return rule;
}

std::string spelling<step_up_rule>::print(const step_up_rule& value)
{
    auto text = value.path;
    std::string_view before = " acr=";
    for (const auto& each : value.acr)
        text.append(std::exchange(before, ",")).append(each);
    if (value.max_age)
        text.append(" max_age=").append(format_duration(*value.max_age));
    if (value.lifetime)
        text.append(" lifetime=").append(format_duration(*value.lifetime));
    before = " scope=";
    for (const auto& each : value.scopes)
        text.append(std::exchange(before, ",")).append(encoded(each));
    for (const auto& each : value.parameters)
        text.append(" parameter=").append(each.name).append(":").append(encoded(each.value));
    return text;
}

} // namespace sekisho::settings

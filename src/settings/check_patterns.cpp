// SPDX-License-Identifier: Apache-2.0
#include "settings/effective.hpp"
#include "settings/examination.hpp"

#include <algorithm>
#include <array>
#include <re2/re2.h>
#include <string>
#include <string_view>

namespace sekisho::settings
{
namespace
{

constexpr std::array<std::string_view, 5> values_with_letters{"user", "username", "email", "groups", "roles"};

RE2::Options quiet()
{
    RE2::Options made;
    made.set_log_errors(false);
    return made;
}

void check_expression(examination& about, std::string_view path, const std::string& expression)
{
    const RE2 compiled(expression, quiet());
    if (!compiled.ok())
        about.refuse(path, "\"" + expression + "\" is not a regular expression (RE2): " + compiled.error());
}

void check_username(examination& about)
{
    const auto& identity = about.values().identity;
    if (identity.username_pattern.empty())
    {
        if (!identity.username_replacement.empty())
            about.warn("identity.username_replacement", "has no effect without identity.username_pattern");
        return;
    }
    check_expression(about, "identity.username_pattern", identity.username_pattern);
    const RE2 compiled(identity.username_pattern, quiet());
    std::string why;
    if (compiled.ok() && !compiled.CheckRewriteString(identity.username_replacement, &why))
        about.refuse("identity.username_replacement", "does not fit identity.username_pattern: " + why);
}

bool is_expression(std::string_view entry)
{
    return entry.size() > 2 && entry.starts_with('/') && entry.ends_with('/');
}

// Filters see groups as steps before them have made them: some entries can meet none.
void warn_of_idle_entry(examination& about, std::string_view path, const std::string& entry)
{
    // A comma separates entries in one text, also inside of an expression.
    if (entry.starts_with('/') && entry.find_first_of("^$\\{[|") != std::string::npos)
        about.warn(
            path,
            "\"" + entry +
                "\" begins as an expression and does not end with a slash, so it is a name: if a "
                "comma cut it, write a YAML list"
        );
    const auto providers = effective_providers(about.values());
    const auto takes_slash = [](const auto& each) { return each.identity.group_paths != path_groups::keep; };
    if (entry.starts_with('/') && std::ranges::all_of(providers, takes_slash))
        about.warn(
            path,
            "\"" + entry + "\" meets no group: group_paths takes the slash off first; write \"" +
                entry.substr(1) + "\""
        );
    const auto is_capital = [](char each) { return each >= 'A' && each <= 'Z'; };
    if (holds(about.values().identity.lowercase, std::string("groups")) &&
        std::ranges::any_of(entry, is_capital))
        about.warn(path, "\"" + entry + "\" meets no group: identity.lowercase makes them small first");
}

void check_filter(examination& about, std::string_view path, const texts& filter)
{
    for (const auto& each : filter)
        if (is_expression(each))
            check_expression(about, path, each.substr(1, each.size() - 2));
        else
            warn_of_idle_entry(about, path, each);
}

} // namespace

void check_patterns(examination& about)
{
    const auto& identity = about.values().identity;
    check_username(about);
    check_filter(about, "identity.groups_include", identity.groups_include);
    check_filter(about, "identity.groups_exclude", identity.groups_exclude);
    for (const auto& each : identity.lowercase)
        if (!holds(values_with_letters, std::string_view(each)))
            about.refuse(
                "identity.lowercase",
                "\"" + each + "\" is not one of user | username | email | groups | roles"
            );
}

} // namespace sekisho::settings

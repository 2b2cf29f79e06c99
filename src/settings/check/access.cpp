// SPDX-License-Identifier: Apache-2.0
#include "settings/check/examination.hpp"
#include "settings/path.hpp"

#include <algorithm>
#include <string_view>

namespace sekisho::settings
{
namespace
{

// "GET,HEAD /public/*" or "/public/*".
bool is_rule(std::string_view text)
{
    const auto space = text.find(' ');
    if (space == std::string_view::npos)
        return is_path_pattern(text);
    const auto methods = text.substr(0, space);
    const bool are_methods =
        !methods.empty() &&
        std::ranges::all_of(methods, [](char each) { return each == ',' || (each >= 'A' && each <= 'Z'); });
    return are_methods && is_path_pattern(text.substr(space + 1));
}

void check_step_up(examination& about, const step_up_rule& rule)
{
    if (!is_path_pattern(rule.path))
        about.refuse("access.step_up", "\"" + rule.path + "\" is not a path such as /admin or /admin/*");
    for (const auto& each : rule.parameters)
        if (is_protocol_parameter(each.name))
            about.refuse(
                "access.step_up",
                "parameter=" + each.name + ":… of " + rule.path +
                    " belongs to the protocol and is always sent by us"
            );
        else if (each.name == "max_age")
            about.refuse(
                "access.step_up", "parameter=max_age:… of " + rule.path + " is a demand: max_age=5m"
            );
}

} // namespace

void check_access(examination& about)
{
    for (const auto& text : about.values().access.public_paths)
        if (!is_rule(text))
            about.refuse(
                "access.public_paths",
                "\"" + text +
                    "\" is not a path such as /healthz or /static/* (absolute, * only as the last segment, "
                    "no "
                    "query, percent escape, dot or empty segment)"
            );
        else if (text.ends_with(" /*") || text == "/*")
            about.warn("access.public_paths", text + " is every path: nobody has to sign in for it");
    for (const auto& rule : about.values().access.step_up)
        check_step_up(about, rule);
}

} // namespace sekisho::settings

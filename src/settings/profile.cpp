// SPDX-License-Identifier: Apache-2.0
#include "settings/profile.hpp"

#include "settings/spelling.hpp"

#include <utility>

namespace sekisho::settings
{
namespace
{

// What is `auto` waits to be decided, whoever wrote it.
bool is_open(const model& values, const origins& by, const setting& what)
{
    const auto from = by.of(what).from;
    return from == source::built_in || from == source::preset || print(values, what) == "auto";
}

raw_value value_of(const profile_value& from, const row& of)
{
    if (of.is_list)
        return {.form = raw_value::shape::list, .items = split_list(from.value, separation::space)};
    return {.form = raw_value::shape::text, .items = {std::string(from.value)}};
}

applied_profile apply_to(model& values, origins& by, const std::string& name)
{
    const auto& provider = make_provider(values, name);
    applied_profile made{.provider = name, .profile = provider.profile, .changes = {}};
    for (const auto& each : profile_values())
    {
        const setting what{row_of("oidc." + std::string(each.name)), name};
        if (!is_in(made.profile, each.clause) || !is_open(values, by, what) ||
            (each.applies != nullptr && !each.applies(provider)))
            continue;
        if (assign(values, what, value_of(each, table()[what.row])))
            continue; // a test holds every value of the table readable
        by.note(
            what,
            {.from = source::preset,
             .place = "profile " + std::string(name_of(made.profile)),
             .is_unusable = {}}
        );
        made.changes.push_back({what, print(values, what), each.clause.section});
    }
    return made;
}

} // namespace

std::string to_text(const profile_clause& of)
{
    const std::string_view document =
        of.from == profile::fapi2_security ? "FAPI 2.0 Security Profile, " : "FAPI 2.0 Message Signing, ";
    return std::string(document).append(of.section);
}

bool is_in(profile set, const profile_clause& clause)
{
    return set != profile::none && static_cast<int>(set) >= static_cast<int>(clause.from);
}

std::vector<applied_profile> apply_profiles(model& to, origins& by)
{
    std::vector<std::string> names{""};
    for (const auto& each : to.providers)
        names.push_back(each.name);
    std::vector<applied_profile> made;
    for (const auto& name : names)
        if (provider_in(to, name).profile != profile::none)
            made.push_back(apply_to(to, by, name));
    return made;
}

std::string_view name_of(profile which)
{
    return names_of<profile>::value.at(static_cast<std::size_t>(which));
}

} // namespace sekisho::settings

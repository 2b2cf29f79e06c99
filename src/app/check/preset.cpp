// SPDX-License-Identifier: Apache-2.0
#include "app/check/preset.hpp"

#include "settings/effective.hpp"
#include "settings/table.hpp"

#include <string>

namespace sekisho::app
{
namespace
{

// Empty: it sets nothing.
std::string
set_by(const std::vector<settings::preset_change>& changes, const std::string& provider, std::string_view why)
{
    std::string text;
    for (const auto& each : changes)
        text.append(text.empty() ? "" : ", ")
            .append(settings::table()[each.what.row].name())
            .append(" = ")
            .append(each.value);
    if (text.empty())
        return text;
    return "; it sets in " + (provider.empty() ? "oidc" : "providers." + provider) + ": " + text +
           "; why: " + std::string(why);
}

std::string name_of_provider(const std::string& provider)
{
    return provider.empty() ? std::string(settings::default_provider_name) : provider;
}

} // namespace

check_finding preset_finding(const settings::applied_preset& of)
{
    const auto preset = std::string(settings::name_of(of.preset));
    auto name = name_of_provider(of.provider);
    auto found = name + " is " + preset + (of.is_detected ? ", by its issuer" : ", as the settings say") +
                 set_by(of.changes, of.provider, "docs/providers/" + preset + ".md");
    return {check_code::provider_preset, std::move(found), std::move(name)};
}

check_finding profile_finding(const settings::applied_profile& of)
{
    auto name = name_of_provider(of.provider);
    auto found = name + " keeps " + std::string(settings::name_of(of.profile)) +
                 set_by(of.changes, of.provider, "docs/fapi.md");
    return {check_code::provider_profile, std::move(found), std::move(name)};
}

} // namespace sekisho::app

// SPDX-License-Identifier: Apache-2.0
#include "app/check_preset.hpp"

#include "settings/effective.hpp"
#include "settings/table.hpp"

#include <string>

namespace sekisho::app
{
namespace
{

std::string set_by(const settings::applied_preset& of)
{
    std::string text;
    for (const auto& each : of.changes)
        text.append(text.empty() ? "" : ", ")
            .append(settings::table()[each.what.row].name())
            .append(" = ")
            .append(each.value);
    return text;
}

} // namespace

check_finding preset_finding(const settings::applied_preset& of)
{
    const auto preset = std::string(settings::name_of(of.preset));
    auto name = of.provider.empty() ? std::string(settings::default_provider_name) : of.provider;
    auto found = name + " is " + preset + (of.is_detected ? ", by its issuer" : ", as the settings say");
    if (!of.changes.empty())
        found.append("; it sets in ")
            .append(of.provider.empty() ? "oidc" : "providers." + of.provider)
            .append(": ")
            .append(set_by(of))
            .append("; why: docs/providers/" + preset + ".md");
    return {check_code::provider_preset, std::move(found), std::move(name)};
}

} // namespace sekisho::app

// SPDX-License-Identifier: Apache-2.0
#include "app/command/register_settings.hpp"

#include "app/settings_source.hpp"
#include "settings/setting.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::app
{
namespace
{

// In place of what the provider is about to give; never sent. Long enough for every rule about secrets.
constexpr std::string_view placeholder = "not-registered-yet-not-registered-yet-not-registered-yet-not-yet";

std::string section_of(const settings::effective_provider& of)
{
    return of.name == settings::default_provider_name ? std::string("oidc.") : "providers." + of.name + ".";
}

std::expected<settings::effective_provider, std::string>
pick(std::vector<settings::effective_provider> all, const std::string& name)
{
    if (name.empty() && all.size() == 1)
        return std::move(all.front());
    std::string known;
    for (auto& each : all)
    {
        if (each.name == name)
            return std::move(each);
        known.append(known.empty() ? "" : ", ").append(each.name);
    }
    return std::unexpected(
        (name.empty() ? "there are several providers: name one with --provider"
                      : "there is no provider \"" + name + "\"") +
        " (" + known + ")\n"
    );
}

// Of the provider that is registered at, and of what its addresses and grants are made of.
bool concerns(const settings::finding& problem, const std::string& section)
{
    constexpr std::array<std::string_view, 2> others{"server.", "session."};
    const std::string_view setting = problem.setting;
    if (setting == section + "client_id" || setting == section + "client_secret")
        return false; // a file that is yet to be written
    return setting.empty() || setting.starts_with(section) ||
           std::ranges::any_of(others, [&](auto each) { return setting.starts_with(each); });
}

} // namespace

std::expected<settings_to_register, std::string>
load_to_register(const settings_request& request, const std::string& provider)
{
    const auto first = settings_source(request).load(secret_commands::are_left_alone); // only to choose one
    auto chosen = pick(settings::effective_providers(first.values), provider);
    if (!chosen)
        return std::unexpected(std::move(chosen.error()));
    const auto section = section_of(*chosen);
    auto filled = request;
    for (const auto* const name : {"client_id", "client_secret"})
        filled.overrides.push_back({section + name, std::string(placeholder)});
    const auto loaded = settings_source(std::move(filled)).load();
    settings::findings found;
    std::ranges::copy_if(
        loaded.found.problems,
        std::back_inserter(found.problems),
        [&](const auto& each) { return concerns(each, section); }
    );
    if (!found.problems.empty())
        return std::unexpected(describe(found));
    auto whole = pick(settings::effective_providers(loaded.values), chosen->name);
    if (!whole)
        return std::unexpected(std::move(whole.error()));
    return settings_to_register{loaded.values, std::move(*whole)};
}

} // namespace sekisho::app

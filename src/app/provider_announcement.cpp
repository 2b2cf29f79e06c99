// SPDX-License-Identifier: Apache-2.0
#include "app/provider_announcement.hpp"

#include "base/log.hpp"
#include "settings/effective.hpp"

#include <string>
#include <vector>

namespace sekisho::app
{
namespace
{

const settings::applied_preset*
preset_of(const std::vector<settings::applied_preset>& presets, const std::string& provider)
{
    for (const auto& each : presets)
        if ((each.provider.empty() ? settings::default_provider_name : each.provider) == provider)
            return &each;
    return nullptr;
}

} // namespace

void announce_providers(const settings::loaded& from)
{
    for (const auto& each : settings::effective_providers(from.values))
    {
        const auto* const applied = preset_of(from.presets, each.name);
        const auto changes = applied == nullptr ? std::string() : settings::changes_of(applied->changes);
        const log::field name("provider", each.name);
        const log::field issuer("issuer", each.oidc.issuer);
        const log::field preset("preset", settings::name_of(each.oidc.preset));
        const log::field detected("detected", applied != nullptr && applied->is_detected);
        if (changes.empty())
            log::info("provider.configured", {name, issuer, preset, detected});
        else
            log::info("provider.configured", {name, issuer, preset, detected, {"changes", changes}});
    }
}

void announce_profiles(const settings::loaded& from)
{
    for (const auto& each : from.profiles)
        log::info(
            "provider.profile",
            {{"provider", each.provider.empty() ? settings::default_provider_name : each.provider},
             {"profile", settings::name_of(each.profile)},
             {"changes", settings::changes_of(each.changes)}}
        );
}

} // namespace sekisho::app

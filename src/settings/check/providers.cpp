// SPDX-License-Identifier: Apache-2.0
#include "settings/check/examination.hpp"
#include "settings/effective.hpp"
#include "settings/preset.hpp"
#include "settings/table.hpp"

#include <map>
#include <string>

namespace sekisho::settings
{

std::string provider_examination::path(std::string_view setting_name) const
{
    return path_of({row_of(std::string("oidc.").append(setting_name)), name_});
}

// Somebody who meant no such provider must see what made it.
void provider_examination::require(std::string_view setting_name, std::string_view what)
{
    const auto* const why = all_.by().first_of_provider(name_);
    if (why == nullptr || values().providers.empty())
        return all_.require(path(setting_name), what);
    all_.require(
        path(setting_name), std::string(what) + " (this provider is here because of " + why->place + ")"
    );
}

namespace
{

std::string lowercase(std::string text)
{
    for (auto& each : text)
        if (each >= 'A' && each <= 'Z')
            each = static_cast<char>(each - 'A' + 'a');
    return text;
}

using name_and_owner = std::map<std::string, std::string>;

// Whoever is second to claim what one provider alone can have is refused.
void claim(
    provider_examination& about, std::string_view setting_name, std::string what, name_and_owner& owners
)
{
    const auto path = about.path(setting_name);
    if (const auto [first, is_new] = owners.emplace(lowercase(what), path); !is_new)
        about.refuse(setting_name, what + " stands in " + first->second + " already; it can have one owner");
}

struct owners
{
    name_and_owner domains;
    name_and_owner places;
    name_and_owner labels;
};

void check_ownership(provider_examination& about, owners& known)
{
    const auto& oidc = about.oidc();
    for (const auto& each : oidc.email_domains)
        claim(about, "email_domains", each, known.domains);
    const auto hosts = oidc.hosts.empty() ? texts{""} : oidc.hosts;
    const auto paths = oidc.paths.empty() ? texts{""} : oidc.paths;
    for (const auto& host : hosts)
        for (const auto& path : paths)
            if (!host.empty() || !path.empty())
                claim(about, oidc.paths.empty() ? "hosts" : "paths", host + path, known.places);
    const auto label = oidc.label.empty() ? about.name() : oidc.label;
    const auto [first, is_new] = known.labels.emplace(label, about.path("label"));
    if (!is_new)
        about.warn(
            "label", "\"" + label + "\" is that of " + first->second + " too; people cannot tell them apart"
        );
}

} // namespace

void check_providers(examination& about)
{
    owners known;
    std::vector<std::string> names;
    if (has_short_form(about.values(), about.by()))
        names.emplace_back();
    for (const auto& each : about.values().providers)
        names.push_back(each.name);
    for (const auto& name : names)
    {
        provider_examination one(about, name);
        check_oidc(one);
        check_client(one);
        check_dpop(one);
        check_endpoints(one);
        check_profile(one);
        check_signature(one);
        check_people(one);
        check_choice(one);
        check_ownership(one, known);
    }
    check_several(about);
}

} // namespace sekisho::settings

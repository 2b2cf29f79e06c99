// SPDX-License-Identifier: Apache-2.0
#include "settings/document.hpp"
#include "settings/table.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sekisho::settings
{
namespace
{

using ordered = nlohmann::ordered_json;

// Every row, those of the section oidc only where there is that provider; of further providers what is not
// the default.
std::vector<setting> settings_in_effect(const loaded& from)
{
    std::vector<setting> list;
    const bool has_oidc = has_short_form(from.values, from.origins);
    for (std::size_t index = 0; index < table().size(); ++index)
        if (has_oidc || table()[index].section() != "oidc")
            list.push_back({index, {}});
    for (const auto& each : from.values.providers)
        for (std::size_t index = 0; index < table().size(); ++index)
            if (const setting what{index, each.name}; from.origins.of(what).from != source::built_in)
                list.push_back(what);
    return list;
}

} // namespace

std::string effective(const loaded& settings)
{
    const auto list = settings_in_effect(settings);
    std::size_t width = 0;
    for (const auto& each : list)
        width = std::max(width, path_of(each).size());
    std::string text;
    for (const auto& each : list)
    {
        const auto path = path_of(each);
        text.append(path).append(width - path.size(), ' ').append(" = ").append(print(settings.values, each));
        text.append("  # ").append(settings.origins.of(each).place).append("\n");
    }
    return text;
}

std::string effective_json(const loaded& settings)
{
    ordered object = ordered::object();
    for (const auto& each : settings_in_effect(settings))
        object[path_of(each)] = {
            {"value", print(settings.values, each)}, {"origin", settings.origins.of(each).place}
        };
    return object.dump(2, ' ', false, ordered::error_handler_t::replace) + "\n";
}

} // namespace sekisho::settings

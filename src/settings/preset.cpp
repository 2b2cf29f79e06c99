// SPDX-License-Identifier: Apache-2.0
#include "settings/preset.hpp"

#include "settings/spelling.hpp"

#include <utility>

namespace sekisho::settings
{
namespace
{

void replace(std::string& text, std::string_view what, const std::string& by)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

// RFC 6901, 3.
std::string as_pointer_part(std::string text)
{
    replace(text, "~", "~0");
    replace(text, "/", "~1");
    return text;
}

std::string without_slash(std::string issuer)
{
    while (issuer.ends_with('/'))
        issuer.pop_back();
    return issuer;
}

raw_value value_of(const preset_value& from, const row& of, const oidc_settings& provider)
{
    raw_value value{.form = raw_value::shape::text, .items = {std::string(from.value)}};
    if (of.is_list)
        value = {.form = raw_value::shape::list, .items = split_list(from.value, separation::space)};
    for (auto& item : value.items)
    {
        replace(item, "{issuer}", without_slash(provider.issuer));
        replace(item, "{client_id}", as_pointer_part(provider.client_id));
    }
    return value;
}

// Where one provider differs from the section identity, what was said for all of them is somebody's word.
bool was_said_for_all(const origins& by, std::string_view name)
{
    const auto twin = find_row("identity." + std::string(name));
    return twin && by.of(setting{*twin, {}}).from != source::built_in;
}

applied_preset apply_to(model& values, origins& by, const std::string& name)
{
    const setting which{row_of("oidc.preset"), name};
    auto& provider = make_provider(values, name);
    const auto set = provider.preset;
    applied_preset made{
        .provider = name, .preset = set, .is_detected = set == preset::automatic, .changes = {}
    };
    if (made.is_detected)
        made.preset = detect_preset(provider.issuer);
    for (const auto& each : preset_table())
    {
        const setting what{row_of("oidc." + std::string(each.name)), name};
        if (each.of != made.preset || by.of(what).from != source::built_in ||
            was_said_for_all(by, each.name) || (each.applies != nullptr && !each.applies(provider)))
            continue;
        const auto& row = table()[what.row];
        if (assign(values, what, value_of(each, row, provider)))
            continue; // of an issuer that is no address nothing can be made; that is said elsewhere
        by.note(
            what,
            {.from = source::preset, .place = "preset " + std::string(name_of(made.preset)), .is_unusable = {}
            }
        );
        made.changes.push_back({what, print(values, what), each.why});
    }
    if (made.is_detected)
    {
        make_provider(values, name).preset = made.preset;
        by.note(which, {.from = source::preset, .place = "detected from the issuer", .is_unusable = {}});
    }
    return made;
}

} // namespace

std::vector<applied_preset> apply_presets(model& to, origins& by)
{
    std::vector<applied_preset> made;
    if (has_short_form(to, by))
        made.push_back(apply_to(to, by, {}));
    std::vector<std::string> names;
    for (const auto& each : to.providers)
        names.push_back(each.name);
    for (const auto& name : names)
        made.push_back(apply_to(to, by, name));
    return made;
}

bool has_short_form(const model& values, const origins& by)
{
    return values.providers.empty() || by.first_of_provider({}) != nullptr;
}

std::string changes_of(const std::vector<preset_change>& of)
{
    std::string text;
    for (const auto& each : of)
        text.append(text.empty() ? "" : ", ").append(path_of(each.what)).append(" = ").append(each.value);
    return text;
}

std::string_view name_of(preset which) { return names_of<preset>::value.at(static_cast<std::size_t>(which)); }

} // namespace sekisho::settings

// SPDX-License-Identifier: Apache-2.0
#include "settings/setting.hpp"

#include "settings/nearest.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace sekisho::settings
{
namespace
{

constexpr std::string_view oidc_section = "oidc";

std::string oidc_path(std::string_view name) { return std::string(oidc_section).append(".").append(name); }

bool is_name_character(char each)
{
    return (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '-';
}

bool is_of_a_provider(const row& of) { return of.section() == oidc_section; }

// In the environment "-" is "_" and every letter is a capital.
std::string variable_part(std::string_view text)
{
    auto name = environment_name(text);
    std::ranges::replace(name, '-', '_');
    return name;
}

std::string provider_name(std::string_view variable_part)
{
    std::string name(variable_part);
    for (auto& each : name)
        each = each == '_' ? '-' : (each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each);
    return name;
}

struct ambiguous_head
{
    std::string head;   // "claim"
    std::string longer; // "claim_hosts", which "okta-claim" with `hosts` would be in the environment
};

std::vector<ambiguous_head> ambiguous_heads()
{
    std::vector<ambiguous_head> heads;
    for (const auto& longer : table())
        for (const auto& shorter : table())
        {
            const auto end = "_" + std::string(shorter.name());
            if (!is_of_a_provider(longer) || !is_of_a_provider(shorter) || !longer.name().ends_with(end))
                continue;
            std::string head(longer.name().substr(0, longer.name().size() - end.size()));
            std::ranges::replace(head, '_', '-');
            heads.push_back({std::move(head), std::string(longer.name())});
        }
    return heads;
}

// The settings of the named provider stand in the section oidc while this lives.
class as_oidc
{
public:
    as_oidc(model& values, std::string_view provider)
        : here_(values.oidc), there_(provider.empty() ? nullptr : &make_provider(values, provider))
    {
        exchange();
    }
    ~as_oidc() { exchange(); }
    as_oidc(const as_oidc&) = delete;
    as_oidc& operator=(const as_oidc&) = delete;

private:
    void exchange()
    {
        if (there_ != nullptr)
            std::swap(here_, *there_);
    }

    oidc_settings& here_;
    oidc_settings* there_;
};

std::expected<setting, std::string> find_in_table(std::string_view path)
{
    if (const auto row = find_row(path))
        return setting{*row, {}};
    return std::unexpected("there is no such setting" + advice(nearest_setting(path)));
}

} // namespace

std::optional<std::string> fault_of_provider_name(std::string_view name)
{
    constexpr std::size_t longest = 32;
    const std::string shown = "\"" + std::string(name.substr(0, longest)) + "\"";
    if (name.empty() || name.size() > longest || !std::ranges::all_of(name, is_name_character) ||
        name.starts_with('-') || name.ends_with('-'))
        return shown + " cannot be a provider's name: small letters, digits and, between them, -; at most 32 "
                       "characters";
    if (name == "default")
        return "the provider called default is written in the section oidc";
    static const auto heads = ambiguous_heads();
    for (const auto& [head, longer] : heads)
        if (name.ends_with("-" + head))
            return shown + " cannot be a provider's name: in the environment its end, " + head +
                   ", would be read as the beginning of a setting (" + longer + ")";
    return std::nullopt;
}

std::expected<setting, std::string> find_setting(std::string_view path)
{
    const auto prefix = std::string(providers_section) + ".";
    if (!path.starts_with(prefix))
        return find_in_table(path);
    const auto rest = path.substr(prefix.size());
    const auto dot = rest.find('.');
    if (dot == std::string_view::npos)
        return std::unexpected("a provider's settings stand below its name: " + prefix + "okta.issuer");
    const auto name = rest.substr(0, dot);
    if (auto fault = fault_of_provider_name(name))
        return std::unexpected(std::move(*fault));
    const auto row = find_row(oidc_path(rest.substr(dot + 1)));
    if (row)
        return setting{*row, std::string(name)};
    const auto meant = nearest_setting(oidc_path(rest.substr(dot + 1)));
    if (!meant || !meant->starts_with(oidc_path("")))
        return std::unexpected("there is no such setting" + advice(std::nullopt));
    return std::unexpected(
        "there is no such setting" + advice(prefix + std::string(name) + meant->substr(oidc_section.size()))
    );
}

given given_by(std::string_view path, const setting& found)
{
    const auto own = path_of(found);
    for (const auto& each : twins)
        if (path.size() > own.size() && path.substr(own.size()) == each.path_end)
            return each.gives;
    return given::value;
}

std::string path_of(const setting& of)
{
    const auto& row = table()[of.row];
    if (of.provider.empty())
        return std::string(row.path);
    return std::string(providers_section).append(".").append(of.provider).append(".").append(row.name());
}

std::string environment_name(const setting& of) { return variable_part(path_of(of)); }

std::optional<setting> find_provider_variable(std::string_view variable)
{
    const auto prefix = environment_name(providers_section) + "_";
    if (!variable.starts_with(prefix))
        return std::nullopt;
    const auto rest = variable.substr(prefix.size());
    std::optional<setting> best;
    std::size_t longest = 0;
    for (std::size_t index = 0; index < table().size(); ++index)
    {
        const auto& row = table()[index];
        if (!is_of_a_provider(row))
            continue;
        const auto name = "_" + variable_part(row.name());
        std::vector<std::string> endings{name};
        for (const auto& each : twins)
            if (row.takes(each.gives))
                endings.push_back(name + std::string(each.variable_end));
        for (const auto& ending : endings)
            if (ending.size() > longest && rest.size() > ending.size() && rest.ends_with(ending))
            {
                longest = ending.size();
                best = setting{index, provider_name(rest.substr(0, rest.size() - ending.size()))};
            }
    }
    return best;
}

const oidc_settings& provider_in(const model& values, std::string_view name)
{
    if (name.empty())
        return values.oidc;
    const auto found = std::ranges::find(values.providers, name, &named_provider::name);
    assert(found != values.providers.end());
    return found->oidc;
}

oidc_settings& make_provider(model& values, std::string_view name)
{
    if (name.empty())
        return values.oidc;
    const auto at = std::ranges::lower_bound(values.providers, name, {}, &named_provider::name);
    if (at != values.providers.end() && at->name == name)
        return at->oidc;
    return values.providers.insert(at, {.name = std::string(name), .oidc = {}})->oidc;
}

std::optional<std::string> assign(model& into, const setting& what, const raw_value& value)
{
    const auto& row = table()[what.row];
    const as_oidc there(into, what.provider);
    return row.assign(into, value, row);
}

std::string print(const model& from, const setting& what)
{
    const auto& row = table()[what.row];
    if (what.provider.empty())
        return row.print(from);
    model alone;
    alone.oidc = provider_in(from, what.provider);
    return row.print(alone);
}

const origin& origins::of(const setting& what) const
{
    static const origin nobody;
    const auto found = by_setting_.find(what);
    return found == by_setting_.end() ? nobody : found->second;
}

const origin& origins::of(std::string_view path) const
{
    const auto found = find_setting(path);
    assert(found.has_value());
    return of(*found);
}

const origin* origins::first_of_provider(std::string_view name) const
{
    for (const auto& [what, from] : by_setting_)
        if (what.provider == name && is_of_a_provider(table()[what.row]) && from.from != source::built_in &&
            from.from != source::preset)
            return &from;
    return nullptr;
}

} // namespace sekisho::settings

// SPDX-License-Identifier: Apache-2.0
#include "settings/nearest.hpp"
#include "settings/reading.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>
#include <utility>

namespace sekisho::settings
{
namespace
{

constexpr std::string_view foreign_prefix = "SEKISHO_";
constexpr std::string_view providers_prefix = "PROVIDERS_";

// Set by desktops for their own session manager.
constexpr std::array<std::string_view, 1> known_foreigners{"SESSION_MANAGER"};

// The names a row may have in the environment, its own first.
std::vector<std::string> names_of_row(const row& of)
{
    std::vector<std::string> names{environment_name(of.path)};
    for (const auto alias : of.aliases)
        if (!alias.empty())
            names.emplace_back(alias);
    return names;
}

std::vector<std::string> all_names()
{
    std::vector<std::string> names;
    for (const auto& row : table())
        for (auto& name : names_of_row(row))
        {
            for (const auto& each : twins)
                if (row.takes(each.gives))
                    names.push_back(name + std::string(each.variable_end));
            names.push_back(std::move(name));
        }
    return names;
}

// Kubernetes puts SERVER_SERVICE_HOST, SERVER_PORT=tcp://… and the like into every container of a namespace
// that has a service called "server".
bool is_made_by_kubernetes(std::string_view name, std::string_view value)
{
    if (value.starts_with("tcp://") || value.starts_with("udp://") || value.starts_with("sctp://"))
        return true;
    return name.contains("_SERVICE_HOST") || name.contains("_SERVICE_PORT") || name.contains("_PORT_");
}

bool begins_as_a_section(std::string_view name)
{
    return std::ranges::any_of(
        sections(), [&](const section& each) { return name.starts_with(environment_name(each.name) + "_"); }
    );
}

// For "PROVIDERS_OKTA_ISSUR": every setting of a provider called by any of its first words.
std::vector<std::string> names_near(std::string_view variable)
{
    std::vector<std::string> names;
    const auto rest = variable.substr(providers_prefix.size());
    for (auto end = rest.find('_'); end != std::string_view::npos; end = rest.find('_', end + 1))
        for (const auto& row : table())
            if (row.section() == "oidc")
                names.push_back(
                    std::string(providers_prefix).append(rest.substr(0, end)).append("_") +
                    environment_name(row.name())
                );
    return names;
}

class environment_reader
{
public:
    explicit environment_reader(const environment& variables) : variables_(variables) {}

    reading read()
    {
        for (std::size_t index = 0; index < table().size(); ++index)
            read_setting({index, {}}, names_of_row(table()[index]));
        for (const auto& what : settings_of_providers())
            read_setting(what, {environment_name(what)});
        const auto names = all_names();
        for (const auto& [name, value] : variables_)
            if (!value.empty() && std::ranges::find(names, name) == names.end() && !names_a_provider(name))
                suspect(name, value, names);
        return std::move(result_);
    }

private:
    struct variable
    {
        std::string name;
        std::string value;
        given means = given::value;
        bool is_own = false; // not an alias
    };

    std::optional<std::string> value_of(const std::string& name) const
    {
        const auto found = variables_.find(name);
        if (found == variables_.end() || found->second.empty())
            return std::nullopt;
        return found->second;
    }

    static bool names_a_provider(std::string_view name)
    {
        const auto what = find_provider_variable(name);
        return what && !fault_of_provider_name(what->provider);
    }

    // Each once, however many variables say something about it.
    std::set<setting> settings_of_providers() const
    {
        std::set<setting> found;
        for (const auto& [name, value] : variables_)
            if (!value.empty() && names_a_provider(name))
                found.insert(*find_provider_variable(name));
        return found;
    }

    std::vector<variable> variables_of(const std::vector<std::string>& names, const row& of) const
    {
        std::vector<variable> found;
        for (const auto& name : names)
        {
            const auto is_own = name == names.front();
            if (auto value = value_of(name))
                found.push_back({name, std::move(*value), given::value, is_own});
            for (const auto& each : twins)
                if (auto value = value_of(name + std::string(each.variable_end));
                    value && of.takes(each.gives))
                    found.push_back(
                        {name + std::string(each.variable_end), std::move(*value), each.gives, is_own}
                    );
        }
        return found;
    }

    // `names`: of its variables, its own first.
    void read_setting(const setting& what, const std::vector<std::string>& names)
    {
        const auto found = variables_of(names, table()[what.row]);
        if (found.empty())
            return;
        const auto& winner = found.front();
        for (const auto& other : std::span(found).subspan(1))
            if (other.is_own && winner.is_own)
                result_.found.problems.push_back(
                    {"environment " + other.name, path_of(what), winner.name + " is set too; keep one of them"
                    }
                );
            else if (other.value != winner.value || other.means != winner.means)
                result_.found.warnings.push_back(
                    {"environment " + other.name,
                     path_of(what),
                     "differs from " + winner.name + ", which is used; remove one of them"}
                );
        result_.assignments.push_back(
            {.what = what,
             .value = {.form = raw_value::shape::text, .items = {winner.value}},
             .means = winner.means,
             .from = {.from = source::environment, .place = "environment " + winner.name}}
        );
    }

    void suspect(const std::string& name, const std::string& value, const std::vector<std::string>& names)
    {
        if (is_made_by_kubernetes(name, value) ||
            std::ranges::find(known_foreigners, name) != known_foreigners.end())
            return;
        if (name.starts_with(foreign_prefix))
        {
            const auto bare = name.substr(foreign_prefix.size());
            if (std::ranges::find(names, bare) != names.end())
                warn(name, "has no effect; settings have no prefix here: " + bare);
        }
        else if (name.starts_with(providers_prefix))
            warn(name, "is not a setting and has no effect" + advice(nearest(name, names_near(name))));
        else if (begins_as_a_section(name))
            warn(name, "is not a setting and has no effect" + advice(nearest(name, names)));
    }

    void warn(const std::string& name, std::string message)
    {
        result_.found.warnings.push_back({"environment " + name, {}, std::move(message)});
    }

    const environment& variables_;
    reading result_;
};

} // namespace

reading read_environment(const environment& variables) { return environment_reader(variables).read(); }

} // namespace sekisho::settings

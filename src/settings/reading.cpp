// SPDX-License-Identifier: Apache-2.0
#include "settings/reading.hpp"

#include "settings/nearest.hpp"
#include "settings/yaml.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace sekisho::settings
{
namespace
{

// What stands between name and value where a list may be YAML's own map: "X-Department: department".
std::string_view map_joint(const row& of)
{
    if (!of.is_list)
        return {};
    if (of.kind.name == spelling<header_claim>::described.name)
        return ": ";
    return of.kind.name == spelling<named_value>::described.name ? "=" : std::string_view();
}

std::optional<raw_value> plain_list(const yaml_node& list, std::string_view joint)
{
    raw_value value{.form = raw_value::shape::list, .items = {}};
    for (const auto& item : list.items)
    {
        if (item.is != yaml_node::kind::text)
            return std::nullopt;
        value.items.push_back(item.text);
    }
    for (const auto& member : list.members)
    {
        if (member.value.is != yaml_node::kind::text)
            return std::nullopt;
        value.items.push_back(member.name + std::string(joint) + member.value.text);
    }
    return value;
}

class file_reader
{
public:
    explicit file_reader(const text_file& file) : file_(file) {}

    reading read()
    {
        const auto root = parse_yaml(file_.text);
        if (!root)
            refuse(root.error().line, {}, root.error().message);
        else if (root->is != yaml_node::kind::map)
            refuse(root->line, {}, "expected sections such as `oidc:` with settings below them");
        else
            for (const auto& member : root->members)
                read_section(member);
        return std::move(result_);
    }

private:
    std::string place(int line) const
    {
        return line > 0 ? file_.name + ":" + std::to_string(line) : file_.name;
    }

    void refuse(int line, std::string setting, std::string message)
    {
        result_.found.problems.push_back({place(line), std::move(setting), std::move(message)});
    }

    void read_section(const yaml_member& member)
    {
        const bool is_providers = member.name == providers_section;
        if (!is_providers && std::ranges::find(sections(), member.name, &section::name) == sections().end())
            return refuse_section(member);
        if (member.value.is == yaml_node::kind::nothing)
            return; // everything below it is commented out
        if (member.value.is != yaml_node::kind::map)
            return refuse(
                member.line, member.name, "this is a section: its settings stand below it, indented"
            );
        for (const auto& each : member.value.members)
            if (is_providers)
                read_provider(each);
            else
                read_setting(member.name + "." + each.name, each);
    }

    void read_provider(const yaml_member& member)
    {
        const auto path = std::string(providers_section) + "." + member.name;
        if (auto fault = fault_of_provider_name(member.name))
            return refuse(member.line, path, std::move(*fault));
        if (member.value.is != yaml_node::kind::map)
            return refuse(
                member.line,
                path,
                "this is a provider: its settings (issuer, client_id) stand below it, indented"
            );
        for (const auto& each : member.value.members)
            read_setting(path + "." + each.name, each);
    }

    void refuse_section(const yaml_member& member)
    {
        if (const auto row = find_row(member.name))
        {
            const auto& known = table()[*row];
            return refuse(
                member.line,
                member.name,
                "write the section and the setting on lines of their own: `" + std::string(known.section()) +
                    ":` and, indented below it, `" + member.name.substr(known.section().size() + 1) + ": …`"
            );
        }
        std::vector<std::string> names;
        for (const auto& each : sections())
            names.emplace_back(each.name);
        names.emplace_back(providers_section);
        refuse(member.line, member.name, "there is no such section" + advice(nearest(member.name, names)));
    }

    void read_setting(const std::string& path, const yaml_member& member)
    {
        const auto what = find_setting(path);
        if (!what)
            return refuse(member.line, path, what.error());
        const auto& row = table()[what->row];
        const auto means = given_by(path, *what);
        const auto value = raw(row, member.value);
        if (!value)
            return refuse(member.line, path, "expected " + expected_form(row));
        if (member.value.is == yaml_node::kind::nothing)
            return refuse(
                member.line, path, "the value is missing; write one, or remove the line to keep the default"
            );
        if (means != given::value && value->form == raw_value::shape::list)
            return refuse(
                member.line,
                path,
                means == given::file_name ? "expected the name of one file"
                                          : "expected one command, as one text"
            );
        result_.assignments.push_back(
            {.what = *what,
             .value = *value,
             .means = means,
             .from = {.from = source::file, .place = place(member.line)}}
        );
    }

    static std::optional<raw_value> raw(const row& of, const yaml_node& node)
    {
        const auto joint = map_joint(of);
        if (node.is == yaml_node::kind::list || (node.is == yaml_node::kind::map && !joint.empty()))
            return plain_list(node, joint);
        if (node.is == yaml_node::kind::map)
            return std::nullopt;
        return raw_value{.form = raw_value::shape::text, .items = {node.text}};
    }

    const text_file& file_;
    reading result_;
};

} // namespace

reading read_file(const text_file& file) { return file_reader(file).read(); }

reading read_overrides(const std::vector<override_value>& overrides)
{
    reading result;
    for (const auto& each : overrides)
    {
        const auto place = "command line --" + each.path;
        const auto what = find_setting(each.path);
        if (!what)
        {
            result.found.problems.push_back({place, {}, what.error()});
            continue;
        }
        const auto means = given_by(each.path, *what);
        if (table()[what->row].is_secret() && means == given::value)
            result.found.warnings.push_back(
                {place,
                 {},
                 "every user of this machine can read a command line; give the secret as " +
                     environment_name(*what) + " or in a file named by --" + each.path + "_file"}
            );
        result.assignments.push_back(
            {.what = *what,
             .value = {.form = raw_value::shape::text, .items = {each.value}},
             .means = means,
             .from = {.from = source::command_line, .place = place}}
        );
    }
    return result;
}

} // namespace sekisho::settings

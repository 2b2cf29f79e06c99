// SPDX-License-Identifier: Apache-2.0
#include "settings/document.hpp"
#include "settings/setting.hpp"

#include <nlohmann/json.hpp>

namespace sekisho::settings
{
namespace
{

using ordered = nlohmann::ordered_json;

std::string without_code_marks(std::string_view text)
{
    std::string plain(text);
    std::erase(plain, '`');
    return plain;
}

// The schema of one value, without the list around it.
ordered item_schema(const row& of)
{
    switch (of.kind.type)
    {
    case form_type::boolean:
        return {{"type", "boolean"}};
    case form_type::number:
        return {{"type", "integer"}, {"minimum", of.allowed == range::not_zero ? 1 : 0}};
    case form_type::choice:
    {
        ordered choices = ordered::array();
        for (const auto choice : of.kind.choices)
            choices.push_back(choice);
        for (const auto choice : of.kind.also)
            choices.push_back(choice);
        return {{"enum", std::move(choices)}};
    }
    case form_type::secret:
    case form_type::text:
        break;
    }
    if (of.kind.name == spelling<byte_size>::described.name)
        return {{"type", {"string", "integer"}}};
    return {{"type", "string"}};
}

ordered value_schema(const row& of)
{
    auto item = item_schema(of);
    if (of.is_list)
    {
        ordered list{{"type", "array"}, {"items", item}};
        item = ordered{{"anyOf", {std::move(list), {{"type", "string"}}}}};
        if (of.kind.name == spelling<header_claim>::described.name)
            item["anyOf"].push_back({{"type", "object"}, {"additionalProperties", {{"type", "string"}}}});
    }
    item["description"] = without_code_marks(of.meaning);
    if (const auto value = of.print(model()); !value.empty())
        item["default"] = of.kind.type == form_type::boolean  ? ordered(value == "true")
                          : of.kind.type == form_type::number ? ordered(std::stoull(value))
                                                              : ordered(value);
    return item;
}

ordered section_schema(const section& of)
{
    ordered properties = ordered::object();
    for (const auto& row : table())
    {
        if (row.section() != of.name)
            continue;
        properties[std::string(row.name())] = value_schema(row);
        if (row.takes(given::file_name))
            properties[std::string(row.name()) + "_file"] = {
                {"type", "string"}, {"description", "A file that holds " + std::string(row.path) + "."}
            };
        if (row.takes(given::command))
            properties[std::string(row.name()) + "_command"] = {
                {"type", "string"},
                {"description",
                 "The whole path of a program that prints " + std::string(row.path) + ", and its arguments."}
            };
    }
    return {
        {"type", "object"},
        {"description", of.meaning},
        {"additionalProperties", false},
        {"properties", std::move(properties)}
    };
}

} // namespace

std::string schema()
{
    ordered properties = ordered::object();
    for (const auto& section : sections())
        properties[std::string(section.name)] = section_schema(section);
    properties[std::string(providers_section)] = {
        {"type", "object"},
        {"description", "Further providers by their names, among whom people choose."},
        {"propertyNames", {{"pattern", "^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$"}}},
        {"additionalProperties", {{"$ref", "#/properties/oidc"}}}
    };
    const ordered document{
        {"$schema", "https://json-schema.org/draft/2020-12/schema"},
        {"title", "Configuration of sekisho"},
        {"type", "object"},
        {"additionalProperties", false},
        {"properties", std::move(properties)}
    };
    return document.dump(2) + "\n";
}

} // namespace sekisho::settings

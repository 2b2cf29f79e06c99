// SPDX-License-Identifier: Apache-2.0
#include "pages/template.hpp"

#include <cassert>
#include <kainjow/mustache.hpp>

namespace sekisho::pages
{
namespace
{

namespace mustache = kainjow::mustache;

mustache::data object_of(const template_values::row& texts)
{
    mustache::data object;
    for (const auto& [name, text] : texts)
        if (!text.empty())
            object.set(name, text);
    return object;
}

} // namespace

std::string fill(std::string_view html, const template_values& values)
{
    auto root = object_of(values.texts);
    for (const auto& [name, rows] : values.lists)
    {
        mustache::data list{mustache::data::type::list};
        for (const auto& row : rows)
            list.push_back(object_of(row));
        root.set(name, list);
    }
    mustache::mustache parsed{std::string(html)};
    assert(parsed.is_valid());
    return parsed.render(root);
}

} // namespace sekisho::pages

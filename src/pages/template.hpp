// SPDX-License-Identifier: Apache-2.0
#pragma once
// Text with {{holes}}, filled so that no value can become markup. Hides mustache.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::pages
{

// What fills a template. An empty text counts as absent, so {{#name}}…{{/name}} is left out for it.
struct template_values
{
    using row = std::vector<std::pair<std::string, std::string>>;

    row texts;
    std::vector<std::pair<std::string, std::vector<row>>> lists; // {{#name}}…{{/name}} once per row
};

// Fills an HTML template (mustache). & < > " ' in values are escaped, always: the template must not use
// {{{…}}} or
// {{&…}}, which would not. The text of `html` is ours and correct; a broken one is a defect and ends the
// program.
std::string fill(std::string_view html, const template_values& values);

} // namespace sekisho::pages

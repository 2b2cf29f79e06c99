// SPDX-License-Identifier: Apache-2.0
#include "pages/kept_form.hpp"

#include "pages/layout.hpp"

namespace sekisho::pages
{
namespace
{

// The form's own submit() may be hidden by a field of that name.
constexpr std::string_view script =
    R"(HTMLFormElement.prototype.submit.call(document.getElementById("kept"));)";
constexpr std::string_view script_hash = "sha256-/DWlIn/xqum94K0vsmI//qg9CewQHrT+SAJpA4e7I8U=";

constexpr std::string_view part_until_script =
    R"(<form id="kept" class="kept" method="post" action="{{action}}" enctype="{{encoding}}" accept-charset="utf-8">
{{#fields}}<input{{#is_text}} type="hidden" value="{{value}}"{{/is_text}}{{#is_file}} type="file" hidden{{/is_file}} name="{{name}}">
{{/fields}}<button type="submit">{{button}}</button>
</form>
)";

std::vector<template_values::row> rows_of(const kept_form& form)
{
    std::vector<template_values::row> rows;
    for (const auto& each : form.fields)
        rows.push_back(
            {{"name", each.name}, {"value", each.value}, {each.is_empty_file ? "is_file" : "is_text", "yes"}}
        );
    return rows;
}

} // namespace

std::string_view kept_form_script() { return script; }

http::response kept_form_page(const setting& with, const kept_form& form)
{
    const auto runs = form.begins == kept_form_begins::by_itself;
    auto part = std::string(part_until_script);
    if (runs)
        part.append("<script>").append(script).append("</script>\n");
    template_values values;
    values.texts.emplace_back("action", form.action);
    values.texts.emplace_back(
        "encoding", form.is_multipart ? "multipart/form-data" : "application/x-www-form-urlencoded"
    );
    values.texts.emplace_back("button", std::string(text(text_key::form_resume_button, with.in)));
    values.lists.emplace_back("fields", rows_of(form));
    content shown{
        .title = text(text_key::form_resume_title, with.in), .text = text(text_key::form_resume_text, with.in)
    };
    shown.advice = text(text_key::form_resume_advice, with.in);
    shown.part = part;
    shown.part_values = &values;
    shown.sends = forms::to_us;
    // Browsers hold the application's redirects after the form against it.
    shown.form_targets = "https: http:";
    if (runs)
        shown.script_hash = script_hash;
    return lay_out(with, shown);
}

} // namespace sekisho::pages

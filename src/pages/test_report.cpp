// SPDX-License-Identifier: Apache-2.0
#include "pages/test_report.hpp"

#include "base/encoding.hpp"
#include "pages/failure_part.hpp"
#include "pages/layout.hpp"

#include <algorithm>

namespace sekisho::pages
{
namespace
{

constexpr std::string_view choice_part = R"(<ul class="doors">
{{#ways}}<li><a class="door" href="{{url}}">{{#logo}}<img src="{{logo}}" alt="" width="28" height="28">{{/logo}}<span>{{label}}</span></a></li>
{{/ways}}</ul>
)";

// A step's lists have its number in their names: a template knows no lists in lists.
std::string step_part(const std::string& number)
{
    std::string part = R"(<section class="leaf">
<h2>{{title#}}</h2>
{{#has_rows#}}<table>
{{#values#}}<tr><th scope="row">{{name}}</th><td translate="no">{{shown}}</td></tr>
{{/values#}}{{#checks#}}<tr class="{{kind}}"><th scope="row">{{name}}</th><td><b>{{outcome}}</b>{{#shown}} <span translate="no">{{shown}}</span>{{/shown}}</td></tr>
{{/checks#}}</table>
{{/has_rows#}}{{#documents#}}<h3>{{name}}</h3>
<pre translate="no" tabindex="0">{{shown}}</pre>
{{/documents#}}</section>
)";
    for (const std::string_view hole : {"title", "has_rows", "values", "checks", "documents"})
        for (auto at = part.find(std::string(hole) + "#}}"); at != std::string::npos;
             at = part.find(std::string(hole) + "#}}"))
            part.replace(at + hole.size(), 1, number);
    return part;
}

constexpr std::string_view end_part =
    R"(<p><a class="button" href="{{download}}" download="sekisho-test-sso.json">{{label_download}}</a></p>
)";

using rows = std::vector<template_values::row>;

rows rows_of(const std::vector<std::pair<std::string, std::string>>& pairs)
{
    rows made;
    for (const auto& [name, shown] : pairs)
        made.push_back({{"name", name}, {"shown", shown.empty() ? "–" : shown}});
    return made;
}

text_key outcome_of(const test_check& check)
{
    if (check.made == test_made::left_out)
        return text_key::test_left_out;
    return check.failed ? text_key::test_failed : text_key::test_passed;
}

rows rows_of(const std::vector<test_check>& checks, language in)
{
    rows made;
    for (const auto& each : checks)
    {
        auto outcome = std::string(text(outcome_of(each), in));
        if (each.failed)
            outcome.append(" (").append(describe(*each.failed).name).append(")");
        made.push_back(
            {{"name", each.name},
             {"kind",
              each.failed                        ? "bad"
              : each.made == test_made::left_out ? ""
                                                 : "good"},
             {"outcome", std::move(outcome)},
             {"shown", each.detail}}
        );
    }
    return made;
}

void add_step(template_values& values, const test_step& step, const std::string& number, language in)
{
    values.texts.emplace_back("title" + number, std::string(text(step.title, in)));
    if (!step.values.empty() || !step.checks.empty())
        values.texts.emplace_back("has_rows" + number, "yes");
    values.lists.emplace_back("values" + number, rows_of(step.values));
    values.lists.emplace_back("checks" + number, rows_of(step.checks, in));
    values.lists.emplace_back("documents" + number, rows_of(step.documents));
}

} // namespace

http::response test_page(const setting& with, const test_choice& what)
{
    template_values values;
    auto& listed = values.lists.emplace_back("ways", rows()).second;
    for (const auto& each : what.ways)
        listed.push_back({{"label", each.label}, {"url", each.url}, {"logo", each.logo}});
    content shown{.title = text(text_key::test_title, with.in), .text = text(text_key::test_text, with.in)};
    const auto asks_anew = what.asking == test_asking::anew;
    if (asks_anew)
        shown.note = text(text_key::test_asks_anew, with.in);
    shown.second_url = what.other_way_url;
    shown.second_label = text(asks_anew ? text_key::test_ask_as_usual : text_key::test_ask_anew, with.in);
    shown.part = choice_part;
    shown.part_values = &values;
    if (std::ranges::any_of(what.ways, [](const way& each) { return !each.logo.empty(); }))
        shown.shows = images::as_data;
    return lay_out(with, shown);
}

http::response test_report_page(const setting& with, const test_report& what)
{
    template_values values;
    std::string part(failure_part);
    if (what.failed)
    {
        add_failure(values, *what.failed, what.failure, with.in);
        values.texts.emplace_back("label_happened", std::string(text(text_key::test_happened, with.in)));
        values.texts.emplace_back("happened", std::string(words_of(*what.failed, with.in).happened));
    }
    for (std::size_t index = 0; index < what.steps.size(); ++index)
    {
        part.append(step_part(std::to_string(index)));
        add_step(values, what.steps[index], std::to_string(index), with.in);
    }
    part.append(end_part);
    values.texts.emplace_back("label_download", std::string(text(text_key::test_download, with.in)));
    values.texts.emplace_back(
        "download", "data:application/json;base64," + base64_encode(as_bytes(what.download))
    );
    content shown{
        .title = text(what.failed ? text_key::test_failed_title : text_key::test_passed_title, with.in),
        .text = text(text_key::test_result_text, with.in)
    };
    shown.part = part;
    shown.part_values = &values;
    shown.second_url = what.again_url;
    shown.second_label = text(text_key::test_again, with.in);
    return lay_out(with, shown);
}

} // namespace sekisho::pages

// SPDX-License-Identifier: Apache-2.0
#include "pages/chooser.hpp"

#include "pages/layout.hpp"

#include <algorithm>

namespace sekisho::pages
{
namespace
{

constexpr std::string_view links_part = R"({{#has_last}}<h2>{{last_label}}</h2>
<ul class="doors">
{{#last}}<li><a class="door" href="{{url}}">{{#logo}}<img src="{{logo}}" alt="" width="28" height="28">{{/logo}}<span>{{label}}</span></a></li>
{{/last}}</ul>
{{/has_last}}{{#address_action}}<form class="ask" method="post" action="{{address_action}}">
{{#carried}}<input type="hidden" name="{{name}}" value="{{value}}">
{{/carried}}<label for="email">{{address_label}}</label>
<p id="email-hint" class="hint">{{address_hint}}</p>
{{#address_fault}}<p id="email-fault" class="fault" role="alert">{{address_fault}}</p>
{{/address_fault}}<div class="line"><input id="email" name="email" type="email" maxlength="254" required autocomplete="email" spellcheck="false" value="{{address}}" aria-describedby="email-hint{{#address_fault}} email-fault{{/address_fault}}"{{#address_fault}} aria-invalid="true" autofocus{{/address_fault}}>
<button type="submit">{{address_button}}</button></div>
</form>
{{/address_action}}{{#has_others}}{{#has_others_label}}<h2 id="others">{{others_label}}</h2>
{{/has_others_label}}<ul class="doors"{{#has_others_label}} aria-labelledby="others"{{/has_others_label}}>
{{#others}}<li><a class="door" href="{{url}}">{{#logo}}<img src="{{logo}}" alt="" width="28" height="28">{{/logo}}{{#no_logo}}<i></i>{{/no_logo}}<span>{{label}}</span></a></li>
{{/others}}</ul>
{{/has_others}})";

// A link cannot know what is ticked, so here everything is a button of one form. The Enter key in a form
// takes its first button: with an address to type that is the one without a provider.
constexpr std::string_view buttons_part = R"(<form method="post" action="{{action}}">
{{#carried}}<input type="hidden" name="{{name}}" value="{{value}}">
{{/carried}}{{#address_action}}<button type="submit" hidden></button>
{{/address_action}}{{#has_last}}<h2>{{last_label}}</h2>
<ul class="doors">
{{#last}}<li><button class="door" name="idp" value="{{provider}}" formnovalidate>{{#logo}}<img src="{{logo}}" alt="" width="28" height="28">{{/logo}}<span>{{label}}</span></button></li>
{{/last}}</ul>
{{/has_last}}{{#address_action}}<div class="ask">
<label for="email">{{address_label}}</label>
<p id="email-hint" class="hint">{{address_hint}}</p>
{{#address_fault}}<p id="email-fault" class="fault" role="alert">{{address_fault}}</p>
{{/address_fault}}<div class="line"><input id="email" name="email" type="email" maxlength="254" required autocomplete="email" spellcheck="false" value="{{address}}" aria-describedby="email-hint{{#address_fault}} email-fault{{/address_fault}}"{{#address_fault}} aria-invalid="true" autofocus{{/address_fault}}>
<button type="submit">{{address_button}}</button></div>
</div>
{{/address_action}}{{#has_others}}{{#has_others_label}}<h2 id="others">{{others_label}}</h2>
{{/has_others_label}}<ul class="doors"{{#has_others_label}} aria-labelledby="others"{{/has_others_label}}>
{{#others}}<li><button class="door" name="idp" value="{{provider}}" formnovalidate>{{#logo}}<img src="{{logo}}" alt="" width="28" height="28">{{/logo}}{{#no_logo}}<i></i>{{/no_logo}}<span>{{label}}</span></button></li>
{{/others}}</ul>
{{/has_others}}<p class="tick"><input id="keep" name="keep" type="checkbox" value="1"{{#is_kept}} checked{{/is_kept}}><label for="keep">{{keep_label}}</label></p>
</form>
)";

std::string_view fault_text(address_fault fault, language in)
{
    switch (fault)
    {
    case address_fault::unknown_domain:
        return text(text_key::chooser_unknown_domain, in);
    case address_fault::malformed:
        return text(text_key::chooser_malformed_address, in);
    case address_fault::none:
        break;
    }
    return {};
}

template_values::row row_of(const way& each, bool has_logos)
{
    template_values::row row{
        {"label", each.label}, {"url", each.url}, {"logo", each.logo}, {"provider", each.provider}
    };
    if (has_logos && each.logo.empty())
        row.emplace_back("no_logo", "yes"); // its place is kept, so that the labels stand in one line
    return row;
}

void add_ways(template_values& values, const chooser& what)
{
    const auto has_logos = std::ranges::any_of(what.ways, [](const way& each) { return !each.logo.empty(); });
    std::vector<template_values::row> last;
    std::vector<template_values::row> others;
    for (const auto& each : what.ways)
    {
        const auto is_last = what.first == first_way::of_last_time && &each == &what.ways.front();
        (is_last ? last : others).push_back(row_of(each, has_logos));
    }
    const auto set = [&](std::string name, bool is) { values.texts.emplace_back(name, is ? "yes" : ""); };
    set("has_last", !last.empty());
    set("has_others", !others.empty());
    set("has_others_label", !others.empty() && (!last.empty() || !what.address_action.empty()));
    values.lists.emplace_back("last", std::move(last));
    values.lists.emplace_back("others", std::move(others));
}

void add_address(template_values& values, const chooser& what, language in)
{
    const auto set = [&](std::string name, std::string_view value)
    { values.texts.emplace_back(std::move(name), std::string(value)); };
    set("address_action", what.address_action);
    set("address", what.address);
    set("address_label", text(text_key::chooser_email_label, in));
    set("address_hint", text(text_key::chooser_email_hint, in));
    set("address_fault", fault_text(what.fault, in));
    set("address_button", text(text_key::continue_button, in));
}

void add_form(template_values& values, const chooser& what, language in)
{
    std::vector<template_values::row> fields;
    for (const auto& [name, value] : what.hidden_fields)
        fields.push_back({{"name", name}, {"value", value}});
    values.lists.emplace_back("carried", std::move(fields));
    values.texts.emplace_back("action", what.action);
    values.texts.emplace_back("is_kept", what.keeps == keeping::chosen ? "yes" : "");
    values.texts.emplace_back("keep_label", std::string(text(text_key::chooser_keep, in)));
}

} // namespace

http::response chooser_page(const setting& with, const chooser& what)
{
    template_values choice;
    add_ways(choice, what);
    if (!what.address_action.empty())
        add_address(choice, what, with.in);
    add_form(choice, what, with.in);
    choice.texts.emplace_back("last_label", std::string(text(text_key::chooser_last, with.in)));
    choice.texts.emplace_back("others_label", std::string(text(text_key::chooser_others, with.in)));

    content shown{
        .title = text(text_key::chooser_title, with.in), .text = text(text_key::chooser_text, with.in)
    };
    const auto is_one_form = what.keeps != keeping::not_offered;
    shown.part = is_one_form ? buttons_part : links_part;
    shown.part_values = &choice;
    if (std::ranges::any_of(what.ways, [](const way& each) { return !each.logo.empty(); }))
        shown.shows = images::as_data;
    if (is_one_form || !what.address_action.empty())
        shown.sends = forms::to_us;
    shown.form_targets = what.form_targets;
    return lay_out(with, shown);
}

} // namespace sekisho::pages

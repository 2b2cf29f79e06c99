// SPDX-License-Identifier: Apache-2.0
#include "pages/layout.hpp"

#include "pages/style.hpp"

namespace sekisho::pages
{
namespace
{

constexpr std::string_view markup_until_style = R"(<!doctype html>
<html lang="{{lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
{{#refresh_url}}<meta http-equiv="refresh" content="0;url={{refresh_url}}">
{{/refresh_url}}<title>{{title}}{{#site}} – {{site}}{{/site}}</title>
<style>)";

// The mark is the gate of a checkpoint (a kabukimon): two posts, the beam across them, its doors open.
constexpr std::string_view markup_until_part = R"(</style>
</head>
<body>
<header>
<svg class="mark" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">
<path d="M10 7h5v35h-5zM33 7h5v35h-5z"/>
<path class="way" d="M15 23l4.5 3v13L15 42zM33 23l-4.5 3v13l4.5 3z"/>
<path class="beam" d="M3 12h42v5.5H3z"/>
</svg>
{{#site}}<p class="site">{{site}}</p>{{/site}}
</header>
{{#notice}}<p class="alarm" role="status">{{notice}}</p>
{{/notice}}<main>
<h1>{{title}}</h1>
<p>{{text}}</p>
{{#advice}}<p class="advice">{{advice}}</p>
{{/advice}}{{#note}}<p class="note">{{note}}</p>
{{/note}})";

constexpr std::string_view markup_after_part = R"({{#has_ways}}<div class="ways">
{{#form_action}}<form method="post" action="{{form_action}}">
{{#hidden_fields}}<input type="hidden" name="{{name}}" value="{{value}}">
{{/hidden_fields}}<button type="submit">{{form_label}}</button>
</form>
{{/form_action}}{{#main_url}}<a class="button" href="{{main_url}}">{{main_label}}</a>
{{/main_url}}{{#second_url}}<a class="quiet" href="{{second_url}}">{{second_label}}</a>
{{/second_url}}</div>
{{/has_ways}}</main>
{{#has_footer}}<footer>
<h2>{{footer_label}}</h2>
<dl>
{{#error_code}}<div><dt>{{error_code_label}}</dt><dd translate="no">{{error_code}}</dd></div>
{{/error_code}}{{#request_id}}<div><dt>{{request_id_label}}</dt><dd translate="no">{{request_id}}</dd></div>
{{/request_id}}</dl>
</footer>
{{/has_footer}}</body>
</html>
)";

bool has_form(const content& what) { return what.form != nullptr || what.sends == forms::to_us; }

std::string security_policy(const content& what)
{
    std::string policy("default-src 'none'; style-src '");
    policy.append(style_hash).append("'; ");
    if (!what.script_hash.empty())
        policy.append("script-src '").append(what.script_hash).append("'; ");
    if (what.shows == images::as_data)
        policy.append("img-src data:; ");
    policy.append("form-action ").append(has_form(what) ? "'self'" : "'none'");
    const auto targets = what.form != nullptr ? what.form->form_targets : what.form_targets;
    if (has_form(what) && !targets.empty())
        policy.append(" ").append(targets);
    policy.append("; frame-ancestors 'none'; base-uri 'none'");
    return policy;
}

void set_field(http::owned_fields& fields, std::string_view name, std::string_view value)
{
    for (auto& [each, old] : fields)
        if (each == name)
            old = value;
}

template_values values_of(const setting& with, const content& what)
{
    auto values = what.part_values != nullptr ? *what.part_values : template_values();
    const auto set = [&values](std::string_view name, std::string_view value)
    { values.texts.emplace_back(std::string(name), std::string(value)); };
    set("lang", tag(with.in));
    set("site", with.site);
    set("title", what.title);
    set("text", what.text);
    set("advice", what.advice);
    set("note", what.note);
    set("main_url", what.main_url);
    set("main_label", what.main_label);
    set("second_url", what.second_url);
    set("second_label", what.second_label);
    set("refresh_url", what.refresh_url);
    if (with.tells == notice::local_restore)
        set("notice", text(text_key::local_restore_notice, with.in));
    set("error_code", what.error_code);
    set("request_id", with.request_id);
    set("error_code_label", text(text_key::error_code, with.in));
    set("request_id_label", text(text_key::request_id, with.in));
    set("footer_label", text(text_key::note_for_administrator, with.in));
    if (!what.error_code.empty())
        set("has_footer", "yes");
    if (what.form != nullptr || !what.main_url.empty() || !what.second_url.empty())
        set("has_ways", "yes");
    if (what.form == nullptr)
        return values;
    set("form_action", what.form->action);
    set("form_label", what.form_label);
    auto& fields = values.lists.emplace_back("hidden_fields", std::vector<template_values::row>{}).second;
    for (const auto& [name, value] : what.form->hidden_fields)
        fields.push_back({{"name", name}, {"value", value}});
    return values;
}

} // namespace

http::owned_fields protective_fields()
{
    return {
        {"Cache-Control", "no-store"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"X-Frame-Options", "DENY"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
    };
}

std::string_view style_sheet() { return style; }

http::response lay_out(const setting& with, const content& what)
{
    static const auto beginning = std::string(markup_until_style).append(style).append(markup_until_part);
    const auto markup = std::string(beginning).append(what.part).append(markup_after_part);

    http::response answer{.status = what.status, .fields = protective_fields(), .body = {}};
    answer.fields.emplace_back("Content-Type", "text/html; charset=utf-8");
    answer.fields.emplace_back("Content-Language", tag(with.in));
    answer.fields.emplace_back("Vary", "Accept, Accept-Language");
    answer.fields.emplace_back("Content-Security-Policy", security_policy(what));
    if (has_form(what)) // with no-referrer browsers send "Origin: null" with the form, even to its own site
        set_field(answer.fields, "Referrer-Policy", "same-origin");
    answer.body = fill(markup, values_of(with, what));
    return answer;
}

} // namespace sekisho::pages

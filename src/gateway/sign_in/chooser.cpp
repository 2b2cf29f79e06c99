// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/chooser.hpp"

#include "gateway/parameters.hpp"
#include "oidc/login_parameters.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace sekisho::gateway
{
namespace
{

oidc::parameters carried(const provider::provider& to, const chooser_facts& facts)
{
    return oidc::allowed_parameters(to.settings().wishes.login_parameters, as_pairs(facts.form));
}

std::string link_to(const provider::provider& to, const chooser_facts& facts)
{
    http::form_writer query;
    query.add("idp", to.name()).add("return_to", facts.return_to);
    if (!facts.choice.login_hint.empty())
        query.add("email", facts.choice.login_hint);
    for (const auto& each : carried(to, facts))
        query.add(each.name, each.value);
    return facts.ours.login_path + "?" + query.text();
}

pages::address_fault fault_of(address_note note)
{
    switch (note)
    {
    case address_note::unknown_domain:
        return pages::address_fault::unknown_domain;
    case address_note::malformed:
        return pages::address_fault::malformed;
    case address_note::none:
        break;
    }
    return pages::address_fault::none;
}

// Browsers hold every redirect after a form against form-action, and providers pass people on to others.
std::string form_targets(const provider::registry& providers)
{
    std::string targets("https:");
    for (const auto& each : providers.all())
        if (const auto known = each->known_metadata(); known && !known->authorization_endpoint.is_https())
            if (const auto origin = known->authorization_endpoint.origin();
                targets.find(origin) == std::string::npos)
                targets.append(" ").append(origin);
    return targets;
}

// What a form sends whichever way is taken in it.
void fill_form(pages::chooser& page, const chooser_facts& facts)
{
    page.hidden_fields.emplace_back("return_to", facts.return_to);
    // Which provider it will be is not known yet; whatever does not pass to it is left out then.
    for (const auto& each : facts.providers.all())
        for (auto& parameter : carried(*each, facts))
            if (std::ranges::find(
                    page.hidden_fields, parameter.name, [](const auto& has) { return has.first; }
                ) == page.hidden_fields.end())
                page.hidden_fields.emplace_back(std::move(parameter.name), std::move(parameter.value));
    if (!facts.choice.asks_email && !facts.choice.login_hint.empty())
        page.hidden_fields.emplace_back("email", facts.choice.login_hint);
    page.form_targets = form_targets(facts.providers);
}

void ask_address(pages::chooser& page, const chooser_facts& facts)
{
    page.address_action = facts.ours.login_path;
    page.address = facts.choice.login_hint;
    page.fault = fault_of(facts.choice.note);
}

} // namespace

const std::string& label_of(const provider::provider& of, pages::language in)
{
    const auto& offer = of.settings().offer;
    if (in == pages::language::ja && !offer.label_ja.empty())
        return offer.label_ja;
    return offer.label.empty() ? of.name() : offer.label;
}

pages::chooser chooser_of(const chooser_facts& facts)
{
    pages::chooser page;
    for (const auto index : facts.choice.among)
    {
        const auto& each = *facts.providers.all()[index];
        page.ways.push_back(
            {label_of(each, facts.in), each.settings().offer.logo, link_to(each, facts), each.name()}
        );
    }
    if (facts.choice.has_remembered)
        page.first = pages::first_way::of_last_time;
    page.keeps = facts.keeps;
    page.action = facts.ours.login_path;
    if (facts.choice.asks_email)
        ask_address(page, facts);
    if (facts.choice.asks_email || facts.keeps != pages::keeping::not_offered)
        fill_form(page, facts);
    return page;
}

} // namespace sekisho::gateway

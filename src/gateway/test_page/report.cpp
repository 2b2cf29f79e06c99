// SPDX-License-Identifier: Apache-2.0
#include "gateway/test_page/report.hpp"

#include "gateway/sign_in/proof.hpp"
#include "http/fields.hpp"
#include "http/form.hpp"
#include "identity/headers.hpp"
#include "pages/error_guide.hpp"
#include "pages/test_report.hpp"
#include "provider/authorization_address.hpp"
#include "provider/masking.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace sekisho::gateway
{
namespace
{

using pages::text_key;
using provider::journal_step;

// In the order of the enumeration.
text_key title_of(journal_step step)
{
    const auto first = static_cast<std::size_t>(text_key::test_step_metadata);
    return static_cast<text_key>(first + static_cast<std::size_t>(step));
}
static_assert(
    static_cast<std::size_t>(text_key::test_step_rules) -
        static_cast<std::size_t>(text_key::test_step_metadata) ==
    static_cast<std::size_t>(journal_step::rules)
);

std::string listed(const std::vector<std::string>& values)
{
    std::string text;
    for (const auto& each : values)
        text.append(text.empty() ? "" : ", ").append(each);
    return text;
}

std::string_view word_of(identity::email_verification state)
{
    switch (state)
    {
    case identity::email_verification::verified:
        return "verified";
    case identity::email_verification::unverified:
        return "not verified";
    case identity::email_verification::unknown:
        break;
    }
    return "the provider does not say";
}

bool holds_token(std::string_view header, const identity::header_config& config)
{
    return http::equal_names(header, config.id_token) || http::equal_names(header, config.access_token) ||
           http::equal_names(header, "Authorization");
}

std::string told(const access::step_up& demand)
{
    std::string text;
    if (!demand.acr.empty())
        text = "acr " + listed(demand.acr);
    if (demand.max_age)
        text.append(text.empty() ? "" : ", ")
            .append("max_age ")
            .append(std::to_string(demand.max_age->count()))
            .append(" s");
    if (!demand.scopes.empty())
        text.append(text.empty() ? "" : ", ").append("scope ").append(listed(demand.scopes));
    return text;
}

json step_as_json(const provider::journal_entry& entry)
{
    json made{{"step", provider::name_of(entry.step)}};
    for (const auto& each : entry.values)
        made["values"].push_back({{"name", each.name}, {"value", each.text}});
    for (const auto& each : entry.documents)
    {
        const auto inside = parse_json(each.text);
        made["documents"].push_back({{"name", each.name}, {"content", inside ? *inside : json(each.text)}});
    }
    for (const auto& each : entry.checks)
    {
        using enum provider::journal_check::outcome;
        json check{{"name", each.name}, {"passed", each.came_out == passed}, {"detail", each.detail}};
        if (each.came_out == left_out)
            check["passed"] = nullptr;
        if (each.failed)
            check["code"] = describe(*each.failed).name;
        made["checks"].push_back(std::move(check));
    }
    return made;
}

std::string failure_of(const provider::journal& record, const error& why)
{
    auto text = std::string(why.where);
    if (!why.detail.empty())
        text.append(text.empty() ? "" : ": ").append(why.detail);
    return record.without_secrets(std::move(text));
}

std::string as_json(
    const provider::journal& record,
    const session::sign_in& begun,
    const result<session::session>& outcome,
    time_point now
)
{
    json made{
        {"report", "sekisho test sign-in"},
        {"provider", begun.provider},
        {"time", format_time(now)},
        {"works", outcome.has_value()},
    };
    if (!outcome)
    {
        const auto& advice = pages::guide(outcome.error().code);
        made["failure"] = {
            {"code", describe(outcome.error().code).name},
            {"detail", failure_of(record, outcome.error())},
            {"meaning", describe(outcome.error().code).summary},
            {"causes", advice.causes},
            {"remedy", advice.remedy},
        };
    }
    made["steps"] = json::array();
    for (const auto& each : record.entries())
        made["steps"].push_back(step_as_json(each));
    return made.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

// With what the endpoint's own query has.
void note_request(
    provider::journal& into,
    const provider::configuration& to,
    const url& endpoint,
    const oidc::authorization_request& sent
)
{
    if (to.wishes.object == provider::request_object::signed_by_us)
        into.value("as", "a JWT that is signed with oidc.signing_key; inside it:");
    if (to.wishes.object == provider::request_object::encrypted)
        into.value(
            "as", "a JWT that is signed with oidc.signing_key and encrypted to the provider; inside it:"
        );
    const auto address = oidc::to_url(endpoint, sent);
    const auto mark = address.find('?');
    if (mark == std::string::npos)
        return;
    if (const auto form = http::form::parse(std::string_view(address).substr(mark + 1)))
        into.values({form->fields().begin(), form->fields().end()});
}

pages::test_step shown(const provider::journal_entry& entry)
{
    pages::test_step made;
    made.title = title_of(entry.step);
    for (const auto& each : entry.values)
        made.values.emplace_back(each.name, each.text);
    for (const auto& each : entry.documents)
        made.documents.emplace_back(each.name, each.text);
    for (const auto& each : entry.checks)
        made.checks.push_back(
            {each.name,
             each.failed,
             each.detail,
             each.came_out == provider::journal_check::outcome::left_out ? pages::test_made::left_out
                                                                         : pages::test_made::yes}
        );
    return made;
}

} // namespace

void note_authorization_request(
    provider::journal& into,
    const provider::configuration& to,
    const oidc::metadata& metadata,
    const oidc::authorization_request& sent
)
{
    const auto& pushed_to = metadata.pushed_authorization_request_endpoint;
    const auto is_pushed = provider::pushes(to, metadata) && pushed_to;
    if (is_pushed)
    {
        into.begin(journal_step::pushed_request);
        into.value("POST", pushed_to->origin() + pushed_to->path());
        note_request(into, to, *pushed_to, sent);
    }
    into.begin(journal_step::authorization_request);
    const auto& endpoint = metadata.authorization_endpoint;
    into.value("GET", endpoint.origin() + endpoint.path());
    if (!is_pushed)
        return note_request(into, to, endpoint, sent);
    into.value("client_id", sent.client.view());
    into.value("request_uri", "the one that the provider answered");
}

void note_person(provider::journal& into, const session::session& made)
{
    const auto& who = made.who;
    into.begin(journal_step::person);
    into.value("issuer", who.issuer);
    into.value("subject", who.subject);
    into.value("user", who.user);
    into.value("username", who.username);
    into.value("email", who.email.value_or(""));
    into.value("email_verified", word_of(who.email_state));
    into.value("name", who.name);
    into.value("groups", listed(who.groups));
    into.value("roles", listed(who.roles));
    into.value("picture", who.picture);
    for (const auto& each : who.extra)
        into.value(each.header, listed(each.values));
    into.value("acr", made.acr);
    into.value("auth_time", made.auth_time ? format_time(*made.auth_time) : "");
}

result<void>
note_headers(provider::journal& into, const session::session& made, const identity::header_config& config)
{
    into.begin(journal_step::headers);
    const auto block =
        identity::render(made.who, {made.id_token.reveal(), made.access_token.reveal()}, config);
    if (!block)
    {
        into.failed(block.error());
        return std::unexpected(block.error());
    }
    for (std::string_view rest = *block; !rest.empty();)
    {
        const auto line = rest.substr(0, rest.find("\r\n"));
        rest.remove_prefix(std::min(rest.size(), line.size() + 2));
        const auto name = line.substr(0, line.find(": "));
        const auto text = line.substr(std::min(line.size(), name.size() + 2));
        into.value(name, holds_token(name, config) ? provider::masked(text) : std::string(text));
    }
    return {};
}

void note_rules(
    provider::journal& into,
    const session::session& made,
    const access::policy& policy,
    const access::administrators& administrators,
    time_point now
)
{
    into.begin(journal_step::rules);
    for (const auto& each : policy.public_rules())
        into.value(
            "access.public_paths",
            (each.methods.empty() ? "" : listed(each.methods) + " ") + each.path.text() +
                ": open to everybody, signed in or not"
        );
    for (const auto& each : policy.step_ups())
        if (!each.demand.is_empty())
            into.value(
                "access.step_up",
                each.path.text() + " demands " + told(each.demand) +
                    (access::satisfies(proof_of(made), each.demand, now)
                         ? ": this sign-in shows it, so the request is passed on"
                         : ": this sign-in does not show it, so the person is sent to the provider again")
            );
    into.value("every other path", "the person is signed in, so the request is passed on");
    into.value(
        "admin",
        access::is_administrator(made.who, administrators) ? "this person may open the test page"
                                                           : "this person may not open the test page"
    );
}

http::response test_report(
    const pages::setting& with,
    const provider::journal& record,
    const session::sign_in& begun,
    const result<session::session>& outcome,
    time_point now
)
{
    pages::test_report report;
    if (!outcome)
    {
        report.failed = outcome.error().code;
        report.failure = failure_of(record, outcome.error());
    }
    for (const auto& each : record.entries())
        report.steps.push_back(shown(each));
    report.download = as_json(record, begun, outcome, now);
    report.again_url = begun.return_to;
    return pages::test_report_page(with, report);
}

} // namespace sekisho::gateway

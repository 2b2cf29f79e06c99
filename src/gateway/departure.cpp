// SPDX-License-Identifier: Apache-2.0
#include "gateway/departure.hpp"

#include "base/log.hpp"
#include "gateway/answers.hpp"
#include "gateway/sign_in_proof.hpp"
#include "gateway/test_report.hpp"
#include "http/negotiation.hpp"
#include "oidc/pkce.hpp"
#include "pages/language.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace sekisho::gateway
{
namespace
{

using std::chrono::seconds;

std::optional<seconds> read_seconds(std::string_view text)
{
    constexpr std::size_t longest = 9; // digits: thirty years
    std::int64_t value = 0;
    const auto* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (text.empty() || text.size() > longest || read.ec != std::errc() || read.ptr != end || value < 0)
        return std::nullopt;
    return seconds(value);
}

// The stricter of two limits.
std::optional<seconds> least(std::optional<seconds> left, std::optional<seconds> right)
{
    return left && right ? std::min(*left, *right) : left ? left : right;
}

// Takes a parameter out of the list; empty: it is not there.
std::string take(oidc::parameters& from, std::string_view name)
{
    const auto found = std::ranges::find(from, name, &oidc::parameter::name);
    if (found == from.end())
        return {};
    auto value = std::move(found->value);
    from.erase(found);
    return value;
}

void take_into(std::string& member, oidc::parameters& from, std::string_view name)
{
    if (auto value = take(from, name); !value.empty())
        member = std::move(value);
}

// What the link said, in place of what is configured. A max_age can only become stricter.
void apply(oidc::authorization_request& request, oidc::parameters said)
{
    take_into(request.prompt, said, "prompt");
    take_into(request.display, said, "display");
    take_into(request.login_hint, said, "login_hint");
    take_into(request.domain_hint, said, "domain_hint");
    take_into(request.ui_locales, said, "ui_locales");
    take_into(request.audience, said, "audience");
    take_into(request.claims, said, "claims");
    request.max_age = least(request.max_age, read_seconds(take(said, "max_age")));
    if (auto acr = take(said, "acr_values"); !acr.empty())
        request.acr_values = {std::move(acr)};
    if (auto resource = take(said, "resource"); !resource.empty())
        request.resource = {std::move(resource)};
    said.insert(said.end(), request.extra.begin(), request.extra.end()); // the first of a name counts
    request.extra = std::move(said);
}

void demand(oidc::authorization_request& request, const access::step_up& what)
{
    if (!what.acr.empty())
        request.acr_values = what.acr;
    request.max_age = least(request.max_age, what.max_age);
    // Some providers take max_age=0 for none.
    if (what.max_age != seconds(0) || request.prompt.find("login") != std::string::npos)
        return;
    if (request.prompt == "none") // which stands alone
        request.prompt.clear();
    request.prompt.append(request.prompt.empty() ? "" : " ").append("login");
}

void add_scopes(std::vector<std::string>& to, const std::vector<std::string>& more)
{
    for (const auto& each : more)
        if (std::ranges::find(to, each) == to.end())
            to.push_back(each);
}

// Those of the provider, what the path wants, and what the session had, so that it loses nothing.
std::vector<std::string> scopes_of(const provider::configuration& to, const journey& what)
{
    auto all = to.scopes;
    if (what.at != nullptr)
        add_scopes(all, what.at->demand.scopes);
    add_scopes(all, what.demand.scopes);
    std::string_view rest = what.granted;
    while (!rest.empty())
    {
        const auto end = std::min(rest.find(' '), rest.size());
        add_scopes(all, {std::string(rest.substr(0, end))});
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return all;
}

oidc::parameters parameters_of(const access::step_up_rule& rule)
{
    oidc::parameters all;
    for (const auto& [name, value] : rule.parameters)
        all.push_back({name, value});
    return all;
}

// As RFC 6749, 3.3 writes it.
std::string joined(const std::vector<std::string>& scopes)
{
    std::string text;
    for (const auto& each : scopes)
        text.append(text.empty() ? "" : " ").append(each);
    return text;
}

bool says(const oidc::parameters& all, std::string_view name)
{
    return std::ranges::find(all, name, &oidc::parameter::name) != all.end();
}

} // namespace

std::string locales_for(const http::request_head& head)
{
    const auto chosen = pages::choose_language(head.fields);
    return chosen == pages::language::en ? std::string() : std::string(pages::tag(chosen));
}

session::callback_arrival arrival_of(const provider::configuration& provider) noexcept
{
    return oidc::is_posted(provider.flow, provider.wishes.mode) ? session::callback_arrival::by_post
                                                                : session::callback_arrival::by_get;
}

oidc::redirect_uri redirect_address(const url& origin, const addresses& ours)
{
    return oidc::redirect_uri(origin.origin() + ours.callback_path);
}

bool is_page(const http::request_head& head) noexcept
{
    return http::is_navigation(head.fields, head.method == "POST" ? "GET" : head.method);
}

oidc::authorization_request request_of(const provider::configuration& to, const journey& what, next_time next)
{
    oidc::authorization_request request;
    request.flow = to.flow;
    request.mode = to.wishes.mode;
    request.client = to.client;
    request.scopes = scopes_of(to, what);
    request.adds_openid = to.protocol == provider::protocol::openid_connect; // GitLab refuses unticked scopes
    request.prompt = to.wishes.prompt;
    request.max_age = to.wishes.max_age;
    request.acr_values = to.wishes.acr_values;
    request.display = to.wishes.display;
    request.domain_hint = to.wishes.domain_hint;
    request.resource = to.wishes.resource;
    request.audience = to.wishes.audience;
    request.claims = to.wishes.claims;
    request.extra = to.wishes.extra;
    request.login_hint = what.login_hint;
    request.id_token_hint = what.id_token_hint;
    if (what.at != nullptr)
        apply(request, parameters_of(*what.at));
    apply(request, what.said);
    demand(request, what.demand);
    if (request.ui_locales.empty() && !says(request.extra, "ui_locales"))
        request.ui_locales = what.ui_locales;
    if (next == next_time::ask_who && request.prompt.empty())
        request.prompt = "select_account";
    if (session::is_silent(what.purpose))
        request.prompt = "none"; // Core 3.1.2.1: and nothing beside it
    return request;
}

oidc::authorization_request
completed(oidc::authorization_request wishes, const session::sign_in& begun, oidc::redirect_uri redirect)
{
    wishes.redirect = std::move(redirect);
    wishes.state = begun.state;
    wishes.nonce = begun.nonce;
    if (oidc::uses_pkce(begun.method))
        wishes.code_challenge = oidc::s256_challenge(begun.code_verifier);
    return wishes;
}

journey journey_again(const session::session& of, new_sign_in how, std::string return_to)
{
    // An address grows with its hint, and some servers take no more than 8 KiB of it.
    constexpr std::size_t longest_hint = 4096;
    journey made;
    made.return_to = std::move(return_to);
    made.login_hint = of.who.email.value_or(of.who.username);
    made.granted = of.scope;
    made.keeps_signed_in = of.keeps_signed_in;
    if (how != new_sign_in::silent)
        return made;
    made.purpose = session::sign_in_purpose::silent;
    if (of.id_token.size() <= longest_hint)
        made.id_token_hint = std::string(of.id_token.reveal());
    return made;
}

const access::step_up* departure::lacking(const context& about, std::string_view return_to) const
{
    if (!about.session || !with_.policy.has_step_ups())
        return nullptr;
    const auto path = path_wanted(return_to, with_.ours);
    return with_.policy.unmet("GET", path, proof_of(about.session->value), about.now);
}

net::task<void> departure::begin(net::exchange& exchange, const context& about, journey what) const
{
    // A cookie for every picture and script of a page would push out the sign-ins that people are in the
    // middle of.
    if (what.purpose != session::sign_in_purpose::framed && !is_page(exchange.request()))
    {
        error nobody{
            errc::session_required,
            "sign_in",
            "no session, and not a page that a person opens: nothing to redirect"
        };
        co_return co_await with_.refuse.answer(exchange, about, std::move(nobody));
    }
    what.ui_locales = locales_for(exchange.request());
    if (with_.policy.has_step_ups() && what.purpose != session::sign_in_purpose::test)
        what.at = with_.policy.beginning_at(path_wanted(what.return_to, with_.ours));
    // A scope that no path demands any more is perhaps none any more.
    what.granted = access::those_in(what.granted, with_.policy.scopes());
    auto metadata = co_await what.to->metadata();
    if (!metadata)
        co_return co_await with_.refuse.answer(
            exchange, about, metadata.error(), {.return_to = what.return_to}
        );
    auto ready = prepare(exchange, about, what);
    if (!ready)
        co_return co_await with_.refuse.answer(exchange, about, ready.error());
    const auto is_test = what.purpose == session::sign_in_purpose::test;
    auto record = is_test ? std::make_shared<provider::journal>() : nullptr;
    // Waits for nobody where nothing is signed or pushed.
    auto address = co_await what.to->authorization_address(*metadata, std::move(ready->request), record);
    if (!address)
        co_return co_await stay(exchange, about, ready->begun, address.error(), std::move(record));
    auto answer = see_other(*address);
    add_cookies(answer, ready->cookies);
    auto sent = co_await net::send(exchange, answer);
    if (!sent)
        exchange.close_after();
}

net::task<void> departure::stay(
    net::exchange& exchange,
    const context& about,
    const session::sign_in& begun,
    error why,
    std::shared_ptr<provider::journal> record
) const
{
    if (!record)
        co_return co_await with_.refuse.answer(
            exchange, about, std::move(why), {.return_to = begun.return_to}
        );
    log::failure("test_failed", why, {{"request_id", about.request_id}});
    const page_frame frame(exchange, about, with_.ours);
    const auto page =
        test_report(frame.setting(), *record, begun, std::unexpected(std::move(why)), about.now);
    auto sent = co_await net::send(exchange, page);
    if (!sent)
        exchange.close_after();
}

result<departure::prepared>
departure::prepare(const net::exchange& exchange, const context& about, const journey& what) const
{
    const auto& settings = what.to->settings();
    const auto last = with_.choices.find(exchange.request().fields);
    const auto is_test = what.purpose == session::sign_in_purpose::test;
    const auto next = last.provider == what.to->name() && !is_test ? last.next : next_time::as_usual;
    auto request = request_of(settings, what, next);

    auto begun = session::start_sign_in(settings.flow, about.now, with_.random);
    begun.return_to = what.return_to;
    begun.provider = what.to->name();
    begun.max_age = request.max_age;
    begun.acr = what.demand.acr;
    begun.scopes = what.demand.scopes;
    begun.scope = access::those_in(joined(request.scopes), with_.policy.scopes());
    begun.purpose = what.purpose;
    begun.keeps_signed_in = what.keeps_signed_in;
    auto cookies = seal(begun, exchange, about, settings);
    if (!cookies)
        return std::unexpected(cookies.error());

    request = completed(std::move(request), begun, redirect_address(what.origin, with_.ours));
    if (!is_test)
    {
        const auto choice = remember(exchange, *what.to);
        cookies->insert(cookies->end(), choice.begin(), choice.end());
    }
    return prepared{std::move(begun), std::move(request), std::move(*cookies)};
}

result<session::set_cookies> departure::seal(
    session::sign_in& begun,
    const net::exchange& exchange,
    const context& about,
    const provider::configuration& to
) const
{
    const auto fields = exchange.request().fields;
    auto cookies = with_.cookies.begin(begun, fields, arrival_of(to), about.now);
    if (!cookies && cookies.error().code == errc::value_too_large)
    {
        begun.return_to = "/"; // a deep link too long to be remembered
        cookies = with_.cookies.begin(begun, fields, arrival_of(to), about.now);
    }
    if (!cookies)
        return fail(errc::internal_error, "sign_in.cookie", cookies.error().detail);
    return cookies;
}

// Only where there is a choice, or a mark to be taken off.
session::set_cookies departure::remember(const net::exchange& exchange, const provider::provider& to) const
{
    const auto last = with_.choices.find(exchange.request().fields);
    const auto is_known = last.provider == to.name() && last.next == next_time::as_usual;
    const auto is_choice = with_.providers.all().size() > 1 || last.next == next_time::ask_who;
    if (is_known || !is_choice)
        return {};
    return {with_.choices.remember({to.name(), next_time::as_usual})};
}

} // namespace sekisho::gateway

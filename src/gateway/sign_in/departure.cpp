// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/departure.hpp"

#include "base/log.hpp"
#include "gateway/answers.hpp"
#include "gateway/sign_in/proof.hpp"
#include "gateway/test_page/report.hpp"
#include "http/negotiation.hpp"
#include "pages/language.hpp"
#include "provider/authorization_address.hpp"

#include <utility>

namespace sekisho::gateway
{
namespace
{

// As RFC 6749, 3.3 writes it.
std::string joined(const std::vector<std::string>& scopes)
{
    std::string text;
    for (const auto& each : scopes)
        text.append(text.empty() ? "" : " ").append(each);
    return text;
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
    auto ready = prepare(exchange, about, what, **metadata);
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

result<departure::prepared> departure::prepare(
    const net::exchange& exchange, const context& about, const journey& what, const oidc::metadata& metadata
) const
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
    // What "as asked" means is known only of what could not be changed on its way: a person may take a scope
    // out of an address (RFC 6749, 5.1 speaks of the request as the provider received it).
    if (provider::is_hidden_from_browser(settings, metadata))
        begun.scope = access::those_in(joined(request.scopes), with_.policy.scopes());
    begun.person = what.person;
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

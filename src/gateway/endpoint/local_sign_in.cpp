// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/local_sign_in.hpp"

#include "base/log.hpp"
#include "gateway/answers.hpp"
#include "gateway/form/own_form.hpp"
#include "gateway/local/posted_form.hpp"
#include "gateway/parameters.hpp"
#include "gateway/public_origin.hpp"
#include "gateway/sign_in/session_beginning.hpp"
#include "http/negotiation.hpp"
#include "pages/local_sign_in.hpp"

#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::string_view where = "local_sign_in";

bool is_get(const net::exchange& exchange)
{
    return exchange.request().method == "GET" || exchange.request().method == "HEAD";
}

} // namespace

net::task<void> local_sign_in::answer(net::exchange& exchange, context& about)
{
    if (with_.state == nullptr)
    {
        error nothing{errc::not_found, where, "local.restore is off"};
        co_return co_await with_.refuse.answer(exchange, about, std::move(nothing));
    }
    const auto is_here = about.path == with_.ours.local_path;
    if (!is_get(exchange) && exchange.request().method != "POST")
    {
        error wrong{errc::request_method_not_allowed, where, {}};
        co_return co_await with_.refuse.answer(
            exchange, about, std::move(wrong), {.allow = "GET, HEAD, POST"}
        );
    }
    if (!is_here)
        co_return co_await go_there(exchange, about);
    if (is_get(exchange))
        co_return co_await show(exchange, about);
    co_await let_in(exchange, about);
}

net::task<void> local_sign_in::begin(net::exchange& exchange, const context& about)
{
    const auto target = return_address_of(about.target, with_.ours);
    if (http::is_navigation(exchange.request().fields, exchange.request().method))
        co_return co_await deliver(exchange, see_other(with_.ours.local_for(target)));
    error nobody{errc::session_required, where, "no session, and not a page that a person opens"};
    co_await with_.refuse.answer(exchange, about, std::move(nobody), {.return_to = target});
}

net::task<void> local_sign_in::refuse_step_up(net::exchange& exchange, const context& about)
{
    error unmet{
        errc::provider_sign_in_off,
        where,
        "the path has a rule in access.step_up, which only the provider meets"
    };
    co_await with_.refuse.answer(exchange, about, std::move(unmet));
}

// From the addresses where a sign-in at the provider would begin.
net::task<void> local_sign_in::go_there(net::exchange& exchange, const context& about)
{
    auto form = co_await read_parameters(exchange, about);
    if (!form)
        co_return co_await with_.refuse.answer(exchange, about, form.error());
    const auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        co_return co_await with_.refuse.answer(exchange, about, origin.error());
    const auto wanted = form->first("return_to").value_or("/");
    co_await deliver(exchange, see_other(with_.ours.local_for(return_address(wanted, *origin, with_.ours))));
}

net::task<void> local_sign_in::show(net::exchange& exchange, const context& about)
{
    auto form = co_await read_parameters(exchange, about);
    if (!form)
        co_return co_await with_.refuse.answer(exchange, about, form.error());
    const auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        co_return co_await with_.refuse.answer(exchange, about, origin.error());
    const shown_form shown{
        .token = with_.random.token(),
        .return_to = return_address(form->first("return_to").value_or("/"), *origin, with_.ours),
        .shown = about.now
    };
    const page_frame frame(exchange, about, with_.ours);
    auto page =
        pages::local_sign_in_page(frame.setting(), {.action = with_.ours.local_path, .token = shown.token});
    add_cookies(page, {with_.forms.remember(shown, with_.random)});
    co_await deliver(exchange, page);
}

net::task<result<local_sign_in::attempt>>
local_sign_in::read(net::exchange& exchange, const context& about) const
{
    const auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        co_return std::unexpected(origin.error());
    auto form = co_await read_own_form(exchange, about, *origin, where);
    if (!form)
        co_return std::unexpected(form.error());
    auto shown = form_shown_here(
        with_.forms, exchange.request(), *form, about.now, {errc::local_sign_in_refused, where, {}}
    );
    if (!shown)
        co_return std::unexpected(shown.error());
    co_return attempt{std::string(form->first("password").value_or("")), std::move(*shown)};
}

result<void> local_sign_in::check(const attempt& made, const context& about) const
{
    if (!with_.state->password.is(made.password))
        return fail(errc::local_sign_in_refused, where, "not the temporary password of this process");
    // One form is one sign-in: whoever reads along cannot send it again.
    if (with_.used.take(oidc::state(made.form.token)) == used_sign_ins::claim::repeated)
        return fail(errc::local_sign_in_refused, where, "the form was used before");
    with_.state->attempts.forgive(about.client_address);
    return {};
}

session::session local_sign_in::session_for(const context& about) const
{
    auto made = session::start_session(with_.person.who, with_.person.limits, about.now, with_.random);
    made.provider = local_provider;
    made.amr = {"local"};
    made.confirmed = about.now;
    made.address = about.client_address;
    return made;
}

http::response
local_sign_in::welcome(const net::exchange& exchange, const context& about, const shown_form& form) const
{
    const page_frame frame(exchange, about, with_.ours);
    auto answer = go_on_to(frame, with_.person.site, form.return_to);
    add_cookies(answer, {with_.forms.erase()});
    return answer;
}

net::task<void> local_sign_in::let_in(net::exchange& exchange, context& about)
{
    auto made = co_await read(exchange, about);
    if (!made)
        co_return co_await with_.refuse.answer(exchange, about, made.error());
    refusal_options again{.return_to = made->form.return_to};
    if (const auto wait = with_.state->attempts.take(about.client_address, about.now))
    {
        again.retry_after = *wait;
        co_return co_await with_.refuse.answer(exchange, about, come_back_in(*wait, where), std::move(again));
    }
    if (auto right = check(*made, about); !right)
        co_return co_await with_.refuse.answer(exchange, about, right.error(), std::move(again));
    auto value = session_for(about);
    co_await begin_afterwards(with_.sessions, value, about.now);
    auto cookies = co_await with_.sessions.begin(value, exchange.request().fields, about.now);
    if (!cookies)
        co_return co_await with_.refuse.answer(exchange, about, cookies.error(), std::move(again));
    log::warning(
        "local_restore.signed_in",
        {{"user", value.who.user},
         {"client", about.client_address},
         {"request_id", about.request_id},
         {"expires", format_time(value.expires)}}
    );
    auto answer = welcome(exchange, about, made->form);
    add_cookies(answer, *cookies);
    co_await deliver(exchange, answer);
}

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/sign_in.hpp"

#include "gateway/answers.hpp"
#include "gateway/challenge.hpp"
#include "gateway/parameters.hpp"
#include "gateway/public_origin.hpp"
#include "gateway/sign_in/chooser.hpp"
#include "gateway/sign_in/proof.hpp"
#include "http/negotiation.hpp"
#include "oidc/login_parameters.hpp"
#include "pages/chooser.hpp"
#include "pages/fragment.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::gateway
{
namespace
{

std::unexpected<error> malformed(std::string detail)
{
    return fail(errc::request_malformed, "sign_in.parameters", std::move(detail));
}

error unknown(std::string reason) { return {errc::oidc_provider_unknown, "sign_in", std::move(reason)}; }

error nobody()
{
    return {
        errc::session_required,
        "sign_in",
        "no session, and not a page that a person opens: nothing to redirect"
    };
}

} // namespace

provider::provider& sign_in::provider_of(std::size_t index) const { return *with_.providers.all()[index]; }

net::task<void> sign_in::answer(net::exchange& exchange, context& about)
{
    const auto method = exchange.request().method;
    if (method != "GET" && method != "HEAD" && method != "POST")
    {
        error wrong{errc::request_method_not_allowed, "sign_in", {}};
        co_return co_await with_.refuse.answer(
            exchange, about, std::move(wrong), {.allow = "GET, HEAD, POST"}
        );
    }
    auto form = co_await read_parameters(exchange, about);
    if (!form)
        co_return co_await with_.refuse.answer(exchange, about, form.error());
    auto what = understand(std::move(*form), about);
    if (!what)
        co_return co_await with_.refuse.answer(exchange, about, what.error());
    co_await go_on(exchange, about, std::move(*what));
}

result<sign_in::wish> sign_in::understand(http::form form, const context& about) const
{
    auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        return std::unexpected(origin.error());
    wish what{.origin = std::move(*origin), .return_to = "/", .idp = {}, .email = {}, .form = {}};
    for (const auto& [name, member] :
         {std::pair("return_to", &what.return_to),
          std::pair("idp", &what.idp),
          std::pair("email", &what.email)})
    {
        const auto value = form.unique(name);
        if (!value)
            return malformed(
                "expected one " + std::string(name) + ", received " + std::to_string(form.count(name))
            );
        if (*value)
            *member = **value;
    }
    if (const auto prompt = form.unique("prompt"); !prompt)
        return malformed("expected one prompt, received " + std::to_string(form.count("prompt")));
    what.return_to = return_address(what.return_to, what.origin, with_.ours);
    what.keeps_signed_in = offers_to_keep() && form.first("keep") == "1";
    what.form = std::move(form);
    return what;
}

provider_choice sign_in::choose(const net::exchange& exchange, const context& about, const wish& what) const
{
    const auto path = path_wanted(what.return_to, with_.ours);
    const auto last = with_.choices.find(exchange.request().fields);
    return with_.offers.choose({about.host, path, what.idp, what.email, last.provider});
}

// Whether somebody is signed in and nothing asks for another sign-in.
bool sign_in::is_done(const context& about, const wish& what, const provider_choice& choice) const
{
    const auto& session = about.session;
    if (!session || !what.email.empty() || (!what.idp.empty() && what.idp != session->value.provider))
        return false;
    const auto pairs = as_pairs(what.form);
    const auto asks_again = [&](std::size_t index)
    {
        const auto& allowed = provider_of(index).settings().wishes.login_parameters;
        const auto said = oidc::allowed_parameters(allowed, pairs);
        return std::ranges::find(said, "prompt", &oidc::parameter::name) != said.end();
    };
    return std::ranges::none_of(choice.among, asks_again);
}

net::task<void> sign_in::go_on(net::exchange& exchange, context& about, wish what)
{
    auto choice = choose(exchange, about, what);
    if (choice.is == provider_choice::outcome::refused)
        co_return co_await with_.refuse.answer(
            exchange, about, unknown(std::move(choice.reason)), {.return_to = what.return_to}
        );
    if (is_done(about, what, choice))
        co_return co_await arrive(exchange, about, std::move(what));
    if (choice.is == provider_choice::outcome::ask)
        co_return co_await show_choice(exchange, about, what, choice);
    auto& to = provider_of(choice.among.front());
    const auto pairs = as_pairs(what.form);
    journey begun{
        .to = &to,
        .origin = std::move(what.origin),
        .return_to = std::move(what.return_to),
        .login_hint = std::move(choice.login_hint),
        .said = oidc::allowed_parameters(to.settings().wishes.login_parameters, pairs),
        .demand = {}
    };
    begun.keeps_signed_in = what.keeps_signed_in;
    co_await with_.leaves.begin(exchange, about, std::move(begun));
}

net::task<void> sign_in::arrive(net::exchange& exchange, const context& about, wish what)
{
    const auto* const demand = with_.leaves.lacking(about, what.return_to);
    if (demand != nullptr && is_page(exchange.request()) &&
        with_.providers.find(about.session->value.provider) != nullptr)
        co_return co_await leave_again(
            exchange, about, *demand, std::move(what.origin), std::move(what.return_to)
        );
    const page_frame frame(exchange, about, with_.ours);
    const auto answer = go_on_to(frame, session::same_site::lax, what.return_to); // the session is there
    auto sent = co_await net::send(exchange, answer);
}

net::task<void> sign_in::show_choice(
    net::exchange& exchange, const context& about, const wish& what, const provider_choice& among
)
{
    if (!is_page(exchange.request()))
        co_return co_await with_.refuse.answer(exchange, about, nobody());
    const page_frame frame(exchange, about, with_.ours);
    const auto setting = frame.setting();
    const auto keeping = !offers_to_keep()      ? pages::keeping::not_offered
                         : what.keeps_signed_in ? pages::keeping::chosen
                                                : pages::keeping::offered;
    const chooser_facts facts{
        with_.ours, with_.providers, among, setting.in, what.form, what.return_to, keeping
    };
    const auto page = pages::chooser_page(setting, chooser_of(facts));
    auto sent = co_await net::send(exchange, page);
    if (!sent)
        exchange.close_after();
}

net::task<void> sign_in::begin(net::exchange& exchange, const context& about)
{
    if (!http::is_navigation(exchange.request().fields, exchange.request().method))
        co_return co_await with_.refuse.answer(exchange, about, nobody());
    auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        co_return co_await with_.refuse.answer(exchange, about, origin.error());
    auto target = return_address_of(about.target, with_.ours);
    if (with_.loops != nullptr && with_.loops->is_loop(exchange.request().fields, about.now))
        co_return co_await stop_loop(exchange, about, std::move(target));
    if (with_.ours.keeps_fragments)
        co_return co_await keep_fragment(exchange, about, target);
    const auto last = with_.choices.find(exchange.request().fields);
    const auto path = path_wanted(about.target, with_.ours);
    auto choice = with_.offers.choose({about.host, path, {}, {}, last.provider});
    if (choice.is == provider_choice::outcome::refused)
        co_return co_await with_.refuse.answer(exchange, about, unknown(std::move(choice.reason)));
    if (choice.is == provider_choice::outcome::ask)
    {
        // To the page's own address, so that there is one.
        auto sent = co_await net::send(exchange, see_other(with_.ours.login_for(target)));
        co_return;
    }
    journey begun{
        .to = &provider_of(choice.among.front()),
        .origin = std::move(*origin),
        .return_to = std::move(target),
        .login_hint = {},
        .said = {},
        .demand = {}
    };
    co_await with_.leaves.begin(exchange, about, std::move(begun));
}

net::task<bool> sign_in::again(net::exchange& exchange, const context& about, new_sign_in how)
{
    auto* const to = with_.providers.find(about.session->value.provider);
    const auto is_opened = http::is_navigation(exchange.request().fields, exchange.request().method);
    auto origin = public_origin(with_.ours.public_url, about);
    if (how == new_sign_in::no || to == nullptr || !is_opened || !origin || !to->known_metadata())
        co_return false;
    auto begun = journey_again(about.session->value, how, return_address_of(about.target, with_.ours));
    begun.to = to;
    begun.origin = std::move(*origin);
    co_await with_.leaves.begin(exchange, about, std::move(begun));
    co_return true;
}

bool sign_in::offers_to_keep() const noexcept
{
    return with_.sessions != nullptr &&
           with_.sessions->limits().keep_signed_in > std::chrono::seconds::zero();
}

net::task<void> sign_in::stop_loop(net::exchange& exchange, const context& about, std::string target)
{
    const auto& request = exchange.request().fields;
    const auto cause = co_await cause_of_loop(*with_.sessions, with_.loops->config(), request, about);
    error loop{errc::sign_in_loop, "sign_in", std::string(explanation_of(cause))};
    refusal_options options{.return_to = std::move(target)};
    options.cookies = {with_.loops->erase()}; // whoever tries again begins to count anew
    options.note = words_of(cause);
    co_await with_.refuse.answer(exchange, about, std::move(loop), std::move(options));
}

net::task<void> sign_in::step_up(net::exchange& exchange, const context& about, const access::step_up& demand)
{
    auto* to = with_.providers.find(about.session->value.provider);
    auto target = return_address_of(about.target, with_.ours);
    const auto is_opened = http::is_navigation(exchange.request().fields, exchange.request().method);
    if (to == nullptr || !is_opened)
    {
        error weak{
            errc::step_up_required, "step_up", difference(demand, proof_of(about.session->value), about.now)
        };
        const auto challenge = challenge_of(demand, proof_of(about.session->value), about.now);
        co_return co_await with_.refuse.answer(
            exchange, about, std::move(weak), {.return_to = std::move(target), .challenge = challenge}
        );
    }
    auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        co_return co_await with_.refuse.answer(exchange, about, origin.error());
    if (with_.ours.keeps_fragments)
        co_return co_await keep_fragment(exchange, about, target);
    co_await leave_again(exchange, about, demand, std::move(*origin), std::move(target));
}

net::task<void> sign_in::leave_again(
    net::exchange& exchange,
    const context& about,
    const access::step_up& demand,
    url origin,
    std::string return_to
)
{
    const auto& here = about.session->value;
    journey begun{
        .to = with_.providers.find(here.provider),
        .origin = std::move(origin),
        .return_to = std::move(return_to),
        .login_hint = {},
        .said = {},
        .demand = demand
    };
    begun.granted = here.scope;
    begun.keeps_signed_in = here.keeps_signed_in;
    co_await with_.leaves.begin(exchange, about, std::move(begun));
}

net::task<void>
sign_in::keep_fragment(net::exchange& exchange, const context& about, const std::string& target)
{
    const page_frame frame(exchange, about, with_.ours);
    const auto page = pages::keep_fragment_page(frame.setting(), target, with_.ours.login_for(target));
    auto sent = co_await net::send(exchange, page);
    if (!sent)
        exchange.close_after();
}

} // namespace sekisho::gateway

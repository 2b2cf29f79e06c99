// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/sign_out.hpp"

#include "base/log.hpp"
#include "gateway/answers.hpp"
#include "gateway/parameters.hpp"
#include "gateway/public_origin.hpp"
#include "http/negotiation.hpp"
#include "oidc/issuer.hpp"
#include "pages/page.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace sekisho::gateway
{
namespace
{

oidc::logout_form form_of(provider::sign_out_form from)
{
    switch (from)
    {
    case provider::sign_out_form::cognito:
        return oidc::logout_form::cognito;
    case provider::sign_out_form::auth0:
        return oidc::logout_form::auth0;
    default:
        return oidc::logout_form::standard;
    }
}

found as_found(bool is_there) { return is_there ? found::yes : found::no; }

bool is_own_state(const std::string& state, const std::optional<sign_out_cookie::remembered>& memory)
{
    return memory && !state.empty() && memory->state == state;
}

bool is_for_program(const net::exchange& exchange)
{
    return http::preferred_media(exchange.request().fields) == http::media::json;
}

} // namespace

net::task<void> sign_out::answer(net::exchange& exchange, context& about)
{
    const auto method = exchange.request().method;
    if (method != "GET" && method != "POST")
    {
        error wrong{errc::request_method_not_allowed, "sign_out", {}};
        co_return co_await with_.refuse.answer(exchange, about, std::move(wrong), {.allow = "GET, POST"});
    }
    auto what = co_await read(exchange, about);
    if (!what)
        co_return co_await with_.refuse.answer(exchange, about, what.error());
    auto answer = answer_to(exchange, about, *what);
    if (!answer)
    {
        const auto is_method = answer.error().code == errc::request_method_not_allowed;
        refusal_options options{.allow = is_method ? "POST" : ""};
        co_return co_await with_.refuse.answer(exchange, about, answer.error(), std::move(options));
    }
    if (answer->ends_session && about.session)
        co_await end_session(about);
    auto sent = co_await net::send(exchange, answer->answer);
    if (!sent)
        exchange.close_after();
}

net::task<result<sign_out::wish>> sign_out::read(net::exchange& exchange, const context& about) const
{
    auto form = co_await read_parameters(exchange, about);
    if (!form)
        co_return std::unexpected(form.error());
    co_return understand(*form, exchange, about);
}

result<sign_out::wish>
sign_out::understand(const http::form& form, const net::exchange& exchange, const context& about) const
{
    auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        return std::unexpected(origin.error());
    const auto return_to = form.unique("return_to");
    const auto state = form.unique("state");
    if (!return_to || !state)
        return fail(errc::request_malformed, "sign_out.parameters", "a parameter is there twice");

    const auto pairs = as_pairs(form);
    // Whose call it may be is held against the session later: there may be several providers.
    const auto iss = form.first("iss").value_or("");
    const auto expected = is_issuer_known(iss, about)
                              ? oidc::issuer(std::string(iss))
                              : with_.providers.default_provider().settings().issuer.identifier;
    auto channel = oidc::parse_front_channel_logout(pairs, expected);
    if (!channel)
        return fail(errc::request_malformed, "sign_out.front_channel", std::move(channel.error().detail));

    wish what{
        .origin = std::move(*origin),
        .return_to = {},
        .state = std::string(state->value_or("")),
        .channel = std::move(*channel),
        .memory = with_.memory.find(exchange.request().fields)
    };
    if (*return_to)
        what.return_to = own_return_address(**return_to, what.origin, with_.ours);
    return what;
}

result<sign_out::outcome>
sign_out::answer_to(const net::exchange& exchange, const context& about, const wish& what) const
{
    const sign_out_signs signs{
        .session = as_found(about.session != nullptr),
        .own_state = as_found(is_own_state(what.state, what.memory)),
        .front_channel = as_found(what.channel.has_value())
    };
    switch (tell_caller(exchange.request(), what.origin, signs))
    {
    case sign_out_caller::person:
        return sign_out_person(exchange, about, what);
    case sign_out_caller::landing:
        return outcome{land(exchange, about, what)};
    case sign_out_caller::front_channel:
        return clear_for_provider(exchange, about, what);
    case sign_out_caller::stranger:
        return outcome{ask(exchange, about, what)};
    case sign_out_caller::forger:
        return fail(errc::cross_site_refused, "sign_out", "a form of another site");
    case sign_out_caller::script:
        break;
    }
    return fail(errc::request_method_not_allowed, "sign_out", "a script has to use POST");
}

sign_out::outcome
sign_out::sign_out_person(const net::exchange& exchange, const context& about, const wish& what) const
{
    const auto state = with_.random.token();
    const auto provider = provider_address(about, what, state);
    const page_frame frame(exchange, about, with_.ours);
    http::response answer;
    if (is_for_program(exchange)) // it cannot follow us to another origin, so it is told the address
    {
        json body{{"signed_out", true}};
        if (!provider.empty())
            body["continue_url"] = provider;
        answer = json_answer(200, body);
    }
    else if (!provider.empty())
        answer = see_other(provider);
    else if (!what.return_to.empty())
        answer = see_other(what.return_to);
    else
        answer = pages::signed_out_page(
            frame.setting(), with_.ours.login_path, pages::provider_session::maybe_open
        );
    if (!provider.empty())
        add_cookies(answer, {with_.memory.remember({state, what.return_to})});
    else if (about.session) // it would let in again whoever sits there, without a question
        add_cookies(answer, {with_.choices.remember({about.session->value.provider, next_time::ask_who})});
    return clear(std::move(answer), exchange);
}

http::response sign_out::land(const net::exchange& exchange, const context& about, const wish& what) const
{
    const auto is_return = is_own_state(what.state, what.memory);
    // Some providers (Cognito) bring no state back; then the cookie alone says where the person wanted to go.
    const auto counts = what.memory && (is_return || what.state.empty());
    auto wanted =
        counts ? own_return_address(what.memory->return_to, what.origin, with_.ours) : what.return_to;
    if (wanted.empty() && about.session) // signed in again meanwhile, in another tab
        wanted = "/";

    const page_frame frame(exchange, about, with_.ours);
    const auto at_provider = counts ? pages::provider_session::ended : pages::provider_session::maybe_open;
    auto answer = wanted.empty() ? pages::signed_out_page(frame.setting(), with_.ours.login_path, at_provider)
                                 : see_other(wanted);
    if (what.memory)
        add_cookies(answer, {with_.memory.erase()});
    return answer;
}

sign_out::outcome
sign_out::clear_for_provider(const net::exchange& exchange, const context& about, const wish& what) const
{
    // No X-Frame-Options and no frame-ancestors: the provider shows this in a frame of its own page.
    http::response answer;
    answer.fields = {
        {"Cache-Control", "no-cache, no-store"},
        {"Content-Security-Policy", "default-src 'none'"},
        {"Referrer-Policy", "no-referrer"},
        {"X-Content-Type-Options", "nosniff"},
    };
    if (about.session && !concerns(*what.channel, about.session->value))
        return outcome{std::move(answer)};
    return clear(std::move(answer), exchange);
}

http::response sign_out::ask(const net::exchange& exchange, const context& about, const wish& what) const
{
    const page_frame frame(exchange, about, with_.ours);
    pages::sign_out_form form;
    form.action = with_.ours.logout_path;
    if (!what.return_to.empty())
        form.hidden_fields = {{"return_to", what.return_to}};
    form.stay_url = "/";
    // Chromium holds every redirect after a form against form-action, and providers pass sign-outs on to
    // others.
    std::string targets;
    if (const auto way = way_out(about))
        targets = way->address.is_https() ? "https:" : way->address.origin();
    form.form_targets = targets;
    return pages::sign_out_confirmation_page(frame.setting(), form);
}

std::optional<sign_out::way> sign_out::way_out(const context& about) const
{
    const auto* const provider = provider_of(about);
    const auto metadata = provider != nullptr ? provider->known_metadata() : nullptr;
    if (!metadata || provider->settings().sign_out == provider::sign_out_form::none)
        return std::nullopt;
    const auto form = form_of(provider->settings().sign_out);
    auto address = oidc::logout_address(*metadata, form);
    return address ? std::optional(way{form, std::move(*address)}) : std::nullopt;
}

std::string sign_out::provider_address(const context& about, const wish& what, const std::string& state) const
{
    const auto way = way_out(about);
    if (!way)
        return {};
    oidc::logout_request request;
    request.client = provider_of(about)->settings().client;
    request.id_token_hint = about.session->value.id_token;
    request.post_logout_redirect_uri = what.origin.origin() + with_.ours.logout_path;
    request.state = oidc::state(state);
    return oidc::to_url(way->address, request, way->form);
}

const provider::provider* sign_out::provider_of(const context& about) const
{
    return about.session ? with_.providers.find(about.session->value.provider) : nullptr;
}

// Byte for byte what the session's tokens say, or what a provider is configured as.
bool sign_out::is_issuer_known(std::string_view iss, const context& about) const
{
    return (about.session && about.session->value.who.issuer == iss) ||
           std::ranges::any_of(
               with_.providers.all(),
               [&](const auto& each) { return oidc::is_named(each->settings().issuer, iss); }
           );
}

// A front channel of another provider, or one that names another session than the one here, must not end
// this one. Which provider it is, is only not asked where there is but one.
bool sign_out::concerns(const oidc::front_channel_logout& channel, const session::session& here) const
{
    if (channel.issuer && channel.issuer->view() != here.who.issuer)
        return false;
    if (!channel.sid || here.sid.empty())
        return channel.issuer || with_.providers.all().size() == 1;
    return *channel.sid == here.sid;
}

sign_out::outcome sign_out::clear(http::response answer, const net::exchange& exchange) const
{
    add_cookies(answer, with_.sessions.where().erase(exchange.request().fields));
    return {std::move(answer), true};
}

net::task<void> sign_out::end_session(const context& about)
{
    const auto& value = about.session->value;
    with_.opened.forget(value.id);
    auto ended = co_await with_.sessions.end(
        {session::ends::session,
         {},
         value.id.str(),
         about.now,
         session::end_of(value, with_.sessions.limits().of(value))}
    );
    if (!ended) // ended here, and the browser forgets it; the other replicas learn it when the store is back
        log::failure("sign_out_not_shared", ended.error(), {{"request_id", about.request_id}});
    log::info(
        "signed_out",
        {{"user", value.who.user},
         {"provider", value.provider},
         {"client", about.client_address},
         {"request_id", about.request_id}}
    );
}

} // namespace sekisho::gateway

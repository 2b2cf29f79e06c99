// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/sign_out.hpp"

#include "base/log.hpp"
#include "gateway/answers.hpp"
#include "gateway/parameters.hpp"
#include "gateway/public_origin.hpp"
#include "http/negotiation.hpp"
#include "oidc/logout_request.hpp"
#include "pages/page.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace sekisho::gateway
{
namespace
{

found as_found(bool is_there) { return is_there ? found::yes : found::no; }

bool is_own_state(const std::string& state, const std::optional<sign_out_cookie::remembered>& memory)
{
    return memory && !state.empty() && memory->state == state;
}

// A front channel that names another session than the one here must not end this one.
bool concerns(const oidc::front_channel_logout& channel, const session::session& here)
{
    return !channel.sid || here.sid.empty() || *channel.sid == here.sid;
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
    auto sent = co_await net::send(exchange, *answer);
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
    // Byte for byte what the provider calls itself, which is the configured issuer (oidc/metadata holds it to
    // that).
    auto channel = oidc::parse_front_channel_logout(pairs, provider_of(about).settings().issuer.identifier);
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

result<http::response>
sign_out::answer_to(const net::exchange& exchange, const context& about, const wish& what)
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
        return land(exchange, about, what);
    case sign_out_caller::front_channel:
        return clear_for_provider(exchange, about, what);
    case sign_out_caller::stranger:
        return ask(exchange, about, what);
    case sign_out_caller::forger:
        return fail(errc::cross_site_refused, "sign_out", "a form of another site");
    case sign_out_caller::script:
        break;
    }
    return fail(errc::request_method_not_allowed, "sign_out", "a script has to use POST");
}

http::response
sign_out::sign_out_person(const net::exchange& exchange, const context& about, const wish& what)
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
    clear(answer, exchange, about);
    return answer;
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

http::response
sign_out::clear_for_provider(const net::exchange& exchange, const context& about, const wish& what)
{
    // No X-Frame-Options and no frame-ancestors: the provider shows this in a frame of its own page.
    http::response answer;
    answer.fields = {
        {"Cache-Control", "no-cache, no-store"},
        {"Content-Security-Policy", "default-src 'none'"},
        {"Referrer-Policy", "no-referrer"},
        {"X-Content-Type-Options", "nosniff"},
    };
    if (!about.session || concerns(*what.channel, about.session->value))
        clear(answer, exchange, about);
    return answer;
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
    const auto metadata = provider_of(about).known_metadata();
    std::string targets;
    if (metadata && metadata->end_session_endpoint)
        targets =
            metadata->end_session_endpoint->is_https() ? "https:" : metadata->end_session_endpoint->origin();
    form.form_targets = targets;
    return pages::sign_out_confirmation_page(frame.setting(), form);
}

std::string sign_out::provider_address(const context& about, const wish& what, const std::string& state) const
{
    if (!about.session)
        return {};
    const auto& provider = provider_of(about);
    const auto metadata = provider.known_metadata();
    if (!metadata || !metadata->end_session_endpoint)
        return {};
    oidc::logout_request request;
    request.client = provider.settings().client;
    request.id_token_hint = about.session->value.id_token;
    request.post_logout_redirect_uri = what.origin.origin() + with_.ours.logout_path;
    request.state = oidc::state(state);
    return oidc::to_url(*metadata->end_session_endpoint, request);
}

const provider::provider& sign_out::provider_of(const context& about) const
{
    const auto* named = about.session ? with_.providers.find(about.session->value.provider) : nullptr;
    return named != nullptr ? *named : with_.providers.default_provider();
}

void sign_out::clear(http::response& answer, const net::exchange& exchange, const context& about)
{
    add_cookies(answer, with_.sessions.erase(exchange.request().fields));
    if (!about.session)
        return;
    with_.opened.forget(about.session->value.id);
    if (with_.ended)
        with_.ended(about.session->value.id);
    log::info(
        "signed_out",
        {{"user", about.session->value.who.user},
         {"provider", about.session->value.provider},
         {"client", about.client_address},
         {"request_id", about.request_id}}
    );
}

} // namespace sekisho::gateway

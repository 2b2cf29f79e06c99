// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/sign_out.hpp"

#include "gateway/answers.hpp"
#include "gateway/endpoint/without_provider.hpp"
#include "gateway/form/own_form.hpp"
#include "gateway/parameters.hpp"
#include "gateway/public_origin.hpp"
#include "gateway/sign_out/way_out.hpp"
#include "http/negotiation.hpp"
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
    auto answer = co_await answer_to(exchange, about, *what);
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
    for (const std::string_view name : {"return_to", "state"})
        if (form.count(name) > 1)
            return fail(
                errc::request_malformed,
                "sign_out.parameters",
                "expected one " + std::string(name) + ", received " + std::to_string(form.count(name))
            );

    auto channel = oidc::parse_front_channel_logout(as_pairs(form));
    if (channel && *channel)
        if (auto fine = with_.channel.check(**channel, about); !fine)
            channel = std::unexpected(std::move(fine.error()));
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

net::task<result<http::response>>
sign_out::answer_to(const net::exchange& exchange, const context& about, const wish& what)
{
    const sign_out_signs signs{
        .session = as_found(about.session != nullptr),
        .own_state = as_found(is_own_state(what.state, what.memory)),
        .front_channel = as_found(what.channel.has_value())
    };
    const auto caller = tell_caller(exchange.request(), what.origin, signs);
    const auto would_end = caller == sign_out_caller::person || caller == sign_out_caller::stranger ||
                           (caller == sign_out_caller::landing && signs.own_state == found::no);
    // "Signed out" would not be true: the session is there again as soon as the store is.
    if (about.trouble && would_end)
        co_return std::unexpected(*about.trouble);
    switch (caller)
    {
    case sign_out_caller::person:
    {
        auto answer = co_await sign_out_person(exchange, about, what);
        co_return answer;
    }
    case sign_out_caller::front_channel:
    {
        auto answer = co_await clear_for_provider(exchange, about, what);
        co_return answer;
    }
    case sign_out_caller::landing:
        co_return land(exchange, about, what);
    case sign_out_caller::stranger:
        co_return ask(exchange, about, what);
    case sign_out_caller::forger:
        co_return fail(
            errc::cross_site_refused,
            "sign_out",
            "a form of another site: " + origin_difference(exchange.request(), what.origin)
        );
    case sign_out_caller::script:
        break;
    }
    co_return fail(
        errc::request_method_not_allowed,
        "sign_out",
        "expected POST, which a script has to use, received " + std::string(exchange.request().method)
    );
}

net::task<http::response>
sign_out::sign_out_person(const net::exchange& exchange, const context& about, const wish& what)
{
    // First, while the application still takes the person for signed in.
    co_await sign_out_of_application(with_.rules.application, exchange, about, with_.cookies);
    const auto state = with_.random.token();
    const auto provider = provider_address(exchange, about, what, state);
    auto answer = farewell(exchange, about, what, provider);
    if (!provider.empty())
        add_cookies(answer, {with_.memory.remember({state, what.return_to})});
    else if (about.session && !came_without_provider(about.session->value
                              )) // it would let in again whoever sits there, without a question
        add_cookies(answer, {with_.choices.remember({about.session->value.provider, next_time::ask_who})});
    add_cookies(answer, with_.ends.cookies(exchange.request().fields));
    add_forgetting(answer, with_.rules, provider.empty() ? sign_out_stage::over : sign_out_stage::leaving);
    revoke_tokens(provider_of(about, with_.providers), about, with_.later);
    co_await with_.ends.end(about);
    co_return answer;
}

http::response sign_out::farewell(
    const net::exchange& exchange, const context& about, const wish& what, const std::string& provider
) const
{
    if (is_for_program(exchange)) // it cannot follow us to another origin, so it is told the address
    {
        json body{{"signed_out", true}};
        if (!provider.empty())
            body["continue_url"] = provider;
        return json_answer(200, body);
    }
    if (!provider.empty())
        return see_other(provider);
    const auto& next = what.return_to.empty() ? with_.rules.application.landing : what.return_to;
    if (!next.empty())
        return see_other(next);
    const page_frame frame(exchange, about, with_.ours);
    const auto at_provider = about.session && came_without_provider(about.session->value)
                                 ? pages::provider_session::ended // there never was one
                                 : pages::provider_session::maybe_open;
    return pages::signed_out_page(frame.setting(), with_.ours.login_path, at_provider);
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
    if (wanted.empty() && counts)
        wanted = with_.rules.application.landing;

    const page_frame frame(exchange, about, with_.ours);
    const auto at_provider = counts ? pages::provider_session::ended : pages::provider_session::maybe_open;
    auto answer = wanted.empty() ? pages::signed_out_page(frame.setting(), with_.ours.login_path, at_provider)
                                 : see_other(wanted);
    if (what.memory)
        add_cookies(answer, {with_.memory.erase()});
    // Only at the end of a sign-out of this browser: a link must not empty what the application keeps there.
    if (is_return && !about.session)
        add_forgetting(answer, with_.rules, sign_out_stage::over);
    return answer;
}

net::task<http::response>
sign_out::clear_for_provider(const net::exchange& exchange, const context& about, const wish& what)
{
    auto answer = front_channel::answer();
    const auto is_meant = with_.channel.means_this_browser(*what.channel, about);
    co_await with_.channel.end_named(*what.channel, about);
    if (!is_meant) // who is not named keeps what they have
        co_return answer;
    co_await with_.ends.end(about);
    add_cookies(answer, with_.ends.cookies(exchange.request().fields));
    co_return answer;
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
    if (const auto way = way_out_of(about, with_.providers))
        targets = way->address.is_https() ? "https:" : way->address.origin();
    form.form_targets = targets;
    return pages::sign_out_confirmation_page(frame.setting(), form);
}

std::string sign_out::provider_address(
    const net::exchange& exchange, const context& about, const wish& what, const std::string& state
) const
{
    const auto way = way_out_of(about, with_.providers);
    if (!way)
        return {};
    const auto& here = about.session->value;
    sign_out_words words{
        .hint = here.id_token,
        .landing = landing_of(*way, what.origin, with_.ours),
        .state = state,
    };
    if (words.hint.empty())
        words.hint = with_.hints.find(exchange.request().fields, here.id);
    return address_of(*way, std::move(words), about.now);
}

} // namespace sekisho::gateway

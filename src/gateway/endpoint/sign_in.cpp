// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/sign_in.hpp"

#include "gateway/answers.hpp"
#include "gateway/public_origin.hpp"
#include "http/form.hpp"
#include "http/negotiation.hpp"
#include "oidc/pkce.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::array<std::string_view, 3> prompts{"login", "select_account", "consent"};

session::callback_arrival arrival_of(const provider::configuration& provider, oidc::response_mode mode)
{
    const auto is_posted = oidc::is_always_posted(provider.flow) || mode == oidc::response_mode::form_post;
    return is_posted ? session::callback_arrival::by_post : session::callback_arrival::by_get;
}

} // namespace

oidc::redirect_uri redirect_address(const url& origin, const addresses& ours)
{
    return oidc::redirect_uri(origin.origin() + ours.callback_path);
}

net::task<void> sign_in::answer(net::exchange& exchange, context& about)
{
    const auto& head = exchange.request();
    if (head.method != "GET" && head.method != "HEAD")
    {
        error wrong{errc::request_method_not_allowed, "sign_in", {}};
        co_return co_await with_.refuse.answer(exchange, about, std::move(wrong), {.allow = "GET, HEAD"});
    }
    auto what = read_query(about);
    if (!what)
        co_return co_await with_.refuse.answer(exchange, about, what.error());
    if (about.session && what->prompt.empty())
    {
        auto sent = co_await net::send(exchange, see_other(what->return_to));
        co_return;
    }
    co_await send_to_provider(exchange, about, std::move(*what));
}

net::task<void> sign_in::begin(net::exchange& exchange, const context& about)
{
    auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        co_return co_await with_.refuse.answer(exchange, about, origin.error());
    auto target = return_address_of(about.target, with_.ours);
    plan what{std::move(*origin), std::move(target), {}};
    co_await send_to_provider(exchange, about, std::move(what));
}

result<sign_in::plan> sign_in::read_query(const context& about) const
{
    auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        return std::unexpected(origin.error());
    const auto query = http::form::parse(about.query);
    if (!query)
        return fail(errc::request_malformed, "sign_in.query", query.error().detail);
    const auto return_to = query->unique("return_to");
    const auto prompt = query->unique("prompt");
    if (!return_to || !prompt)
        return fail(errc::request_malformed, "sign_in.query", "a parameter is there twice");
    const auto is_known = std::ranges::find(prompts, prompt->value_or("")) != prompts.end();
    auto target = return_address(return_to->value_or("/"), *origin, with_.ours);
    return plan{std::move(*origin), std::move(target), is_known ? std::string(**prompt) : std::string()};
}

net::task<void> sign_in::send_to_provider(net::exchange& exchange, const context& about, plan what)
{
    // A cookie for every picture and script of a page would push out the sign-ins that people are in the
    // middle of.
    if (!http::is_navigation(exchange.request().fields, exchange.request().method))
    {
        error nobody{
            errc::session_required,
            "sign_in",
            "no session, and not a page that a person opens: nothing to redirect"
        };
        co_return co_await with_.refuse.answer(exchange, about, std::move(nobody));
    }
    auto& provider = with_.providers.default_provider();
    auto metadata = co_await provider.metadata();
    if (!metadata)
        co_return co_await with_.refuse.answer(
            exchange, about, metadata.error(), {.return_to = what.return_to}
        );
    auto answer = redirect(exchange, about, what, provider, **metadata);
    if (!answer)
        co_return co_await with_.refuse.answer(exchange, about, answer.error());
    auto sent = co_await net::send(exchange, *answer);
    if (!sent)
        exchange.close_after();
}

result<http::response> sign_in::redirect(
    const net::exchange& exchange,
    const context& about,
    const plan& what,
    const provider::provider& to,
    const oidc::metadata& metadata
) const
{
    const auto& settings = to.settings();
    auto begun = session::start_sign_in(settings.flow, about.now, with_.random);
    begun.return_to = what.return_to;
    begun.provider = to.name();
    begun.max_age = with_.wishes.max_age;

    const auto fields = exchange.request().fields;
    const auto arrival = arrival_of(settings, with_.wishes.mode);
    auto cookies = with_.cookies.begin(begun, fields, arrival, about.now);
    if (!cookies && cookies.error().code == errc::value_too_large)
    {
        begun.return_to = "/"; // a deep link too long to be remembered
        cookies = with_.cookies.begin(begun, fields, arrival, about.now);
    }
    if (!cookies)
        return fail(errc::internal_error, "sign_in.cookie", cookies.error().detail);

    oidc::authorization_request request;
    request.flow = settings.flow;
    request.mode = with_.wishes.mode;
    request.client = settings.client;
    request.redirect = redirect_address(what.origin, with_.ours);
    request.scopes = settings.scopes;
    request.state = begun.state;
    request.nonce = begun.nonce;
    if (oidc::uses_pkce(settings.flow))
        request.code_challenge = oidc::s256_challenge(begun.code_verifier);
    request.prompt = what.prompt.empty() ? with_.wishes.prompt : what.prompt;
    request.max_age = begun.max_age;

    auto answer = see_other(oidc::to_url(metadata.authorization_endpoint, request));
    add_cookies(answer, *cookies);
    return answer;
}

} // namespace sekisho::gateway

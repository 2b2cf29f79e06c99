// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/callback.hpp"

#include "base/log.hpp"
#include "gateway/answers.hpp"
#include "gateway/parameters.hpp"
#include "gateway/public_origin.hpp"
#include "gateway/sign_in/departure.hpp"
#include "gateway/sign_in/session_beginning.hpp"
#include "oidc/foreign.hpp"
#include "pages/fragment.hpp"
#include "pages/page.hpp"

#include <span>
#include <string>
#include <utility>

namespace sekisho::gateway
{
namespace
{

// A token in an address ends up in histories and logs, so it does not count there (Multiple Response Types,
// 5).
result<void> check_arrival(std::string_view method, oidc::flow flow)
{
    if (oidc::is_always_posted(flow) && method != "POST")
        return fail(
            errc::oidc_received_no_code_or_token_failure,
            "callback",
            "expected the tokens in a form post, received them by " + std::string(method)
        );
    return {};
}

error unknown_state(std::span<const http::field> request, const session::sign_in_cookies& sign_ins)
{
    return {
        errc::oidc_state_missing,
        "callback",
        "expected a state that this browser has a sign-in cookie for, received one that none of its " +
            std::to_string(sign_ins.count(request)) + " is of"
    };
}

error repeated_state()
{
    return {
        errc::oidc_state_missing,
        "callback",
        "expected the first callback with this state, received another one: the sign-in was answered before"
    };
}

template <class T>
void note(provider::journal* in, std::string_view check, const result<T>& outcome)
{
    if (in == nullptr)
        return;
    if (outcome)
        in->passed(check);
    else
        in->failed(outcome.error());
}

// Whether a silent sign-in did not find the person it was for.
bool needs_the_person(const result<session::session>& made, const session::sign_in& begun)
{
    if (!made)
        return wants_the_person(made.error());
    return !begun.person.empty() && identity::fingerprint(made->who) != begun.person;
}

} // namespace

error callback::translated(error why)
{
    if (why.code == errc::value_too_large)
        why.code = errc::request_malformed;
    return why;
}

callback::callback(const callback_parts& parts)
    : with_(parts),
      completed_(with_.metrics.make_counter("sekisho_sign_ins_total", "Sign-ins that ended with a session."))
{
}

net::task<void> callback::answer(net::exchange& exchange, context& about)
{
    const auto method = exchange.request().method;
    if (method != "GET" && method != "POST") // a HEAD must not use up the code
    {
        error wrong{errc::request_method_not_allowed, "callback", {}};
        co_return co_await with_.refuse.answer(exchange, about, std::move(wrong), {.allow = "GET, POST"});
    }
    auto arrived = co_await read(exchange, about);
    if (!arrived && arrived.error().code == errc::oidc_state_missing)
        co_return co_await answer_stray(exchange, about, arrived.error());
    if (!arrived)
        co_return co_await with_.refuse.answer(exchange, about, translated(arrived.error()));
    auto& response = arrived->response;

    // The state first: nothing of a callback is used before it is known to belong to this browser
    // (CVE-2017-1000069).
    auto found = with_.sign_ins.find(exchange.request().fields, response.state().view(), about.now);
    if (found.state == session::sign_in_state::expired && found.value)
        co_return co_await answer_late(exchange, about, *found.value);
    if (found.state != session::sign_in_state::found || !found.value)
        co_return co_await answer_stray(
            exchange, about, unknown_state(exchange.request().fields, with_.sign_ins)
        );
    if (with_.used.take(response.state()) == used_sign_ins::claim::repeated)
        co_return co_await answer_stray(exchange, about, repeated_state());
    awaited what{std::move(response), std::move(*found.value)};
    if (what.begun.purpose == session::sign_in_purpose::test)
        co_return co_await answer_test(exchange, about, std::move(what), std::move(arrived->received));
    if (with_.ours.signs_in_locally) // a test of the provider that is being repaired goes on
    {
        error off{errc::provider_sign_in_off, "callback", "local.restore is on"};
        refusal_options options{.return_to = what.begun.return_to};
        options.cookies = with_.sign_ins.erase(what.begun.state.view());
        co_return co_await with_.refuse.answer(exchange, about, std::move(off), std::move(options));
    }
    co_await complete(exchange, about, std::move(what));
}

net::task<result<callback::arrival>> callback::read(net::exchange& exchange, const context& about) const
{
    auto form = co_await read_parameters(exchange, about);
    if (!form)
        co_return std::unexpected(form.error());
    auto pairs = as_pairs(*form);
    auto plain = readable(exchange.request().fields, pairs);
    if (!plain)
        co_return std::unexpected(plain.error());
    auto response = oidc::authorization_response::parse(*plain);
    if (!response)
        co_return std::unexpected(response.error());
    co_return arrival{std::move(pairs), std::move(*response)};
}

net::task<void> callback::answer_stray(net::exchange& exchange, const context& about, error why)
{
    if (!about.session) // never a new sign-in by itself: that could go round for ever
        co_return co_await with_.refuse.answer(exchange, about, std::move(why));
    auto sent = co_await net::send(exchange, see_other("/"));
}

net::task<void>
callback::answer_late(net::exchange& exchange, const context& about, const session::sign_in& begun)
{
    log::info("sign_in_expired", {{"request_id", about.request_id}});
    const page_frame frame(exchange, about, with_.ours);
    const auto again = begun.purpose == session::sign_in_purpose::test
                           ? begun.return_to
                           : with_.ours.login_for(begun.return_to);
    auto answer = pages::continue_page(frame.setting(), again);
    add_cookies(answer, with_.sign_ins.erase(begun.state.view()));
    auto sent = co_await net::send(exchange, answer);
}

net::task<void>
callback::sign_in_aloud(net::exchange& exchange, const context& about, const session::sign_in& begun)
{
    log::info("silent_sign_in_refused", {{"provider", begun.provider}, {"request_id", about.request_id}});
    // Otherwise the login address would send the person back, and the page here again: round and round.
    co_await end_previous(about);
    const auto is_framed =
        begun.purpose == session::sign_in_purpose::framed; // and told to the page around it
    const auto next =
        is_framed ? begun.return_to
                  : with_query_parameter(with_.ours.login_for(begun.return_to), "idp", begun.provider);
    const page_frame frame(exchange, about, with_.ours);
    // The browser has brought the #fragment over the redirects until here (RFC 9110, 10.2.2).
    auto answer = with_.ours.keeps_fragments && !is_framed
                      ? pages::keep_fragment_page(frame.setting(), begun.return_to, next)
                      : see_other(next);
    add_cookies(answer, with_.sign_ins.erase(begun.state.view()));
    auto sent = co_await net::send(exchange, answer);
}

// Nothing was asked of the person, and nothing is told: their session lives, and the next attempt may work.
net::task<void> callback::go_on_as_before(
    net::exchange& exchange, const context& about, const session::sign_in& begun, const error& why
)
{
    log::failure(
        "silent_sign_in_failed", why, {{"provider", begun.provider}, {"request_id", about.request_id}}
    );
    auto answer = see_other(begun.return_to);
    add_cookies(answer, with_.sign_ins.erase(begun.state.view()));
    auto sent = co_await net::send(exchange, answer);
}

net::task<void> callback::complete(net::exchange& exchange, context& about, awaited what)
{
    // Whoever signed out meanwhile is not signed in again behind their back.
    if (what.begun.purpose == session::sign_in_purpose::framed && !about.session)
        co_return co_await sign_in_aloud(exchange, about, what.begun);
    auto made = co_await sign_in(exchange, about, what);
    if (session::is_silent(what.begun.purpose) && needs_the_person(made, what.begun))
        co_return co_await sign_in_aloud(exchange, about, what.begun);
    const auto is_silent =
        what.begun.purpose == session::sign_in_purpose::silent; // a frame has its own words
    if (is_silent && !made && about.session)
        co_return co_await go_on_as_before(exchange, about, what.begun, made.error());
    if (!made && made.error().code == errc::oidc_sign_in_expired)
        co_return co_await answer_late(exchange, about, what.begun);
    if (made)
    {
        auto answer = co_await welcome(exchange, about, what, *made);
        if (answer)
        {
            completed_.add();
            co_await end_previous(about);
            log::info(
                "signed_in",
                {{"user", made->who.user},
                 {"provider", made->provider},
                 {"client", about.client_address},
                 {"request_id", about.request_id}}
            );
            auto sent = co_await net::send(exchange, *answer);
            co_return;
        }
        made = std::unexpected(answer.error());
    }
    refusal_options options{.return_to = what.begun.return_to};
    options.cookies = with_.sign_ins.erase(what.begun.state.view());
    co_await with_.refuse.answer(exchange, about, translated(made.error()), std::move(options));
}

net::task<result<session::session>>
callback::sign_in(net::exchange& exchange, const context& about, const awaited& what) const
{
    auto* provider = with_.providers.find(what.begun.provider);
    if (provider == nullptr)
        co_return fail(
            errc::oidc_login_error,
            "callback.provider",
            "the sign-in was begun at " + oidc::in_quotes(what.begun.provider) + ", expected one of " +
                oidc::in_quotes(provider::names_of(with_.providers))
        );
    auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        co_return std::unexpected(origin.error());
    auto metadata = co_await provider->metadata();
    if (!metadata)
        co_return std::unexpected(metadata.error());

    auto response = co_await opened(what, *provider);
    if (!response)
        co_return std::unexpected(response.error());
    const auto is_signed = oidc::is_signed(provider->settings().wishes.mode);
    const oidc::response_expectations expected{
        .flow = what.begun.method,
        .issuer = (*metadata)->issuer,
        // FAPI 2.0 Security Profile, 5.3.3.2, 5: whatever the metadata announces.
        .response_iss = provider->settings().profile ? oidc::support::yes : (*metadata)->response_iss,
        .tenants = provider->settings().tenants,
        .other_name = provider->settings().response_issuer,
        .form = is_signed ? oidc::response_form::signed_jwt : oidc::response_form::plain
    };
    auto grant = response->check(expected);
    note(what.record.get(), "authorization_response", grant);
    if (!grant)
        co_return std::unexpected(grant.error());
    auto arrived = check_arrival(exchange.request().method, what.begun.method);
    note(what.record.get(), "callback.method", arrived);
    if (!arrived)
        co_return std::unexpected(arrived.error());

    provider::sign_in_expectations sent;
    sent.nonce = what.begun.nonce;
    sent.redirect = redirect_address(*origin, with_.ours);
    if (oidc::uses_pkce(what.begun.method))
        sent.verifier = what.begun.code_verifier;
    sent.max_age = what.begun.max_age;
    sent.record = what.record;
    auto session_state = with_.making.session_state == keep::no ? std::string() : grant->session_state;
    auto verified = co_await provider->verify(std::move(*grant), std::move(sent));
    if (!verified)
        co_return std::unexpected(verified.error());
    auto made = make_session(std::move(*verified), what.begun, about);
    if (!made)
        co_return made;
    made->session_state = std::move(session_state);
    co_await begin_afterwards(with_.sessions, *made, about.now);
    co_return made;
}

} // namespace sekisho::gateway

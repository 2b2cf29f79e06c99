// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/callback.hpp"

#include "base/log.hpp"
#include "gateway/answers.hpp"
#include "gateway/departure.hpp"
#include "gateway/parameters.hpp"
#include "gateway/person.hpp"
#include "gateway/public_origin.hpp"
#include "gateway/sign_in_proof.hpp"
#include "net/worker.hpp"
#include "pages/page.hpp"

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
            errc::oidc_received_no_code_or_token_failure, "callback", "tokens are only taken from a form post"
        );
    return {};
}

// Whether a silent sign-in did not find the person it was for.
bool needs_the_person(const result<session::session>& made, const context& about)
{
    if (!made)
        return wants_the_person(made.error());
    if (!about.session)
        return false;
    const auto& before = about.session->value.who;
    return made->who.issuer != before.issuer || made->who.subject != before.subject;
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
    if (found.state != session::sign_in_state::found || !found.value ||
        with_.used.take(response.state()) == used_sign_ins::claim::repeated)
    {
        error nobody{errc::oidc_state_missing, "callback", "no sign-in of this browser has this state"};
        co_return co_await answer_stray(exchange, about, std::move(nobody));
    }
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
    auto response = oidc::authorization_response::parse(pairs);
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
    auto answer = see_other(
        is_framed ? begun.return_to
                  : with_query_parameter(with_.ours.login_for(begun.return_to), "idp", begun.provider)
    );
    add_cookies(answer, with_.sign_ins.erase(begun.state.view()));
    auto sent = co_await net::send(exchange, answer);
}

net::task<void> callback::complete(net::exchange& exchange, context& about, awaited what)
{
    // Whoever signed out meanwhile is not signed in again behind their back.
    if (what.begun.purpose == session::sign_in_purpose::framed && !about.session)
        co_return co_await sign_in_aloud(exchange, about, what.begun);
    auto made = co_await sign_in(exchange, about, what);
    if (session::is_silent(what.begun.purpose) && needs_the_person(made, about))
        co_return co_await sign_in_aloud(exchange, about, what.begun);
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
            errc::oidc_login_error, "callback.provider", "no provider is called " + what.begun.provider
        );
    auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        co_return std::unexpected(origin.error());
    auto metadata = co_await provider->metadata();
    if (!metadata)
        co_return std::unexpected(metadata.error());

    const oidc::response_expectations expected{
        what.begun.method, (*metadata)->issuer, (*metadata)->response_iss, provider->settings().tenants
    };
    auto grant = what.response.check(expected);
    if (!grant)
        co_return std::unexpected(grant.error());
    if (auto arrived = check_arrival(exchange.request().method, what.begun.method); !arrived)
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
    co_await begin_afterwards(*made, about.now);
    co_return made;
}

net::task<void> callback::begin_afterwards(session::session& made, time_point now) const
{
    constexpr std::chrono::seconds one(1);
    auto person = made;
    person.sid.clear(); // one that has ended at the provider stays so
    if (!with_.sessions.has_ended(person, now))
        co_return;
    net::steady_timer timer(co_await net::asio::this_coro::executor);
    timer.expires_after(one);
    co_await timer.async_wait(net::in_tuple);
    made.created += one;
    made.last_seen += one;
    made.confirmed += one;
    made.expires += one;
}

result<session::session> callback::make_session(
    provider::verified_sign_in verified, const session::sign_in& begun, const context& about
) const
{
    const auto id_token = claims_inside(verified.id_token);
    if (auto proof = check_proof(id_token, begun); !proof)
        return std::unexpected(proof.error());
    auto mapped = identify(
        begun.provider, {verified.claims, std::move(verified.access_token_claims)}, with_.making, with_.offers
    );
    if (!mapped)
        return std::unexpected(mapped.error());
    for (const auto& each : mapped->left_out)
        log::info("claim_left_out", {{"detail", each}, {"request_id", about.request_id}});
    auto made =
        session::start_session(std::move(mapped->who), with_.making.limits.usual, about.now, with_.random);
    made.provider = begun.provider;
    made.keeps_signed_in =
        begun.keeps_signed_in && with_.making.limits.keep_signed_in > std::chrono::seconds::zero();
    made.expires = made.created + with_.making.limits.of(made).lifetime;
    made.address = about.client_address;
    note_proof(made, id_token);
    made.sid = verified.claims.text("sid").value_or("");
    if (with_.making.id_token == keep::apart)
        made.id_token = secret(verified.id_token); // until it is in its cookie
    keep_tokens(
        made,
        {std::move(verified.id_token),
         std::move(verified.access_token),
         verified.expires_in,
         std::move(verified.refresh_token)},
        with_.making,
        about.now
    );
    return made;
}

net::task<result<session::set_cookies>>
callback::keep_session(net::exchange& exchange, const context& about, const session::session& made)
{
    const auto& request = exchange.request().fields;
    auto rest = made;
    session::set_cookies hint;
    if (with_.making.id_token == keep::apart)
    {
        hint = with_.hints.remember(made.id, made.id_token, made.expires - about.now);
        rest.id_token = {};
    }
    auto cookies = co_await with_.sessions.begin(rest, request, about.now);
    while (!cookies && cookies.error().code == errc::session_too_large)
    {
        auto less = lighter(rest, with_.making);
        if (!less)
            break;
        log::info("session_token_left_out", {{"token", less->left_out}, {"request_id", about.request_id}});
        rest = std::move(less->value);
        cookies = co_await with_.sessions.begin(rest, request, about.now);
    }
    if (cookies)
        cookies->insert(cookies->end(), hint.begin(), hint.end());
    co_return cookies;
}

net::task<void> callback::end_previous(const context& about)
{
    if (!about.session)
        co_return;
    const auto& before = about.session->value;
    with_.opened.forget(before.id);
    auto ended = co_await with_.sessions.end(
        {.what = session::ends::session, .issuer = {}, .value = before.id.str(), .at = about.now, .until = {}}
    );
    if (!ended)
        log::failure("session.not_ended", ended.error(), {{"request_id", about.request_id}});
}

net::task<result<http::response>> callback::welcome(
    net::exchange& exchange, const context& about, const awaited& what, const session::session& made
)
{
    const auto cookies = co_await keep_session(exchange, about, made);
    if (!cookies)
        co_return std::unexpected(cookies.error());
    const page_frame frame(exchange, about, with_.ours);
    const auto is_framed = what.begun.purpose == session::sign_in_purpose::framed; // which our own page began
    auto answer = with_.making.site == session::same_site::strict && !is_framed
                      ? pages::redirecting_page(frame.setting(), what.begun.return_to)
                      : see_other(what.begun.return_to);
    add_cookies(answer, *cookies);
    add_cookies(answer, with_.sign_ins.erase(what.begun.state.view()));
    // A silent one had a session, so cookies are kept.
    if (with_.loops != nullptr && what.begun.purpose == session::sign_in_purpose::session)
        add_cookies(answer, {with_.loops->counted(exchange.request().fields, about.now)});
    co_return answer;
}

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
// The session that a good callback ends with: made from what was verified, kept in the browser, in place of
// the one before.
#include "base/log.hpp"
#include "gateway/answers.hpp"
#include "gateway/endpoint/callback.hpp"
#include "gateway/sign_in/person.hpp"
#include "gateway/sign_in/proof.hpp"

#include <chrono>
#include <utility>

namespace sekisho::gateway
{
namespace
{

// One of redirects alone: over them a browser keeps the #fragment by itself (RFC 9110, 10.2.2). Strict
// cookies need a page, and a frame is a page of ours already.
bool ends_with_redirect(const session::sign_in& begun, session::same_site site)
{
    using session::sign_in_purpose;
    return begun.purpose == sign_in_purpose::framed ||
           (begun.purpose == sign_in_purpose::silent && site != session::same_site::strict);
}

} // namespace

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
    made.scope = begun.scope;
    const auto said = verified.scope;
    made.sid = verified.claims.text("sid").value_or("");
    if (with_.making.id_token == keep::apart)
        made.id_token = secret(verified.id_token); // until it is in its cookie
    keep_tokens(
        made,
        {std::move(verified.id_token),
         std::move(verified.access_token),
         verified.expires_in,
         std::move(verified.refresh_token),
         std::move(verified.scope)},
        with_.making,
        about.now
    );
    if (auto enough = check_granted(made.scope, begun, said); !enough)
        return std::unexpected(enough.error());
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
    auto ended = co_await with_.sessions.end(session::ending_of(before, about.now));
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
    auto answer = ends_with_redirect(what.begun, with_.making.site)
                      ? see_other(what.begun.return_to)
                      : go_on_to(frame, with_.making.site, what.begun.return_to);
    add_cookies(answer, *cookies);
    add_cookies(answer, with_.sign_ins.erase(what.begun.state.view()));
    // A silent one had a session, so cookies are kept.
    if (with_.loops != nullptr && what.begun.purpose == session::sign_in_purpose::session)
        add_cookies(answer, {with_.loops->counted(exchange.request().fields, about.now)});
    co_return answer;
}

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
// The second half of a sign-in from the test page: everything but a session.
#include "base/log.hpp"
#include "gateway/answers.hpp"
#include "gateway/endpoint/callback.hpp"
#include "gateway/public_origin.hpp"
#include "gateway/sign_in/departure.hpp"
#include "gateway/test_page/address.hpp"
#include "gateway/test_page/report.hpp"

#include <memory>
#include <utility>

namespace sekisho::gateway
{
namespace
{

// As the test page began it.
journey journey_of_test(const session::sign_in& begun)
{
    journey made;
    made.said = test_address::parse(begun.return_to).said();
    return made;
}

} // namespace

result<void> callback::judge(
    const net::exchange& exchange, const context& about, const session::session& made, provider::journal& into
) const
{
    note_person(into, made);
    if (auto headers = note_headers(into, made, with_.headers); !headers)
        return headers;
    note_rules(into, made, with_.policy, with_.administrators, about.now);
    // Made as for a real one, and dropped: whether it would fit into the browser.
    const auto& where = with_.sessions.where();
    const auto& request = exchange.request().fields;
    auto rest = made;
    if (with_.making.id_token == keep::apart)
        rest.id_token = {};
    auto cookies = where.reissue(rest, request, about.now);
    while (!cookies)
    {
        auto less = lighter(rest, with_.making);
        if (!less)
            return std::unexpected(cookies.error());
        rest = std::move(less->value);
        cookies = where.reissue(rest, request, about.now);
    }
    return {};
}

net::task<void>
callback::answer_test(net::exchange& exchange, const context& about, awaited what, oidc::parameters received)
{
    what.record = std::make_shared<provider::journal>();
    const auto* const to = with_.providers.find(what.begun.provider);
    const auto origin = public_origin(with_.ours.public_url, about);
    if (const auto known = to != nullptr ? to->known_metadata() : nullptr; known && origin)
    {
        auto test = journey_of_test(what.begun);
        test.ui_locales = locales_for(exchange.request());
        auto wishes = request_of(to->settings(), test, next_time::as_usual);
        const auto sent = completed(std::move(wishes), what.begun, redirect_address(*origin, with_.ours));
        note_authorization_request(*what.record, to->settings(), *known, sent);
    }
    what.record->begin(provider::journal_step::callback);
    what.record->value(exchange.request().method, with_.ours.callback_path);
    what.record->values(received);
    what.record->passed("callback.state", "of a sign-in that this browser began");
    auto made = co_await sign_in(exchange, about, what);
    if (made)
        if (auto good = judge(exchange, about, *made, *what.record); !good)
            made = std::unexpected(good.error());
    if (!made)
        made = std::unexpected(translated(made.error()));
    log::info(
        "sign_in_tested",
        {{"provider", what.begun.provider},
         {"outcome", made ? "works" : describe(made.error().code).name},
         {"client", about.client_address},
         {"request_id", about.request_id}}
    );
    if (!made)
        log::failure("test_failed", made.error(), {{"request_id", about.request_id}});
    const page_frame frame(exchange, about, with_.ours);
    auto answer = test_report(frame.setting(), *what.record, what.begun, made, about.now);
    add_cookies(answer, with_.sign_ins.erase(what.begun.state.view()));
    auto sent = co_await net::send(exchange, answer);
    if (!sent)
        exchange.close_after();
}

} // namespace sekisho::gateway

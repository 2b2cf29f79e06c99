// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/emergency.hpp"

#include "base/log.hpp"
#include "gateway/answers.hpp"
#include "gateway/form/own_form.hpp"
#include "gateway/local/posted_form.hpp"
#include "gateway/parameters.hpp"
#include "gateway/public_origin.hpp"
#include "gateway/sign_in/session_beginning.hpp"
#include "net/run_on.hpp"
#include "pages/emergency.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::string_view where = "emergency";

// Both on the executor for what blocks; they own what they use, for the exchange may go meanwhile.
net::task<result<emergency::people>> read_people(std::shared_ptr<emergency::people_register> from)
{
    co_return from->read();
}

net::task<result<emergency_proof>>
prove_there(std::shared_ptr<emergency::people_register> people, emergency_attempt what)
{
    co_return prove(*people, what);
}

std::string ids_of(const std::vector<emergency::kept_passkey>& keys)
{
    std::string ids;
    for (const auto& each : keys)
        ids.append(ids.empty() ? "" : ",").append(base64url_encode(each.key.id));
    return ids;
}

// Empty when every passkey is found without being named; otherwise browsers need all of them.
std::string ids_to_name(const emergency::people& people)
{
    std::vector<emergency::kept_passkey> all;
    for (const auto& each : people.all())
        all.insert(all.end(), each.passkeys.begin(), each.passkeys.end());
    const auto is_found = [](const emergency::kept_passkey& each) { return each.key.is_discoverable; };
    return std::ranges::all_of(all, is_found) ? std::string() : ids_of(all);
}

} // namespace

net::task<void> emergency_sign_in::answer(net::exchange& exchange, context& about)
{
    const auto method = exchange.request().method;
    if (!with_.access.people)
    {
        error nothing{errc::not_found, where, "emergency.file is not set"};
        co_return co_await with_.refuse.answer(exchange, about, std::move(nothing));
    }
    if (method == "GET" || method == "HEAD")
        co_return co_await show(exchange, about);
    if (method == "POST")
        co_return co_await take(exchange, about);
    error wrong{errc::request_method_not_allowed, where, {}};
    co_await with_.refuse.answer(exchange, about, std::move(wrong), {.allow = "GET, HEAD, POST"});
}

net::task<void> emergency_sign_in::show(net::exchange& exchange, const context& about)
{
    auto asked = co_await read_parameters(exchange, about);
    if (!asked)
        co_return co_await with_.refuse.answer(exchange, about, asked.error());
    auto page = co_await page_for(exchange, about, std::move(*asked));
    if (!page)
        co_return co_await with_.refuse.answer(exchange, about, page.error());
    co_await deliver(exchange, *page);
}

net::task<result<http::response>>
emergency_sign_in::page_for(const net::exchange& exchange, const context& about, http::form asked)
{
    const auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        co_return std::unexpected(origin.error());
    auto people = co_await net::run_on(with_.access.blocking, read_people(with_.access.people));
    if (!people)
        co_return std::unexpected(people.error());
    const std::string invitation(asked.first("invite").value_or(""));
    const shown_form shown{
        .token = with_.random.token(),
        .return_to = return_address(asked.first("return_to").value_or("/"), *origin, with_.ours),
        .about = invitation,
        .shown = about.now
    };
    const auto& rp_id = origin->host();
    pages::emergency_page what{.action = with_.ours.emergency_path, .token = shown.token, .rp_id = rp_id};
    const page_frame frame(exchange, about, with_.ours);
    http::response page;
    if (invitation.empty())
    {
        const auto ids = ids_to_name(*people);
        what.passkey_ids = ids;
        what.password = people->has_password() ? pages::password_form::shown : pages::password_form::left_out;
        page = pages::emergency_sign_in_page(frame.setting(), what);
    }
    else
    {
        const auto* const who = people->with_invitation(invitation, about.now);
        if (who == nullptr)
            co_return fail(
                errc::emergency_refused, where, "the invitation is used up, over, or none of ours"
            );
        const auto ids = ids_of(who->passkeys);
        const auto handle = base64url_encode(who->handle);
        what.passkey_ids = ids;
        what.name = who->name;
        what.handle = handle;
        page = pages::emergency_registration_page(frame.setting(), what);
    }
    add_cookies(page, {with_.forms.remember(shown, with_.random)});
    co_return page;
}

net::task<result<emergency_attempt>>
emergency_sign_in::read(net::exchange& exchange, const context& about) const
{
    const auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        co_return std::unexpected(origin.error());
    auto form = co_await read_own_form(exchange, about, *origin, where);
    if (!form)
        co_return std::unexpected(form.error());
    const auto way = way_of(*form);
    if (!way)
        co_return std::unexpected(way.error());
    auto shown = form_shown_here(
        with_.forms, exchange.request(), *form, about.now, {errc::emergency_refused, where, {}}
    );
    if (!shown)
        co_return std::unexpected(shown.error());
    co_return emergency_attempt{
        *way, std::move(*form), std::move(*shown), origin->origin(), origin->host(), about.now
    };
}

attempt_limit& emergency_sign_in::limit_of(emergency_way way) const
{
    auto& limits = *with_.access.attempts;
    return way == emergency_way::password ? limits.passwords : limits.passkeys;
}

net::task<void> emergency_sign_in::take(net::exchange& exchange, context& about)
{
    auto made = co_await read(exchange, about);
    if (!made)
        co_return co_await with_.refuse.answer(exchange, about, made.error());
    auto& limit = limit_of(made->way);
    if (const auto wait = limit.take(about.client_address, about.now))
    {
        refusal_options options{.retry_after = *wait};
        co_return co_await with_.refuse.answer(
            exchange, about, come_back_in(*wait, where), std::move(options)
        );
    }
    // A challenge is good for one answer, right or wrong.
    if (with_.used.take(oidc::state(made->form.token)) == used_sign_ins::claim::repeated)
    {
        error again{errc::emergency_refused, where, "the form was used before"};
        co_return co_await with_.refuse.answer(exchange, about, std::move(again));
    }
    const auto form = made->form;
    const auto way = made->way;
    auto proof =
        co_await net::run_on(with_.access.blocking, prove_there(with_.access.people, std::move(*made)));
    if (!proof)
        co_return co_await with_.refuse.answer(
            exchange, about, proof.error(), {.cookies = {with_.forms.erase()}}
        );
    limit.forgive(about.client_address);
    if (way == emergency_way::registration)
        co_return co_await thank(exchange, about, *proof);
    co_await welcome(exchange, about, form, std::move(*proof));
}

session::session emergency_sign_in::session_for(const context& about, emergency_proof who) const
{
    identity::identity person;
    person.issuer = emergency_issuer;
    person.subject = who.name;
    person.user = who.name;
    person.username = std::move(who.name);
    person.groups = with_.person.groups;
    auto made = session::start_session(std::move(person), with_.person.limits, about.now, with_.random);
    made.provider = emergency_provider;
    made.amr = std::move(who.amr);
    made.confirmed = about.now;
    made.address = about.client_address;
    return made;
}

net::task<void> emergency_sign_in::welcome(
    net::exchange& exchange, const context& about, const shown_form& form, emergency_proof who
)
{
    const auto with_what = who.amr.front() == "hwk" ? "passkey" : "password";
    auto value = session_for(about, std::move(who));
    co_await begin_afterwards(with_.sessions, value, about.now);
    auto cookies = co_await with_.sessions.begin(value, exchange.request().fields, about.now);
    if (!cookies)
        co_return co_await with_.refuse.answer(exchange, about, cookies.error());
    log::warning(
        "emergency.signed_in",
        {{"user", value.who.user},
         {"with", with_what},
         {"client", about.client_address},
         {"request_id", about.request_id},
         {"expires", format_time(value.expires)}}
    );
    const page_frame frame(exchange, about, with_.ours);
    auto answer = go_on_to(frame, with_.person.site, form.return_to);
    add_cookies(answer, *cookies);
    add_cookies(answer, {with_.forms.erase()});
    co_await deliver(exchange, answer);
}

net::task<void>
emergency_sign_in::thank(net::exchange& exchange, const context& about, const emergency_proof& who)
{
    log::warning(
        "emergency.passkey_registered",
        {{"user", who.name}, {"client", about.client_address}, {"request_id", about.request_id}}
    );
    const page_frame frame(exchange, about, with_.ours);
    auto page = pages::emergency_registered_page(frame.setting(), with_.ours.emergency_path);
    add_cookies(page, {with_.forms.erase()});
    co_await deliver(exchange, page);
}

} // namespace sekisho::gateway

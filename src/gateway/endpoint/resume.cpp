// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/resume.hpp"

#include "gateway/answers.hpp"
#include "gateway/form/own_form.hpp"
#include "gateway/parameters.hpp"
#include "gateway/public_origin.hpp"
#include "http/negotiation.hpp"
#include "pages/kept_form.hpp"

#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::string_view where = "resume";

net::task<result<std::string>> read_body(net::body_source& body, std::size_t limit)
{
    std::string text;
    const auto length = body.length();
    if (length.what == net::body_length::kind::known && length.bytes > limit)
        co_return fail(
            errc::value_too_large,
            where,
            "the form has " + std::to_string(length.bytes) + " bytes, session.keep_form is " +
                std::to_string(limit)
        );
    for (;;)
    {
        auto piece = co_await body.read();
        if (!piece)
            co_return std::unexpected(piece.error());
        if (piece->empty())
            co_return text;
        if (text.size() + piece->size() > limit)
            co_return fail(
                errc::value_too_large,
                where,
                "the form has more bytes than session.keep_form, " + std::to_string(limit)
            );
        text.append(as_text(*piece));
    }
}

// Whether somebody else's session was there when the form was sent.
bool is_of_another(const kept_form& form, const session::session& here)
{
    return !form.subject.empty() && (form.subject != here.who.subject || form.issuer != here.who.issuer);
}

// The page on which the form stood, as far as it says so.
std::string page_before(const http::request_head& head, const url& origin, const addresses& ours)
{
    const auto page = http::find(head.fields, "Referer").value_or("");
    return page.empty() ? std::string("/") : return_address(page, origin, ours);
}

pages::kept_form page_of(const kept_form& form)
{
    pages::kept_form page;
    page.action = form.origin + form.target;
    page.is_multipart = form.encoding == form_encoding::multipart;
    for (const auto& each : form.fields)
        page.fields.push_back({each.name, each.value, each.kind == kept_kind::no_file});
    return page;
}

} // namespace

net::task<void> resume::keep(net::exchange& exchange, const context& about)
{
    const auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        co_return co_await with_.refuse.answer(exchange, about, origin.error());
    auto kept = co_await try_to_keep(exchange, about, *origin);
    if (!kept)
        co_return co_await refuse_form(exchange, about, std::move(kept.error()));
    auto answer = see_other(with_.ours.login_for(with_.ours.resume_for(kept->id, about.path)));
    add_cookies(answer, {kept->cookie});
    auto sent = co_await net::send(exchange, answer);
    if (!sent)
        exchange.close_after();
}

net::task<result<kept_forms::kept>>
resume::try_to_keep(net::exchange& exchange, const context& about, const url& origin) const
{
    const auto& head = exchange.request();
    if (with_.forms.largest() == 0)
        co_return fail(errc::value_too_large, where, "session.keep_form is 0: no form is kept");
    // A form of another site would be sent again as one of ours, with a session (RFC 6265bis, 8.8).
    if (!is_from_our_origin(head, origin))
        co_return fail(errc::cross_site_refused, where, origin_difference(head, origin));
    const auto encoding = encoding_of(head);
    if (!encoding)
        co_return std::unexpected(encoding.error());
    auto body = co_await read_body(exchange.body(), with_.forms.largest());
    if (!body)
        co_return std::unexpected(body.error());
    auto fields = read_fields(*body, *encoding, head, with_.forms.largest());
    if (!fields)
        co_return std::unexpected(fields.error());
    kept_form form{origin.origin(), std::string(about.target), *encoding, std::move(*fields), {}, {}};
    co_await note_person(form, head.fields, about.now);
    co_return co_await with_.forms.keep(form, head.fields, about.client_address, about.now);
}

net::task<void>
resume::note_person(kept_form& form, std::span<const http::field> request, time_point now) const
{
    for (std::size_t rank = 0;; ++rank)
    {
        const auto cookies = with_.sessions.cookies().find(request, rank);
        if (cookies.is_present())
        {
            // Of the store, which knows ended and expired ones too.
            const auto past = co_await with_.sessions.where().find(cookies, now);
            if (past)
            {
                form.issuer = past->value.who.issuer;
                form.subject = past->value.who.subject;
                co_return;
            }
        }
        if (cookies.is_last)
            co_return;
    }
}

net::task<void> resume::refuse_form(net::exchange& exchange, const context& about, error why)
{
    exchange.close_after(); // the rest of the body is not read
    const auto origin = public_origin(with_.ours.public_url, about);
    refusal_options options{
        .return_to = origin ? page_before(exchange.request(), *origin, with_.ours) : std::string("/")
    };
    why.detail.insert(0, std::string(describe(why.code).name) + ": ");
    why.code = errc::form_not_sent;
    co_await with_.refuse.answer(exchange, about, std::move(why), std::move(options));
}

net::task<void> resume::answer(net::exchange& exchange, context& about)
{
    const auto& head = exchange.request();
    if (head.method != "GET") // a HEAD must not use it up
    {
        error wrong{errc::request_method_not_allowed, where, {}};
        co_return co_await with_.refuse.answer(exchange, about, std::move(wrong), {.allow = "GET"});
    }
    error gone{errc::form_gone, where, "no form of this browser waits under this address"};
    auto form = co_await read_parameters(exchange, about);
    if (!form || !about.session || !http::is_navigation(head.fields, head.method))
        co_return co_await with_.refuse.answer(exchange, about, std::move(gone));
    auto found = co_await with_.forms.take(std::string(form->first("form").value_or("")), head.fields);
    if (!found)
        co_return co_await with_.refuse.answer(
            exchange, about, found.error(), {.note = pages::text_key::form_unsent_note}
        );
    const auto origin = public_origin(with_.ours.public_url, about);
    if (!*found || !origin || (*found)->origin != origin->origin())
        co_return co_await with_.refuse.answer(exchange, about, std::move(gone));
    if (is_of_another(**found, about.session->value))
    {
        gone.detail = "the form was sent from another person's session; it is dropped";
        co_return co_await with_.refuse.answer(
            exchange, about, std::move(gone), {.note = pages::text_key::form_other_person}
        );
    }
    co_await show(exchange, about, **found);
}

net::task<void> resume::show(net::exchange& exchange, const context& about, const kept_form& form)
{
    const page_frame frame(exchange, about, with_.ours);
    auto page = page_of(form);
    // Over plain http another host may have put its cookie, and so its form, into this browser: then a person
    // has to agree, unless it is known whose it is.
    page.begins = with_.forms.is_cookie_surely_ours() || !form.subject.empty()
                      ? pages::kept_form_begins::by_itself
                      : pages::kept_form_begins::when_asked;
    auto answer = pages::kept_form_page(frame.setting(), page);
    if (with_.loops.is_there(exchange.request().fields))
        add_cookies(answer, {with_.loops.erase()});
    auto sent = co_await net::send(exchange, answer);
    if (!sent)
        exchange.close_after();
}

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/test_sign_in.hpp"

#include "gateway/answers.hpp"
#include "gateway/parameters.hpp"
#include "gateway/public_origin.hpp"
#include "gateway/sign_in/chooser.hpp"
#include "gateway/test_page/address.hpp"
#include "gateway/test_page/ticket.hpp"
#include "oidc/foreign.hpp"
#include "pages/test_report.hpp"

#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::string_view where = "test";

pages::test_asking other_than(pages::test_asking asking) noexcept
{
    using pages::test_asking;
    return asking == test_asking::anew ? test_asking::as_usual : test_asking::anew;
}

} // namespace

net::task<void> test_sign_in::answer(net::exchange& exchange, context& about)
{
    if (const auto method = exchange.request().method; method != "GET" && method != "HEAD")
    {
        error wrong{errc::request_method_not_allowed, where, {}};
        co_return co_await with_.refuse.answer(exchange, about, std::move(wrong), {.allow = "GET, HEAD"});
    }
    auto form = co_await read_parameters(exchange, about);
    if (!form)
        co_return co_await with_.refuse.answer(exchange, about, form.error());
    if (auto allowed = admit(about, *form); !allowed)
        co_return co_await with_.refuse.answer(
            exchange, about, allowed.error(), {.return_to = with_.ours.test_path}
        );
    const auto idp = form->first("idp").value_or("");
    if (idp.empty())
        co_return co_await show_choice(exchange, about, *form);
    auto* const to = with_.providers.find(idp);
    if (to == nullptr)
    {
        error unknown{
            errc::oidc_provider_unknown,
            where,
            "received idp " + oidc::in_quotes(idp) + ", expected one of " +
                oidc::in_quotes(provider::names_of(with_.providers))
        };
        co_return co_await with_.refuse.answer(exchange, about, std::move(unknown));
    }
    auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        co_return co_await with_.refuse.answer(exchange, about, origin.error());
    const auto here = test_address::of(*form);
    journey begun{
        .to = to,
        .origin = std::move(*origin),
        .return_to = here.text(with_.ours.test_path),
        .login_hint = {},
        .said = here.said(),
        .demand = {},
        .purpose = session::sign_in_purpose::test
    };
    co_await with_.leaves.begin(exchange, about, std::move(begun));
}

result<void> test_sign_in::admit(const context& about, const http::form& form) const
{
    if (about.session && access::is_administrator(about.session->value.who, with_.administrators))
        return {};
    if (const auto ticket = form.first("ticket"))
        return check_test_ticket(with_.tickets, *ticket, about.now);
    if (about.session)
        return fail(
            errc::access_denied,
            where,
            oidc::in_quotes(about.session->value.who.user) +
                " is neither in admin.users nor in a group of admin.groups"
        );
    return fail(errc::session_required, where, "no session, and no ticket of `sekisho check`");
}

net::task<void>
test_sign_in::show_choice(net::exchange& exchange, const context& about, const http::form& form) const
{
    const page_frame frame(exchange, about, with_.ours);
    const auto setting = frame.setting();
    auto here = test_address::of(form);
    const auto address = here.text(with_.ours.test_path);
    pages::test_choice choice{.ways = {}, .asking = here.asking, .other_way_url = {}};
    for (const auto& each : with_.providers.all())
        choice.ways.push_back(
            {label_of(*each, setting.in),
             each->settings().offer.logo,
             with_query_parameter(address, "idp", each->name())}
        );
    here.asking = other_than(here.asking);
    choice.other_way_url = here.text(with_.ours.test_path);
    auto page = pages::test_page(setting, choice);
    // A ticket that was let in by a session may be any.
    if (here.ticket && check_test_ticket(with_.tickets, *here.ticket, about.now))
        add_cookies(page, {with_.ticket_in_browser.remember(*here.ticket)});
    auto sent = co_await net::send(exchange, page);
    if (!sent)
        exchange.close_after();
}

} // namespace sekisho::gateway

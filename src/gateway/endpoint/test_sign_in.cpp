// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/test_sign_in.hpp"

#include "gateway/answers.hpp"
#include "gateway/chooser.hpp"
#include "gateway/parameters.hpp"
#include "gateway/public_origin.hpp"
#include "gateway/test_ticket.hpp"
#include "oidc/foreign.hpp"
#include "pages/test_report.hpp"

#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::string_view where = "test";

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
        error unknown{errc::oidc_provider_unknown, where, "no provider is called " + oidc::in_quotes(idp)};
        co_return co_await with_.refuse.answer(exchange, about, std::move(unknown));
    }
    auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        co_return co_await with_.refuse.answer(exchange, about, origin.error());
    journey begun{
        .to = to,
        .origin = std::move(*origin),
        .return_to = address_of(*form),
        .login_hint = {},
        .said = {},
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
            errc::access_denied, where, "this person is neither in admin.users nor in a group of admin.groups"
        );
    return fail(errc::session_required, where, "no session, and no ticket of `sekisho check`");
}

// The page itself, with the ticket that opened it.
std::string test_sign_in::address_of(const http::form& form) const
{
    const auto ticket = form.first("ticket");
    return ticket ? with_query_parameter(with_.ours.test_path, "ticket", *ticket) : with_.ours.test_path;
}

net::task<void>
test_sign_in::show_choice(net::exchange& exchange, const context& about, const http::form& form) const
{
    const page_frame frame(exchange, about, with_.ours);
    const auto setting = frame.setting();
    std::vector<pages::way> ways;
    for (const auto& each : with_.providers.all())
        ways.push_back(
            {label_of(*each, setting.in),
             each->settings().offer.logo,
             with_query_parameter(address_of(form), "idp", each->name())}
        );
    const auto page = pages::test_page(setting, std::move(ways));
    auto sent = co_await net::send(exchange, page);
    if (!sent)
        exchange.close_after();
}

} // namespace sekisho::gateway

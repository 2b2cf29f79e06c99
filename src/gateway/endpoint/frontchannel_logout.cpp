// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/frontchannel_logout.hpp"

#include "gateway/answers.hpp"
#include "gateway/parameters.hpp"
#include "gateway/sign_out/caller.hpp"

#include <utility>

namespace sekisho::gateway
{

net::task<void> frontchannel_logout::answer(net::exchange& exchange, context& about)
{
    if (exchange.request().method != "GET")
    {
        error wrong{errc::request_method_not_allowed, "frontchannel_logout", {}};
        co_return co_await with_.refuse.answer(exchange, about, std::move(wrong), {.allow = "GET"});
    }
    auto form = co_await read_parameters(exchange, about);
    if (!form)
        co_return co_await with_.refuse.answer(exchange, about, form.error());
    auto call = oidc::parse_front_channel_logout(as_pairs(*form));
    if (!call)
    {
        error wrong{errc::request_malformed, "front_channel_logout", std::move(call.error().detail)};
        co_return co_await with_.refuse.answer(exchange, about, std::move(wrong));
    }
    const auto said = std::move(*call).value_or(oidc::front_channel_logout{});
    if (auto fine = with_.channel.check(said, about); !fine)
    {
        error wrong{errc::request_malformed, fine.error().where, std::move(fine.error().detail)};
        co_return co_await with_.refuse.answer(exchange, about, std::move(wrong));
    }
    co_await take(exchange, about, said);
}

net::task<void>
frontchannel_logout::take(net::exchange& exchange, const context& about, oidc::front_channel_logout call)
{
    const auto ends_here =
        may_be_front_channel(exchange.request()) && with_.channel.means_this_browser(call, about);
    co_await with_.channel.end_named(std::move(call), about);
    auto answer = front_channel::answer();
    if (ends_here)
    {
        co_await with_.ends.end(about);
        add_cookies(answer, with_.ends.cookies(exchange.request().fields));
    }
    auto sent = co_await net::send(exchange, answer);
    if (!sent)
        exchange.close_after();
}

} // namespace sekisho::gateway

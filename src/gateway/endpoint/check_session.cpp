// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/check_session.hpp"

#include "gateway/way_out.hpp"

#include <utility>

namespace sekisho::gateway
{

net::task<void> check_session::answer(net::exchange& exchange, context& about)
{
    if (exchange.request().method != "GET")
    {
        error wrong{errc::request_method_not_allowed, "check_session", {}};
        co_return co_await refuse_.answer(exchange, about, std::move(wrong), {.allow = "GET"});
    }
    const auto response = page(about);
    auto sent = co_await net::send(exchange, response);
    if (!sent)
        exchange.close_after();
}

http::response check_session::page(const context& about) const
{
    const auto nonce = random_.token();
    if (!about.session)
        return pages::check_session_page({.state = about.trouble ? "unknown" : "signed_out"}, nonce);
    const auto at = provider_of(about, providers_);
    const auto metadata = at != nullptr ? at->known_metadata() : nullptr;
    const auto& state = about.session->value.session_state;
    if (!metadata || !metadata->check_session_iframe || state.empty())
        return pages::check_session_page({.state = "unknown"}, nonce);
    const auto& frame = *metadata->check_session_iframe;
    const auto origin = frame.origin();
    const auto question = at->settings().client.str() + " " + state;
    return pages::check_session_page(
        {.op_frame = frame.text(), .op_origin = origin, .question = question, .state = {}}, nonce
    );
}

} // namespace sekisho::gateway

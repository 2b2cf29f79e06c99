// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/check_session.hpp"

#include "gateway/public_origin.hpp"
#include "gateway/sign_out/way_out.hpp"
#include "http/negotiation.hpp"

#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::string_view again = "again"; // queries
constexpr std::string_view asked = "asked";

} // namespace

net::task<void> check_session::answer(net::exchange& exchange, context& about)
{
    const auto& request = exchange.request();
    if (request.method != "GET")
    {
        error wrong{errc::request_method_not_allowed, "check_session", {}};
        co_return co_await with_.refuse.answer(exchange, about, std::move(wrong), {.allow = "GET"});
    }
    // Nobody else's page may send people away and end their session with it.
    if (about.query == again && http::requesting_site(request.fields) == http::fetch_site::same_origin)
        if (const auto at = watched(about); at && can_be_framed(*at))
            co_return co_await ask_again(exchange, about);
    const auto response = page(about);
    auto sent = co_await net::send(exchange, response);
    if (!sent)
        exchange.close_after();
}

std::shared_ptr<provider::provider> check_session::watched(const context& about) const
{
    auto at = provider_of(about, with_.providers);
    const auto metadata = at ? at->known_metadata() : nullptr;
    if (!metadata || !metadata->check_session_iframe || about.session->value.session_state.empty())
        return nullptr;
    return at;
}

bool check_session::can_be_framed(const provider::provider& of) const noexcept
{
    return with_.leaves != nullptr && arrival_of(of.settings()) == session::callback_arrival::by_get;
}

net::task<void> check_session::ask_again(net::exchange& exchange, const context& about)
{
    const auto at = watched(about);
    auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        co_return co_await with_.refuse.answer(exchange, about, origin.error());
    const auto back = with_.ours.check_session_path + "?" + std::string(asked);
    auto begun = journey_again(about.session->value, new_sign_in::silent, back);
    begun.purpose = session::sign_in_purpose::framed;
    begun.to = at.get();
    begun.origin = std::move(*origin);
    co_await with_.leaves->begin(exchange, about, std::move(begun));
}

http::response check_session::page(const context& about) const
{
    const auto nonce = with_.random.token();
    const auto was_asked = about.query == asked;
    if (!about.session && !about.trouble)
        return pages::check_session_page({.state = was_asked ? "ended" : "signed_out"}, nonce);
    const auto at = watched(about);
    if (!at || about.query == again)
        return pages::check_session_page({.state = "unknown"}, nonce);
    if (was_asked)
        return pages::check_session_page({.state = "unchanged"}, nonce);
    const auto metadata = at->known_metadata();
    const auto& frame = *metadata->check_session_iframe;
    const auto question = at->settings().client.str() + " " + about.session->value.session_state;
    pages::session_watch what{.op_frame = frame.text(), .op_origin = frame.origin(), .question = question};
    if (can_be_framed(*at))
    {
        what.again = with_.ours.check_session_path + "?" + std::string(again);
        what.sign_in_origin = metadata->authorization_endpoint.origin();
    }
    return pages::check_session_page(what, nonce);
}

} // namespace sekisho::gateway

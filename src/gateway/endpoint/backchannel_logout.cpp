// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/backchannel_logout.hpp"

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "crypto/hash.hpp"
#include "gateway/answers.hpp"
#include "gateway/parameters.hpp"
#include "gateway/sign_out/provider_ending.hpp"
#include "oidc/foreign.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace sekisho::gateway
{
namespace
{

// A provider's jtis are unique within it only (RFC 7519, 4.1.7). No length can be moved from one to the
// other: an issuer has no NUL.
std::string note_of(const oidc::logout_token& token)
{
    const auto text = token.issuer.str() + '\0' + token.jti;
    return "logout-jti:" + base64url_encode(crypto::hash(crypto::digest::sha256, as_bytes(text)));
}

// Whether it is us who could not do what was asked.
bool may_be_sent_again(errc why) noexcept
{
    return why == errc::session_store_unavailable || why == errc::oidc_key_fetch_failure ||
           why == errc::oidc_metadata_fetch_failure;
}

http::response answer_of(const error& why)
{
    if (may_be_sent_again(why.code))
    {
        auto later =
            json_answer(400, {{"error", "temporarily_unavailable"}, {"error_description", "send it again"}});
        later.fields.emplace_back("Retry-After", "5");
        return later;
    }
    // The place and not the detail: whoever posts this need not be the provider.
    return json_answer(400, {{"error", "invalid_request"}, {"error_description", std::string(why.where)}});
}

http::response done() { return {.status = 200, .fields = pages::protective_fields(), .body = {}}; }

} // namespace

net::task<void> backchannel_logout::answer(net::exchange& exchange, context& about)
{
    if (exchange.request().method != "POST")
    {
        error wrong{errc::request_method_not_allowed, "backchannel_logout", {}};
        co_return co_await with_.refuse.answer(exchange, about, std::move(wrong), {.allow = "POST"});
    }
    auto taken = co_await take(exchange, about);
    if (!taken)
        log::failure(
            "backchannel_logout_refused",
            taken.error(),
            {{"client", about.client_address}, {"request_id", about.request_id}}
        );
    const auto response = taken ? done() : answer_of(taken.error());
    auto sent = co_await net::send(exchange, response);
    if (!sent)
        exchange.close_after();
}

net::task<result<void>> backchannel_logout::take(net::exchange& exchange, const context& about)
{
    auto form = co_await read_parameters(exchange, about);
    if (!form)
        co_return std::unexpected(form.error());
    const auto token = form->unique("logout_token");
    if (!token || !*token || (*token)->empty())
        co_return fail(
            errc::request_malformed, "logout_token", token ? "is missing" : "was sent more than once"
        );
    auto notice = co_await provider::check_logout_token(with_.providers, std::string(**token));
    if (!notice)
        co_return std::unexpected(notice.error());
    auto ended = co_await end_meant(*std::move(notice), about);
    co_return ended;
}

net::task<result<void>> backchannel_logout::end_meant(provider::logout_notice notice, const context& about)
{
    const auto& token = notice.token;
    const auto note = note_of(token);
    auto seen = co_await with_.sessions.notes().get(note);
    if (seen && *seen)
        co_return fail(
            errc::request_malformed,
            "logout_token.jti",
            oidc::in_quotes(token.jti) + " was seen before: this is a replay"
        );
    // Also when nobody can say whether it was seen: to end a session twice harms nobody.
    const auto what =
        ending_of({token.issuer.view(), token.sid, token.subject.view()}, with_.sessions.limits(), about.now);
    auto ended = co_await with_.sessions.end(what);
    if (!ended)
        co_return std::unexpected(ended.error());
    log::info(
        "backchannel_logout",
        {{"provider", notice.from->name()},
         {"by", kind_of(what)},
         {"sessions", *ended},
         {"client", about.client_address},
         {"request_id", about.request_id}}
    );
    // Last: a call that was given up on the way may be made again.
    const auto life = std::chrono::milliseconds(token.good_until - about.now);
    auto kept = co_await with_.sessions.notes().put(
        note, {.version = 1, .value = {}}, life, session::put_when::absent
    );
    if (!kept)
        co_return std::unexpected(kept.error());
    co_return result<void>();
}

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
#include "gateway/refusal.hpp"

#include "base/log.hpp"
#include "gateway/answers.hpp"
#include "gateway/public_origin.hpp"
#include "http/negotiation.hpp"
#include "pages/page.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::chrono::seconds usual_retry{15};

std::chrono::seconds retry_after(errc code, const refusal_options& options)
{
    if (options.retry_after > std::chrono::seconds{0})
        return options.retry_after;
    return describe(code).status == 503 ? usual_retry : std::chrono::seconds{0};
}

// Where a person finds what was out of order just now: the page that they opened. Empty: they opened none.
std::string page_opened(const net::exchange& exchange, const context& about, const addresses& ours)
{
    const auto& request = exchange.request();
    const auto origin = public_origin(ours.public_url, about);
    if (!origin || request.method != "GET" || !http::is_navigation(request.fields, request.method))
        return {};
    return own_return_address(request.target, *origin, ours);
}

std::string details_of(const error& why)
{
    auto text = why.where.empty() ? std::string(describe(why.code).summary) : std::string(why.where);
    if (!why.detail.empty())
        text.append(": ").append(why.detail);
    return text;
}

} // namespace

bool offers_sign_in(errc code) noexcept
{
    return code <= errc::session_required; // the sign-in codes come first in the enumeration
}

refusal::refusal(const addresses& ours, metric::registry& metrics, insight shown_to)
    : ours_(ours), shown_to_(shown_to)
{
    for (const auto& row : all_errors())
        counts_.push_back(&metrics.make_counter(
            "sekisho_refusals_total",
            "Requests that were refused, by error code.",
            metric::label("code", row.name)
        ));
}

void refusal::note(const net::exchange& exchange, const context& about, const error& why)
{
    counts_[static_cast<std::size_t>(why.code)]->add();
    // The path without its query: that may hold codes and tokens.
    const std::initializer_list<log::field> fields{
        {"request_id", about.request_id},
        {"client", about.client_address},
        {"method", exchange.request().method},
        {"path", about.path}
    };
    const auto* const outage = std::ranges::find(outages, why.code);
    if (outage == outages.end())
        log::failure("refused", why, fields);
    else
        log::failure(
            repeated_.at(static_cast<std::size_t>(outage - outages.begin())),
            about.now,
            "refused",
            why,
            fields
        );
}

net::task<void>
refusal::answer(net::exchange& exchange, const context& about, error why, refusal_options options)
{
    if (why.code == errc::request_method_not_allowed && why.detail.empty())
        why.detail.append("expected ")
            .append(options.allow)
            .append(", received ")
            .append(exchange.request().method);
    note(exchange, about, why);
    if (exchange.status() != 0)
    {
        exchange.close_after();
        co_return;
    }
    const page_frame frame(exchange, about, ours_);
    const auto media = http::preferred_media(exchange.request().fields);
    const auto is_program = media == http::media::json;
    const auto sign_in_url =
        is_program ? ours_.login_path : ours_.login_for(options.return_to.empty() ? "/" : options.return_to);
    pages::error_options shown;
    shown.for_whom = is_program ? pages::reader::program : pages::reader::person;
    const auto is_our_side = describe(why.code).status >= 500;
    const auto again = is_our_side && !is_program ? page_opened(exchange, about, ours_) : std::string();
    if (offers_sign_in(why.code))
        shown.sign_in_url = sign_in_url;
    else if (is_our_side)
        shown.again_url = again;
    else if (why.code != errc::request_host_unknown)
        shown.application_url = "/";
    shown.retry_after = retry_after(why.code, options);
    shown.challenge = options.challenge;
    if (options.note)
        shown.note = pages::text(*options.note, frame.setting().in);
    std::string details;
    if (!is_program && has_insight(shown_to_, exchange.request().fields, about))
        shown.details = details = details_of(why);

    auto answer = pages::error_page(why.code, frame.setting(), shown);
    add_cookies(answer, options.cookies);
    if (!options.allow.empty())
        answer.fields.emplace_back("Allow", options.allow);
    auto sent = co_await net::send(exchange, answer);
    if (!sent)
        exchange.close_after();
}

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
#include "directory/lookup.hpp"

#include "base/log.hpp"
#include "directory/retry.hpp"
#include "net/run_on.hpp"
#include "oidc/foreign.hpp"
#include "provider/refreshed.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace sekisho::directory
{
namespace
{

constexpr auto meaning = errc::oidc_directory_failure;

// Without the query: it can be long and says nothing to people.
std::string place(const url& address) { return address.origin() + address.path(); }

void append(std::string& text, std::string_view before, std::string_view more)
{
    if (!more.empty())
        text.append(before).append(more);
}

} // namespace

error refusal(const net::incoming_response& answer, const url& asked, const dialect& of, time_point now)
{
    auto detail = place(asked) + " answered with status " + std::to_string(answer.status);
    const auto why = reason_of(answer.body);
    append(detail, ": ", to_text(why));
    if (is_rate_limit(answer))
    {
        detail += "; the rate limit of this API is reached";
        append(detail, ", ", rate_limit_end(answer, now));
        return {meaning, of.where, std::move(detail)};
    }
    if (answer.status / 100 == 3)
        detail += "; redirects are not followed, set api_url to the address itself";
    if (of.advice != nullptr)
        append(detail, "; ", of.advice(answer.status, why));
    return {meaning, of.where, std::move(detail)};
}

lookup::lookup(api& with, dialect of, http::owned_fields fields)
    : with_(with), of_(of), fields_(std::move(fields)), started_(with.services.steady_now())
{
}

std::unexpected<error> lookup::failed(std::string detail) const
{
    return fail(meaning, of_.where, std::move(detail));
}

std::chrono::milliseconds lookup::time_left() const
{
    const auto spent = with_.services.steady_now() - started_;
    return with_.limits.time - std::chrono::duration_cast<std::chrono::milliseconds>(spent);
}

net::task<result<net::incoming_response>> lookup::send(net::outgoing_request request)
{
    const auto left = time_left();
    if (left.count() <= 0)
        co_return failed("the look-up took longer than " + format_duration(with_.limits.time));
    request.timeout = std::min(left, with_.limits.call_time);
    std::ranges::copy(fields_, std::back_inserter(request.fields));
    const auto asked = request.target;
    auto answer = co_await with_.calls.send(provider::call::directory, std::move(request));
    if (!answer)
        co_return failed(
            place(asked) + ": " + provider::translated(answer.error(), meaning, of_.where).detail
        );
    bytes_ += answer->body.size();
    if (bytes_ > with_.limits.bytes)
        co_return failed("the answers are larger than " + std::to_string(with_.limits.bytes) + " bytes");
    co_return answer;
}

net::task<void> lookup::wait(std::chrono::milliseconds pause)
{
    net::wake_up timer(with_.services.home, pause);
    auto [woken] = co_await timer.async_wait(net::in_tuple);
    (void)woken;
}

net::task<result<net::incoming_response>> lookup::get(url target)
{
    while (true)
    {
        auto answer = co_await send({.method = "GET", .target = target, .fields = {}, .body = {}});
        if (!answer || answer->status == 200)
            co_return answer;
        const auto now = with_.services.now();
        const auto pause =
            pause_before_retry(*answer, retries_, provider::jitter(with_.services.random), with_.limits, now);
        if (!pause || *pause >= time_left())
            co_return std::unexpected(refusal(*answer, target, of_, now));
        ++retries_;
        co_await wait(*pause);
    }
}

net::task<result<net::incoming_response>> lookup::post(url target, std::string form)
{
    net::outgoing_request request{
        .method = "POST",
        .target = target,
        .fields = {{"Content-Type", "application/x-www-form-urlencoded"}},
        .body = std::move(form)
    };
    auto answer = co_await send(std::move(request));
    if (answer && answer->status != 200)
        co_return std::unexpected(refusal(*answer, target, of_, with_.services.now()));
    co_return answer;
}

net::task<result<std::vector<std::string>>> lookup::all_pages(url first, page_reader read)
{
    std::vector<std::string> all;
    std::optional<url> next = std::move(first);
    for (std::size_t number = 0; next; ++number)
    {
        if (number == with_.limits.pages)
            co_return failed("the list has more than " + std::to_string(number) + " pages");
        const url asked = *next;
        auto answer = co_await get(asked);
        if (!answer)
            co_return std::unexpected(answer.error());
        auto one = read(*answer, asked);
        if (!one)
            co_return std::unexpected(one.error());
        std::ranges::move(one->values, std::back_inserter(all));
        if (all.size() > with_.limits.entries)
            co_return failed("the list has more than " + std::to_string(with_.limits.entries) + " entries");
        next = std::move(one->next);
    }
    co_return all;
}

} // namespace sekisho::directory

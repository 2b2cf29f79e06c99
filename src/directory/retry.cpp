// SPDX-License-Identifier: Apache-2.0
#include "directory/retry.hpp"

#include "http/date.hpp"
#include "provider/caller.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace sekisho::directory
{
namespace
{

constexpr std::chrono::seconds longest_said = std::chrono::hours(24 * 365);

std::optional<std::int64_t> whole_number(std::string_view text)
{
    std::int64_t value = 0;
    const auto* const end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, value);
    if (failure != std::errc() || stop != end || value < 0)
        return std::nullopt;
    return value;
}

std::chrono::seconds until(std::int64_t when, time_point now)
{
    const auto left = std::max<std::int64_t>(when - to_numeric_date(now), 0);
    return std::min(std::chrono::seconds(left), longest_said);
}

// RFC 9110, 10.2.3; nullopt: not there, or neither a number nor a date.
std::optional<std::chrono::seconds> retry_after(const net::incoming_response& answer, time_point now)
{
    const auto text = provider::field_of(answer, "Retry-After");
    if (const auto seconds = whole_number(text))
        return std::min(
            std::chrono::seconds(std::min<std::int64_t>(*seconds, longest_said.count())), longest_said
        );
    if (const auto date = http::parse_date(text))
        return until(to_numeric_date(*date), now);
    return std::nullopt;
}

bool is_passing(int status) { return status == 429 || status == 502 || status == 503 || status == 504; }

} // namespace

bool is_rate_limit(const net::incoming_response& answer)
{
    if (answer.status == 429)
        return true;
    return answer.status == 403 && (provider::field_of(answer, "X-RateLimit-Remaining") == "0" ||
                                    !provider::field_of(answer, "Retry-After").empty());
}

std::optional<std::chrono::milliseconds> pause_before_retry(
    const net::incoming_response& answer,
    std::uint32_t tried,
    double jitter,
    const lookup_limits& limits,
    time_point now
)
{
    if (tried >= limits.retries || !is_passing(answer.status))
        return std::nullopt;
    const std::chrono::duration<double, std::milli> spread =
        limits.first_pause * std::clamp(jitter, 0.0, 1.0);
    const auto part = std::chrono::duration_cast<std::chrono::milliseconds>(spread);
    if (const auto said = retry_after(answer, now))
    {
        if (*said > limits.longest_pause)
            return std::nullopt;
        return *said + part; // never before, so that many gates do not come back in step
    }
    const auto pause = limits.first_pause * (1U << std::min(tried, 16U));
    return std::min<std::chrono::milliseconds>(pause, limits.longest_pause) + part;
}

std::string rate_limit_end(const net::incoming_response& answer, time_point now)
{
    auto left = retry_after(answer, now);
    if (!left)
        if (const auto reset = whole_number(provider::field_of(answer, "X-RateLimit-Reset")))
            left = until(*reset, now);
    return left ? "it says to try again after " + format_duration(*left) : std::string();
}

} // namespace sekisho::directory

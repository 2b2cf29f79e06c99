// SPDX-License-Identifier: Apache-2.0
#include "directory/retry.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::directory;

namespace
{

const time_point now{std::chrono::seconds(784'111'777)}; // Sun, 06 Nov 1994 08:49:37 GMT

net::incoming_response refused(int status, std::string_view name = {}, std::string_view value = {})
{
    net::incoming_response made{status, {}, {}};
    if (!name.empty())
        made.fields.emplace_back(name, value);
    return made;
}

} // namespace

TEST_CASE("only what passes by itself is tried again, after a pause that grows", "[directory]")
{
    const auto [status, tried, pause] = GENERATE(table<int, std::uint32_t, std::int64_t>({
        {429, 0, 250},
        {429, 1, 500},
        {429, 2, -1}, // two tries are all there are
        {503, 0, 250},
        {502, 0, 250},
        {504, 1, 500},
        {500, 0, -1},
        {403, 0, -1},
        {401, 0, -1},
        {302, 0, -1},
    }));
    CAPTURE(status, tried);
    const auto got = pause_before_retry(refused(status), tried, 0, {}, now);
    CHECK((got ? got->count() : -1) == pause);
}

TEST_CASE("a Retry-After is waited for in full, or not at all when it is long", "[directory]")
{
    const auto [value, pause] = GENERATE(table<std::string_view, std::int64_t>({
        {"0", 0},
        {"3", 3000},
        {"5", 5000},
        {"6", -1},
        {"99999999999", -1},
        {"Sun, 06 Nov 1994 08:49:39 GMT", 2000}, // RFC 9110, 10.2.3
        {"Sun, 06 Nov 1994 08:49:30 GMT", 0},
        {"Sun, 06 Nov 1994 09:49:37 GMT", -1},
        {"-1", 250}, // neither form: as if it were not there
        {"soon", 250},
        {"1.5", 250},
    }));
    CAPTURE(value);
    const auto got = pause_before_retry(refused(429, "Retry-After", value), 0, 0, {}, now);
    CHECK((got ? got->count() : -1) == pause);
}

TEST_CASE("many gates do not come back in step", "[directory]")
{
    CHECK(pause_before_retry(refused(503), 0, 0.5, {}, now)->count() == 375);
    CHECK(pause_before_retry(refused(503, "Retry-After", "1"), 0, 0.5, {}, now)->count() == 1125);
}

TEST_CASE("a rate limit is told from a missing permission, and when it ends is said", "[directory]")
{
    const auto [status, name, value, is_limit, end] =
        GENERATE(table<int, std::string_view, std::string_view, bool, std::string_view>({
            {429, "Retry-After", "3600", true, "it says to try again after 1h"},
            {429, "", "", true, ""},
            {403, "X-RateLimit-Remaining", "0", true, ""},                     // GitHub's primary limit
            {403, "Retry-After", "60", true, "it says to try again after 1m"}, // and its secondary one
            {403, "X-RateLimit-Remaining", "1", false, ""},
            {403, "", "", false, ""},
            {200, "X-RateLimit-Remaining", "0", false, ""},
            {429, "X-RateLimit-Reset", "784111837", true, "it says to try again after 1m"},
        }));
    CAPTURE(status, name, value);
    CHECK(is_rate_limit(refused(status, name, value)) == is_limit);
    CHECK(rate_limit_end(refused(status, name, value), now) == end);
}

// SPDX-License-Identifier: Apache-2.0
#include "base/log_repetition.hpp"
#include "support/captured_output.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <limits>
#include <string>
#include <thread>
#include <vector>

using namespace sekisho;
using test::has;

namespace
{

constexpr time_point morning{std::chrono::seconds(1'790'000'000)};
constexpr auto left_out = std::numeric_limits<std::size_t>::max();

std::size_t turn(log::repetition& of, time_point now) { return of.turn(now).value_or(left_out); }

} // namespace

TEST_CASE("of what repeats one line in a while is written, with the number of those left out", "[base]")
{
    log::repetition of;
    CHECK(turn(of, morning) == 0);
    CHECK(turn(of, morning) == left_out);
    CHECK(turn(of, morning + of.pause - 1s) == left_out);
    CHECK(turn(of, morning + of.pause) == 2);
    CHECK(turn(of, morning + of.pause + 1s) == left_out);
    CHECK(turn(of, morning + of.pause * 9) == 1);
    CHECK(turn(of, morning + of.pause * 99) == 0);
}

TEST_CASE("a clock that is set back silences nothing", "[base]")
{
    log::repetition of;
    CHECK(turn(of, morning) == 0);
    CHECK(turn(of, morning - 24h) == 0);
    CHECK(turn(of, morning - 24h) == left_out);
}

TEST_CASE("of many threads one has the turn, and the others are counted", "[base]")
{
    log::repetition of;
    std::atomic<int> written = 0;
    std::vector<std::thread> threads;
    for (int index = 0; index < 4; ++index)
        threads.emplace_back(
            [&]
            {
                for (int round = 0; round < 1000; ++round)
                    written += of.turn(morning).has_value() ? 1 : 0;
            }
        );
    for (auto& each : threads)
        each.join();
    CHECK(written == 1);
    CHECK(turn(of, morning + of.pause) == 3999);
}

TEST_CASE("what is left out is at level debug, and the next line counts it", "[base]")
{
    const error why{errc::session_store_unavailable, "redis", "no route"};
    std::string info;
    std::string debug;
    for (const auto level : {log::level::info, log::level::debug})
    {
        test::captured_output out;
        log::configure(level, log::format::text);
        log::repetition of;
        log::failure(of, morning, "first", why);
        log::failure(of, morning, "second", why);
        log::failure(of, morning, "third", why);
        log::failure(of, morning + of.pause, "fourth", why, {{"path", "/x"}});
        log::configure(log::level::info, log::format::text);
        (level == log::level::info ? info : debug) = out.take();
    }
    CHECK(has(info, "error first code=session_store_unavailable where=redis detail=\"no route\"\n"));
    CHECK_FALSE(has(info, "second"));
    CHECK_FALSE(has(info, "third"));
    CHECK(has(info, "error fourth code=session_store_unavailable where=redis detail=\"no route\" path=/x"));
    CHECK(has(info, "left_out=2\n"));
    CHECK(has(debug, "debug second code=session_store_unavailable"));
    CHECK(has(debug, "debug third code=session_store_unavailable"));
}

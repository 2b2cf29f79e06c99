// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "base/log.hpp"
#include "support/captured_output.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <string>
#include <thread>
#include <vector>

using namespace sekisho;

namespace
{

constexpr std::int64_t moment = 1795297500123456; // 2026-11-21T21:45:00.123456Z

std::string text(std::initializer_list<log::field> fields)
{
    return log::render(log::format::text, moment, log::level::info, "event", fields);
}

json object(std::initializer_list<log::field> fields)
{
    return parse_json(log::render(log::format::json, moment, log::level::info, "event", fields)).value();
}

// What is logged while this lives.
class captured_log : public test::captured_output
{
public:
    captured_log() = default;
    ~captured_log() { log::configure(log::level::info, log::format::text); }
    captured_log(const captured_log&) = delete;
    captured_log& operator=(const captured_log&) = delete;
};

} // namespace

TEST_CASE("an event for people is time, level, name and fields", "[base]")
{
    CHECK(
        text({{"key", "value"}, {"count", 7}, {"ratio", 0.5}, {"ok", true}, {"big", std::int64_t{-5}}}) ==
        "2026-11-21T21:45:00.123Z info  event key=value count=7 ratio=0.5 ok=true big=-5"
    );
    CHECK(
        log::render(log::format::text, moment, log::level::warning, "event", {}) ==
        "2026-11-21T21:45:00.123Z warn  event"
    );
}

TEST_CASE("an event for machines is one JSON object", "[base]")
{
    CHECK(
        log::render(
            log::format::json, moment, log::level::error, "event", {{"key", "v w"}, {"n", 7}, {"ok", false}}
        ) ==
        R"({"time":"2026-11-21T21:45:00.123Z","level":"error","event":"event","key":"v w","n":7,"ok":false})"
    );
}

TEST_CASE("text values are quoted when they would be misread", "[base]")
{
    auto [value, expected] = GENERATE(table<std::string, std::string>({
        {"plain/path?x", "key=plain/path?x"},
        {"", "key=\"\""},
        {"two words", "key=\"two words\""},
        {"a=b", "key=\"a=b\""},
        {"say \"hi\"", R"(key="say \"hi\"")"},
        {"back\\slash", R"(key="back\\slash")"},
        {"line\nforged", R"(key="line\nforged")"},
        {"line\r\nforged", R"(key="line\u000d\nforged")"},
        {"\x1b[2J", R"(key="\u001b[2J")"},
        {"\x7f", R"(key="\u007f")"},
        {"caf\xc3\xa9", "key=caf\xc3\xa9"},
        {"\xc2\x9b"
         "2J x",
         R"(key="\u009b2J x")"}, // C1: control sequence introducer
        {"\xff x", R"(key="\u00ff x")"},
        {std::string("a\0b", 3), R"(key="a\u0000b")"},
    }));
    CHECK(text({{"key", value}}).substr(37) == expected);
}

TEST_CASE("C1 controls and broken UTF-8 never reach a terminal unquoted", "[base]")
{
    CHECK(
        text({{"key",
               "\xc2\x9b"
               "2J"}})
            .find('\x9b') == std::string::npos
    );
    CHECK(text({{"key", "\xff"}}).find('\xff') == std::string::npos);
}

TEST_CASE("whatever a value holds, the JSON line is one line and one object", "[base]")
{
    for (int first = 0; first < 256; ++first)
        for (const int second : {0, 10, 34, 92, 127, 128, 155, 195, 255})
        {
            const std::string value{static_cast<char>(first), static_cast<char>(second)};
            const auto line =
                log::render(log::format::json, moment, log::level::info, "event", {{"key", value}});
            REQUIRE(line.find('\n') == std::string::npos);
            REQUIRE(parse_json(line));
        }
    CHECK(object({{"key", "a\"\\\n\x01"}}).at("key") == "a\"\\\n\x01");
    CHECK(object({{"k\"ey", 1}}).at("k\"ey") == 1);
}

TEST_CASE("numbers JSON cannot write are null", "[base]")
{
    CHECK(object({{"key", std::numeric_limits<double>::infinity()}}).at("key").is_null());
    CHECK(object({{"key", std::numeric_limits<double>::quiet_NaN()}}).at("key").is_null());
}

TEST_CASE("only events of at least the configured level are enabled and written", "[base]")
{
    captured_log output;
    log::configure(log::level::warning, log::format::json);
    CHECK_FALSE(log::is_enabled(log::level::info));
    CHECK(log::is_enabled(log::level::warning));
    CHECK_FALSE(log::is_enabled(log::level::off));
    log::info("quiet");
    log::warning("loud", {{"n", 1}});
    log::write(log::level::off, "never");
    log::configure(log::level::off, log::format::json);
    log::error("off");
    log::configure(log::level::trace, log::format::text);
    log::debug("detail");
    const auto written = output.take();
    CHECK(written.find("quiet") == std::string::npos);
    CHECK(
        written.find(R"("level":"warning","event":"loud","n":1})"
                     "\n") != std::string::npos
    );
    CHECK(written.find("never") == std::string::npos);
    CHECK(written.find("off") == std::string::npos);
    CHECK(written.ends_with("Z debug detail\n"));
}

TEST_CASE("a failure is logged at the level of its row, with code, where and detail", "[base]")
{
    captured_log output;
    log::configure(log::level::warning, log::format::json);
    log::failure("sign_in_failed", {errc::client_gone, "x", "quiet, for its row says info"});
    log::failure(
        "sign_in_failed", {errc::oidc_code_exchange_failure, "token_endpoint", "status 500"}, {{"n", 1}}
    );
    const auto line = parse_json(output.take()).value();
    CHECK(line.at("level") == "error");
    CHECK(line.at("code") == "oidc_code_exchange_failure");
    CHECK(line.at("where") == "token_endpoint");
    CHECK(line.at("detail") == "status 500");
    CHECK(line.at("n") == 1);
}

TEST_CASE("events of several threads and whole batches of lines do not mix", "[base]")
{
    captured_log output;
    log::configure(log::level::info, log::format::text);
    const std::string long_value(5000, 'x');
    std::vector<std::jthread> threads;
    for (int id = 0; id < 4; ++id)
        threads.emplace_back(
            [&long_value]
            {
                for (int count = 0; count < 50; ++count)
                {
                    log::info("event", {{"v", long_value}});
                    log::append_lines("first\nsecond\n");
                }
            }
        );
    threads.clear();
    log::flush();
    const auto written = output.take();
    std::size_t events = 0;
    std::size_t batches = 0;
    for (std::size_t start = 0; start < written.size();)
    {
        const auto end = written.find('\n', start);
        const auto line = written.substr(start, end - start);
        start = end + 1;
        if (line == "first")
        {
            REQUIRE(written.compare(start, 7, "second\n") == 0);
            ++batches;
        }
        else if (line != "second")
        {
            REQUIRE(line.substr(24) == " info  event v=" + long_value);
            ++events;
        }
    }
    CHECK(events == 200);
    CHECK(batches == 200);
}

// SPDX-License-Identifier: Apache-2.0
// What the log says while Redis is away.
#include "base/log.hpp"
#include "redis/redis_kinds.hpp"
#include "redis/redis_subject.hpp"
#include "support/captured_output.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::test;
using Catch::Matchers::Contains;

namespace
{

std::size_t count(const std::string& text, std::string_view part)
{
    std::size_t found = 0;
    for (auto place = text.find(part); place != std::string::npos; place = text.find(part, place + 1))
        ++found;
    return found;
}

// A Redis that is lost, for two reasons one after the other, and comes back.
std::string log_of_an_outage(log::level least)
{
    redis_server server({"requirepass hidden"});
    auto with = redis_at({server.address()});
    with.access.password = secret("hidden");
    redis_subject at(with);
    captured_output out;
    log::configure(least, log::format::text);
    server.kill();
    const auto is_refused = [](const session::redis_shelf& of)
    { return of.state().last_error.contains("refused"); };
    const auto is_away = eventually([&] { return is_refused(at.here()) && is_refused(at.there()); });
    const auto refused = at.run(at.here().get("a"));
    const auto published = at.run(at.here().publish("b"));
    server.start();
    const auto is_back =
        eventually([&] { return at.here().state().is_usable && at.there().state().is_usable; });
    const auto fine = at.run(at.here().get("a"));
    log::configure(log::level::off, log::format::text);
    auto text = out.take();
    CHECK(is_away);
    CHECK_FALSE(refused);
    CHECK_FALSE(published);
    CHECK(is_back);
    CHECK(fine);
    CHECK_THAT(text, Contains("store=\"redis at 127.0.0.1:" + std::to_string(server.port()) + "\""));
    return text;
}

} // namespace

TEST_CASE("an outage is told once, and its end says how long it was and what failed", "[redis]")
{
    const auto text = log_of_an_outage(log::level::info);
    // Both replicas that the test plays.
    CHECK(count(text, "error session_store.lost code=session_store_unavailable") == 2);
    CHECK(count(text, "info  session_store.usable store=") == 2);
    CHECK_THAT(text, Contains(" failed_calls=2\n") && Contains(" failed_calls=0\n"));
    CHECK(count(text, " down_for=") == 2);
    CHECK_FALSE(text.contains("hidden"));
}

TEST_CASE("a reason that changes during an outage is for who looks closely", "[redis]")
{
    const auto text = log_of_an_outage(log::level::debug);
    CHECK(count(text, "session_store.lost") == 2);
    CHECK_THAT(text, Contains("debug session_store.still_lost"));
    CHECK_FALSE(text.contains("hidden"));
}

TEST_CASE("the log names what kind of Redis is lost, and where it was looked for", "[redis]")
{
    const auto [kind, expected] = GENERATE(table<net::redis_configuration::kind, std::string>({
        {net::redis_configuration::kind::standalone, "redis at 127.0.0.1:1, [::1]:2"},
        {net::redis_configuration::kind::sentinel, "redis sentinel chief at 127.0.0.1:1, [::1]:2"},
        {net::redis_configuration::kind::cluster, "redis cluster at 127.0.0.1:1, [::1]:2"},
    }));
    auto with = redis_at({"redis://127.0.0.1:1", "redis://[::1]:2"});
    with.what = kind;
    with.sentinel_master = "chief";
    captured_output out;
    log::configure(log::level::info, log::format::text);
    {
        redis_subject at(with, redis_subject::waits::for_nothing);
        CHECK(eventually([&] { return at.here().state().last_error != "not connected yet"; }));
    }
    log::configure(log::level::off, log::format::text);
    CHECK_THAT(out.take(), Contains("store=\"" + expected + "\""));
}

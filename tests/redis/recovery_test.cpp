// SPDX-License-Identifier: Apache-2.0
// Redis that goes away and comes back: never a wrong answer, and nobody has to do anything.
#include "redis/redis_kinds.hpp"
#include "redis/redis_subject.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace
{

std::vector<std::string> lasting() { return {"appendonly yes", "appendfsync always"}; }

// Recovery is a matter of seconds; the machine may be busy.
constexpr auto soon = 5s;

} // namespace

TEST_CASE("a killed Redis is down, not empty, and is found again with what it kept", "[redis]")
{
    redis_server server(lasting());
    redis_subject at(redis_at({server.address()}));
    REQUIRE(at.put("a", 1, "kept") == "put");
    const auto gaps = at.gaps();

    server.kill();
    REQUIRE(eventually([&] { return !at.here().state().is_usable; }));
    const auto got = at.run(at.here().get("a"));
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::session_store_unavailable);
    CHECK_THAT(got.error().detail, Contains(std::to_string(server.port())));
    CHECK_FALSE(at.run(at.here().publish("lost")));

    server.start();
    CHECK(eventually([&] { return at.here().state().is_usable; }, soon));
    CHECK(at.get("a") == "kept");
    CHECK(eventually([&] { return at.gaps() > gaps; }, soon));
    REQUIRE(at.run(at.there().publish("heard again")));
    CHECK(at.heard(1) == std::vector<std::string>{"heard again"});
}

TEST_CASE("a Redis that is not there at start is used as soon as it is", "[redis]")
{
    redis_server server;
    server.kill();
    redis_subject at(redis_at({server.address()}), redis_subject::waits::for_nothing);
    CHECK_FALSE(at.run(at.here().get("a")));
    CHECK_FALSE(at.here().state().is_usable);
    server.start();
    CHECK(eventually([&] { return at.here().state().is_usable && at.gaps() != 0; }, soon));
    CHECK(at.get("a") == "(none)");
}

TEST_CASE("a Redis that does not answer costs one time limit, and is used again when it does", "[redis]")
{
    redis_server server;
    auto with = redis_at({server.address()});
    with.access.command_time = 200ms;
    with.access.connect_time = 300ms;
    redis_subject at(with);
    REQUIRE(at.put("a", 1, "x") == "put");

    server.pause();
    const auto begin = std::chrono::steady_clock::now();
    const auto got = at.run(at.here().get("a"));
    CHECK(std::chrono::steady_clock::now() - begin < 2s);
    REQUIRE_FALSE(got);
    CHECK_THAT(got.error().detail, Contains("did not answer within 200 ms"));
    CHECK(eventually([&] { return !at.here().state().is_usable; }));

    server.resume();
    CHECK(eventually([&] { return at.here().state().is_usable; }, soon));
    CHECK(at.get("a") == "x");
}

TEST_CASE("an idle connection that hangs is noticed without any command", "[redis]")
{
    redis_server server;
    auto with = redis_at({server.address()});
    with.access.command_time = 200ms;
    redis_subject at(with);
    server.pause();
    CHECK(eventually([&] { return !at.here().state().is_usable; }, soon));
    server.resume();
}

TEST_CASE("a connection that Redis ends is made again before the next answer", "[redis]")
{
    redis_server server;
    redis_subject at(redis_at({server.address()}));
    REQUIRE(at.put("a", 1, "x") == "put");
    const auto gaps = at.gaps();
    server.cli("client kill type normal");
    server.cli("client kill type pubsub");
    CHECK(eventually([&] { return at.get("a") == "x"; }, soon));
    CHECK(eventually([&] { return at.gaps() > gaps; }, soon));
    server.cli("script flush");
    CHECK(at.put("a", 2, "y") == "put"); // by its text
}

// SPDX-License-Identifier: Apache-2.0
#include "net/deadline.hpp"
#include "support/catch.hpp"

#include <array>
#include <memory>
#include <optional>

namespace sekisho::net
{

using namespace std::chrono_literals;

namespace
{

struct counter
{
    explicit counter(deadline_wheel& wheel) : limit(wheel, count, this) {}
    static void count(void* self) noexcept { ++static_cast<counter*>(self)->expired; }

    int expired = 0;
    deadline limit;
};

void turn(deadline_wheel& wheel, int times)
{
    for (auto turned = 0; turned < times; ++turned)
        wheel.turn();
}

} // namespace

TEST_CASE("a deadline expires once, never before its time and at most one tick after it", "[net]")
{
    const auto [duration, ticks] = GENERATE(table<std::chrono::milliseconds, int>({
        {1ms, 2}, {50ms, 2}, {51ms, 3}, {100ms, 3}, {60s, 1201}, {1h, 72001}, // many turns of the wheel
    }));
    deadline_wheel wheel;
    counter one(wheel);
    one.limit.expires_after(duration);
    turn(wheel, ticks - 1);
    CHECK(one.expired == 0);
    wheel.turn();
    CHECK(one.expired == 1);
    turn(wheel, 5000);
    CHECK(one.expired == 1);
}

TEST_CASE("a deadline can be moved back, forward and away", "[net]")
{
    deadline_wheel wheel;
    counter one(wheel);
    one.limit.expires_after(100ms);
    turn(wheel, 2);
    one.limit.expires_after(100ms); // anew
    turn(wheel, 2);
    CHECK(one.expired == 0);
    wheel.turn();
    CHECK(one.expired == 1);

    one.limit.expires_after(10s);
    one.limit.expires_after(50ms); // sooner than what was set
    turn(wheel, 2);
    CHECK(one.expired == 2);

    one.limit.expires_after(50ms);
    one.limit.clear();
    turn(wheel, 5000);
    CHECK(one.expired == 2);

    one.limit.expires_after(50ms);
    one.limit.expires_after(0ms); // no limit
    turn(wheel, 5000);
    CHECK(one.expired == 2);
}

TEST_CASE("a deadline that dies is forgotten, wherever it stands in its slot", "[net]")
{
    const auto gone = GENERATE(0, 1, 2);
    deadline_wheel wheel;
    std::array<std::unique_ptr<counter>, 3> all;
    for (auto& each : all)
    {
        each = std::make_unique<counter>(wheel);
        each->limit.expires_after(100ms);
    }
    all.at(static_cast<std::size_t>(gone)).reset();
    turn(wheel, 3);
    for (const auto& each : all)
        CHECK((each == nullptr || each->expired == 1));
}

TEST_CASE("an action may set its own deadline again and end another one", "[net]")
{
    struct pair
    {
        explicit pair(deadline_wheel& wheel)
            : first(wheel, act, this), second(std::in_place, wheel, act, this)
        {
        }
        static void act(void* self) noexcept
        {
            auto& both = *static_cast<pair*>(self);
            ++both.acted;
            both.first.expires_after(50ms);
            both.second.reset();
        }
        int acted = 0;
        deadline first;
        std::optional<deadline> second;
    };
    deadline_wheel wheel;
    pair both(wheel);
    both.second->expires_after(500ms);
    both.first.expires_after(50ms);
    turn(wheel, 2);
    CHECK(both.acted == 1);
    turn(wheel, 2);
    CHECK(both.acted == 2);
    turn(wheel, 20);
    CHECK(both.acted == 12);
}

} // namespace sekisho::net

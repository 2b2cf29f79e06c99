// SPDX-License-Identifier: Apache-2.0
#include "gateway/local/attempt_limit.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;
using namespace sekisho::gateway;
using namespace std::chrono_literals;

namespace
{

constexpr time_point noon{std::chrono::seconds(1'800'000'000)};
constexpr std::string_view one = "192.0.2.1";

std::string client(int number)
{
    return "198.51." + std::to_string(number / 200) + "." + std::to_string(number % 200);
}

} // namespace

TEST_CASE("one address has so many tries within the window, and then waits for its oldest one", "[gateway]")
{
    attempt_limit limit({.per_client = 3, .in_all = 30, .window = 60s});
    CHECK_FALSE(limit.take(one, noon));
    CHECK_FALSE(limit.take(one, noon + 10s));
    CHECK_FALSE(limit.take(one, noon + 20s));
    CHECK(limit.take(one, noon + 25s) == 35s);
    CHECK(limit.take(one, noon + 59s) == 1s);         // what was refused took nothing
    CHECK_FALSE(limit.take("192.0.2.2", noon + 59s)); // nobody else's
    CHECK_FALSE(limit.take(one, noon + 60s));
    CHECK(limit.take(one, noon + 60s) == 10s);
}

TEST_CASE("all addresses together have so many tries within the window", "[gateway]")
{
    attempt_limit limit({.per_client = 3, .in_all = 5, .window = 60s});
    for (int number = 0; number < 5; ++number)
        REQUIRE_FALSE(limit.take(client(number), noon));
    CHECK(limit.take(client(9), noon + 1s) == 59s);
    CHECK_FALSE(limit.take(client(9), noon + 60s));
}

TEST_CASE(
    "where newcomers are spared the first try of an address passes however many there were", "[gateway]"
)
{
    attempt_limit limit({.per_client = 3, .in_all = 5, .window = 60s, .first_tries = newcomers::spared});
    for (int number = 0; number < 20; ++number)
        REQUIRE_FALSE(limit.take(client(number), noon));
    CHECK(limit.take(client(0), noon));        // its second
    CHECK_FALSE(limit.take(client(50), noon)); // and somebody else's first
}

TEST_CASE("an IPv6 network of 64 bits is one address, IPv4 addresses are each their own", "[gateway]")
{
    const auto [first, second, is_same] = GENERATE(table<std::string, std::string, bool>({
        {"2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true},
        {"2001:db8:1:2::1", "2001:db8:1:3::1", false},
        {"192.0.2.1", "192.0.2.2", false},
        {"192.0.2.1", "192.0.2.1", true},
        {"unknown", "unknown", true},
    }));
    CAPTURE(first, second);
    attempt_limit limit({.per_client = 1, .in_all = 30, .window = 60s});
    REQUIRE_FALSE(limit.take(first, noon));
    CHECK(limit.take(second, noon).has_value() == is_same);
}

TEST_CASE("what was no guess is forgotten for its address alone", "[gateway]")
{
    attempt_limit limit({.per_client = 1, .in_all = 3, .window = 60s});
    REQUIRE_FALSE(limit.take(one, noon));
    REQUIRE_FALSE(limit.take(client(1), noon));
    limit.forgive(one);
    CHECK_FALSE(limit.take(one, noon));
    CHECK(limit.take(client(1), noon));
    CHECK(limit.take(client(2), noon)); // three were there together
}

TEST_CASE("more addresses than are remembered lock nobody in or out for ever", "[gateway]")
{
    attempt_limit limit({.per_client = 5, .in_all = 10, .window = 60s, .first_tries = newcomers::spared});
    for (int number = 0; number < 4096; ++number)
        REQUIRE_FALSE(limit.take(client(number), noon));
    CHECK(limit.take(client(5000), noon)); // nobody knows whether it is new: it counts with all others
    CHECK_FALSE(limit.take(client(5000), noon + 60s));
}

// SPDX-License-Identifier: Apache-2.0
#include "gateway/form/room.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::gateway;
using namespace std::chrono_literals;

namespace
{

constexpr time_point noon{std::chrono::seconds(1'800'000'000)};
constexpr auto life = 15min;
constexpr form_room_rules small{.per_client = 4096, .in_all = 8192};

} // namespace

TEST_CASE(
    "one address takes no more room than its share, and has it again when its forms are over", "[gateway]"
)
{
    form_room room(small);
    CHECK(room.take("a", 3000, noon + life, noon));
    CHECK_FALSE(room.take("a", 1200, noon + life, noon)); // and nothing was taken
    CHECK(room.take("a", 1096, noon + life, noon));
    CHECK_FALSE(room.take("a", 1, noon + life, noon));
    CHECK(room.take("b", 1, noon + life, noon));
    CHECK_FALSE(room.take("a", 1, noon + life + life, noon + life - 1s));
    CHECK(room.take("a", 4096, noon + life + life, noon + life));
}

TEST_CASE("all addresses together take no more room than there is", "[gateway]")
{
    form_room room(small);
    REQUIRE(room.take("a", 4096, noon + life, noon));
    REQUIRE(room.take("b", 4000, noon + life, noon));
    CHECK_FALSE(room.take("c", 97, noon + life, noon)); // a small form counts as 1 KiB
    CHECK(room.take("c", 97, noon + life + life, noon + life));
}

TEST_CASE("empty forms fill the room too", "[gateway]")
{
    form_room room(small);
    for (int count = 0; count < 4; ++count)
        REQUIRE(room.take("a", 0, noon + life, noon));
    CHECK_FALSE(room.take("a", 0, noon + life, noon));
}

TEST_CASE("a size that no number can add up is refused", "[gateway]")
{
    form_room room(small);
    REQUIRE(room.take("a", 2048, noon + life, noon));
    CHECK_FALSE(room.take("a", SIZE_MAX, noon + life, noon));
    CHECK_FALSE(room.take("b", SIZE_MAX - 1024, noon + life, noon));
}

// SPDX-License-Identifier: Apache-2.0
#include "contract/shelf_contract.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace sekisho::test
{
namespace
{

using namespace std::chrono_literals;
using namespace std::string_literals;
using session::put_when;
using texts = std::vector<std::string>;

void check_when_to_put(shelf_subject& subject)
{
    struct rule
    {
        std::uint64_t there; // the version that is there; 0: none
        std::uint64_t offered;
        put_when when;
        bool is_put;
    };
    static constexpr std::array rules{
        rule{0, 1, put_when::absent, true},
        rule{0, 1, put_when::newer, false},
        rule{0, 1, put_when::absent_or_newer, true},
        rule{2, 1, put_when::absent, false},
        rule{2, 3, put_when::absent, false},
        rule{2, 1, put_when::newer, false},
        rule{2, 2, put_when::newer, false},
        rule{2, 3, put_when::newer, true},
        rule{2, 1, put_when::absent_or_newer, false},
        rule{2, 2, put_when::absent_or_newer, false},
        rule{2, 3, put_when::absent_or_newer, true},
        rule{9, 10, put_when::newer, true}, // as numbers, not as texts
        // Beyond what a double holds exactly.
        rule{(1ULL << 60U) + 1, (1ULL << 60U) + 2, put_when::newer, true},
        rule{(1ULL << 60U) + 1, (1ULL << 60U) + 1, put_when::newer, false},
        rule{(1ULL << 60U) + 2, (1ULL << 60U) + 1, put_when::absent_or_newer, false},
    };
    shelf_hands hands(subject, subject.here());
    int number = 0;
    for (const auto& [there, offered, when, is_put] : rules)
    {
        CAPTURE(there, offered, static_cast<int>(when));
        const auto name = "rule:" + std::to_string(number++);
        if (there != 0)
            REQUIRE(hands.put(name, {there, "old"}, put_when::absent));
        CHECK(hands.put(name, {offered, "new"}, when) == is_put);
        CHECK(hands.value(name) == (is_put ? "new" : there == 0 ? "(none)" : "old"));
        if (const auto got = hands.get(name))
            CHECK(got->version == (is_put ? offered : there));
    }
}

void check_ends(shelf_subject& subject)
{
    shelf_hands hands(subject, subject.here());
    REQUIRE(hands.put("end:short", {1, "x"}, put_when::absent, subject.short_life()));
    REQUIRE(hands.put("end:long", {1, "x"}, put_when::absent));
    REQUIRE(hands.put("end:longer", {1, "x"}, put_when::absent, subject.short_life()));
    REQUIRE(hands.put("end:longer", {2, "x"}, put_when::newer));
    hands.add("end:set", "short", subject.short_life());
    hands.add("end:set", "long");
    hands.add("end:set", "longer", subject.short_life());
    hands.add("end:set", "longer");
    hands.add("end:all short", "one", subject.short_life());
    subject.outlive();
    CHECK_FALSE(hands.get("end:short"));
    CHECK(hands.get("end:long"));
    CHECK(hands.get("end:longer"));
    // Over is as if it had never been: of no version.
    CHECK_FALSE(hands.put("end:short", {9, "y"}, put_when::newer));
    CHECK(hands.put("end:short", {1, "y"}, put_when::absent));
    CHECK_FALSE(hands.take("end:gone"));
    auto left = hands.members("end:set");
    std::ranges::sort(left);
    CHECK(left == texts{"long", "longer"});
    CHECK(hands.members("end:all short").empty());
}

void check_no_life(shelf_subject& subject)
{
    shelf_hands hands(subject, subject.here());
    for (const auto life : {0ms, -5ms})
    {
        CAPTURE(life.count());
        REQUIRE(hands.put("none:a", {1, "x"}, put_when::absent_or_newer));
        CHECK(hands.put("none:a", {2, "y"}, put_when::newer, life));
        CHECK_FALSE(hands.get("none:a"));
        CHECK(hands.put("none:b", {1, "x"}, put_when::absent, life));
        CHECK_FALSE(hands.get("none:b"));
        hands.add("none:set", "a");
        hands.add("none:set", "a", life);
        CHECK(hands.members("none:set").empty());
    }
}

void check_taking(shelf_subject& subject)
{
    shelf_hands hands(subject, subject.here());
    CHECK_FALSE(hands.take("take:a"));
    REQUIRE(hands.put("take:a", {7, "x"}, put_when::absent));
    CHECK(hands.take("take:a"));
    CHECK_FALSE(hands.take("take:a"));
    CHECK_FALSE(hands.get("take:a"));
    // What was taken away does not come back by a newer value of it.
    CHECK_FALSE(hands.put("take:a", {8, "y"}, put_when::newer));

    REQUIRE(hands.put("take:lock", {1, "mine"}, put_when::absent));
    CHECK_FALSE(hands.take_own("take:lock", "theirs"));
    CHECK_FALSE(hands.take_own("take:lock", ""));
    CHECK(hands.value("take:lock") == "mine");
    CHECK(hands.take_own("take:lock", "mine"));
    CHECK_FALSE(hands.take_own("take:lock", "mine"));
    CHECK_FALSE(hands.get("take:lock"));
}

void check_bytes(shelf_subject& subject)
{
    shelf_hands hands(subject, subject.here());
    const texts values{"", "\0\r\n$-1\r\n\xff"s, "*3\r\n", "-ERR no", " a b ", std::string(300'000, 'x')};
    std::uint64_t version = 1;
    for (const auto& each : values)
    {
        CAPTURE(each.size());
        REQUIRE(hands.put("bytes:a", {version++, each}, put_when::absent_or_newer));
        CHECK(hands.value("bytes:a") == each);
        hands.add("bytes:set", each);
    }
    CHECK(hands.members("bytes:set").size() == values.size());
    CHECK(hands.take_own("bytes:a", values.back()));
}

void check_sets(shelf_subject& subject)
{
    shelf_hands hands(subject, subject.here());
    CHECK(hands.members("set:a").empty());
    hands.remove("set:a", "nobody");
    hands.add("set:a", "third", 3h);
    hands.add("set:a", "first", 1h);
    hands.add("set:a", "second", 2h);
    CHECK(hands.members("set:a") == texts{"first", "second", "third"});
    hands.add("set:a", "first", 4h);
    CHECK(hands.members("set:a") == texts{"second", "third", "first"});
    hands.add("set:a", "third", 1h); // shorter counts as well
    CHECK(hands.members("set:a") == texts{"third", "second", "first"});
    hands.remove("set:a", "second");
    CHECK(hands.members("set:a") == texts{"third", "first"});
    CHECK(hands.members("set:b").empty());
    const auto part = subject.run(subject.here().members_from("set:a", ""));
    REQUIRE(part);
    CHECK(part->members == texts{"third", "first"});
    CHECK(part->next.empty());
}

void check_replicas(shelf_subject& subject)
{
    shelf_hands here(subject, subject.here());
    shelf_hands there(subject, subject.there());
    REQUIRE(here.put("two:a", {1, "here"}, put_when::absent));
    CHECK(there.value("two:a") == "here");
    CHECK_FALSE(there.put("two:a", {1, "there"}, put_when::absent));
    CHECK(there.put("two:a", {2, "there"}, put_when::newer));
    CHECK(here.value("two:a") == "there");
    there.add("two:set", "x");
    CHECK(here.members("two:set") == texts{"x"});
    CHECK(there.take("two:a"));
    CHECK_FALSE(here.get("two:a"));
}

// Many want one place at once: one has it.
void check_race(shelf_subject& subject)
{
    constexpr std::size_t many = 20;
    std::array<std::optional<result<bool>>, many> outcomes;
    for (std::size_t index = 0; index < many; ++index)
    {
        auto& which = index % 2 == 0 ? subject.here() : subject.there();
        auto work = which.put("race:a", {1, std::to_string(index)}, 1h, put_when::absent);
        start(subject.context, std::move(work), outcomes.at(index));
    }
    subject.context.restart();
    subject.context.run();
    std::string winner = "nobody";
    int winners = 0;
    for (std::size_t index = 0; index < many; ++index)
    {
        REQUIRE(outcomes.at(index));
        REQUIRE(*outcomes.at(index));
        if (!**outcomes.at(index))
            continue;
        winner = std::to_string(index);
        ++winners;
    }
    CHECK(winners == 1);
    CHECK(shelf_hands(subject, subject.here()).value("race:a") == winner);
}

void check_messages(shelf_subject& subject)
{
    shelf_hands(subject, subject.there()).publish("from there \r\n\0 whole"s);
    shelf_hands(subject, subject.here()).publish("our own");
    auto heard = subject.heard(2);
    std::ranges::sort(heard);
    CHECK(heard == texts{"from there \r\n\0 whole"s, "our own"});
}

} // namespace

void shelf_contract(const std::function<std::unique_ptr<shelf_subject>()>& make)
{
    const auto subject = make();
    CHECK(subject->here().state().is_usable);
    SECTION("a value is put when it is meant to be") { check_when_to_put(*subject); }
    SECTION("lives end") { check_ends(*subject); }
    SECTION("no life is as if it were taken away") { check_no_life(*subject); }
    SECTION("what is taken is gone") { check_taking(*subject); }
    SECTION("every byte is kept") { check_bytes(*subject); }
    SECTION("members of sets come and go one by one, the one that ends first in front")
    {
        check_sets(*subject);
    }
    SECTION("two replicas see the same") { check_replicas(*subject); }
    SECTION("of many at once one wins") { check_race(*subject); }
    SECTION("what is published is heard everywhere") { check_messages(*subject); }
}

} // namespace sekisho::test

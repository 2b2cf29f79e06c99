// SPDX-License-Identifier: Apache-2.0
#include "contract/shelf_contract.hpp"
#include "session/memory_shelf.hpp"
#include "support/catch.hpp"
#include "support/manual_clock.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

using namespace sekisho;
using namespace std::chrono_literals;
using session::memory_shelf;
using session::put_when;
using texts = std::vector<std::string>;

namespace
{

class subject final : public test::shelf_subject
{
public:
    explicit subject(std::size_t capacity = 1000) : shelf_(capacity, clock_.steady())
    {
        shelf_.listen({[this](const std::string& message) { heard_.push_back(message); }, {}});
    }
    memory_shelf& here() override { return shelf_; }
    session::shelf& there() override { return shelf_; }
    std::chrono::milliseconds short_life() const override { return 100ms; }
    void outlive() override { clock_.advance(100ms); }
    std::vector<std::string> heard(std::size_t) override { return heard_; }

    test::manual_clock& clock() { return clock_; }

private:
    test::manual_clock clock_;
    memory_shelf shelf_;
    texts heard_;
};

} // namespace

TEST_CASE("a memory shelf keeps the contract of shelves", "[session]")
{
    const auto capacity = GENERATE(std::size_t{1000}, std::size_t{100'000}); // in one part, in many
    test::shelf_contract([capacity] { return std::make_unique<subject>(capacity); });
}

TEST_CASE("a value lives to the millisecond", "[session]")
{
    subject at;
    test::shelf_hands hands(at, at.here());
    REQUIRE(hands.put("a:1", {1, "x"}, put_when::absent, 100ms));
    at.clock().advance(99ms);
    CHECK(hands.get("a:1"));
    at.clock().advance(1ms);
    CHECK_FALSE(hands.get("a:1"));
}

TEST_CASE("the least recently used value leaves a full memory shelf, of its own kind", "[session]")
{
    subject at(3);
    test::shelf_hands hands(at, at.here());
    for (const auto* name : {"s:1", "s:2", "s:3", "n:1", "n:2", "n:3"})
        REQUIRE(hands.put(name, {1, "x"}, put_when::absent));
    CHECK(at.here().size() == 6);
    CHECK(hands.get("s:1"));                                  // used by reading
    CHECK(hands.put("s:2", {2, "y"}, put_when::newer));       // used by writing
    CHECK_FALSE(hands.put("s:3", {1, "y"}, put_when::newer)); // not used
    REQUIRE(hands.put("s:4", {1, "x"}, put_when::absent));
    CHECK_FALSE(hands.get("s:3"));
    CHECK(hands.get("s:1"));
    CHECK(hands.get("s:2"));
    CHECK(hands.get("s:4"));
    CHECK(hands.get("n:1"));
    CHECK(at.here().size() == 6);
}

TEST_CASE("values that are over make room before those that live", "[session]")
{
    subject at(3);
    test::shelf_hands hands(at, at.here());
    REQUIRE(hands.put("s:1", {1, "x"}, put_when::absent));
    REQUIRE(hands.put("s:2", {1, "x"}, put_when::absent, 100ms));
    REQUIRE(hands.put("s:3", {1, "x"}, put_when::absent, 100ms));
    at.clock().advance(2min);
    REQUIRE(hands.put("s:4", {1, "x"}, put_when::absent));
    REQUIRE(hands.put("s:5", {1, "x"}, put_when::absent));
    CHECK(hands.get("s:1"));
}

TEST_CASE("a full kind of sets loses the member that ends first", "[session]")
{
    subject at(3);
    test::shelf_hands hands(at, at.here());
    hands.add("u:1", "a", 3h);
    hands.add("u:2", "b", 1h);
    hands.add("u:1", "c", 2h);
    hands.add("e:1", "other kind", 1min);
    hands.add("u:3", "d", 4h);
    CHECK(hands.members("u:1") == texts{"c", "a"});
    CHECK(hands.members("u:2").empty());
    CHECK(hands.members("u:3") == texts{"d"});
    CHECK(hands.members("e:1") == texts{"other kind"});
}

TEST_CASE("a listener may use the shelf that called it", "[session]")
{
    test::manual_clock clock;
    memory_shelf shelf(10, clock.steady());
    texts seen;
    shelf.listen(
        {[&](const std::string& message)
         {
             test::run(shelf.put(message, {1, "heard"}, 1h, put_when::absent));
             seen.push_back(message);
         },
         {}}
    );
    REQUIRE(test::run(shelf.publish("m:1")));
    CHECK(seen == texts{"m:1"});
    CHECK(test::run(shelf.get("m:1")).value()->value == "heard");
}

TEST_CASE("workers use one memory shelf at the same time", "[session]")
{
    memory_shelf shelf(100'000);
    constexpr int each = 2000;
    std::atomic<int> won = 0;
    const auto work = [&]
    {
        net::asio::io_context context(1);
        for (int index = 0; index < each; ++index)
        {
            const auto name = "s:" + std::to_string(index);
            if (*test::run(context, shelf.put(name, {1, name}, 1h, put_when::absent)))
                ++won;
            test::run(context, shelf.add_member("all:s", name, 1h));
            if (test::run(context, shelf.get(name)).value()->value != name)
                won = -100'000;
        }
    };
    std::vector<std::jthread> threads;
    for (int index = 0; index < 4; ++index)
        threads.emplace_back(work);
    threads.clear();
    CHECK(won == each);
    CHECK(test::run(shelf.members("all:s"))->size() == each);
}

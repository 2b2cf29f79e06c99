// SPDX-License-Identifier: Apache-2.0
// More endings than one answer holds.
#include "redis/redis_subject.hpp"
#include "session/cookie_store.hpp"
#include "session/keeper.hpp"
#include "session/shelf_names.hpp"
#include "support/catch.hpp"
#include "support/cookie_jar.hpp"
#include "support/session_values.hpp"

#include <algorithm>
#include <map>
#include <set>

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

// Members that end together, in so many milliseconds from now: name1, name2, ...
void add_many(
    const redis_server& to,
    const std::string& set,
    int count,
    std::chrono::milliseconds life,
    const std::string& name
)
{
    const std::string script =
        "\"for i=1,ARGV[1]+0 do redis.call('ZADD', KEYS[1], ARGV[2], ARGV[3]..i) end return 1\"";
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now().time_since_epoch()
    );
    const auto said = to.cli(
        "eval " + script + " 1 " + set + " " + std::to_string(count) + " " +
        std::to_string((now + life).count()) + " " + name
    );
    REQUIRE(said.starts_with("1"));
}

// One process with sealed cookies, which hears of endings by reading them alone.
struct process
{
    explicit process(const std::shared_ptr<redis_subject>& at)
    {
        const std::shared_ptr<session::shelf> shelf(at, &at->here());
        auto& random = crypto::system_random();
        const std::vector<secret> secrets{secret("a secret of more than thirty-two bytes")};
        keep = std::make_shared<session::keeper>(
            std::make_shared<session::cookie_store>(
                session::cookie_config{}, crypto::key_ring(secrets, "session"), random, nullptr
            ),
            shelf,
            std::make_shared<session::ended_sessions>(),
            crypto::key_ring(secrets, "session_note"),
            secrets,
            session::keeper_rules{},
            [this](const session::ending&) { ++told; },
            random
        );
    }
    std::shared_ptr<session::keeper> keep;
    int told = 0;
};

} // namespace

TEST_CASE("a large set is told part by part with every member, whatever goes meanwhile", "[redis]")
{
    static const redis_server server;
    redis_subject at(redis_at({server.address()}));
    const auto key = at.prefix() + "many:set";
    add_many(server, key, 1500, 1h, "early");
    add_many(server, key, 2500, 2h, "same"); // all in one millisecond
    add_many(server, key, 3, 3h, "late");
    add_many(server, key, 5, -1s, "over");
    std::map<std::string, int> seen;
    std::set<std::string> gone;
    session::member_page told;
    int parts = 0;
    do
    {
        const auto next = at.run(at.here().members_from("many:set", told.next));
        REQUIRE(next);
        told = *next;
        REQUIRE(told.members.size() <= 1000);
        for (const auto& each : told.members)
            ++seen[each];
        // The one that the next part begins behind leaves, among those that end with others.
        if (++parts == 2 || parts == 3)
        {
            gone.insert(told.members.back());
            REQUIRE(at.run(at.there().remove_member("many:set", told.members.back())));
        }
        REQUIRE(parts < 20);
    } while (!told.next.empty());
    CHECK(seen.size() == 4003);
    CHECK(seen.contains("late3"));
    CHECK_FALSE(seen.contains("over1"));
    CHECK(std::ranges::all_of(seen, [](const auto& each) { return each.second <= 3; }));
    CHECK(gone.size() == 2);

    // One that moved on is told at its new place.
    REQUIRE(at.run(at.there().add_member("many:set", "early1", 4h)));
    const auto first = at.run(at.here().members_from("many:set", ""));
    REQUIRE(first);
    CHECK(std::ranges::find(first->members, "early1") == first->members.end());
}

TEST_CASE("beyond 100,000 endings a process that begins refuses who ended last, too", "[redis]")
{
    static const redis_server server;
    const auto at = std::make_shared<redis_subject>(redis_at({server.address()}));
    process first(at);
    cookie_jar browser;
    const auto value = sample_session();
    const auto made = at->run(first.keep->begin(value, {}, noon));
    REQUIRE(made);
    browser.take(*made, {}, noon);
    const cookie_request request(browser.cookies_for({}, noon));
    const auto look = [&](process& where)
    { return at->run(where.keep->find(where.keep->cookies().find(request), noon)).has_value(); };
    CHECK(look(first));
    REQUIRE(at->run(first.keep->end(session::ending_of(value, noon))));
    // Of others, which end a little sooner.
    add_many(server, at->prefix() + std::string(session::endings_set), 100'000, 1h, "other");

    process second(at);
    CHECK_FALSE(look(second));
    CHECK(second.told == 1);
}

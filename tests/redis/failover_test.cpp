// SPDX-License-Identifier: Apache-2.0
// Masters that change while commands run.
#include "redis/redis_kinds.hpp"
#include "redis/redis_subject.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

TEST_CASE("when the master dies the sentinels' new one is used, and nothing it had is lost", "[redis]")
{
    watched_redis servers;
    redis_subject at(servers.configuration());
    REQUIRE(at.put("a", 1, "x") == "put");
    const auto copied = "-n 1 exists " + at.prefix() + "a"; // the replica follows when it can
    REQUIRE(eventually([&] { return servers.replica.cli(copied).starts_with("1"); }));
    const auto gaps = at.gaps();
    servers.master.kill();
    // Until there is a new one every answer is an error; none is wrong.
    std::string got;
    bool was_wrong = false;
    CHECK(eventually(
        [&]
        {
            got = at.get("a");
            was_wrong |= got == "(none)";
            return got == "x" || was_wrong;
        },
        20s
    ));
    CHECK_FALSE(was_wrong);
    CHECK(at.put("a", 2, "y") == "put");
    CHECK(servers.replica.cli("role").starts_with("master"));
    CHECK(eventually([&] { return at.gaps() > gaps; }));

    // The old one comes back as a replica, and is left alone.
    servers.master.start();
    CHECK(at.get("a") == "y");
}

TEST_CASE("a master that is demoted while we are connected is left at its first refusal", "[redis]")
{
    watched_redis servers;
    redis_subject at(servers.configuration());
    REQUIRE(at.put("a", 1, "x") == "put");
    // Refused while it has not yet heard from the replica that it follows.
    REQUIRE(eventually([&] { return servers.sentinel.cli("sentinel failover ours").starts_with("OK"); }, 20s)
    );
    std::uint64_t version = 1;
    CHECK(eventually([&] { return servers.replica.cli("role").starts_with("master"); }, 20s));
    CHECK(eventually([&] { return at.put("a", ++version, "y") == "put"; }, 20s));
    CHECK(eventually([&] { return at.get("a") == "y"; }, 20s));
}

TEST_CASE(
    "a sentinel that was cut off, and names what is no master any more, hides none of the others", "[redis]"
)
{
    const watched_redis servers;
    redis_server alone; // a Redis that the cut-off sentinel takes for the master, as long as it is there
    const auto stays_a_replica = GENERATE(true, false);
    CAPTURE(stays_a_replica);
    const redis_server cut_off(
        {"sentinel monitor ours 127.0.0.1 " + std::to_string(alone.port()) + " 1",
         "sentinel down-after-milliseconds ours 60000"},
        redis_server::listens::as_sentinel
    );
    if (stays_a_replica)
        alone.cli("replicaof 127.0.0.1 " + std::to_string(servers.master.port()));
    else
        alone.kill();
    auto with = redis_at({cut_off.address(), servers.sentinel.address() + "/1"});
    with.what = net::redis_configuration::kind::sentinel;
    with.sentinel_master = "ours";
    redis_subject at(with);
    REQUIRE(at.put("a", 1, "x") == "put");
    CHECK(at.get("a") == "x");
    CHECK(servers.master.cli("-n 1 exists " + at.prefix() + "a").starts_with("1"));
}

TEST_CASE("when no sentinel names a master, the reason of the one that was named is told", "[redis]")
{
    redis_server gone;
    const redis_server cut_off(
        {"sentinel monitor ours 127.0.0.1 " + std::to_string(gone.port()) + " 1"},
        redis_server::listens::as_sentinel
    );
    const auto port = std::to_string(gone.port());
    gone.kill();
    auto with = redis_at({cut_off.address(), "redis://127.0.0.1:1"});
    with.what = net::redis_configuration::kind::sentinel;
    with.sentinel_master = "ours";
    redis_subject at(with, redis_subject::waits::for_nothing);
    CHECK_THAT(at.get("a"), Catch::Matchers::Contains(port));
}

TEST_CASE("a slot that moves while commands run loses nothing and refuses nothing", "[redis]")
{
    redis_cluster_of_three cluster;
    redis_subject at(cluster.configuration());
    // All in one slot, by the braces.
    const auto name = [](int number) { return "{moving}" + std::to_string(number); };
    const auto slot = std::to_string(net::redis_slot(at.prefix() + "{moving}0"));
    std::uint64_t version = 0;
    const auto use = [&]
    {
        for (int number = 0; number < 8; ++number)
        {
            ++version;
            CHECK(at.put(name(number), version, std::to_string(version)) == "put");
            CHECK(at.get(name(number)) == std::to_string(version));
        }
    };
    use();
    // Who has it, and where it goes.
    std::size_t from = 0;
    while (cluster.node(from).cli("cluster countkeysinslot " + slot).starts_with("0"))
        ++from;
    const auto to = (from + 1) % 3;
    REQUIRE(from < 3);
    cluster.node(to).cli("cluster setslot " + slot + " importing " + cluster.id(from));
    cluster.node(from).cli("cluster setslot " + slot + " migrating " + cluster.id(to));
    use(); // each key is still there
    const auto target = "127.0.0.1 " + std::to_string(cluster.node(to).port());
    for (int number = 0; number < 8; number += 2)
        cluster.node(from).cli("migrate " + target + " \"" + at.prefix() + name(number) + "\" 0 1000");
    CHECK(at.get("{moving}new") == "(none)"); // ASK
    use();                                    // some here, some there
    for (int number = 1; number < 8; number += 2)
        cluster.node(from).cli("migrate " + target + " \"" + at.prefix() + name(number) + "\" 0 1000");
    for (const auto node : {to, from})
        cluster.node(node).cli("cluster setslot " + slot + " node " + cluster.id(to));
    use(); // MOVED
    CHECK(at.here().state().is_usable);
}

TEST_CASE("a cluster that loses a node is down for its slots only, and says which node", "[redis]")
{
    redis_cluster_of_three cluster;
    redis_subject at(cluster.configuration());
    cluster.node(2).kill();
    CHECK(eventually([&] { return !at.here().state().is_usable; }));
    cluster.node(2).start();
    CHECK(eventually([&] { return at.here().state().is_usable; }, 15s));
    // The nodes may agree on that a moment later.
    CHECK(eventually([&] { return at.put("a", 1, "x") == "put"; }, 15s));
}

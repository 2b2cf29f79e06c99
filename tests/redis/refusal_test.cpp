// SPDX-License-Identifier: Apache-2.0
// What Redis refuses, said in words with what to do.
#include "redis/redis_kinds.hpp"
#include "redis/redis_subject.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::test;
using Catch::Matchers::Contains;

namespace
{

// What an administrator reads.
std::string complaint(const net::redis_configuration& with)
{
    redis_subject at(with, redis_subject::waits::for_nothing);
    const auto got = at.run(at.here().get("a"));
    if (got)
        return "(no complaint)";
    CHECK(got.error().code == errc::session_store_unavailable);
    return got.error().detail;
}

} // namespace

TEST_CASE("a password that is missing or wrong is said so", "[redis]")
{
    const redis_server server({"requirepass right"});
    auto with = redis_at({server.address()});
    CHECK_THAT(complaint(with), Contains("NOAUTH") && Contains("set redis.password"));
    {
        redis_subject at(with, redis_subject::waits::for_nothing);
        CHECK(eventually([&] { return at.here().state().last_error.contains("NOAUTH"); }));
        CHECK_FALSE(at.here().state().is_usable);
    }
    with.access.password = secret("wrong");
    const auto said = complaint(with);
    CHECK_THAT(said, Contains("WRONGPASS") && Contains("check redis.username and redis.password"));
    CHECK_FALSE(said.contains("wrong\""));
    with.access.password = secret("right");
    CHECK(complaint(with) == "(no complaint)");
}

TEST_CASE("what an ACL user may not do is said so", "[redis]")
{
    const redis_server server({"user gate on >x ~test* &test* +ping"});
    auto with = redis_at({server.address()});
    with.access.username = "gate";
    with.access.password = secret("x");
    CHECK_THAT(complaint(with), Contains("hmget") && Contains("docs/redis.md"));
}

TEST_CASE("a database that does not exist is said so", "[redis]")
{
    const redis_server server;
    CHECK_THAT(complaint(redis_at({server.address() + "/99"})), Contains("check redis.url"));
}

TEST_CASE("full memory, a replica and foreign data are said so", "[redis]")
{
    redis_server server;
    redis_subject at(redis_at({server.address()}));
    server.cli("config set maxmemory 1");
    CHECK_THAT(at.put("a", 1, "x"), Contains("maxmemory"));
    server.cli("config set maxmemory 0");
    server.cli("set " + at.prefix() + "foreign text");
    CHECK_THAT(at.get("foreign"), Contains("redis.key_prefix of its own"));
    server.cli("replicaof 127.0.0.1 1");
    CHECK_THAT(at.put("a", 1, "x"), Contains("replica"));
}

TEST_CASE("a node of a cluster that is taken for a single server says so", "[redis]")
{
    auto with = shared_cluster().configuration();
    with.what = net::redis_configuration::kind::standalone;
    with.addresses.erase(with.addresses.begin());
    redis_subject at(with);
    bool was_moved = false;
    for (int number = 0; number < 100 && !was_moved; ++number)
        was_moved = at.get(std::to_string(number)).contains("set redis.kind to cluster");
    CHECK(was_moved);
}

TEST_CASE("a server with TLS that is not the one it should be is refused", "[redis]")
{
    const secure_redis server;
    auto with = server.configuration();
    const test_authority another;
    const auto ours = server.authority().issue({.common_name = "gate"});
    const auto trusting = [&](const std::string& authorities, const issued_certificate& shown)
    {
        return net::tls_context::client(
                   authorities, net::tls_context::verification::full, shown.certificate_pem, shown.key_pem
        )
            .value();
    };
    with.access.tls = trusting(another.pem(), ours);
    CHECK_THAT(complaint(with), Contains("TLS"));
    with.access.tls = trusting(server.authority().pem(), {});
    CHECK(complaint(with) != "(no complaint)"); // it wants a certificate of ours
    with.access.tls = trusting(server.authority().pem(), ours);
    with.addresses.front().host = "localhost"; // the certificate is for 127.0.0.1
    CHECK_THAT(complaint(with), Contains("TLS"));
}

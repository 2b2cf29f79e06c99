// SPDX-License-Identifier: Apache-2.0
// The contract of shelves on every kind of Redis; the servers live as long as the tests.
#include "net/tls.hpp"
#include "redis/redis_kinds.hpp"
#include "redis/redis_subject.hpp"

using namespace sekisho;
using namespace sekisho::test;

namespace
{

void check(const net::redis_configuration& with)
{
    shelf_contract([&with] { return std::make_unique<redis_subject>(with); });
}

} // namespace

TEST_CASE("a shelf on one Redis keeps the contract of shelves", "[redis]")
{
    static const redis_server server;
    check(redis_at({server.address() + "/3"}));
}

TEST_CASE("a shelf on Redis with TLS and client certificates keeps the contract", "[redis]")
{
    static const secure_redis server;
    check(server.configuration());
}

TEST_CASE("a shelf of an ACL user that may do what docs/redis.md lists keeps the contract", "[redis]")
{
    static const redis_server server({acl_user()});
    auto with = redis_at({server.address()});
    with.access.username = "gate";
    with.access.password = secret("pass word");
    check(with);
}

TEST_CASE("a shelf behind a unix socket keeps the contract", "[redis]")
{
    static const redis_server server({"unixsocket {dir}/socket"});
    check(redis_at({"unix://" + server.file("socket") + "?db=2"}));
}

TEST_CASE("a shelf on a master that sentinels know keeps the contract", "[redis]")
{
    static const watched_redis servers;
    check(servers.configuration());
}

TEST_CASE("a shelf on a cluster keeps the contract", "[redis]") { check(shared_cluster().configuration()); }

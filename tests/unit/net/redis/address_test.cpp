// SPDX-License-Identifier: Apache-2.0
#include "net/redis/address.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using net::parse_redis_address;
using net::redis_address;
using way = redis_address::way;

TEST_CASE("an address of Redis is read as people write it", "[net]")
{
    const auto [text, expected] = GENERATE(table<std::string, redis_address>({
        {"redis://cache", {way::tcp, "cache", 6379, {}, {}}},
        {"redis://cache/", {way::tcp, "cache", 6379, {}, {}}},
        {"redis://cache:6380/3", {way::tcp, "cache", 6380, {}, 3}},
        {"rediss://10.0.0.1:1", {way::tls, "10.0.0.1", 1, {}, {}}},
        {"redis://[::1]:6380", {way::tcp, "::1", 6380, {}, {}}},
        {"unix:///run/redis.sock", {way::unix_socket, {}, 0, "/run/redis.sock", {}}},
        {"unix:///run/my%20redis.sock?db=2", {way::unix_socket, {}, 0, "/run/my redis.sock", 2}},
    }));
    CAPTURE(text);
    const auto got = parse_redis_address(text);
    REQUIRE(test::outcome(got) == "ok");
    CHECK(*got == expected);
}

TEST_CASE("an address that is none says what is wrong, and repeats no password", "[net]")
{
    const auto [text, part] = GENERATE(table<std::string, std::string>({
        {"cache:6379", "no scheme"},
        {"http://cache", "redis, rediss"},
        {"redis://user:hidden@cache", "redis.username and redis.password"},
        {"redis://:hidden@cache", "redis.username and redis.password"},
        {"redis://", "names no host"},
        {"redis://:6379", "names no host"},
        {"redis://cache:0", "port"},
        {"redis://cache:65536", "port"},
        {"redis://cache:6379x", "port"},
        {"redis://::1", "names no host"},
        {"redis://[::1", "bracket"},
        {"redis://cache/x", "no number of a database"},
        {"redis://cache/-1", "no number of a database"},
        {"redis://cache?db=1", "query"},
        {"unix://run/redis.sock", "whole path"},
        {"unix:///", "whole path"},
        {"unix:///a?x=1", "?db="},
    }));
    CAPTURE(text);
    const auto got = parse_redis_address(text);
    REQUIRE_FALSE(got);
    CHECK(test::has(got.error().detail, part));
    CHECK_FALSE(test::has(got.error().detail, "hidden"));
}

TEST_CASE("an address is shown as people know it", "[net]")
{
    CHECK(net::to_text(parse_redis_address("redis://[::1]:7").value()) == "[::1]:7");
    CHECK(net::to_text(parse_redis_address("rediss://cache").value()) == "cache:6379");
    CHECK(net::to_text(parse_redis_address("unix:///a").value()) == "/a");
}

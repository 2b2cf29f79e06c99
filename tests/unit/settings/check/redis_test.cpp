// SPDX-License-Identifier: Apache-2.0
#include "settings/check/check.hpp"
#include "support/catch.hpp"
#include "unit/settings/support.hpp"

#include <string>

namespace sekisho::settings
{
namespace
{

using Catch::Matchers::Contains;
using test::load_with;
using test::texts_of;

struct redis_case
{
    environment changes;
    std::string setting;
    std::string message;
};

void check_one(const std::vector<finding>& findings, const redis_case& expected)
{
    CAPTURE(expected.changes, texts_of(findings));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].setting == expected.setting);
    CHECK_THAT(findings[0].message, Contains(expected.message));
}

} // namespace

TEST_CASE("settings of Redis that cannot work are refused with the reason", "[settings]")
{
    const auto expected = GENERATE(values<redis_case>({
        {{{"SESSION_STORE", "redis"}}, "redis.url", "needs to know where"},
        {{{"REDIS_URL", "http://cache"}}, "redis.url", "must begin with redis://"},
        {{{"REDIS_URL", "redis://me:hidden@cache"}}, "redis.url", "redis.username and redis.password"},
        {{{"REDIS_URL", "redis://a, redis://b"}}, "redis.url", "sentinel or cluster"},
        {{{"REDIS_URL", "redis://a, rediss://b"}, {"REDIS_KIND", "cluster"}}, "redis.url", "all be the same"},
        {{{"REDIS_URL", "redis://a/1"}, {"REDIS_KIND", "cluster"}}, "redis.url", "database 0 only"},
        {{{"REDIS_URL", "unix:///a"}, {"REDIS_KIND", "cluster"}}, "redis.url", "one server"},
        {{{"REDIS_URL", "unix:///a"}, {"REDIS_KIND", "sentinel"}}, "redis.url", "one server"},
        {{{"REDIS_URL", "rediss://a"}, {"REDIS_CLIENT_CERTIFICATE", "/a"}}, "redis.client_key", "go together"
        },
        {{{"REDIS_URL", "rediss://a"}, {"REDIS_CLIENT_KEY", "/a"}}, "redis.client_certificate", "go together"
        },
        {{{"REDIS_URL", "redis://a"}, {"REDIS_USERNAME", "me"}}, "redis.password", "with a password"},
    }));
    const auto loaded = load_with(expected.changes);
    check_one(loaded.found.problems, expected);
}

TEST_CASE("settings of Redis without effect are warned of", "[settings]")
{
    const environment changes{{"REDIS_URL", "redis://a"}, {"REDIS_CA_FILE", "/a"}};
    check_one(load_with(changes).found.warnings, {changes, "redis.ca_file", "rediss:// only"});
    const auto bare = test::load_file("redis:\n  url: redis://a\n  key_prefix: \"\"\n");
    check_one(bare.found.warnings, {{}, "redis.key_prefix", "is empty"});
}

TEST_CASE("usual settings of Redis are fine", "[settings]")
{
    const auto url = GENERATE("redis://cache:6379/3", "rediss://cache", "unix:///run/redis.sock");
    CHECK(load_with({{"REDIS_URL", url}}).found.problems.empty());
    CHECK(
        load_with({{"REDIS_URL", "redis://a, redis://b/0"}, {"REDIS_KIND", "cluster"}}).found.problems.empty()
    );
}

} // namespace sekisho::settings

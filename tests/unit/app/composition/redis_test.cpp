// SPDX-License-Identifier: Apache-2.0
#include "app/composition/redis.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/test_certificates.hpp"

#include <map>

using namespace sekisho;
using namespace sekisho::app;
using namespace std::chrono_literals;

namespace
{

using files = std::map<std::string, std::string>;

auto reader_of(files known)
{
    return [known](const std::string& name) -> result<std::string>
    {
        const auto found = known.find(name);
        if (found == known.end())
            return fail(errc::value_malformed, "file", "No such file or directory");
        return found->second;
    };
}

settings::redis_settings usual()
{
    settings::redis_settings made;
    made.url = {"rediss://cache:6380/2"};
    return made;
}

} // namespace

TEST_CASE("the settings of Redis arrive where they are used", "[app]")
{
    auto set = usual();
    set.username = "gate";
    set.password = secret("x");
    set.key_prefix = "ours:";
    set.timeout = 300ms;
    set.connect_timeout = 400ms;
    const auto kind = GENERATE(
        std::pair{settings::redis_kind::standalone, net::redis_configuration::kind::standalone},
        std::pair{settings::redis_kind::sentinel, net::redis_configuration::kind::sentinel},
        std::pair{settings::redis_kind::cluster, net::redis_configuration::kind::cluster}
    );
    set.kind = kind.first;
    const auto made = redis_shelf_of(set, reader_of({}));
    REQUIRE(made);
    CHECK(made->prefix == "ours:");
    CHECK(made->redis.what == kind.second);
    REQUIRE(made->redis.addresses.size() == 1);
    CHECK(made->redis.addresses[0].host == "cache");
    CHECK(made->redis.addresses[0].database == 2);
    CHECK(made->redis.access.username == "gate");
    CHECK(made->redis.access.password.reveal() == "x");
    CHECK(made->redis.access.command_time == 300ms);
    CHECK(made->redis.access.connect_time == 400ms);
    CHECK(made->redis.access.tls);
}

TEST_CASE("every problem with Redis is named with its setting", "[app]")
{
    auto set = usual();
    set.url.push_back("redis://me:hidden@cache");
    set.ca_file = "ca";
    set.client_certificate = "cert";
    set.client_key = "key";
    const auto made = redis_shelf_of(set, reader_of({{"ca", "x"}, {"key", "x"}}));
    REQUIRE_FALSE(made);
    REQUIRE(made.error().size() == 2);
    CHECK(made.error()[0].setting == "redis.url");
    CHECK(made.error()[1].setting == "redis.client_certificate");
    CHECK(test::has(made.error()[1].message, "No such file"));
}

TEST_CASE("certificates for Redis that are none are named", "[app]")
{
    const test::test_authority authority;
    const auto ours = authority.issue({});
    const auto other = authority.issue({});
    const files good{{"ca", authority.pem()}, {"cert", ours.certificate_pem}, {"key", ours.key_pem}};
    auto set = usual();
    set.ca_file = "ca";
    set.client_certificate = "cert";
    set.client_key = "key";
    CHECK(redis_shelf_of(set, reader_of(good)));
    const auto [file, text, setting] = GENERATE_COPY(table<std::string, std::string, std::string>({
        {"ca", "x", "redis.ca_file"},
        {"cert", "x", "redis.client_certificate"},
        {"key", "x", "redis.client_key"},
        {"key", other.key_pem, "redis.client_key"},
    }));
    auto bad = good;
    bad[file] = text;
    const auto made = redis_shelf_of(set, reader_of(bad));
    REQUIRE_FALSE(made);
    REQUIRE(made.error().size() == 1);
    CHECK(made.error()[0].setting == setting);
    // A file that changed makes another shelf at the next reload.
    CHECK(fingerprint_of(set, reader_of(bad)) != fingerprint_of(set, reader_of(good)));
}

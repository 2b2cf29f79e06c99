// SPDX-License-Identifier: Apache-2.0
// What decides in the Redis client, without a server: slots, redirections, pauses, what goes again.
#include "net/redis/failure.hpp"
#include "net/redis/pause.hpp"
#include "net/redis/script.hpp"
#include "net/redis/slots.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::net;
using namespace std::chrono_literals;
using kind = redis_reply::kind;

namespace
{

redis_reply refusal(std::string words) { return {kind::error, std::move(words), 0, {}}; }
redis_reply text(std::string value) { return {kind::text, std::move(value), 0, {}}; }
redis_reply number(std::int64_t value) { return {kind::number, {}, value, {}}; }
redis_reply list(std::vector<redis_reply> of) { return {kind::list, {}, 0, std::move(of)}; }

redis_address node(std::string host, std::uint16_t port)
{
    return {redis_address::way::tls, std::move(host), port, {}, {}};
}

redis_reply range(int first, int last, redis_reply host, int port)
{
    return list({number(first), number(last), list({std::move(host), number(port), text("id")})});
}

result<redis_reply> broken(errc code) { return fail(code, "redis"); }

} // namespace

TEST_CASE("keys have the slots of the cluster specification", "[net]")
{
    const auto [key, slot] = GENERATE(table<std::string, int>({
        {"", 0},
        {"123456789", 0x31c3}, // the specification's own check value
        {"foo", 12182},
        {"{foo}bar", 12182},
        {"x{foo}{bar}", 12182},
        {"{}foo", 9500}, // empty braces do not count
        {"foo{", 16237 % 16384},
    }));
    CAPTURE(key);
    if (key != "{}foo" && key != "foo{")
        CHECK(redis_slot(key) == slot);
    else
        CHECK(redis_slot(key) != redis_slot("foo"));
}

TEST_CASE("redirections are read, whatever the host looks like", "[net]")
{
    const auto [words, what, slot, host, port] =
        GENERATE(table<std::string, redis_redirection::kind, int, std::string, int>({
            {"MOVED 3999 127.0.0.1:6381", redis_redirection::kind::moved, 3999, "127.0.0.1", 6381},
            {"ASK 16383 cache.example:1", redis_redirection::kind::ask, 16383, "cache.example", 1},
            {"MOVED 0 ::1:6381", redis_redirection::kind::moved, 0, "::1", 6381},
            {"MOVED 1 :6381", redis_redirection::kind::moved, 1, "asked", 6381},
            {"MOVED 1 ?:6381", redis_redirection::kind::moved, 1, "asked", 6381},
        }));
    const auto got = read_redirection(refusal(words), node("asked", 7));
    REQUIRE(got);
    CHECK(got->what == what);
    CHECK(got->slot == slot);
    CHECK(got->to == node(host, static_cast<std::uint16_t>(port)));
}

TEST_CASE("what is no redirection is none", "[net]")
{
    const auto* words = GENERATE(
        "MOVED",
        "MOVED 1",
        "MOVED 16384 a:1",
        "MOVED -1 a:1",
        "MOVED 1 a",
        "MOVED 1 a:0",
        "MOVED 1 a:65536",
        "MOVEDX 1 a:1",
        "ERR MOVED 1 a:1"
    );
    CHECK_FALSE(read_redirection(refusal(words), node("asked", 7)));
    CHECK_FALSE(read_redirection(text("MOVED 1 a:1"), node("asked", 7)));
}

TEST_CASE("the slots of a cluster are read, and one can move", "[net]")
{
    const auto reply = list({range(0, 99, text("a"), 1), range(100, 16383, redis_reply{}, 2)});
    auto slots = redis_slot_map::read(reply, node("asked", 7));
    REQUIRE(slots);
    CHECK(slots->is_complete());
    CHECK(*slots->owner(99) == node("a", 1));
    CHECK(*slots->owner(100) == node("asked", 2)); // a host that is not told is the one that answered
    CHECK(slots->masters().size() == 2);

    const auto moved = GENERATE(std::uint16_t{0}, std::uint16_t{50}, std::uint16_t{99}, std::uint16_t{16383});
    CAPTURE(moved);
    slots->move(moved, node("c", 3));
    CHECK(slots->is_complete());
    CHECK(*slots->owner(moved) == node("c", 3));
    if (moved > 0)
        CHECK(
            *slots->owner(static_cast<std::uint16_t>(moved - 1)) ==
            (moved <= 100 ? node("a", 1) : node("asked", 2))
        );
    if (moved < 16383)
        CHECK(
            *slots->owner(static_cast<std::uint16_t>(moved + 1)) ==
            (moved < 99 ? node("a", 1) : node("asked", 2))
        );
}

TEST_CASE("slots that nobody keeps are noticed, and answers that are none", "[net]")
{
    const auto gap = redis_slot_map::read(list({range(0, 99, text("a"), 1)}), node("asked", 7));
    REQUIRE(gap);
    CHECK_FALSE(gap->is_complete());
    CHECK(gap->owner(100) == nullptr);
    const auto wrong = GENERATE(
        list({}),
        refusal("ERR This instance has cluster support disabled"),
        list({range(5, 4, text("a"), 1)}),
        list({range(0, 16384, text("a"), 1)}),
        list({range(0, 1, text("a"), 0)}),
        list({list({number(0), number(1)})}),
        list({number(1)})
    );
    CHECK_FALSE(redis_slot_map::read(wrong, node("asked", 7)));
}

TEST_CASE("attempts to connect come soon at first, then about once a second", "[net]")
{
    const auto [failures, least, most] = GENERATE(table<unsigned, int, int>({
        {0, 50, 50},
        {1, 50, 100},
        {2, 100, 200},
        {3, 200, 400},
        {4, 400, 800},
        {5, 500, 1000},
        {4'000'000'000, 500, 1000},
    }));
    CHECK(redis_pause(failures, 0).count() == least);
    CHECK(redis_pause(failures, 0.9999).count() <= most);
    CHECK(redis_pause(failures, 0.9999).count() >= most - 1);
}

TEST_CASE("a command goes again only in the form that may", "[net]")
{
    redis_sending once({.words = {"DEL", "a"}, .key = "a"});
    CHECK_FALSE(once.goes_again(broken(errc::network_failure)));

    redis_sending twice({.words = {"first"}, .key = "a", .again = {"again"}});
    CHECK_FALSE(twice.goes_again(broken(errc::network_timeout)));
    CHECK(twice.words() == redis_words{"first"});
    CHECK(twice.goes_again(broken(errc::network_failure)));
    CHECK(twice.words() == redis_words{"again"});
    CHECK_FALSE(twice.goes_again(broken(errc::network_failure)));
    CHECK_FALSE(twice.goes_again(text("OK")));
}

TEST_CASE("a script that the server does not know goes again with its text, once", "[net]")
{
    const redis_script script("return 1");
    redis_sending sending(script.command("k", {"x"}, {"y"}));
    CHECK(
        sending.words() == redis_words{"EVALSHA", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", "1", "k", "x"}
    );
    CHECK(sending.goes_again(refusal("NOSCRIPT No matching script. Please use EVAL.")));
    CHECK(sending.words() == redis_words{"EVAL", "return 1", "1", "k", "x"});
    CHECK_FALSE(sending.goes_again(refusal("NOSCRIPT No matching script. Please use EVAL.")));
    CHECK(sending.goes_again(broken(errc::network_failure)));
    CHECK(sending.words() == redis_words{"EVAL", "return 1", "1", "k", "y"});
}

TEST_CASE("what Redis refuses is explained, with what to do and its own words", "[net]")
{
    const auto [words, part] = GENERATE(table<std::string, std::string>({
        {"NOAUTH Authentication required.", "set redis.password"},
        {"WRONGPASS invalid username-password pair or user is disabled.", "redis.username and redis.password"
        },
        {"ERR invalid password", "check redis.password"},
        {"ERR AUTH <password> called without any password configured for the default user.", "unset"},
        {"NOPERM this user has no permissions to run the 'hmget' command", "docs/redis.md"},
        {"LOADING Redis is loading the dataset in memory", "wait"},
        {"CLUSTERDOWN Hash slot not served", "--cluster check"},
        {"OOM command not allowed when used memory > 'maxmemory'.", "maxmemory"},
        {"READONLY You can't write against a read only replica.", "name the master"},
        {"ERR Error running script (call to f_1): @user_script:3: -READONLY You can't write", "Redis refuses"
        },
        {"ERR Error running script (call to f_1): @user_script:3: READONLY You can't write", "name the master"
        },
        {"MOVED 1 a:1", "set redis.kind to cluster"},
        {"WRONGTYPE Operation against a key", "key_prefix of its own"},
        {"ERR DB index is out of range", "check redis.url"},
        {"SOMETHING else", "Redis refuses: \"SOMETHING else\""},
    }));
    CAPTURE(words);
    const auto said = explain_redis_error(refusal(words));
    CHECK(test::has(said, part));
    CHECK(test::has(said, words.substr(0, 10)));
    CHECK(explain_redis_error(refusal(std::string(10'000, 'x'))).size() < 300);
}

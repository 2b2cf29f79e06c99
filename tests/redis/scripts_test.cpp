// SPDX-License-Identifier: Apache-2.0
// What redis_shelf says to Redis, beyond the contract of shelves: what is said twice, and what is left
// behind.
#include "net/redis/client.hpp"
#include "net/run_on.hpp"
#include "redis/redis_subject.hpp"
#include "session/redis_scripts.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <boost/asio/post.hpp>

#include <string>

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using session::put_when;
namespace redis = session::redis;

namespace
{

net::task<result<net::redis_reply>> ask(std::shared_ptr<net::redis_client> client, net::redis_command what)
{
    auto reply = co_await client->send(std::move(what));
    co_return reply;
}

// A Redis with nothing in it, and a client.
class bare_redis
{
public:
    bare_redis()
    {
        client_ = std::make_shared<net::redis_client>(control_.worker(), redis_at({server.address()}));
    }
    ~bare_redis()
    {
        net::asio::post(control_.worker().get_executor(), [client = client_] { client->stop(); });
        client_.reset();
    }
    bare_redis(const bare_redis&) = delete;
    bare_redis& operator=(const bare_redis&) = delete;

    net::redis_reply send(net::redis_command what)
    {
        auto reply = run(net::run_on(control_.worker().get_executor(), ask(client_, std::move(what))));
        REQUIRE(reply);
        return *std::move(reply);
    }
    bool flag(net::redis_command what)
    {
        const auto read = redis::read_flag(send(std::move(what)));
        REQUIRE(read);
        return *read;
    }
    void done(net::redis_command what) { REQUIRE(redis::read_done(send(std::move(what)))); }
    // Of a key; -2: there is none.
    std::chrono::milliseconds life(const std::string& key) const
    {
        return std::chrono::milliseconds(std::stoll(server.cli("pttl " + key)));
    }
    std::string count(const std::string& set) const
    {
        auto text = server.cli("zcard " + set);
        while (text.ends_with('\n'))
            text.pop_back();
        return text;
    }

    redis_server server;

private:
    control_thread control_;
    std::shared_ptr<net::redis_client> client_;
};

// As it is sent when nobody knows whether it was executed before.
net::redis_command again(net::redis_command what)
{
    what.words = what.again;
    return what;
}

bool is_about(std::chrono::milliseconds life, std::chrono::milliseconds expected)
{
    return life <= expected && life > expected - 1min;
}

} // namespace

TEST_CASE("a put whose answer was lost succeeds when it is said again, and only that one", "[redis]")
{
    const auto when = GENERATE(put_when::absent, put_when::absent_or_newer);
    bare_redis at;
    const auto put = [&](std::string value) { return redis::put("k", {5, std::move(value)}, 1h, when); };
    CHECK(at.flag(put("mine")));
    CHECK_FALSE(at.flag(put("mine"))); // two who put the same are two
    CHECK(at.flag(again(put("mine"))));
    CHECK_FALSE(at.flag(again(put("another's"))));
    const auto there = redis::read_shelved(at.send(redis::get("k")));
    REQUIRE(there);
    CHECK((*there)->value == "mine");
}

TEST_CASE("what takes is never said again, for nobody knows who took", "[redis]")
{
    CHECK(redis::take("k").again.empty());
    CHECK(redis::take_own("k", "mine").again.empty());
    CHECK_FALSE(redis::get("k").again.empty());
    CHECK_FALSE(redis::add_member("s", "m", 1h).again.empty());
    CHECK_FALSE(redis::members("s").again.empty());
}

TEST_CASE("nothing of ours stays in Redis for ever", "[redis]")
{
    bare_redis at;
    CHECK(at.flag(redis::put("k", {1, "x"}, 1h, put_when::absent)));
    CHECK(is_about(at.life("k"), 1h));
    CHECK(at.flag(redis::put("k", {2, "y"}, 3h, put_when::newer)));
    CHECK(is_about(at.life("k"), 3h));
    CHECK(at.flag(redis::put("k", {3, "z"}, 0ms, put_when::newer)));
    CHECK(at.life("k") == -2ms);

    // A set lives as long as the member that ends last, wherever that one was added.
    at.done(redis::add_member("s", "long", 3h));
    at.done(redis::add_member("s", "short", 1h));
    CHECK(is_about(at.life("s"), 3h));
    at.done(redis::add_member("s", "long", 2h));
    CHECK(is_about(at.life("s"), 2h));
    at.done(redis::add_member("s", "long", 0ms));
    CHECK(is_about(at.life("s"), 1h));
    at.done(redis::remove_member("s", "short"));
    CHECK(at.life("s") == -2ms);
}

TEST_CASE("members that are over leave with the next one that comes", "[redis]")
{
    bare_redis at;
    at.done(redis::add_member("s", "over", 20ms));
    at.done(redis::add_member("s", "stays", 1h));
    CHECK(eventually(
        [&]
        {
            const auto found = redis::read_members(at.send(redis::members("s")));
            return found && *found == std::vector<std::string>{"stays"};
        }
    ));
    CHECK(at.count("s") == "2"); // not told any more, but there
    at.done(redis::add_member("s", "next", 1h));
    CHECK(at.count("s") == "2");
}

TEST_CASE("a set that has grown beyond all reason is told in part", "[redis]")
{
    bare_redis at;
    at.server.cli(
        "eval \"for i = 1, ARGV[1] do redis.call('zadd', KEYS[1], 9999999999999 + i, i) end\" 1 s " +
        std::to_string(redis::most_members + 5)
    );
    const auto found = redis::read_members(at.send(redis::members("s")));
    REQUIRE(found);
    CHECK(found->size() == redis::most_members);
    CHECK(found->front() == "1");
}

TEST_CASE("answers that are none of ours are refused, with what may be the cause", "[redis]")
{
    using kind = net::redis_reply::kind;
    const net::redis_reply text{kind::text, "x", 0, {}};
    const net::redis_reply number{kind::number, {}, 7, {}};
    const net::redis_reply nil;
    const net::redis_reply refusal{kind::error, "NOPERM no", 0, {}};
    const auto list = [](std::vector<net::redis_reply> of)
    { return net::redis_reply{kind::list, {}, 0, std::move(of)}; };
    const auto is_refused = [](const auto& read, std::string_view says)
    {
        REQUIRE_FALSE(read);
        CHECK(read.error().code == errc::session_store_unavailable);
        CHECK_THAT(read.error().detail, Contains(std::string(says)));
    };
    for (const auto& each :
         {text,
          number,
          nil,
          list({}),
          list({text}),
          list({text, text, text}),
          list({text, nil}),
          list({nil, text}),
          list({number, text})})
        is_refused(redis::read_shelved(each), "redis.key_prefix");
    is_refused(redis::read_flag(text), "redis.key_prefix");
    is_refused(redis::read_members(number), "redis.key_prefix");
    is_refused(redis::read_shelved(refusal), "docs/redis.md");
    is_refused(redis::read_flag(refusal), "docs/redis.md");
    is_refused(redis::read_members(refusal), "docs/redis.md");
    is_refused(redis::read_done(refusal), "docs/redis.md");
    const auto none = redis::read_shelved(list({nil, nil}));
    REQUIRE(none);
    CHECK_FALSE(none->has_value());
}

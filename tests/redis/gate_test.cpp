// SPDX-License-Identifier: Apache-2.0
// The running gate on a real Redis: endings that could not be told or heard at once.
#include "redis/redis_server.hpp"
#include "support/catch.hpp"
#include "support/doorway.hpp"

#include <functional>
#include <string>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

const std::string bearer = "YSB0b2tlbiBvZiBhZG1pbmlzdHJhdG9ycw0123456789";

// Sessions in cookies, so that a request needs no Redis as long as its session is known.
std::function<void(settings::model&)> with_redis(std::string address)
{
    return [address = std::move(address)](settings::model& with)
    {
        with.redis.url = {address};
        with.session.store = settings::session_store::cookie;
        with.admin.token = secret(bearer);
    };
}

// The same as a user whose rights may be taken.
std::function<void(settings::model&)> as_a(const redis_server& server)
{
    return [&server](settings::model& with)
    {
        with_redis(server.address())(with);
        with.redis.username = "a";
        with.redis.password = secret("any");
    };
}

std::string cookie_of(const settings::model& of, const std::string& id)
{
    auto value = signed_in_session();
    value.id = session::session_id(id);
    return "Cookie: " + session_cookie(of, value) + "\r\nAccept: application/json\r\n";
}

int status_of(doorway& door, const std::string& cookie)
{
    return door.ask(doorway::head("GET", "/private", cookie)).status();
}

int end(const running_gate& gate, const std::string& id)
{
    auto client = wire::to(gate.admin_port());
    client.send(doorway::head("DELETE", "/sessions/" + id, "Authorization: Bearer " + bearer + "\r\n"));
    return client.receive_message().status();
}

bool has_line(const std::string& text, std::string_view part) { return text.contains(part); }

} // namespace

TEST_CASE(
    "an ending that Redis did not take is told as soon as it takes it, without anybody asking", "[redis]"
)
{
    const redis_server server({"user a on nopass allkeys allchannels +@all"});
    doorway door(answering(plain_answer("ok")), as_a(server));
    const auto cookie = cookie_of(door.settings, "one");
    REQUIRE(eventually([&] { return status_of(door, cookie) == 200; }));

    server.cli("acl setuser a -zadd"
    ); // memory that is full would not do: Redis looks before a script's first write
    CHECK(end(door.gate, "one") == 503);
    CHECK(status_of(door, cookie) == 401); // here it is over
    CHECK_FALSE(has_line(server.cli("keys '*'"), "endings:told"));

    // The connection was there all the time: nothing but the clock makes the gate try again.
    server.cli("acl setuser a +zadd");
    CHECK(eventually([&] { return has_line(server.cli("keys '*'"), "endings:told"); }));
    doorway other(answering(plain_answer("ok")), with_redis(server.address()));
    const auto theirs = cookie_of(other.settings, "one");
    CHECK(eventually([&] { return status_of(other, theirs) == 401; }));
    CHECK(status_of(other, cookie_of(other.settings, "two")) == 200);
}

TEST_CASE("endings that could not be read after a gap are read as soon as they can be", "[redis]")
{
    const redis_server server({"user a on nopass allkeys allchannels +@all"});
    doorway here(answering(plain_answer("ok")), as_a(server));
    doorway there(answering(plain_answer("ok")), with_redis(server.address()));
    const auto cookie = cookie_of(here.settings, "one");
    REQUIRE(eventually([&] { return status_of(here, cookie) == 200; }));
    REQUIRE(eventually([&] { return status_of(there, cookie) == 200; }));

    // While it may not listen another replica ends a session.
    server.cli("acl setuser a resetchannels -zrangebyscore");
    server.cli("client kill user a");
    CHECK(end(there.gate, "one") == 200);
    CHECK(status_of(there, cookie) == 401);
    CHECK(status_of(here, cookie) == 200);

    // It listens again, but may not read what it missed.
    server.cli("acl log reset");
    server.cli("acl setuser a allchannels");
    REQUIRE(eventually([&] { return has_line(server.cli("acl log"), "zrangebyscore"); }));
    CHECK(status_of(here, cookie) == 200);

    // No further gap: nothing but the clock makes it try again.
    server.cli("acl setuser a +zrangebyscore");
    CHECK(eventually([&] { return status_of(here, cookie) == 401; }, std::chrono::seconds(5)));
    CHECK(status_of(here, cookie_of(here.settings, "two")) == 200);
}

TEST_CASE("a gate that is given a Redis finds nobody until it knows who has ended there", "[redis]")
{
    redis_server server;
    doorway there(answering(plain_answer("ok")), with_redis(server.address()));
    const auto ended = cookie_of(there.settings, "one");
    const auto other = cookie_of(there.settings, "two");
    REQUIRE(eventually([&] { return status_of(there, ended) == 200; }));
    REQUIRE(end(there.gate, "one") == 200);

    doorway here(answering(plain_answer("ok")));
    REQUIRE(status_of(here, ended) == 200); // without Redis nobody told it
    server.pause();
    auto with = here.settings;
    with_redis(server.address())(with);
    with.redis.timeout = std::chrono::milliseconds(300);
    REQUIRE(here.gate.reload(with).empty());
    CHECK(status_of(here, ended) == 503);
    CHECK(status_of(here, other) == 503);
    server.resume();
    CHECK(eventually([&] { return status_of(here, other) == 200; }));
    CHECK(status_of(here, ended) == 401);
}

// SPDX-License-Identifier: Apache-2.0
#include "app/composition/composition.hpp"
#include "base/log.hpp"
#include "session/cookie_store.hpp"
#include "session/ticket_store.hpp"
#include "support/captured_output.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/run.hpp"

#include <functional>
#include <string>

namespace sekisho::app
{
namespace
{

using sekisho::test::has;
using settings::session_store;

settings::model one_provider()
{
    settings::model made;
    made.upstream.url = url::parse("http://127.0.0.1:3000").value();
    made.oidc.issuer = "https://login.example.com";
    made.oidc.client_id = "gate";
    return made;
}

// Composes again and again, as reloads do.
struct workshop
{
    net::worker control;
    metric::registry metrics;
    foundation on{
        .control = control,
        .metrics = metrics,
        .random_secret = make_random_secret(),
        .read_file = [](const std::string& name) -> result<std::string>
        { return fail(errc::value_malformed, "test", name + " is not there"); }
    };
};

std::string told(const live_shelf& before, const live_shelf& now)
{
    sekisho::test::captured_output out;
    log::configure(log::level::info, log::format::text);
    tell_of_other_shelf(before, now);
    return out.take();
}

} // namespace

TEST_CASE("sessions live where the settings say, beside a shelf of this process or one of all", "[app]")
{
    const auto [store, has_redis, is_ticket, is_shared] = GENERATE(table<session_store, bool, bool, bool>({
        {session_store::automatic, false, false, false},
        {session_store::automatic, true, true, true},
        {session_store::cookie, false, false, false},
        {session_store::cookie, true, false, true},
        {session_store::memory, false, true, false},
        {session_store::memory, true, true, false},
        {session_store::redis, true, true, true},
    }));
    CAPTURE(static_cast<int>(store), has_redis);
    workshop here;
    auto values = one_provider();
    values.session.store = store;
    if (has_redis)
        values.redis.url = {"redis://127.0.0.1:1"};
    const auto made = compose(values, here.on).value();
    const auto& where = made.gateway->sessions->where();
    CHECK((dynamic_cast<const session::ticket_store*>(&where) != nullptr) == is_ticket);
    CHECK((dynamic_cast<const session::cookie_store*>(&where) != nullptr) != is_ticket);
    CHECK((made.shelf->redis != nullptr) == is_shared);
    CHECK((made.shelf->memory != nullptr) != is_shared);
    CHECK(&made.gateway->sessions->notes() == made.shelf->one.get());
}

TEST_CASE("a reload that changes the limit of sessions in memory does not throw them away", "[app]")
{
    workshop here;
    auto values = one_provider();
    values.session.store = session_store::memory;
    const auto first = compose(values, here.on).value();
    REQUIRE(sekisho::test::run(first.shelf->one->put("session:a", {1, "kept"}, 1h, session::put_when::absent))
    );
    values.session.memory_limit = 7;
    values.session.idle_timeout = 2h;
    const auto second = compose(values, here.on, &first).value();
    CHECK(second.shelf == first.shelf);
    CHECK(second.gateway->sessions != first.gateway->sessions);
    const auto kept = sekisho::test::run(second.gateway->sessions->notes().get("session:a"));
    REQUIRE(kept);
    CHECK(*kept);
}

TEST_CASE("a reload keeps the connection to Redis unless its settings are others", "[app]")
{
    workshop here;
    auto values = one_provider();
    values.redis.url = {"redis://127.0.0.1:1"};
    const auto first = compose(values, here.on).value();
    values.session.idle_timeout = 2h;
    CHECK(compose(values, here.on, &first).value().shelf == first.shelf);

    const auto [change, is_other] = GENERATE_COPY(table<std::function<void(settings::model&)>, bool>({
        {[](auto& with) { with.redis.url = {"redis://127.0.0.1:2"}; }, true},
        {[](auto& with) { with.redis.password = secret("hidden"); }, true},
        {[](auto& with) { with.redis.key_prefix = "other:"; }, true},
        {[](auto& with) { with.redis.url = {}; }, true},
        {[](auto& with) { with.session.store = session_store::memory; }, true},
        {[](auto& with) { with.session.max_per_person = 3; }, false},
    }));
    change(values);
    const auto second = compose(values, here.on, &first).value();
    CHECK((second.shelf != first.shelf) == is_other);
    CHECK(&second.gateway->sessions->notes() == second.shelf->one.get());
}

TEST_CASE("a Redis that cannot be used is a problem, and the one before stays", "[app]")
{
    workshop here;
    auto values = one_provider();
    values.redis.url = {"redis://127.0.0.1:1"};
    const auto first = compose(values, here.on).value();
    values.redis.url = {"http://cache"};
    const auto second = compose(values, here.on, &first);
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().front().setting == "redis.url");
    CHECK_FALSE(first.shelf->redis->description().empty());
}

TEST_CASE("sessions that are looked for elsewhere after a reload are told of", "[app]")
{
    workshop here;
    auto values = one_provider();
    const auto memory = compose(values, here.on).value();
    values.redis.url = {"redis://127.0.0.1:1"};
    const auto one = compose(values, here.on, &memory).value();
    values.redis.url = {"redis://127.0.0.1:2"};
    const auto two = compose(values, here.on, &one).value();
    values.redis.password = secret("hidden");
    const auto renewed = compose(values, here.on, &two).value();

    CHECK(
        has(told(*memory.shelf, *one.shelf),
            "session_store.replaced before=memory store=\"redis at 127.0.0.1:1\" meaning=")
    );
    CHECK(has(told(*one.shelf, *two.shelf), "before=\"redis at 127.0.0.1:1\" store=\"redis at 127.0.0.1:2\"")
    );
    CHECK(has(told(*two.shelf, *memory.shelf), "before=\"redis at 127.0.0.1:2\" store=memory"));
    const auto anew = told(*two.shelf, *renewed.shelf);
    CHECK(has(anew, "session_store.connected_anew store=\"redis at 127.0.0.1:2\"\n"));
    CHECK_FALSE(has(anew, "hidden"));
}

} // namespace sekisho::app

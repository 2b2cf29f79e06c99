// SPDX-License-Identifier: Apache-2.0
#include "gateway/form/kept_forms.hpp"
#include "session/memory_shelf.hpp"
#include "support/catch.hpp"
#include "support/failing_shelf.hpp"
#include "support/outcome.hpp"
#include "support/run.hpp"
#include "support/session_values.hpp"

using namespace sekisho;
using namespace sekisho::gateway;
using namespace std::chrono_literals;
using test::cookie_request;
using test::has;
using test::noon;
using test::run;

namespace
{

struct desk
{
    session::cookie_config config;
    std::shared_ptr<session::memory_shelf> memory = std::make_shared<session::memory_shelf>();
    std::shared_ptr<test::failing_shelf> shelf = std::make_shared<test::failing_shelf>(memory);
    std::shared_ptr<form_room> room = std::make_shared<form_room>(form_room_rules{.per_client = 4096});
    kept_forms forms = with("a secret of more than thirty-two bytes");

    explicit desk(session::transport by = session::transport::https) : config{.reached_by = by} {}

    kept_forms with(const std::string& key) const
    {
        return {
            config,
            shelf,
            crypto::key_ring({secret(key)}, "kept_form"),
            room,
            crypto::system_random(),
            {.largest = 64 * 1024, .life = 15min}
        };
    }
    result<kept_forms::kept> keep(const std::string& cookies = "", const std::string& value = "b")
    {
        const kept_form form{
            .origin = "https://app.example.com",
            .target = "/orders",
            .fields = {{"a", value}},
            .issuer = "https://idp.example",
            .subject = "alice"
        };
        const cookie_request request(cookies);
        return run(forms.keep(form, request, "192.0.2.7", noon));
    }
    // The value of its one field; "(none)", or the error.
    static std::string take(const kept_forms& from, const std::string& id, const std::string& cookies)
    {
        const cookie_request request(cookies);
        const auto found = run(from.take(id, request));
        if (!found)
            return std::string(describe(found.error().code).name);
        return *found ? (*found)->fields.at(0).value : "(none)";
    }
    std::string take(const std::string& id, const std::string& cookies) const
    {
        return take(forms, id, cookies);
    }
};

std::string pair_of(const std::string& set_cookie) { return set_cookie.substr(0, set_cookie.find(';')); }

} // namespace

TEST_CASE("a form waits for the browser that sent it, once, with whose it was", "[gateway]")
{
    desk here;
    const auto kept = here.keep();
    REQUIRE(kept);
    const cookie_request browser(pair_of(kept->cookie));
    const auto found = run(here.forms.take(kept->id, browser));
    REQUIRE(found);
    REQUIRE(*found);
    CHECK((*found)->target == "/orders");
    CHECK((*found)->issuer == "https://idp.example");
    CHECK((*found)->subject == "alice");
    CHECK(here.take(kept->id, pair_of(kept->cookie)) == "(none)");
    CHECK(here.memory->size() == 0);
}

TEST_CASE("a form is found by its id and its browser's cookie together only", "[gateway]")
{
    desk here;
    const auto one = here.keep("", "one");
    const auto other = here.keep("", "other");
    REQUIRE(one);
    REQUIRE(other);
    const auto cookie = pair_of(one->cookie);
    CHECK(here.take(other->id, cookie) == "(none)");
    CHECK(here.take(one->id, pair_of(other->cookie)) == "(none)");
    CHECK(here.take(one->id, "") == "(none)");
    CHECK(here.take("", cookie) == "(none)");
    CHECK(here.take(one->id.substr(1), cookie) == "(none)");
    CHECK(here.take(one->id, cookie + "x") == "(none)");
    const auto elsewhere = here.with("another secret of more than thirty-two bytes");
    CHECK(desk::take(elsewhere, one->id, cookie) == "(none)");
    CHECK(here.take(one->id, cookie) == "one"); // nothing of all this took it away
}

TEST_CASE("one cookie serves all forms of a browser", "[gateway]")
{
    desk here;
    const auto first = here.keep("", "one");
    REQUIRE(first);
    const auto second = here.keep(pair_of(first->cookie), "two");
    REQUIRE(second);
    CHECK(here.take(first->id, pair_of(second->cookie)) == "one");
    CHECK(here.take(second->id, pair_of(second->cookie)) == "two");
}

TEST_CASE("whoever reads the shelf or writes to it finds and forges no form", "[gateway]")
{
    desk here;
    const auto kept = here.keep("", "something entered");
    const auto other = here.keep();
    REQUIRE(kept);
    REQUIRE(other);
    const auto values = here.memory->values();
    REQUIRE(values.size() == 2);
    for (const auto& each : values)
    {
        CHECK(each.name.starts_with("form:"));
        CHECK_FALSE(has(each.name, kept->id));
        CHECK_FALSE(has(each.what.value, "something"));
    }
    // The value of one form under the name of the other.
    for (const auto& [name, value] :
         {std::pair(values[0].name, values[1].what.value), std::pair(values[1].name, values[0].what.value)})
        REQUIRE(run(here.memory->put(name, {2, value}, 1h, session::put_when::newer)).value());
    CHECK(here.take(kept->id, pair_of(kept->cookie)) == "(none)");
}

TEST_CASE("the cookie of kept forms is bound to this host where that can be", "[gateway]")
{
    desk here;
    const auto kept = here.keep();
    REQUIRE(kept);
    CHECK(kept->cookie.starts_with("__Host-sekisho_signin_form="));
    CHECK(has(kept->cookie, "; Secure"));
    CHECK(has(kept->cookie, "; HttpOnly"));
    CHECK(has(kept->cookie, "; Path=/"));
    CHECK(has(kept->cookie, "; Max-Age=900"));
    CHECK(here.forms.is_cookie_surely_ours());

    desk plain(session::transport::http);
    const auto there = plain.keep();
    REQUIRE(there);
    CHECK(there->cookie.starts_with("sekisho_signin_form="));
    CHECK_FALSE(plain.forms.is_cookie_surely_ours());
}

TEST_CASE("a form without room, or without a store, is not kept, and says which", "[gateway]")
{
    desk here;
    CHECK(test::outcome(here.keep("", std::string(4096, 'a'))) == "value_too_large at kept_forms");
    CHECK(here.memory->size() == 0);
    here.shelf->fail_from(1);
    CHECK(test::outcome(here.keep()).starts_with("session_store_unavailable"));
}

TEST_CASE("a form is not lost when the store fails on the way to it", "[gateway]")
{
    desk here;
    const auto kept = here.keep();
    REQUIRE(kept);
    const auto cookie = pair_of(kept->cookie);
    const auto call = GENERATE(std::size_t{1}, std::size_t{2});
    here.shelf->fail_only(call);
    CHECK(here.take(kept->id, cookie) == "session_store_unavailable");
    here.shelf->work();
    CHECK(here.take(kept->id, cookie) == "b");
}

// SPDX-License-Identifier: Apache-2.0
// Locks that ran out or were lost: no refresh token is used twice, and the newest tokens are those that stay.
#include "gateway/renewal/renewal.hpp"
#include "session/shelf_names.hpp"
#include "unit/gateway/renewal/house.hpp"

using namespace sekisho;
using namespace std::chrono_literals;
using test::kept_in;
using test::outcome;
using test::renewal_house;

namespace
{

using answer = std::optional<result<session::session>>;

std::string refresh_token_of(const session::session& value)
{
    return std::string(value.refresh_token.reveal());
}

void lose_lock(renewal_house& the, const session::session& of)
{
    REQUIRE(test::run(the.shelf->take("renewing:" + session::member_name(of.id))) == true);
}

session::session after(session::session value, std::string refresh_token)
{
    ++value.generation;
    value.refresh_token = secret(std::move(refresh_token));
    value.who.groups = {"board"};
    return value;
}

// The first replica has got new tokens and has not put them on the shelf yet.
struct late_renewal
{
    explicit late_renewal(kept_in where) : the({.where = where, .replicas = 2}), before(the.sign_in())
    {
        the.now += 6min;
        the.client.hold_answer("/token");
        test::start(the.io, the.replicas[0]->renewals->renew(before), late);
        the.poll();
        REQUIRE(the.refreshes == 1);
    }
    void go_on()
    {
        the.client.release();
        the.finish();
        REQUIRE(late);
        REQUIRE(outcome(*late) == "ok");
    }
    renewal_house the;
    session::session before;
    answer late;
};

} // namespace

TEST_CASE("whose lock ran out does not put older tokens over those that were given since", "[gateway]")
{
    late_renewal at(GENERATE(kept_in::cookies, kept_in::shelf));
    auto& the = at.the;
    lose_lock(the, at.before);
    the.has_grace = true; // a provider that takes a used refresh token for some seconds
    the.client.hold_answer("");
    answer other;
    test::start(the.io, the.replicas[1]->renewals->renew(at.before), other);
    the.finish(other);
    REQUIRE(other);
    REQUIRE(outcome(*other) == "ok");
    REQUIRE(the.newest_token == "rt-3");
    at.go_on();
    CHECK(refresh_token_of(**at.late) == "rt-3");
    CHECK(refresh_token_of(the.seen()) == "rt-3");
    CHECK(the.seen().generation == 2);
    CHECK(the.replicas[0]->changes == 1);
}

TEST_CASE("whose lock ran out still puts new tokens over those that it used up", "[gateway]")
{
    late_renewal at(GENERATE(kept_in::cookies, kept_in::shelf));
    auto& the = at.the;
    lose_lock(the, at.before);
    // Another replica has asked UserInfo meanwhile, which uses no refresh token.
    REQUIRE(test::run(the.replicas[1]->sessions->renew(after(at.before, "rt-1"), the.now)) == true);
    at.go_on();
    CHECK(refresh_token_of(the.seen()) == "rt-2");
    CHECK(the.seen().generation == 3);
}

TEST_CASE("who has the lock puts its tokens over those of somebody who is late", "[gateway]")
{
    late_renewal at(GENERATE(kept_in::cookies, kept_in::shelf));
    auto& the = at.the;
    REQUIRE(test::run(the.replicas[1]->sessions->renew(after(at.before, "rt-late"), the.now)) == true);
    at.go_on();
    CHECK(refresh_token_of(the.seen()) == "rt-2");
    CHECK(the.seen().generation == 3);
}

TEST_CASE("tokens that no store took give way to newer ones, too", "[gateway]")
{
    late_renewal at(GENERATE(kept_in::cookies, kept_in::shelf));
    auto& the = at.the;
    the.shelf->fail_from(1);
    the.client.release();
    the.finish(at.late);
    the.shelf->work();
    lose_lock(the, at.before);
    REQUIRE(test::run(the.replicas[1]->sessions->renew(after(at.before, "rt-3"), the.now)) == true);
    the.finish();
    CHECK(refresh_token_of(the.seen()) == "rt-3");
    CHECK(the.seen().generation == 2);
}

TEST_CASE("after the shelf was away no refresh token is used until all others are back, too", "[gateway]")
{
    const auto [since, renewed] = GENERATE(table<std::optional<std::chrono::seconds>, bool>({
        {std::nullopt, true}, // never away
        {0s, false},
        {14s, false},
        {15s, true},
    }));
    CAPTURE(since.value_or(-1s).count());
    const auto passed = GENERATE(4min, 6min); // soon, now
    renewal_house the;
    const auto before = the.sign_in();
    the.now += passed;
    if (since)
        the.shelf->known.back_since = the.now - *since;
    const auto went_on = the.renew(before);
    REQUIRE(outcome(went_on) == "ok");
    CHECK(the.peer.asked("/token") == (renewed ? 1 : 0));
    CHECK(went_on->generation == (renewed ? 2 : 1));
    if (renewed)
        return;
    CHECK(the.replicas[0]->renewals->needed(before, the.now) == gateway::need::none); // for a moment
    the.now += 15s;
    REQUIRE(outcome(the.renew(before)) == "ok"); // no lock was left
    CHECK(refresh_token_of(the.seen()) == "rt-2");
}

TEST_CASE("what was kept before the shelf went away is found at once when it is back", "[gateway]")
{
    renewal_house the({.replicas = 2});
    const auto before = the.sign_in();
    the.now += 6min;
    REQUIRE(outcome(the.renew(before, 0)) == "ok");
    the.shelf->known.back_since = the.now;
    const auto other = the.renew(before, 1);
    REQUIRE(outcome(other) == "ok");
    CHECK(refresh_token_of(*other) == "rt-2");
}

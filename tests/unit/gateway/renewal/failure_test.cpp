// SPDX-License-Identifier: Apache-2.0
#include "gateway/renewal/renewal.hpp"
#include "unit/gateway/renewal/house.hpp"

using namespace sekisho;
using namespace std::chrono_literals;
using gateway::after_failure;
using gateway::need;
using gateway::new_sign_in;
using test::kept_in;
using test::outcome;
using test::renewal_house;

namespace
{

using reply = test::fake_provider::reply;

reply status(int code, std::string body = {})
{
    net::incoming_response made{
        .status = code, .fields = {{"Content-Type", "application/json"}}, .body = std::move(body)
    };
    return [made](const auto&) -> result<net::incoming_response> { return made; };
}

reply broken()
{
    return [](const auto&) -> result<net::incoming_response>
    { return fail(errc::network_failure, "http_client", "no route"); };
}

} // namespace

TEST_CASE("an outage throws nobody out and is not asked again at once", "[gateway]")
{
    const auto [what, answer] = GENERATE(table<std::string, reply>({
        {"no network", broken()},
        {"500", status(500)},
        {"503 with invalid_grant", status(503, R"({"error":"invalid_grant"})")},
        {"429", status(429)},
        {"our secret has expired", status(401, R"({"error":"invalid_client"})")},
        {"not JSON", status(200, "<html>")},
    }));
    CAPTURE(what);
    renewal_house the;
    const auto before = the.sign_in();
    the.now += 6min;
    const auto honest = the.peer.instead["/token"];
    the.peer.instead["/token"] = answer;
    const auto& renewals = *the.replicas[0]->renewals;
    REQUIRE(renewals.needed(before, the.now) == need::now);
    const auto went_on = the.renew(before);
    REQUIRE(outcome(went_on) == "ok");
    CHECK(went_on->generation == 1);
    CHECK(renewals.needed(before, the.now) == need::none);
    CHECK(the.seen().id == before.id);

    the.now += 6s;
    REQUIRE(renewals.needed(before, the.now) == need::now);
    the.peer.instead["/token"] = honest;
    REQUIRE(the.renew(before));
    CHECK(the.seen().generation == 2);
}

TEST_CASE("what follows an outage when the tokens have ended is the setting's to say", "[gateway]")
{
    const auto [rule, passed, lives, again] = GENERATE(table<after_failure, int, bool, new_sign_in>({
        {after_failure::keep, 4, true, new_sign_in::no},
        {after_failure::keep, 6, true, new_sign_in::no},
        {after_failure::end, 4, true, new_sign_in::no},
        {after_failure::end, 6, false, new_sign_in::no},
        {after_failure::sign_in_again, 4, true, new_sign_in::no},
        {after_failure::sign_in_again, 6, true, new_sign_in::shown},
    }));
    CAPTURE(static_cast<int>(rule), passed);
    test::renewal_house_plan plan;
    plan.by.when_it_fails = rule;
    renewal_house the(plan);
    const auto before = the.sign_in();
    the.now += std::chrono::minutes(passed);
    the.peer.instead["/token"] = broken();
    CHECK(the.renew(before).has_value() == lives);
    CHECK(the.seen().id.view().empty() != lives);
    CHECK(the.replicas[0]->renewals->signs_in_again(before, the.now) == again);
}

TEST_CASE("where the tokens' end decides it is tried once more then", "[gateway]")
{
    test::renewal_house_plan plan;
    plan.by.when_it_fails = after_failure::end;
    renewal_house the(plan);
    const auto before = the.sign_in();
    the.peer.instead["/token"] = broken();
    the.now = *before.tokens_end - 2s;
    REQUIRE(the.renew(before));
    CHECK(the.replicas[0]->renewals->needed(before, the.now) == need::none);
    the.now = *before.tokens_end;
    CHECK(the.replicas[0]->renewals->needed(before, the.now) == need::now);
}

TEST_CASE("an answer that never came is asked for again with the same token", "[gateway]")
{
    const auto has_grace = GENERATE(true, false);
    renewal_house the;
    the.has_grace = has_grace;
    const auto before = the.sign_in();
    the.now += 4min;
    the.loses_answer = true;
    REQUIRE(the.renew(before));
    CHECK(the.seen().generation == 1);
    the.now += 10s;
    const auto second = the.renew(before);
    CHECK(second.has_value() == has_grace); // otherwise nobody has the new token: it is over
    CHECK(the.seen().id.view().empty() != has_grace);
    CHECK(the.peer.asked("/token") == 2);
}

TEST_CASE("new tokens are kept though the person cannot be asked for", "[gateway]")
{
    test::renewal_house_plan plan;
    plan.userinfo = provider::userinfo_policy::always;
    renewal_house the(plan);
    const auto before = the.sign_in();
    the.now += 4min;
    the.peer.instead["/userinfo"] = status(500);
    the.peer.claims["groups"] = {"board"};
    REQUIRE(the.renew(before));
    const auto between = the.seen();
    CHECK(between.refresh_token.reveal() == "rt-2");
    CHECK(between.who.groups == std::vector<std::string>{"staff"});
    CHECK(between.confirmed == before.confirmed);

    the.peer.instead.erase("/userinfo");
    the.now += 10s;
    REQUIRE(the.renew(between));
    CHECK(the.seen().who.groups == std::vector<std::string>{"board"});
    CHECK(the.seen().refresh_token.reveal() == "rt-3");
    CHECK(the.seen().confirmed == the.now);
}

TEST_CASE("tokens are never lost between provider and store, whichever call to the shelf fails", "[gateway]")
{
    const auto where = GENERATE(kept_in::cookies, kept_in::shelf);
    const auto call = GENERATE(range(std::size_t{1}, std::size_t{9}));
    CAPTURE(static_cast<int>(where), call);
    renewal_house the({.where = where});
    const auto before = the.sign_in();
    the.now += 6min;
    the.shelf->fail_only(call);
    const auto first = the.renew(before);
    REQUIRE(outcome(first) == "ok");
    the.shelf->work();

    // The strict provider takes every token once: a lost one would end the session here.
    the.now += 6min;
    const auto known = the.seen();
    REQUIRE_FALSE(known.id.view().empty());
    const auto second = the.renew(known);
    REQUIRE(outcome(second) == "ok");
    CHECK(the.seen().refresh_token.reveal() == the.newest_token);
    CHECK(the.seen().generation == the.refreshes + 1);
}

TEST_CASE("without the shelf no refresh token is used, for it may be used up", "[gateway]")
{
    renewal_house the;
    const auto before = the.sign_in();
    the.now += 6min;
    the.shelf->fail_from(1);
    const auto went_on = the.renew(before);
    REQUIRE(outcome(went_on) == "ok");
    CHECK(went_on->generation == 1);
    CHECK(the.peer.asked("/token") == 0);
}

TEST_CASE("a renewed session that no store takes serves here until one does", "[gateway]")
{
    renewal_house the;
    const auto before = the.sign_in();
    the.now += 6min;
    the.client.hold("/token");
    std::optional<result<session::session>> first;
    test::start(the.io, the.replicas[0]->renewals->renew(before), first);
    the.poll();
    the.shelf->fail_from(1);
    the.client.release();
    the.finish(first);
    REQUIRE(outcome(*first) == "ok");
    CHECK((*first)->refresh_token.reveal() == "rt-2");

    // Another request that comes with the old cookie meanwhile.
    auto& renewals = *the.replicas[0]->renewals;
    CHECK(renewals.needed(before, the.now) == need::now);
    std::optional<result<session::session>> second;
    test::start(the.io, renewals.renew(before), second);
    the.finish(second);
    REQUIRE(outcome(*second) == "ok");
    CHECK((*second)->refresh_token.reveal() == "rt-2");
    CHECK(the.peer.asked("/token") == 1);

    the.shelf->work();
    the.finish();
    CHECK(the.seen().refresh_token.reveal() == "rt-2");
    CHECK(the.replicas[0]->changes == 1);
}

TEST_CASE("UserInfo is asked again, and its refusal ends what cannot be renewed", "[gateway]")
{
    const auto [what, answer, has_refresh_token, expected] =
        GENERATE(table<std::string, reply, bool, std::string>({
            {"still there", status(200, R"({"sub":"alice","groups":["board"]})"), false, "ok 2 at-1"},
            {"gone", status(401), false, "oidc_refresh_refused at userinfo.token"},
            {"the token is no good any more", status(401), true, "ok 2 at-2"},
            {"in trouble", status(503), true, "ok 1 at-1"},
            {"somebody else", status(200, R"({"sub":"bob"})"), false, "ok 1 at-1"},
        }));
    CAPTURE(what);
    test::renewal_house_plan plan;
    plan.by.ask_userinfo = 60s;
    plan.by.refresh = has_refresh_token;
    plan.userinfo = provider::userinfo_policy::when_needed;
    renewal_house the(plan);
    the.differing = {{"id_token", nullptr}};
    auto before = the.sign_in();
    the.now += 65s;
    the.peer.instead["/userinfo"] = answer;
    if (what == "the token is no good any more")
        the.peer.instead["/userinfo"] = [honest = answer](const net::outgoing_request& request)
        {
            for (const auto& [name, value] : request.fields)
                if (name == "Authorization" && value == "Bearer at-2")
                    return result<net::incoming_response>(test::json_reply({{"sub", "alice"}}));
            return honest(request);
        };
    REQUIRE(the.replicas[0]->renewals->needed(before, the.now) == need::now);
    const auto got = the.renew(before);
    CHECK(
        (got ? "ok " + std::to_string(got->generation) + " " + std::string(got->access_token.reveal())
             : outcome(got)) == expected
    );
    if (what == "still there")
        CHECK(got->who.groups == std::vector<std::string>{"board"});
}

TEST_CASE(
    "without a refresh token the tokens' end asks for a silent sign-in where that is wanted", "[gateway]"
)
{
    const auto [wanted, passed, expected] = GENERATE(table<bool, int, new_sign_in>({
        {true, 4, new_sign_in::no},
        {true, 5, new_sign_in::silent},
        {false, 5, new_sign_in::no},
    }));
    test::renewal_house_plan plan;
    plan.by.silent_sign_in = wanted;
    renewal_house the(plan);
    auto before = the.sign_in();
    before.refresh_token = {};
    the.now += std::chrono::minutes(passed);
    CHECK(the.replicas[0]->renewals->needed(before, the.now) == need::none);
    CHECK(the.replicas[0]->renewals->signs_in_again(before, the.now) == expected);
}

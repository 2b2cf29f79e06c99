// SPDX-License-Identifier: Apache-2.0
#include "gateway/renewal/renewal.hpp"
#include "unit/gateway/renewal/house.hpp"

using namespace sekisho;
using namespace std::chrono_literals;
using gateway::need;
using test::kept_in;
using test::outcome;
using test::renewal_house;

namespace
{

std::string refresh_token_of(const session::session& value)
{
    return std::string(value.refresh_token.reveal());
}

} // namespace

TEST_CASE("a renewal gives new tokens, and everybody who comes with the old cookie sees them", "[gateway]")
{
    const auto where = GENERATE(kept_in::cookies, kept_in::shelf);
    renewal_house the({.where = where});
    const auto before = the.sign_in();
    the.now += 4min;
    the.peer.claims["groups"] = {"board"};
    const auto renewed = the.renew(before);
    REQUIRE(outcome(renewed) == "ok");
    const auto after = the.seen();
    CHECK(after.generation == 2);
    CHECK(refresh_token_of(after) == "rt-2");
    CHECK(after.access_token.reveal() == "at-2");
    CHECK(after.tokens_end == the.now + 300s);
    CHECK(after.confirmed == the.now);
    CHECK(after.who.groups == std::vector<std::string>{"board"}); // CVE-2021-41230
    CHECK(after.id == before.id);
    CHECK(after.created == before.created);
    CHECK(after.expires == before.expires);
    CHECK(the.replicas[0]->changes == 1);
    CHECK(the.replicas[0]->renewals->needed(after, the.now) == need::none);
}

TEST_CASE("however many requests want it, there is one token request", "[gateway]")
{
    renewal_house the;
    const auto before = the.sign_in();
    the.now += 6min;
    auto& renewals = *the.replicas[0]->renewals;
    the.client.hold("/token");
    renewals.start(before);
    std::vector<std::optional<result<session::session>>> answers(20);
    for (auto& each : answers)
        test::start(the.io, renewals.renew(before), each);
    the.poll();
    CHECK(the.client.waiting() == 1);
    renewals.start(before); // one more request beside
    CHECK(renewals.needed(before, the.now) == need::now);
    the.client.release();
    the.finish();
    for (const auto& each : answers)
    {
        REQUIRE(each);
        REQUIRE(*each);
        CHECK((*each)->generation == 2);
    }
    CHECK(the.peer.asked("/token") == 1);
}

TEST_CASE("two replicas with one shelf make one token request", "[gateway]")
{
    const auto where = GENERATE(kept_in::cookies, kept_in::shelf);
    renewal_house the({.where = where, .replicas = 2});
    const auto before = the.sign_in();
    the.now += 6min;
    the.client.hold("/token");
    std::optional<result<session::session>> first;
    std::optional<result<session::session>> second;
    test::start(the.io, the.replicas[0]->renewals->renew(before), first);
    the.poll();
    REQUIRE(the.client.waiting() == 1);
    test::start(the.io, the.replicas[1]->renewals->renew(before), second);
    the.poll();
    CHECK_FALSE(second);
    the.client.release();
    the.finish();
    REQUIRE(first);
    REQUIRE(second);
    CHECK(outcome(*first) == "ok");
    REQUIRE(outcome(*second) == "ok");
    CHECK(refresh_token_of(**second) == "rt-2");
    CHECK(the.peer.asked("/token") == 1);
    CHECK(the.replicas[1]->changes == 1);
}

TEST_CASE("while the tokens are good nobody waits for another replica", "[gateway]")
{
    renewal_house the({.replicas = 2});
    const auto before = the.sign_in();
    the.now += 4min;
    the.client.hold("/token");
    std::optional<result<session::session>> first;
    test::start(the.io, the.replicas[0]->renewals->renew(before), first);
    the.poll();
    std::optional<result<session::session>> second;
    test::start(the.io, the.replicas[1]->renewals->renew(before), second);
    the.poll();
    REQUIRE(second);
    REQUIRE(*second);
    CHECK((*second)->generation == 1);
    CHECK(the.replicas[1]->renewals->needed(before, the.now) == need::none); // for a moment
    the.client.release();
    the.finish();
}

TEST_CASE("who comes with an old value after somebody else renewed it asks nobody", "[gateway]")
{
    const auto where = GENERATE(kept_in::cookies, kept_in::shelf);
    renewal_house the({.where = where, .replicas = 2});
    const auto before = the.sign_in();
    the.now += 6min;
    REQUIRE(the.renew(before, 0));
    const auto other = the.renew(before, 1);
    REQUIRE(outcome(other) == "ok");
    CHECK(refresh_token_of(*other) == "rt-2");
    CHECK(the.peer.asked("/token") == 1);
}

TEST_CASE("the provider's no ends the session everywhere", "[gateway]")
{
    const auto where = GENERATE(kept_in::cookies, kept_in::shelf);
    renewal_house the({.where = where});
    const auto before = the.sign_in();
    the.now += 4min;
    the.newest_token = "rt-revoked";
    CHECK(outcome(the.renew(before)) == "oidc_refresh_refused at token_response.invalid_grant");
    CHECK(the.seen().id.view().empty());
    CHECK(outcome(the.renew(before)).starts_with("oidc_refresh_refused"));
    CHECK(the.peer.asked("/token") == 1);
}

TEST_CASE("tokens that turn out to be somebody else's end the session (Core 12.2)", "[gateway]")
{
    renewal_house the;
    const auto before = the.sign_in();
    the.now += 4min;
    the.peer.claims["sub"] = "bob";
    CHECK(outcome(the.renew(before)) == "oidc_refresh_refused at id_token.sub");
    CHECK(the.seen().id.view().empty());
}

TEST_CASE("CVE-2021-41230: our own rules are asked again at each renewal", "[gateway]")
{
    const auto [rule, claim, value] = GENERATE(table<std::string, std::string, nlohmann::json>({
        {"the e-mail address is not verified any more", "email_verified", false},
        {"the user claim is gone", "employee", nullptr},
        {"the address belongs to a domain of nobody here", "email", "alice@elsewhere.example"},
    }));
    CAPTURE(rule);
    test::renewal_house_plan plan{.where = kept_in::shelf};
    plan.mapping.user = {"employee"};
    plan.mapping.verification = identity::verification_policy::if_present;
    plan.offer.email_domains = {"example.com"};
    renewal_house the(plan);
    the.peer.claims["employee"] = "alice";
    const auto before = the.sign_in();
    the.now += 4min;
    SECTION("as before") { CHECK(outcome(the.renew(before)) == "ok"); }
    SECTION("as it is now")
    {
        the.peer.claims.merge_patch({{claim, value}});
        CHECK(outcome(the.renew(before)).starts_with("oidc_refresh_refused"));
        CHECK(the.seen().id.view().empty());
    }
}

TEST_CASE("a session that ends while it is renewed stays ended", "[gateway]")
{
    const auto where = GENERATE(kept_in::cookies, kept_in::shelf);
    renewal_house the({.where = where});
    const auto before = the.sign_in();
    the.now += 6min;
    the.client.hold("/token");
    std::optional<result<session::session>> renewed;
    test::start(the.io, the.replicas[0]->renewals->renew(before), renewed);
    the.poll();
    std::optional<result<std::size_t>> ended;
    test::start(
        the.io,
        the.replicas[0]->sessions->end({session::ends::session, {}, "id-1", the.now, before.expires}),
        ended
    );
    the.poll();
    REQUIRE(ended);
    the.client.release();
    the.finish();
    REQUIRE(renewed);
    CHECK(outcome(*renewed) == "oidc_refresh_refused at renewal");
    CHECK(the.seen().id.view().empty());
}

TEST_CASE("sessions that no provider of the configuration gave are never renewed", "[gateway]")
{
    renewal_house the;
    auto before = the.sign_in();
    before.provider = "local";
    the.now += 6min;
    CHECK(the.replicas[0]->renewals->needed(before, the.now) == need::none);
    CHECK(the.replicas[0]->renewals->signs_in_again(before, the.now) == gateway::new_sign_in::no);
}

TEST_CASE("a renewal that was granted less narrows what the session may open", "[gateway]")
{
    const auto [said, kept] = GENERATE(table<std::string, std::string>({
        {"", "read write"}, // RFC 6749, 6: as before
        {"openid read", "read"},
        {"openid", ""},
    }));
    renewal_house the;
    const auto before = the.sign_in();
    the.now += 4min;
    if (!said.empty())
        the.differing["scope"] = said;
    REQUIRE(outcome(the.renew(before)) == "ok");
    CHECK(the.seen().scope == kept);
}

TEST_CASE("a renewal whose ID token is not good changes nothing of what was granted", "[gateway]")
{
    renewal_house the;
    const auto before = the.sign_in();
    the.now += 4min;
    the.differing["scope"] = "openid";
    the.differing["id_token"] = "a.b.c";
    (void)the.renew(before);
    CHECK(the.seen().scope == "read write");
    CHECK(the.seen().generation == 2); // its refresh token is kept
}

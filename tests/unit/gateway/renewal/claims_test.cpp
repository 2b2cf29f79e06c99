// SPDX-License-Identifier: Apache-2.0
// Renewed ID tokens are held against the sign-in in every store, though none of its ID tokens is kept.
#include "gateway/renewal/renewal.hpp"
#include "gateway/sign_in/proof.hpp"
#include "unit/gateway/renewal/house.hpp"

using namespace sekisho;
using namespace std::chrono_literals;
using test::kept_in;
using test::outcome;
using test::renewal_house;
using texts = std::vector<std::string>;

namespace
{

// Of the sign-in, in seconds after it.
oidc::claims first_token(const renewal_house& the)
{
    const auto now = the.now.time_since_epoch().count();
    return oidc::claims::of({{"nonce", "n-1"}, {"iat", now}, {"auth_time", now - 60}}, "test").value();
}

} // namespace

TEST_CASE(
    "a renewed ID token with a nonce, an iat or an auth_time of another sign-in changes nobody", "[gateway]"
)
{
    const auto where = GENERATE(kept_in::cookies, kept_in::shelf);
    const auto [claim, value, is_taken] = GENERATE(table<std::string, nlohmann::json, bool>({
        {"nonce", nullptr, true},
        {"nonce", "n-1", true},
        {"nonce", "n-2", false},
        {"iat", 240, true},
        {"iat", -1, false},
        {"auth_time", -60, true},
        {"auth_time", -61, false},
        {"auth_time", 200, true}, // for another application; it counts not here
    }));
    CAPTURE(static_cast<int>(where), claim, value.dump());
    renewal_house the({.where = where});
    const auto began = the.now.time_since_epoch().count();
    the.first_token = first_token(the);
    const auto before = the.sign_in();
    REQUIRE(before.id_token.empty());
    the.now += 4min;
    the.peer.claims["groups"] = {"board"};
    the.peer.claims[claim] = value.is_number() ? nlohmann::json(began + value.get<std::int64_t>()) : value;
    if (value.is_null())
        the.peer.claims.erase(claim);
    the.keeps_iat = claim == "iat";
    REQUIRE(outcome(the.renew(before)) == "ok");
    const auto now = the.seen();
    CHECK(now.who.groups == (is_taken ? texts{"board"} : texts{"staff"}));
    CHECK(now.access_token.reveal() == (is_taken ? "at-2" : "at-1"));
    CHECK(now.refresh_token.reveal() == "rt-2"); // in any case, or it would be lost
    CHECK(now.auth_time == before.auth_time);
}

TEST_CASE("each renewal moves the iat on that the next one must not be before", "[gateway]")
{
    renewal_house the;
    the.first_token = first_token(the);
    const auto before = the.sign_in();
    the.now += 4min;
    REQUIRE(outcome(the.renew(before)) == "ok");
    const auto between = the.seen();
    CHECK(between.issued == the.now);
    CHECK(between.nonce_mark == before.nonce_mark);
    the.peer.claims["iat"] = (the.now - 1s).time_since_epoch().count(); // of the first token still
    the.keeps_iat = true;
    the.peer.claims["groups"] = {"board"};
    the.now += 4min;
    REQUIRE(outcome(the.renew(between)) == "ok");
    CHECK(the.seen().who.groups == between.who.groups);
    CHECK(the.seen().issued == between.issued);
}

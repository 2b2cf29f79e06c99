// SPDX-License-Identifier: Apache-2.0
// The hybrid flows (Core 3.3) from the first page to the session, with a browser in front.
#include "flow/house.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::test;

namespace
{

house_plan hybrid(oidc::flow how)
{
    house_plan plan;
    plan.flow = how;
    plan.userinfo = provider::userinfo_policy::always;
    return plan;
}

} // namespace

TEST_CASE("a hybrid sign-in goes by form post and with PKCE, and ends with a session", "[flow]")
{
    const auto how =
        GENERATE(oidc::flow::code_id_token, oidc::flow::code_token, oidc::flow::code_id_token_token);
    house here(hybrid(how));
    const auto there = here.leave();
    const auto& address = there.provider_address.text();
    CHECK(parameter_of(address, "response_type") == oidc::response_type(how));
    CHECK(parameter_of(address, "response_mode") == "form_post");
    CHECK(parameter_of(address, "code_challenge_method") == "S256");
    CHECK(here.come_back(there).status == 303);
    CHECK(here.is_signed_in());
    CHECK(here.peer.asked("/token") == 1);
    CHECK(here.peer.asked("/userinfo") == 1);
    CHECK_FALSE(parameter_of("?" + here.peer.last_body("/token"), "code_verifier").empty());
}

TEST_CASE("a hybrid answer in an address is not taken, whatever it has", "[flow]")
{
    const auto how =
        GENERATE(oidc::flow::code_id_token, oidc::flow::code_token, oidc::flow::code_id_token_token);
    house here(hybrid(how));
    const auto there = here.leave();
    const auto page = here.get("/oidc/callback?" + here.honest_query(there), errand::navigation);
    CHECK(page.status >= 400);
    CHECK_FALSE(here.is_signed_in());
    CHECK(here.peer.asked("/token") == 0);
}

TEST_CASE(
    "a hybrid answer whose ID token does not name the code makes no session and redeems nothing", "[flow]"
)
{
    house here(hybrid(oidc::flow::code_id_token));
    const auto there = here.leave();
    here.peer.front_claims["c_hash"] = GENERATE(nlohmann::json(), nlohmann::json("AAAAAAAAAAAAAAAAAAAAAA"));
    const auto page = here.come_back(there);
    CHECK(page.status >= 400);
    CHECK_FALSE(here.is_signed_in());
    CHECK(here.peer.asked("/token") == 0);
    CHECK(here.peer.asked("/userinfo") == 0);
    CHECK(here.jar.empty());
}

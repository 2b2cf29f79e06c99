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

TEST_CASE("id_token token: both come by form post, and the access token only asks who it is", "[flow]")
{
    house here(hybrid(oidc::flow::id_token_token));
    const auto there = here.leave();
    const auto& address = there.provider_address.text();
    CHECK(parameter_of(address, "response_type") == "id_token token");
    CHECK(parameter_of(address, "response_mode") == "form_post");
    CHECK(parameter_of(address, "code_challenge").empty());
    CHECK(here.come_back(there).status == 303);
    CHECK(here.is_signed_in());
    CHECK(here.peer.asked("/token") == 0);
    CHECK(here.peer.asked("/userinfo") == 1);
}

TEST_CASE("id_token token: an access token that the ID token does not name asks nobody anything", "[flow]")
{
    house here(hybrid(oidc::flow::id_token_token));
    const auto there = here.leave();
    // Core 3.2.2.9; CVE-2026-82462: somebody else's access token
    here.peer.front_claims["at_hash"] = GENERATE(nlohmann::json(), nlohmann::json("AAAAAAAAAAAAAAAAAAAAAA"));
    const auto page = here.come_back(there);
    CHECK(page.status >= 400);
    CHECK_FALSE(here.is_signed_in());
    CHECK(here.peer.asked("/userinfo") == 0);
}

TEST_CASE("the claims that a setting asks for are sent", "[flow]")
{
    const std::string asked = R"({"userinfo":{"groups":null}})";
    house here({.configure = [&](provider::configuration& main) { main.wishes.claims = asked; }});
    CHECK(parameter_of(here.leave().provider_address.text(), "claims") == asked);
}

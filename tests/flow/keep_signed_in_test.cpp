// SPDX-License-Identifier: Apache-2.0
// "Keep me signed in": offered by a setting, wished by the person, obeyed by limits and cookie.
#include "flow/house.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

house_plan offered()
{
    house_plan plan;
    plan.keep_signed_in = 720h;
    return plan;
}

} // namespace

TEST_CASE("who wishes to be kept signed in is, idle or not, until that limit", "[flow]")
{
    house here(offered());
    const auto back = here.come_back(here.leave("/oidc/login?return_to=%2F&keep=1"));
    CHECK(back.status == 303);
    here.now += 719h;
    CHECK(here.is_signed_in());
    here.now += 1h;
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("who does not wish it has the usual limits", "[flow]")
{
    house here(offered());
    const auto link =
        GENERATE(as<std::string>(), "/oidc/login", "/oidc/login?keep=0", "/oidc/login?keep=yes");
    here.come_back(here.leave(link));
    here.now += 61min;
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("the wish counts only where it is offered", "[flow]")
{
    house here;
    here.come_back(here.leave("/oidc/login?keep=1"));
    here.now += 61min;
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("the page to choose on has a box to tick, and its buttons send it along", "[flow]")
{
    auto plan = offered();
    plan.further = {further_provider("other")};
    house here(std::move(plan));
    const auto page = here.get("/oidc/login?return_to=%2Freports");
    CHECK(page.status == 200);
    CHECK(has(page.body, "<input id=\"keep\" name=\"keep\" type=\"checkbox\" value=\"1\">"));
    CHECK(has(page.body, "name=\"idp\" value=\"other\""));
    CHECK(has(page.field("Content-Security-Policy"), "form-action 'self' https:"));
    const auto begun = here.post(here.ours.login_path, "return_to=%2Freports&keep=1&idp=other", errand::form);
    REQUIRE(begun.status == 303);
    CHECK(begun.field("Location").starts_with("https://other.example/"));

    house plain;
    CHECK_FALSE(has(plain.get("/oidc/login?return_to=%2F").body, "checkbox"));
}

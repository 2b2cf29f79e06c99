// SPDX-License-Identifier: Apache-2.0
// The front channel takes anybody's word for a `sid`: made up ones must not fill what is remembered.
#include "flow/house.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

int call(house& here, const std::string& sid)
{
    const auto at = "/oidc/frontchannel-logout?iss=https%3A%2F%2Fidp.example&sid=" + sid;
    return here.get(at, errand::frame_elsewhere).status;
}

std::size_t remembered(house& here)
{
    return run(here.shelf->members(std::string(session::endings_set))).value().size();
}

} // namespace

TEST_CASE("of sessions that nobody knows ten a minute are remembered to have ended", "[flow]")
{
    house here;
    for (int number = 0; number < 30; ++number)
        CHECK(call(here, "made-up-" + std::to_string(number)) == 200); // and nothing is told apart
    CHECK(remembered(here) == 10);
    here.now += 59s;
    call(here, "later-1");
    CHECK(remembered(here) == 10);
    here.now += 1s;
    call(here, "later-2");
    CHECK(remembered(here) == 11);
}

TEST_CASE("a session that is known is ended however many were made up", "[flow]")
{
    house here;
    here.sign_in();
    for (int number = 0; number < 30; ++number)
        call(here, "made-up-" + std::to_string(number));
    CHECK(here.is_signed_in());
    CHECK(call(here, "sid-1") == 200);
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("with several providers a sid without its issuer ends what it means at any of them", "[flow]")
{
    house_plan plan;
    plan.further = {further_provider("other")};
    house here(std::move(plan));
    here.leave("/oidc/login?return_to=%2Fx&idp=other"); // so that its issuer is known
    here.come_back(here.leave("/oidc/login?return_to=%2Fx&idp=main"));
    REQUIRE(here.is_signed_in());
    here.get("/oidc/frontchannel-logout?sid=made-up", errand::frame_elsewhere);
    CHECK(remembered(here) == 2); // nobody knows it: it may be in a cookie only
    here.get("/oidc/frontchannel-logout?sid=sid-1", errand::frame_elsewhere);
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("while the shelf is down a sid ends what it means here, with one provider or several", "[flow]")
{
    house_plan plan;
    if (GENERATE(false, true))
        plan.further = {further_provider("other")};
    house here(std::move(plan));
    here.leave("/oidc/login?return_to=%2Fx&idp=main");
    if (!here.plan.further.empty())
        here.leave("/oidc/login?return_to=%2Fx&idp=other"); // so that its issuer is known
    here.come_back(here.leave("/oidc/login?return_to=%2Fx&idp=main"));
    const auto copy = here.jar;
    REQUIRE(here.is_signed_in());
    here.jar = {}; // the frame brings no cookie
    here.way_to_shelf->fail_from(1);
    CHECK(call(here, "sid-1") == 200);
    here.way_to_shelf->work();
    here.jar = copy;
    CHECK_FALSE(here.is_signed_in());
}

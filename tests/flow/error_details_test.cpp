// SPDX-License-Identifier: Apache-2.0
// Who reads on an error page what exactly went wrong, and that nobody else does.
#include "flow/house.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

const std::string exactly = "https://evil.example"; // what the log line says was received

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// A sign-in that ends on an error page: the ID token is somebody else's.
client_answer fail_sign_in(house& the)
{
    const auto there = the.leave("/oidc/login?prompt=login");
    the.peer.claims["iss"] = exactly;
    auto page = the.come_back(there);
    the.peer.claims.erase("iss");
    return page;
}

std::string ticket_of(house& the) { return gateway::make_test_ticket(the.test_tickets, the.now, the.random); }

void check_details_shown(const client_answer& page)
{
    CHECK(page.status == 400);
    CHECK(has(page.body, "oidc_issuer_mismatch"));
    CHECK(has(page.body, "id_token.iss"));
    CHECK(has(page.body, exactly));
    CHECK(has(page.body, "Likely causes"));
    CHECK(has(page.body, "What to do"));
    CHECK(has(page.body, "request-1"));
}

void check_no_details(const client_answer& page)
{
    CHECK(page.status == 400);
    CHECK(has(page.body, "oidc_issuer_mismatch"));
    CHECK(has(page.body, "request-1"));
    CHECK_FALSE(has(page.body, "id_token.iss"));
    CHECK_FALSE(has(page.body, exactly));
    CHECK_FALSE(has(page.body, "Likely causes"));
}

} // namespace

TEST_CASE("an administrator who is signed in reads on an error page what was expected and received", "[flow]")
{
    house_plan plan;
    SECTION("by name") { plan.administrators.users = {"alice"}; }
    SECTION("by group")
    {
        plan.mapping.groups = {"groups"};
        plan.administrators.groups = {"keepers"};
    }
    house here(std::move(plan));
    here.peer.claims["groups"] = {"keepers"};
    REQUIRE(here.sign_in().status == 303);
    check_details_shown(fail_sign_in(here));
}

TEST_CASE("nobody else reads the details of an error", "[flow]")
{
    house_plan plan;
    plan.administrators.users = {"alice"};
    house here(std::move(plan));
    SECTION("nobody is signed in") {}
    SECTION("somebody else is")
    {
        here.peer.claims["sub"] = here.peer.claims["preferred_username"] = "bob";
        here.peer.claims["email"] = "bob@example.com";
        REQUIRE(here.sign_in().status == 303);
    }
    SECTION("an administrator's session has ended")
    {
        REQUIRE(here.sign_in().status == 303);
        here.now += 2h;
    }
    SECTION("a ticket that is none") { REQUIRE(here.get("/oidc/test?ticket=made-up").status == 403); }
    SECTION("a ticket has expired")
    {
        REQUIRE(here.get("/oidc/test?ticket=" + ticket_of(here)).status == 200);
        here.now += gateway::test_ticket_lifetime;
    }
    SECTION("another browser has a ticket")
    {
        REQUIRE(here.get("/oidc/test?ticket=" + ticket_of(here)).status == 200);
        std::swap(here.jar, here.other_browser);
    }
    check_no_details(fail_sign_in(here));
}

TEST_CASE("a cookie that the browser made up shows no details", "[flow]")
{
    house here;
    auto ticket = ticket_of(here);
    SECTION("not a ticket") { ticket = "made-up"; }
    SECTION("of another secret")
    {
        const crypto::key_ring other(
            {secret("another secret of more than 32 bytes")}, gateway::test_ticket_purpose
        );
        ticket = gateway::make_test_ticket(other, here.now, here.random);
    }
    SECTION("expired") { here.now += gateway::test_ticket_lifetime; }
    const auto page = here.ask(
        {.method = "GET",
         .target = "/oidc/callback?state=unknown&code=c",
         .fields = {{"Cookie", "__Host-sekisho_signin_test=" + ticket}},
         .body = {},
         .body_failure = {}},
        errand::link_elsewhere
    );
    CHECK(has(page.body, "oidc_state_missing"));
    CHECK_FALSE(has(page.body, "expected a state that this browser has"));
}

TEST_CASE(
    "a ticket that opened the test page shows the details in that browser, posted callbacks too", "[flow]"
)
{
    const auto mode = GENERATE(oidc::response_mode::query, oidc::response_mode::form_post);
    house here({.mode = mode});
    const auto choice = here.get("/oidc/test?ticket=" + ticket_of(here));
    const auto cookie = choice.field("Set-Cookie");
    CHECK(has(cookie, "__Host-sekisho_signin_test="));
    CHECK(has(cookie, "HttpOnly"));
    CHECK(has(cookie, "Secure"));
    CHECK(has(cookie, "Max-Age=600"));
    check_details_shown(fail_sign_in(here));
}

TEST_CASE("a program gets no details, whoever it works for", "[flow]")
{
    house here;
    REQUIRE(here.get("/oidc/test?ticket=" + ticket_of(here)).status == 200);
    const auto answer = here.get("/oidc/test?idp=nobody&ticket=" + ticket_of(here), errand::fetch);
    CHECK(has(answer.body, "oidc_provider_unknown"));
    CHECK_FALSE(has(answer.body, "expected one of"));
}

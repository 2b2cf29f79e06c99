// SPDX-License-Identifier: Apache-2.0
// What the log and an administrator's error page say of a refused request: what was expected and what came.
#include "flow/refused.hpp"

#include <utility>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

// Opens the test page with a ticket, so that error pages have their details in this browser.
std::string open_details(house& the)
{
    auto ticket = gateway::make_test_ticket(the.test_tickets, the.now, the.random);
    REQUIRE(the.get("/oidc/test?ticket=" + ticket).status == 200);
    return ticket;
}

// As a page writes it.
std::string in_page(std::string text)
{
    std::string made;
    for (const char each : text)
        each == '"' ? made.append("&quot;") : made.append(1, each);
    return made;
}

} // namespace

TEST_CASE("a refused request is told with what was expected and what came", "[flow]")
{
    const auto [target, said] = GENERATE(table<std::string, std::string>({
        {"/oidc/login?idp=nobody",
         "received idp \"nobody\", expected one that may be used on this host: \"main\""},
        {"/oidc/login?idp=main&idp=main", "expected one idp, received 2"},
        {"/oidc/login?prompt=login&prompt=none&prompt=x", "expected one prompt, received 3"},
        {"/oidc/test?idp=nobody", "received idp \"nobody\", expected one of \"main\""},
        {"/oidc/initiate?iss=https://evil.example",
         "received iss \"https://evil.example\", expected one that signs people in at this host: "
         "\"https://idp.example\""},
        {"/oidc/initiate?iss=a&iss=b", "expected one iss, received 2"},
        {"/oidc/initiate?iss=https://idp.example&target_link_uri=https://evil.example/",
         "received target_link_uri \"https://evil.example/\", expected an address of "
         "https://app.example.com that is none of our own endpoints"},
        {"/logout?state=a&state=b", "expected one state, received 2"},
        {"/logout?iss=https://evil.example&sid=1",
         "received \"https://evil.example\", expected one of \"https://idp.example\""},
        {"/oidc/callback?state=unknown&code=c-1",
         "expected a state that this browser has a sign-in cookie for, received one that none of its 1 is of"
        },
    }));
    CAPTURE(target);
    house here;
    const auto ticket = open_details(here);
    here.leave(); // one sign-in is under way
    const auto is_test = target.starts_with("/oidc/test");
    const auto page = here.get(is_test ? target + "&ticket=" + ticket : target, errand::link_elsewhere);
    CHECK(page.status >= 400);
    INFO(page.body);
    CHECK(has(page.body, in_page(said)));
}

TEST_CASE("a callback that comes again is told from one that nobody waits for", "[flow]")
{
    house here;
    open_details(here);
    const auto there = here.leave();
    here.other_browser = here.jar; // somebody kept a copy of the cookies
    CHECK(here.come_back(there).status == 303);
    std::swap(here.jar, here.other_browser);
    CHECK(has(here.come_back(there).body, "received another one: the sign-in was answered before"));
}

TEST_CASE("a form of another type is told by its type", "[flow]")
{
    house here({.mode = oidc::response_mode::form_post});
    open_details(here);
    client_request request{
        .method = "POST",
        .target = "/oidc/login",
        .fields = {{"Content-Type", "text/plain"}},
        .body = "a=b",
        .body_failure = {}
    };
    const auto page = here.ask(std::move(request), errand::form);
    CHECK(has(page.body, in_page("expected application/x-www-form-urlencoded, received \"text/plain\"")));
}

TEST_CASE("a method that an address does not take is told with those it takes", "[flow]")
{
    const auto [target, said] = GENERATE(table<std::string, std::string>({
        {"/oidc/login", "expected GET, HEAD, POST, received PUT"},
        {"/oidc/callback", "expected GET, POST, received PUT"},
        {"/oidc/jwks", "expected GET, HEAD, received PUT"},
    }));
    CAPTURE(target);
    house here;
    open_details(here);
    const auto page = here.ask(
        {.method = "PUT", .target = target, .fields = {}, .body = {}, .body_failure = {}}, errand::navigation
    );
    CHECK(page.status == 405);
    CHECK(has(page.body, said));
}

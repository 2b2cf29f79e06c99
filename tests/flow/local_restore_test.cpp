// SPDX-License-Identifier: Apache-2.0
// local.restore at its own address: who comes in, and who does not.
#include "base/log.hpp"
#include "flow/beside_house.hpp"
#include "support/captured_output.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using test::beside_house;
using test::has;
using test::quoted_after;

namespace
{

std::string form_of(beside_house& here, const std::string& target = "/oidc/local")
{
    const auto page = here.get(target);
    REQUIRE(page.status == 200);
    return quoted_after(page.body, "name=\"form\" value=\"");
}

test::client_answer
type(beside_house& here, const std::string& password, const std::string& target = "/oidc/local")
{
    return here.post("/oidc/local", "form=" + form_of(here, target) + "&password=" + password);
}

const std::string right = "ABCD+efgh+jkmn-pqrs-tvwxyz0l2345"; // as somebody types it

} // namespace

TEST_CASE("the temporary password begins a session that says where it came from", "[flow]")
{
    beside_house here;
    const auto page = here.get("/oidc/local?return_to=%2Freports%3Fa%3D1");
    CHECK(has(page.body, "role=\"status\""));
    const auto answer = type(here, right, "/oidc/local?return_to=%2Freports%3Fa%3D1");
    CHECK(answer.status == 303);
    CHECK(answer.field("Location") == "/reports?a=1");
    const auto value = here.session();
    REQUIRE(value);
    CHECK(value->provider == "local");
    CHECK(value->who.issuer == "urn:sekisho:local");
    CHECK(value->who.user == "repair");
    CHECK(value->amr == std::vector<std::string>{"local"});
    CHECK(value->expires == here.now + 1h);
    CHECK(here.jar.all().size() == 1); // the form's cookie is gone
}

TEST_CASE("nothing else is the temporary password", "[flow]")
{
    beside_house here;
    for (const auto* typed :
         {"", "abcd", "abcd-efgh-jkmn-pqrs-tvwx-yz01-2346", "abcd-efgh-jkmn-pqrs-tvwx-yz01"})
    {
        const auto answer = type(here, typed);
        CHECK(answer.status == 403);
        CHECK(has(answer.body, "local_sign_in_refused"));
    }
    CHECK_FALSE(here.session());
}

TEST_CASE("the form counts once, for ten minutes, in the browser that it was shown to", "[flow]")
{
    beside_house here;
    const auto form = form_of(here);
    const auto body = "form=" + form + "&password=" + right;
    SECTION("another browser")
    {
        here.jar = {};
        CHECK(here.post("/oidc/local", body).status == 403);
    }
    SECTION("later")
    {
        here.now += gateway::form_lifetime;
        CHECK(here.post("/oidc/local", body).status == 403);
    }
    SECTION("without it") { CHECK(here.post("/oidc/local", "password=" + right).status == 403); }
    SECTION("twice")
    {
        const auto kept = here.jar;
        CHECK(here.post("/oidc/local", body).status == 303);
        here.jar = kept;
        CHECK(here.post("/oidc/local", body).status == 403);
    }
    SECTION("from another site")
    {
        here.origin = "https://evil.example";
        const auto answer = here.post("/oidc/local", body);
        CHECK(answer.status == 403);
        CHECK(has(answer.body, "cross_site_refused"));
    }
}

TEST_CASE("five tries a minute from one address; others are not locked out by it", "[flow]")
{
    beside_house here;
    for (int count = 0; count < 5; ++count)
        CHECK(type(here, "wrong").status == 403);
    const auto late = type(here, right);
    CHECK(late.status == 429);
    CHECK(late.field("Retry-After") == "60");
    here.client = "2001:db8::1";
    for (int count = 0; count < 5; ++count)
        CHECK(type(here, "wrong").status == 403);
    here.client = "2001:db8::ffff:2"; // the same network
    CHECK(type(here, right).status == 429);
    here.client = "198.51.100.1";
    CHECK(type(here, right).status == 303);
    here.client = "192.0.2.7";
    here.now += 1min;
    CHECK(type(here, right).status == 303);
}

TEST_CASE("where a sign-in at the provider would begin there is the way to the local page", "[flow]")
{
    beside_house here;
    const auto answer = here.get("/oidc/login?return_to=%2Freports");
    CHECK(answer.status == 303);
    CHECK(answer.field("Location") == "/oidc/local?return_to=%2Freports");
    CHECK(
        here.get("/oidc/initiate?iss=https%3A%2F%2Fidp.example").field("Location") ==
        "/oidc/local?return_to=%2F"
    );
    CHECK(
        here.get("/oidc/login?return_to=https%3A%2F%2Fevil.example").field("Location") ==
        "/oidc/local?return_to=%2F"
    );
}

TEST_CASE("while the mode is off there is no such page", "[flow]")
{
    beside_house here;
    here.local = nullptr;
    CHECK(here.get("/oidc/local").status == 404);
    CHECK(here.post("/oidc/local", "form=x&password=" + right).status == 404);
}

TEST_CASE("what is logged of a use is a warning and never the password", "[flow]")
{
    beside_house here;
    log::configure(log::level::info, log::format::json);
    test::captured_output output;
    CHECK(type(here, "wrong").status == 403);
    CHECK(type(here, right).status == 303);
    const auto lines = output.take();
    log::configure(log::level::off, log::format::json);
    CHECK(has(lines, R"("level":"warning","event":"local_restore.signed_in")"));
    CHECK(has(lines, R"("code":"local_sign_in_refused")"));
    CHECK_FALSE(has(lines, "abcd"));
    CHECK_FALSE(has(lines, "ABCD"));
}

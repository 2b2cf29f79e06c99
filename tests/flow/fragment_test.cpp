// SPDX-License-Identifier: Apache-2.0
// session.keep_fragment: what stands behind # in an address stays in the browser, and two pages of ours stand
// around each sign-in. What their scripts do is seen in tests/e2e.
#include "flow/house.hpp"
#include "flow/pipeline_house.hpp"
#include "pages/fragment.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <utility>

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

house_plan keeping()
{
    house_plan plan;
    plan.keeps_fragments = true;
    return plan;
}

bool keeps(const client_answer& page, const std::string& next)
{
    return page.status == 401 && has(page.body, pages::keep_fragment_script()) &&
           has(page.body, "data-next=\"" + next + "\"");
}

bool restores(const client_answer& page, const std::string& target)
{
    return page.status == 200 && has(page.body, pages::restore_fragment_script()) &&
           has(page.body, "data-target=\"" + target + "\"");
}

} // namespace

TEST_CASE("a page without a session is asked for its fragment before anything goes to the provider", "[flow]")
{
    house here(keeping());
    const auto page = here.get("/app?x=1");
    CHECK(keeps(page, "/oidc/login?return_to=%2Fapp%3Fx%3D1"));
    CHECK(has(page.body, "data-target=\"/app?x=1\""));
    CHECK(page.field("Location").empty());
    CHECK(page.all("Set-Cookie").empty());
    CHECK(page.field("Cache-Control") == "no-store");
    CHECK_FALSE(page.field("WWW-Authenticate").empty());
    const auto back = here.come_back(here.leave("/oidc/login?return_to=%2Fapp%3Fx%3D1"));
    CHECK(restores(back, "/app?x=1"));
    CHECK(here.is_signed_in());
    CHECK(here.get("/app?x=1").status == 200);
    // Whoever was faster in another tab.
    CHECK(restores(here.get("/oidc/login?return_to=%2Fapp%3Fx%3D1"), "/app?x=1"));
}

TEST_CASE("without session.keep_fragment sign-ins are redirects alone", "[flow]")
{
    house here;
    CHECK(here.get("/app?x=1").status == 303);
    CHECK(here.sign_in().status == 303);
    CHECK(here.get("/oidc/login?return_to=%2Fapp").status == 303);
}

TEST_CASE("what no person opens gets no page, whatever is kept", "[flow]")
{
    house here(keeping());
    const auto why = GENERATE(errand::fetch, errand::bare, errand::frame_elsewhere);
    const auto answer = here.get("/app", why);
    CHECK(answer.status == 401);
    CHECK(has(answer.body, "session_required"));
    CHECK_FALSE(has(answer.body, "<script"));
}

TEST_CASE("with several providers the page comes before the choice", "[flow]")
{
    auto plan = keeping();
    plan.further = {further_provider("corp")};
    house here(std::move(plan));
    REQUIRE(keeps(here.get("/app"), "/oidc/login?return_to=%2Fapp"));
    CHECK(has(here.get("/oidc/login?return_to=%2Fapp").body, "idp=corp"));
    CHECK(restores(here.come_back(here.leave("/oidc/login?return_to=%2Fapp&idp=corp")), "/app"));
}

TEST_CASE("a page that demands more keeps its fragment too", "[flow]")
{
    auto plan = keeping();
    plan.policy = access::policy({}, {{access::path_pattern::parse("/admin/*").value(), {{"urn:mfa"}, {}}}});
    house here(std::move(plan));
    here.sign_in();
    REQUIRE(keeps(here.get("/admin/1"), "/oidc/login?return_to=%2Fadmin%2F1"));
    const auto there = here.leave("/oidc/login?return_to=%2Fadmin%2F1");
    CHECK(parameter_of(there.provider_address.text(), "acr_values") == "urn:mfa");
    here.peer.claims["acr"] = "urn:mfa";
    CHECK(restores(here.come_back(there), "/admin/1"));
    CHECK(here.get("/admin/1").status == 200);
}

TEST_CASE("a form that waits for a sign-in is sent again as ever", "[flow]")
{
    house here(keeping());
    const auto kept = here.post("/orders", "a=b", errand::form).field("Location");
    const auto back = here.come_back(here.leave(kept));
    const auto target = parameter_of(kept, "return_to");
    CHECK(has(back.body, "data-target=\"/oidc/resume?form="));
    CHECK(has(here.get(target).body, "https://app.example.com/orders"));
}

TEST_CASE("a silent sign-in is redirects alone, over which the browser keeps the fragment", "[flow]")
{
    pipeline_house here(
        [](settings::model& with)
        {
            with.session.silent_sign_in = true;
            with.session.keep_fragment = true;
        }
    );
    here.sign_in([](session::session& of) { of.tokens_end = wall_clock_now() - 1s; });
    const auto away = here.open("/reports?a=1").field("Location");
    REQUIRE(parameter_of(away, "prompt") == "none");
    here.peer.remember(parameter_of(away, "nonce"));
    const auto rest = "&state=" + parameter_of(away, "state") + "&iss=https%3A%2F%2Fidp.example";
    SECTION("it works") { CHECK(here.come_back("code=c-1" + rest).field("Location") == "/reports?a=1"); }
    SECTION("it has to be done aloud, from a page that keeps the fragment away from the provider")
    {
        const auto page = here.come_back("error=login_required" + rest);
        CHECK(has(page.body, pages::keep_fragment_script()));
        CHECK(has(page.body, "data-target=\"/reports?a=1\""));
        CHECK(page.field("Location").empty());
    }
}

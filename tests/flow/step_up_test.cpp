// SPDX-License-Identifier: Apache-2.0
// Paths that demand more of a sign-in than that there was one (RFC 9470).
#include "flow/house.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

house_plan with_rules()
{
    house_plan plan;
    plan.policy = access::policy(
        {},
        {{access::path_pattern::parse("/admin/*").value(), {{"urn:mfa", "phr"}, {}}},
         {access::path_pattern::parse("/keys/*").value(), {{}, 300s}}}
    );
    return plan;
}

} // namespace

TEST_CASE("a navigation is sent back once and arrives with what the path demands", "[flow]")
{
    house here(with_rules());
    here.sign_in();
    CHECK(here.get("/reports").status == 200);
    const auto begun = here.leave("/admin/users?page=2");
    CHECK(parameter_of(begun.provider_address.text(), "acr_values") == "urn:mfa phr");
    here.peer.claims["acr"] = "phr";
    const auto back = here.come_back(begun);
    CHECK(back.field("Location") == "/admin/users?page=2");
    CHECK(here.get("/admin/users?page=2").status == 200);
}

TEST_CASE(
    "another spelling of a path that demands more is no way around it, and comes back to itself", "[flow]"
)
{
    house here(with_rules());
    here.sign_in();
    const auto target = GENERATE(as<std::string>(), "/admin;a=1/users", "/;b/admin/users", "/ADMIN/users");
    CAPTURE(target);
    const auto begun = here.leave(target);
    here.peer.claims["acr"] = "phr";
    CHECK(here.come_back(begun).field("Location") == target);
    CHECK(here.get(target).status == 200);
}

TEST_CASE("what comes back too weak ends on a page, without a loop and without losing the session", "[flow]")
{
    house here(with_rules());
    here.sign_in();
    const auto begun = here.leave("/admin/users");
    const auto acr = GENERATE(as<std::string>(), "", "pwd");
    if (!acr.empty())
        here.peer.claims["acr"] = acr;
    const auto back = here.come_back(begun);
    CHECK(back.status == 403);
    CHECK(has(back.body, "oidc_step_up_unmet"));
    CHECK(here.count("sekisho_refusals_total{code=\"oidc_step_up_unmet\"}") == 1);
    CHECK(here.get("/reports").status == 200);
}

TEST_CASE("UserInfo cannot say how somebody signed in", "[flow]")
{
    auto plan = with_rules();
    plan.userinfo = provider::userinfo_policy::always;
    house here(std::move(plan));
    here.peer.userinfo["acr"] = "urn:mfa";
    here.peer.userinfo["auth_time"] = opening;
    here.sign_in();
    CHECK(here.come_back(here.leave("/admin/users")).status == 403);
}

TEST_CASE("an old sign-in is renewed where the path wants a fresh one", "[flow]")
{
    house here(with_rules());
    here.peer.claims["auth_time"] = opening;
    here.sign_in();
    CHECK(here.get("/keys/1").status == 200);
    here.now += 20min;
    here.peer.claims["iat"] = opening + 1200;
    here.peer.claims["exp"] = opening + 1500;
    const auto begun = here.leave("/keys/1");
    CHECK(parameter_of(begun.provider_address.text(), "max_age") == "300");
    here.peer.claims["auth_time"] = opening + 1200;
    CHECK(here.come_back(begun).field("Location") == "/keys/1");
    CHECK(here.get("/keys/1").status == 200);
}

TEST_CASE(
    "CVE-2026-71575: a provider that ignores max_age is refused, and so is one that says nothing", "[flow]"
)
{
    house here(with_rules());
    here.sign_in();
    here.now += 20min;
    here.peer.claims["iat"] = opening + 1200;
    here.peer.claims["exp"] = opening + 1500;
    const auto is_old = GENERATE(true, false);
    const auto begun = here.leave("/keys/1");
    if (is_old)
        here.peer.claims["auth_time"] = opening;
    const auto back = here.come_back(begun);
    CHECK(back.status == 400);
    CHECK(has(back.body, "oidc_generic_token_failure"));
}

TEST_CASE("a program is told what is missing, RFC 9470", "[flow]")
{
    house here(with_rules());
    here.sign_in();
    const auto answer = here.get("/admin/users", errand::fetch);
    CHECK(answer.status == 401);
    CHECK(has(answer.body, "step_up_required"));
    const auto challenge = answer.field("WWW-Authenticate");
    CHECK(has(challenge, "Bearer error=\"insufficient_user_authentication\""));
    CHECK(has(challenge, "acr_values=\"urn:mfa phr\""));
    CHECK(answer.all("Set-Cookie").empty());
    CHECK(has(here.get("/keys/1", errand::fetch).field("WWW-Authenticate"), "max_age=\"300\""));
    // A form would lose what it carries.
    CHECK(here.post("/admin/users", "a=b", errand::form).status == 401);
    // Nobody is asked for a session first.
    here.get("/logout");
    CHECK(has(here.get("/admin/users", errand::fetch).body, "session_required"));
}

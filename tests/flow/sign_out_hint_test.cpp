// SPDX-License-Identifier: Apache-2.0
// What a sign-out does beside ending the session: the hint, revoked tokens, the application, the browser.
#include "flow/house.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

bool has(std::string_view text, std::string_view piece) { return text.find(piece) != std::string_view::npos; }

std::string hint_of(const client_answer& out) { return parameter_of(out.field("Location"), "id_token_hint"); }

} // namespace

TEST_CASE("kept apart, the ID token travels to /logout only and is the hint there", "[flow]")
{
    house here({.id_token = gateway::keep::apart});
    const auto back = here.sign_in();
    bool is_set = false;
    for (const auto& each : back.all("Set-Cookie"))
        if (each.starts_with("__Secure-sekisho_signin_hint="))
        {
            is_set = true;
            CHECK(has(each, "; Path=/logout"));
            CHECK(has(each, "; Secure"));
            CHECK(has(each, "; HttpOnly"));
        }
    CHECK(is_set);
    const auto out = here.get("/logout");
    const auto payload = [](const std::string& token) { return token.substr(0, token.rfind('.')); };
    CHECK(payload(hint_of(out)) == payload(here.peer.id_token())); // signatures differ each time
    const auto state = parameter_of(out.field("Location"), "state");
    here.get("/logout?state=" + state, errand::link_elsewhere);
    CHECK(here.jar.empty()); // CVE-2025-55162
}

TEST_CASE("an expired hint is left out where the provider refuses it", "[flow]")
{
    const auto [rule, later, is_sent] = GENERATE(table<provider::sign_out_hint, int, bool>({
        {provider::sign_out_hint::always, 100'000, true},
        {provider::sign_out_hint::while_valid, 0, true},
        {provider::sign_out_hint::while_valid, 3'000, false},
    }));
    house_plan plan;
    plan.configure = [chosen = rule](provider::configuration& to) { to.hint_at_sign_out = chosen; };
    house here(plan);
    here.peer.claims["exp"] = opening + 3'000;
    here.sign_in();
    here.now += std::chrono::seconds(later > 10'000 ? 3'500 : later);
    const auto out = here.get("/logout");
    CHECK(hint_of(out).empty() == !is_sent);
    CHECK(parameter_of(out.field("Location"), "client_id") == "gate");
}

TEST_CASE("with revoke_tokens a sign-out takes the tokens back, and a failure stops nothing", "[flow]")
{
    const auto [wanted, calls] = GENERATE(table<provider::revocation, std::size_t>({
        {provider::revocation::at_sign_out, 1},
        {provider::revocation::none, 0},
    }));
    house_plan plan{.tokens = gateway::keep::yes};
    plan.configure = [chosen = wanted](provider::configuration& to) { to.revokes = chosen; };
    house here(plan);
    here.peer.metadata["revocation_endpoint"] = "https://idp.example/revoke";
    here.peer.instead["/revoke"] = [](const net::outgoing_request&) { return json_reply({}, 503); };
    here.sign_in();
    CHECK(here.get("/logout").status == 303);
    here.io.restart();
    here.io.poll();
    CHECK((here.peer.asked("/revoke") == 0) == (calls == 0));
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE(
    "mod_auth_openidc ChangeLog 218: a front channel ends the session and takes no tokens back", "[flow]"
)
{
    const auto [site, target] = GENERATE(table<session::same_site, std::string>({
        {session::same_site::none, "/logout?sid=sid-1"}, // the frame has the session's cookie
        {session::same_site::none, "/logout?iss=https%3A%2F%2Fidp.example"},
        {session::same_site::none, "/oidc/frontchannel-logout?sid=sid-1"},
        {session::same_site::none, "/oidc/frontchannel-logout"},
        {session::same_site::lax, "/logout?sid=sid-1"},
        {session::same_site::lax, "/oidc/frontchannel-logout?sid=sid-1"},
    }));
    CAPTURE(target);
    house_plan plan{.site = site, .tokens = gateway::keep::yes};
    plan.configure = [](provider::configuration& to) { to.revokes = provider::revocation::at_sign_out; };
    house here(plan);
    here.peer.metadata["revocation_endpoint"] = "https://idp.example/revoke";
    here.peer.instead["/revoke"] = [](const net::outgoing_request&) { return json_reply({}, 200); };
    here.sign_in();
    CHECK(here.get(target, errand::frame_elsewhere).status == 200);
    here.io.restart();
    here.io.poll();
    CHECK_FALSE(here.is_signed_in());
    CHECK(here.peer.asked("/revoke") == 0);
}

TEST_CASE("Clear-Site-Data comes with the end of a sign-out, and cookies only then", "[flow]")
{
    house_plan plan;
    plan.sign_out.forgets = {"cookies", "cache"};
    house here(plan);
    here.sign_in();
    const auto out = here.get("/logout");
    CHECK(out.field("Clear-Site-Data") == R"("cache")");
    const auto landed =
        here.get("/logout?state=" + parameter_of(out.field("Location"), "state"), errand::link_elsewhere);
    CHECK(landed.field("Clear-Site-Data") == R"("cookies", "cache")");
    CHECK(here.get("/logout", errand::link_elsewhere).field("Clear-Site-Data").empty()); // a mere link
}

TEST_CASE(
    "the application's own sign-out is where the browser ends, unless it asked for another place", "[flow]"
)
{
    house_plan plan;
    plan.sign_out.application.landing = "/app/bye";
    house here(plan);
    here.sign_in();
    const std::string asked = GENERATE("", "?return_to=%2Felse");
    const auto out = here.get("/logout" + asked);
    const auto landed =
        here.get("/logout?state=" + parameter_of(out.field("Location"), "state"), errand::link_elsewhere);
    CHECK(landed.field("Location") == (asked.empty() ? "/app/bye" : "/else"));
}

TEST_CASE(
    "session.check_session asks the provider's frame with our client id and its session_state", "[flow]"
)
{
    house here({.checks = gateway::session_checks::offered});
    here.peer.metadata["check_session_iframe"] = "https://idp.example/check";
    const auto nobody = here.get("/oidc/check-session");
    CHECK(has(nobody.body, R"(data-state="signed_out")"));
    CHECK_FALSE(has(nobody.body, "<iframe"));
    const auto there = here.leave();
    here.peer.remember(there.nonce);
    const auto back =
        here.get("/oidc/callback?" + here.honest_query(there) + "&session_state=s.1", errand::link_elsewhere);
    REQUIRE(back.status == 303);
    const auto page = here.get("/oidc/check-session");
    CHECK(page.status == 200);
    CHECK(has(page.body, R"(data-question="gate s.1")"));
    CHECK(
        has(page.body, "https:&#x2F;&#x2F;idp.example") !=
        has(page.body, R"(src="https://idp.example/check")")
    );
    const auto policy = page.field("Content-Security-Policy");
    CHECK(has(policy, "frame-ancestors 'self'"));
    CHECK(has(policy, "frame-src https://idp.example"));
    CHECK(has(policy, "script-src 'nonce-"));
    CHECK_FALSE(has(policy, "unsafe"));
}

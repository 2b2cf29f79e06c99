// SPDX-License-Identifier: Apache-2.0
// Sign-out and its four callers: a person, the provider's landing, the provider's front channel, another
// site.
#include "flow/house.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

constexpr std::string_view at_provider = "https://idp.example/end?";

} // namespace

TEST_CASE("a person signs out here and at the provider, and lands on a page that says so", "[flow]")
{
    const auto why = GENERATE(errand::navigation, errand::form);
    house here;
    here.sign_in();
    const auto id_token = here.peer.id_token();
    const auto out = why == errand::form ? here.post("/logout", "", why) : here.get("/logout", why);
    CHECK(out.status == 303);
    const auto to = out.field("Location");
    CHECK(to.starts_with(at_provider));
    CHECK(parameter_of(to, "client_id") == "gate");
    CHECK(has(parameter_of(to, "id_token_hint"), "."));
    CHECK(parameter_of(to, "post_logout_redirect_uri") == "https://app.example.com/logout");
    CHECK_FALSE(here.is_signed_in());

    const auto landed = here.get("/logout?state=" + parameter_of(to, "state"), errand::link_elsewhere);
    CHECK(landed.status == 200);
    CHECK(has(landed.body, "You are signed out"));
    CHECK_FALSE(has(landed.body, "may still be signed in"));
    CHECK(here.jar.empty());
    CHECK(here.get("/logout", errand::link_elsewhere).status == 200); // no loop, however often it is opened
}

TEST_CASE(
    "without an address for it at the provider the sign-out ends here, and says what that means", "[flow]"
)
{
    house here;
    here.peer.metadata.erase("end_session_endpoint");
    here.sign_in();
    const auto out = here.get("/logout");
    CHECK(out.status == 200);
    CHECK(has(out.body, "may still be signed in"));
    CHECK_FALSE(here.is_signed_in());
    // The ends of the session and of the count of sign-ins, and that the next sign-in asks who it is.
    CHECK(out.all("Set-Cookie").size() == 3);
    CHECK(parameter_of(here.leave().provider_address.text(), "prompt") == "select_account");
}

TEST_CASE("without a kept ID token the provider is told who we are by client_id", "[flow]")
{
    house here({.id_token = gateway::keep::no});
    here.sign_in();
    const auto to = here.get("/logout").field("Location");
    CHECK(parameter_of(to, "id_token_hint").empty());
    CHECK(parameter_of(to, "client_id") == "gate");
}

TEST_CASE(
    "CVE-2025-55162: nothing of ours is left in the jar after a sign-out, however many pieces there were",
    "[flow]"
)
{
    house here;
    auto groups = nlohmann::json::array();
    for (int index = 0; index < 120; ++index)
        groups.push_back("a-group-with-a-rather-long-name-" + std::to_string(index * 7919));
    const auto there = here.leave();
    here.peer.claims["groups"] = groups;
    REQUIRE(here.come_back(there).status == 303);
    REQUIRE(here.jar.all().size() > 2);
    const auto to = here.get("/logout").field("Location");
    here.get("/logout?state=" + parameter_of(to, "state"), errand::link_elsewhere);
    CHECK(here.jar.empty());
    CHECK(here.opened.size() == 0);
}

TEST_CASE("a link on another site asks first; the form signs out", "[flow]")
{
    house here;
    here.sign_in();
    const auto page = here.get("/logout?return_to=%2Fbye", errand::link_elsewhere);
    CHECK(page.status == 200);
    CHECK(has(page.body, "<form method=\"post\" action=\"/logout\">"));
    CHECK(has(page.body, "name=\"return_to\" value=\"/bye\""));
    CHECK(has(page.field("Content-Security-Policy"), "form-action 'self' https:"));
    CHECK(here.is_signed_in());
    const auto out = here.post("/logout", "return_to=%2Fbye", errand::form);
    CHECK(out.field("Location").starts_with(at_provider));
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("a form or a picture of another site signs nobody out", "[flow]")
{
    house here;
    here.sign_in();
    CHECK(here.post("/logout", "", errand::form_elsewhere).status == 403);
    CHECK(here.get("/logout", errand::fetch).status == 405); // a picture of our own site: it has to be a POST
    CHECK(here.is_signed_in());
}

TEST_CASE("without Sec-Fetch-Site a POST counts by its Origin, a GET by its Referer", "[flow]")
{
    const auto [method, name, value, status] = GENERATE(table<std::string, std::string, std::string, int>({
        {"POST", "Origin", "https://app.example.com", 303},
        {"POST", "Origin", "https://app.example.com.evil.example", 403},
        {"POST", "Origin", "http://app.example.com", 403},
        {"POST", "Origin", "null", 403},
        {"POST", "Referer", "https://app.example.com/", 403},
        {"GET", "Referer", "https://app.example.com/x", 303},
        {"GET", "Referer", "https://evil.example/", 200}, // asks
        {"GET", "X-Nothing", "x", 200},                   // asks
    }));
    CAPTURE(method, name, value);
    house here;
    here.sign_in();
    client_request request{
        .method = method,
        .target = "/logout",
        .fields = {{"Accept", "text/html"}, {name, value}},
        .body = {},
        .body_failure = {}
    };
    CHECK(here.ask(std::move(request), errand::bare).status == status);
    CHECK(here.is_signed_in() == (status != 303));
}

TEST_CASE("a script signs out by POST and is told where to go on", "[flow]")
{
    house here;
    here.sign_in();
    const auto out = here.post("/logout", "", errand::fetch);
    CHECK(out.status == 200);
    const auto body = nlohmann::json::parse(out.body);
    CHECK(body["signed_out"] == true);
    CHECK(body["continue_url"].get<std::string>().starts_with(at_provider));
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE(
    "the provider's front channel clears the session it names and no other, and redirects nowhere", "[flow]"
)
{
    const auto [query, is_cleared] = GENERATE(table<std::string, bool>({
        {"sid=sid-1", true}, // Entra sends no iss
        {"sid=sid-1&iss=https%3A%2F%2Fidp.example", true},
        {"iss=https%3A%2F%2Fidp.example", true},
        {"sid=another", false},
        {"sid=another&iss=https%3A%2F%2Fidp.example", false},
    }));
    CAPTURE(query);
    house here({.site = session::same_site::none});
    here.sign_in();
    const auto answer = here.get("/logout?" + query, errand::frame_elsewhere);
    CHECK(answer.status == 200);
    CHECK(answer.field("Location").empty());
    CHECK(has(answer.field("Cache-Control"), "no-store"));
    CHECK(answer.field("X-Frame-Options").empty());
    CHECK_FALSE(has(answer.field("Content-Security-Policy"), "frame-ancestors"));
    CHECK(here.is_signed_in() == !is_cleared);
}

TEST_CASE("a front channel of another issuer, or one said twice, is refused", "[flow]")
{
    house here({.site = session::same_site::none});
    here.sign_in();
    const auto query =
        GENERATE("iss=https%3A%2F%2Fevil.example&sid=sid-1", "sid=sid-1&sid=sid-1", "sid=&sid=sid-1");
    CHECK(here.get(std::string("/logout?") + query, errand::frame_elsewhere).status == 400);
    CHECK(here.is_signed_in());
}

TEST_CASE("a link with a sid on another site is no front channel", "[flow]")
{
    house here;
    here.sign_in();
    const auto page = here.get("/logout?sid=sid-1", errand::link_elsewhere);
    CHECK(has(page.body, "<form method=\"post\""));
    CHECK(here.is_signed_in());
}

TEST_CASE("a state that this browser did not get is no landing", "[flow]")
{
    house here;
    here.sign_in();
    const auto page = here.get("/logout?state=made-up", errand::link_elsewhere);
    CHECK(has(page.body, "<form method=\"post\""));
    CHECK(here.is_signed_in());
}

TEST_CASE(
    "a return address that is one of our own endpoints leads to the front page instead of in circles",
    "[flow]"
)
{
    house here;
    here.sign_in();
    const auto target =
        GENERATE("/logout", "/oidc/login?return_to=%2Fx", "/oidc/callback?state=x", "/oidc/session");
    CHECK(here.get(with_query_parameter("/oidc/login", "return_to", target)).field("Location") == "/");
}

TEST_CASE("sign-out takes GET and POST only", "[flow]")
{
    house here;
    const auto method = GENERATE("HEAD", "PUT", "DELETE");
    const auto page = here.ask(
        {.method = method, .target = "/logout", .fields = {}, .body = {}, .body_failure = {}},
        errand::navigation
    );
    CHECK(page.status == 405);
    CHECK(page.field("Allow") == "GET, POST");
}

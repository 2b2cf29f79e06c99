// SPDX-License-Identifier: Apache-2.0
// Everything that can be wrong with a callback itself: each ends on a page with its code, without a session,
// and never begins anew by itself.
#include "flow/refused.hpp"

#include <utility>

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

std::string replaced(std::string text, std::string_view part, std::string_view by)
{
    const auto at = text.find(part);
    REQUIRE(at != std::string::npos);
    return text.replace(at, part.size(), by);
}

} // namespace

TEST_CASE(
    "CVE-2017-1000069, CVE-2025-12419: a callback from another browser is refused before anything is "
    "redeemed",
    "[flow]"
)
{
    house here;
    const auto there = here.leave();
    std::swap(here.jar, here.other_browser);
    const auto page = here.come_back(there);
    check_refused(here, page, "oidc_state_missing");
    CHECK(here.peer.asked("/token") == 0);
    CHECK(has(page.body, "/oidc/login?return_to=%2F"));
}

TEST_CASE(
    "CVE-2023-27496: a callback whose parameters are missing, empty, doubled or wrong is refused unredeemed",
    "[flow]"
)
{
    house here;
    const auto there = here.leave();
    const auto honest = here.honest_query(there);
    const auto [query, code] = GENERATE_COPY(table<std::string, std::string>({
        {"", "oidc_state_missing"},
        {"code=c-1", "oidc_state_missing"},
        {"state=&code=c-1", "oidc_state_missing"},
        {"state=another&code=c-1", "oidc_state_missing"},
        {honest + "&state=x", "oidc_parameter_duplicated"},     // RFC 6749, 3.1
        {honest + "&code=c-2", "oidc_parameter_duplicated"},    // RFC 6749, 3.1
        {honest + "&foo=1&foo=1", "oidc_parameter_duplicated"}, // RFC 6749, 3.1
        {replaced(honest, "c-1", ""), "oidc_received_no_code_or_token_failure"},
        {replaced(honest, "code=c-1", "access_token=a"), "oidc_received_no_code_or_token_failure"
        },                                                                                // CVE-2026-82462
        {replaced(honest, "idp.example", "evil.example"), "oidc_issuer_mismatch"},        // RFC 9207, 2.4
        {replaced(honest, "&iss=https%3A%2F%2Fidp.example", ""), "oidc_issuer_mismatch"}, // RFC 9207, 2.4
        {honest + "&x=%zz", "request_malformed"},
        {honest + "&x=" + std::string(70'000, 'a'), "request_malformed"},
    }));
    CAPTURE(query.substr(0, 200));
    check_refused(here, here.get("/oidc/callback?" + query, errand::link_elsewhere), code);
    CHECK(here.peer.asked("/token") == 0);
}

TEST_CASE("the provider's error becomes our code", "[flow]")
{
    house here;
    const auto there = here.leave();
    const auto [name, code] = GENERATE(table<std::string, std::string>({
        {"access_denied", "oidc_access_denied"},                  // RFC 6749, 4.1.2.1
        {"temporarily_unavailable", "oidc_provider_unavailable"}, // RFC 6749, 4.1.2.1
        {"login_required", "oidc_interaction_required"},          // Core, 3.1.2.6
        {"consent_required", "oidc_interaction_required"},        // Core, 3.1.2.6
        {"invalid_scope", "oidc_auth_error"},                     // RFC 6749, 4.1.2.1
        {"whatever", "oidc_auth_error"},
    }));
    const auto query = "state=" + there.state + "&iss=https%3A%2F%2Fidp.example&error=" + name;
    check_refused(here, here.get("/oidc/callback?" + query, errand::link_elsewhere), code);
    CHECK(here.peer.asked("/token") == 0);
    CHECK(here.jar.empty()); // the sign-in is over
}

TEST_CASE("the provider's error that comes by a form ends every flow, and nobody is asked anything", "[flow]")
{
    const auto how = GENERATE(
        oidc::flow::pkce,
        oidc::flow::implicit,
        oidc::flow::id_token_token,
        oidc::flow::code_id_token,
        oidc::flow::code_token,
        oidc::flow::code_id_token_token
    );
    CAPTURE(oidc::response_type(how));
    house_plan plan;
    plan.flow = how;
    plan.mode = oidc::response_mode::form_post;
    plan.userinfo =
        how == oidc::flow::implicit ? provider::userinfo_policy::never : provider::userinfo_policy::always;
    house here(std::move(plan));
    const auto there = here.leave();
    // A code and tokens beside the error are not looked at.
    const auto body = here.honest_query(there) + "&error=access_denied&error_description=no";
    check_refused(here, here.post("/oidc/callback", body, errand::form_elsewhere), "oidc_access_denied");
    CHECK(here.peer.asked("/token") == 0);
    CHECK(here.peer.asked("/userinfo") == 0);
    CHECK(here.jar.empty());
}

TEST_CASE("CVE-2017-6059, CVE-2026-33758: nothing the provider or a link says is rendered", "[flow]")
{
    house here;
    const auto there = here.leave();
    const auto evil = std::string("%3Cb%3Ecall%20555%3C%2Fb%3E");
    const auto is_ours = GENERATE(true, false);
    const auto state = is_ours ? there.state : std::string("unknown");
    const auto page = here.get(
        "/oidc/callback?state=" + state +
            "&iss=https%3A%2F%2Fidp.example&error=call%20555&error_description=" + evil +
            "&error_uri=" + evil,
        errand::link_elsewhere
    );
    CHECK(page.status == 400);
    CHECK_FALSE(has(page.body, "555"));
    CHECK(has(page.field("Content-Security-Policy"), "default-src 'none'"));
}

TEST_CASE("a callback is good once: sent again, it redeems nothing", "[flow]")
{
    house here;
    const auto there = here.leave();
    here.other_browser = here.jar; // somebody kept a copy of the cookies
    CHECK(here.come_back(there).status == 303);
    std::swap(here.jar, here.other_browser);
    check_refused(here, here.come_back(there), "oidc_state_missing");
    CHECK(here.peer.asked("/token") == 1);
}

TEST_CASE("a callback nobody awaits leads somebody who is signed in back to the application", "[flow]")
{
    house here;
    const auto there = here.leave();
    here.come_back(there);
    const auto again = here.come_back(there); // the back button
    CHECK(again.status == 303);
    CHECK(again.field("Location") == "/");
    CHECK(here.get("/oidc/callback").field("Location") == "/");
    CHECK(here.peer.asked("/token") == 1);
}

TEST_CASE(
    "a sign-in that took too long continues with the right address, by the person's own click", "[flow]"
)
{
    house here;
    const auto there = here.leave("/deep?x=1");
    here.now += 16min;
    const auto page = here.come_back(there);
    CHECK(page.status == 400);
    CHECK(page.field("Location").empty());
    CHECK(has(page.body, "href=\"/oidc/login?return_to=%2Fdeep%3Fx%3D1\""));
    CHECK(here.peer.asked("/token") == 0);
    CHECK(here.jar.empty());
}

TEST_CASE("a token in an address is not taken: implicit sign-ins end with a form post", "[flow]")
{
    house here({.flow = oidc::flow::implicit});
    const auto there = here.leave();
    const auto page = here.get("/oidc/callback?" + here.honest_query(there), errand::navigation);
    check_refused(here, page, "oidc_received_no_code_or_token_failure");
}

TEST_CASE("the callback takes forms of up to 64 KiB and nothing else", "[flow]")
{
    house here({.flow = oidc::flow::implicit});
    const auto there = here.leave();
    const auto body = here.honest_query(there);
    SECTION("too large")
    {
        const auto page =
            here.post("/oidc/callback", body + "&x=" + std::string(65'536, 'a'), errand::form_elsewhere);
        check_refused(here, page, "request_body_too_large");
        CHECK(page.is_closing);
    }
    SECTION("just small enough")
    {
        const auto filler = std::string(65'536 - body.size() - 3, 'a');
        CHECK(here.post("/oidc/callback", body + "&x=" + filler, errand::form_elsewhere).status == 303);
    }
    SECTION("another type")
    {
        client_request request{
            .method = "POST", .target = "/oidc/callback", .fields = {}, .body = body, .body_failure = {}
        };
        request.fields.emplace_back("Content-Type", "text/plain");
        check_refused(here, here.ask(std::move(request), errand::form_elsewhere), "request_malformed");
    }
    SECTION("another method")
    {
        const auto method = GENERATE("HEAD", "PUT", "OPTIONS");
        const auto page = here.ask(
            {.method = method,
             .target = "/oidc/callback?" + body,
             .fields = {},
             .body = {},
             .body_failure = {}},
            errand::navigation
        );
        CHECK(page.status == 405);
        CHECK(page.field("Allow") == "GET, POST");
    }
}

TEST_CASE("CVE-2026-48090: a client that goes away while its code is redeemed harms nobody", "[flow]")
{
    house here;
    const auto there = here.leave();
    here.peer.instead["/token"] = [&](const net::outgoing_request&) -> result<net::incoming_response>
    {
        here.under_way->break_connection(error{errc::client_gone, "socket", "reset"});
        return json_reply(
            {{"id_token", here.peer.id_token()}, {"token_type", "Bearer"}, {"access_token", "a"}}
        );
    };
    CHECK(here.come_back(there).status == 0); // nobody is there to be answered
    CHECK_FALSE(here.is_signed_in());
    here.peer.instead.clear();
    CHECK(here.sign_in().status == 303);
    CHECK(here.is_signed_in());
}

TEST_CASE("a form that breaks off uses up no sign-in", "[flow]")
{
    house here({.mode = oidc::response_mode::form_post});
    const auto there = here.leave();
    client_request request{
        .method = "POST",
        .target = "/oidc/callback",
        .fields = {},
        .body = here.honest_query(there),
        .body_failure = error{errc::request_timeout, "body", "too slow"}
    };
    const auto page = here.ask(std::move(request), errand::form_elsewhere);
    CHECK(page.status == 408);
    CHECK(page.is_closing);
    CHECK(here.come_back(there).status == 303);
}

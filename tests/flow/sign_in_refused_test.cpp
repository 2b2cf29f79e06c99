// SPDX-License-Identifier: Apache-2.0
// Everything that can be wrong with a callback: each ends on a page with its code, without a session, and
// never begins anew by itself.
#include "flow/house.hpp"
#include "support/catch.hpp"

#include <functional>
#include <utility>

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// A page with this code, and nobody signed in.
void check_refused(house& here, const client_answer& answer, std::string_view code)
{
    CHECK(has(answer.body, std::string(">").append(code).append("</dd>")));
    CHECK(answer.status >= 400);
    CHECK(answer.field("Location").empty());
    CHECK_FALSE(has(answer.body, "http-equiv"));
    CHECK_FALSE(here.is_signed_in());
    CHECK(here.count(std::string("sekisho_refusals_total{code=\"").append(code).append("\"}")) == 1);
}

std::string replaced(std::string text, std::string_view part, std::string_view by)
{
    const auto at = text.find(part);
    REQUIRE(at != std::string::npos);
    return text.replace(at, part.size(), by);
}

using lie = std::function<void(house&)>;

fake_provider::reply answers(net::incoming_response what)
{
    return [what](const net::outgoing_request&) -> result<net::incoming_response> { return what; };
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

TEST_CASE("CVE-2022-29226: an ID token that is not right in every way makes no session", "[flow]")
{
    const auto [what, how, code] = GENERATE(table<std::string, lie, std::string>({
        {"wrong nonce (Core 3.1.3.7, 11)",
         [](house& the) { the.peer.claims["nonce"] = "n"; },
         "oidc_nonce_missing"},
        {"no nonce (Core 3.1.3.7, 11)",
         [](house& the) { the.peer.claims.erase("nonce"); },
         "oidc_nonce_missing"},
        {"other issuer (Core 3.1.3.7, 2)",
         [](house& the) { the.peer.claims["iss"] = "https://evil.example"; },
         "oidc_issuer_mismatch"},
        {"other audience (Core 3.1.3.7, 3)",
         [](house& the) { the.peer.claims["aud"] = "other"; },
         "oidc_generic_token_failure"},
        {"no audience (Core 3.1.3.7, 3)",
         [](house& the) { the.peer.claims.erase("aud"); },
         "oidc_generic_token_failure"},
        {"untrusted further audience (Core 3.1.3.7, 3)",
         [](house& the) { the.peer.claims["aud"] = {"gate", "other"}; },
         "oidc_generic_token_failure"},
        {"expired (Core 3.1.3.7, 9)",
         [](house& the) { the.peer.claims["exp"] = opening - 61; },
         "oidc_generic_token_failure"},
        {"issued in the future",
         [](house& the) { the.peer.claims["iat"] = opening + 3600; },
         "oidc_generic_token_failure"},
        {"no subject (Core 2)", [](house& the) { the.peer.claims.erase("sub"); }, "oidc_generic_token_failure"
        },
        {"empty subject, CVE-2026-23990",
         [](house& the) { the.peer.claims["sub"] = ""; },
         "oidc_generic_token_failure"},
        {"null subject, CVE-2026-41571",
         [](house& the) { the.peer.claims["sub"] = nullptr; },
         "oidc_generic_token_failure"},
        {"another's signature (Core 3.1.3.7, 6)",
         [](house& the)
         {
             const auto right = the.peer.key.jwks({.kid = "k1", .use = "sig", .alg = {}});
             the.peer.instead["/jwks"] = answers({200, {{"Content-Type", "application/json"}}, right});
             the.peer.key = signing_key::make("ES256");
         },
         "oidc_generic_token_failure"},
        {"HS256 under the public key, CVE-2026-33322",
         [](house& the)
         {
             const auto right = the.peer.key.jwks({.kid = "k1", .use = "sig", .alg = {}});
             the.peer.instead["/jwks"] = answers({200, {{"Content-Type", "application/json"}}, right});
             the.peer.key = signing_key::with_secret("HS256", the.peer.key.public_pem());
         },
         "oidc_generic_token_failure"},
    }));
    CAPTURE(what);
    house here;
    const auto there = here.leave();
    how(here);
    check_refused(here, here.come_back(there), code);
    CHECK(here.peer.asked("/token") == 1);
    CHECK(here.jar.empty());
}

TEST_CASE("CVE-2026-71575: with max_age an old or missing authentication time is refused", "[flow]")
{
    house here({.max_age = 600s});
    const auto there = here.leave();
    CHECK(parameter_of(there.provider_address.text(), "max_age") == "600");
    SECTION("missing") { check_refused(here, here.come_back(there), "oidc_generic_token_failure"); }
    SECTION("old")
    {
        here.peer.claims["auth_time"] = opening - 3600;
        check_refused(here, here.come_back(there), "oidc_generic_token_failure");
    }
    SECTION("recent")
    {
        here.peer.claims["auth_time"] = opening - 60;
        CHECK(here.come_back(there).status == 303);
    }
}

TEST_CASE("a token endpoint that fails in any way ends the sign-in with one attempt", "[flow]")
{
    const http::owned_fields as_json{{"Content-Type", "application/json"}};
    const auto reply = [](net::incoming_response what) -> result<net::incoming_response> { return what; };
    const auto [what, given, code] =
        GENERATE_COPY(table<std::string, result<net::incoming_response>, std::string>({
            {"400", reply({400, as_json, R"({"error":"invalid_grant"})"}), "oidc_code_exchange_failure"},
            {"401", reply({401, as_json, R"({"error":"invalid_client"})"}), "oidc_code_exchange_failure"},
            {"500", reply({500, {}, "oops"}), "oidc_code_exchange_failure"},
            {"a redirect",
             reply({302, {{"Location", "https://evil.example"}}, ""}),
             "oidc_code_exchange_failure"},
            {"garbage", reply({200, as_json, "<html>"}), "oidc_code_exchange_failure"},
            {"CVE-2026-48042: deep nesting",
             reply({200, as_json, std::string(100'000, '[')}),
             "oidc_code_exchange_failure"},
            {"no ID token",
             reply({200, as_json, R"({"access_token":"a","token_type":"Bearer"})"}),
             "oidc_code_exchange_token_missing"},
            {"huge",
             fail(errc::value_too_large, "http_client", "more than 1 MiB"),
             "oidc_code_exchange_failure"},
            {"a time-out",
             fail(errc::network_timeout, "http_client", "after 10s"),
             "oidc_code_exchange_failure"},
            {"no connection",
             fail(errc::network_failure, "http_client", "refused"),
             "oidc_code_exchange_failure"},
        }));
    CAPTURE(what);
    house here;
    const auto there = here.leave();
    here.peer.instead["/token"] = [given](const net::outgoing_request&) { return given; };
    const auto page = here.come_back(there);
    check_refused(here, page, code);
    CHECK(here.peer.asked("/token") == 1);
    CHECK(has(page.body, "/oidc/login?return_to=%2Freports%3Fa%3D1"));
    CHECK(here.jar.empty());
}

TEST_CASE(
    "a sign-in whose n-th call to the provider fails ends on a page and leaves nothing behind", "[flow]"
)
{
    const auto number = GENERATE(range(0, 4)); // metadata, token, keys, UserInfo
    const auto kind =
        GENERATE(errc::network_failure, errc::network_timeout, errc::value_too_large, errc::value_malformed);
    CAPTURE(number, describe(kind).name);
    house here({.userinfo = provider::userinfo_policy::always});
    here.peer.failing_call = static_cast<std::size_t>(number);
    here.peer.failure = error{kind, "http_client", "scripted"};
    auto page = here.get("/deep");
    if (number > 0)
    {
        REQUIRE(page.status == 303);
        const auto state = parameter_of(page.field("Location"), "state");
        here.peer.remember(parameter_of(page.field("Location"), "nonce"));
        page = here.get(
            "/oidc/callback?state=" + state + "&code=c-1&iss=https%3A%2F%2Fidp.example",
            errand::link_elsewhere
        );
    }
    CHECK(page.status >= 500);
    CHECK_FALSE(has(page.body, "scripted"));
    CHECK_FALSE(here.is_signed_in());
    CHECK(here.jar.empty());
    CHECK(here.peer.requests().size() == static_cast<std::size_t>(number) + 1);
}

TEST_CASE("with no failing call that same sign-in is good", "[flow]")
{
    house here({.userinfo = provider::userinfo_policy::always});
    CHECK(here.sign_in().status == 303);
    CHECK(here.peer.requests().size() == 4);
}

TEST_CASE("UserInfo about somebody else is refused", "[flow]")
{
    house here({.userinfo = provider::userinfo_policy::always});
    const auto there = here.leave();
    const auto wrong = GENERATE(nlohmann::json("bob"), nlohmann::json(), nlohmann::json(7)); // Core 5.3.2
    here.peer.userinfo["sub"] = wrong;
    check_refused(here, here.come_back(there), "oidc_userinfo_failure");
    CHECK(here.peer.asked("/userinfo") == 1);
}

TEST_CASE("claims that make no usable identity make no session", "[flow]")
{
    const auto [what, how, code] = GENERATE(table<std::string, lie, std::string>({
        {"no e-mail", [](house& the) { the.peer.claims.erase("email"); }, "oidc_missing_email_claim"},
        {"CVE-2026-55075: unverified",
         [](house& the) { the.peer.claims["email_verified"] = "yes"; },
         "oidc_email_unverified"},
        {"no user", [](house& the) { the.peer.claims.erase("uid"); }, "oidc_missing_user_claim"},
    }));
    CAPTURE(what);
    house_plan plan;
    plan.mapping.email_need = identity::email_policy::required;
    plan.mapping.user = {"uid"};
    house here(plan);
    here.peer.claims["uid"] = "u-1";
    const auto there = here.leave();
    how(here);
    const auto page = here.come_back(there);
    check_refused(here, page, code);
    CHECK(page.status == 403);
}

TEST_CASE(
    "a person with too many groups for the browser's cookies gets a page, not a broken session", "[flow]"
)
{
    house here;
    const auto there = here.leave();
    auto groups = nlohmann::json::array();
    for (int index = 0; index < 1000; ++index)
        groups.push_back("a-group-with-a-rather-long-name-" + std::to_string(index * 7919));
    here.peer.claims["groups"] = groups;
    check_refused(here, here.come_back(there), "session_too_large");
    CHECK(here.jar.empty());
}

TEST_CASE("an ID token that is kept only for signing out is left out where it does not fit", "[flow]")
{
    const auto [kept, is_signed_in] =
        GENERATE(table<gateway::keep, bool>({{gateway::keep::yes, false}, {gateway::keep::if_it_fits, true}})
        );
    house here({.id_token = kept});
    const auto there = here.leave();
    auto groups = nlohmann::json::array();
    for (int index = 0; index < 360; ++index)
        groups.push_back("a-group-with-a-rather-long-name-" + std::to_string(index));
    here.peer.claims["groups"] = groups; // in the session once, and once more inside the token
    here.come_back(there);
    CHECK(here.is_signed_in() == is_signed_in);
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

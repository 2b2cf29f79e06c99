// SPDX-License-Identifier: Apache-2.0
// Everything that can be wrong with what the provider answers behind a good callback: tokens, UserInfo, who
// the person is. Each ends on a page with its code, without a session.
#include "flow/refused.hpp"

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

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

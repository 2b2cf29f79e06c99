// SPDX-License-Identifier: Apache-2.0
// ID tokens of a provider without keys, believed for TLS (oidc.id_token_signature: tls; Core 3.1.3.7, 6).
#include "flow/refused.hpp"
#include "oidc/token_checks.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

house_plan without_keys(oidc::flow flow = oidc::flow::pkce)
{
    house_plan plan{.flow = flow, .userinfo = provider::userinfo_policy::always};
    plan.configure = [](provider::configuration& what)
    { what.signature = provider::signature_need::believed_for_tls; };
    return plan;
}

// Signed by nobody whom the provider's keys know.
void forge(house& the)
{
    const auto right = the.peer.key.jwks({.kid = "k1", .use = "sig", .alg = {}});
    the.peer.instead["/jwks"] = answers({200, {{"Content-Type", "application/json"}}, right});
    the.peer.key = signing_key::make("ES256");
}

} // namespace

TEST_CASE(
    "a signature that no key made passes where the token is believed for TLS, and nowhere else", "[flow]"
)
{
    const auto flow = GENERATE(oidc::flow::pkce, oidc::flow::code, oidc::flow::code_token);
    SECTION("believed")
    {
        house here(without_keys(flow));
        const auto there = here.leave();
        forge(here);
        CHECK(here.come_back(there).status == 303);
        CHECK(here.is_signed_in());
        CHECK(here.peer.asked("/jwks") == 0);
        CHECK(here.peer.asked("/userinfo") == 1);
    }
    SECTION("not believed")
    {
        house here({.flow = flow});
        const auto there = here.leave();
        forge(here);
        check_refused(here, here.come_back(there), "oidc_generic_token_failure");
    }
}

TEST_CASE("somebody signs in at a provider that has no keys at all", "[flow]")
{
    house here(without_keys());
    here.peer.metadata.erase("jwks_uri");
    CHECK(here.sign_in().status == 303);
    CHECK(here.is_signed_in());
}

TEST_CASE("a believed ID token is checked in every other way", "[flow]")
{
    const auto [what, how, code] = GENERATE(table<std::string, lie, std::string>({
        {"wrong nonce (Core 3.1.3.7, 11)",
         [](house& the) { the.peer.claims["nonce"] = "n"; },
         "oidc_nonce_missing"},
        {"no nonce", [](house& the) { the.peer.claims.erase("nonce"); }, "oidc_nonce_missing"},
        {"other issuer (2)",
         [](house& the) { the.peer.claims["iss"] = "https://evil.example"; },
         "oidc_issuer_mismatch"},
        {"other audience (3)",
         [](house& the) { the.peer.claims["aud"] = "other"; },
         "oidc_generic_token_failure"},
        {"authorized for another (5)",
         [](house& the) { the.peer.claims["azp"] = "other"; },
         "oidc_generic_token_failure"},
        {"expired (9)",
         [](house& the) { the.peer.claims["exp"] = opening - 61; },
         "oidc_generic_token_failure"},
        {"of another access token (3.1.3.8)",
         [](house& the) { the.peer.claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA"; },
         "oidc_generic_token_failure"},
        {"no subject", [](house& the) { the.peer.claims.erase("sub"); }, "oidc_generic_token_failure"},
        {"a logout token",
         [](house& the)
         { the.peer.claims["events"] = {{std::string(oidc::logout_event), nlohmann::json::object()}}; },
         "oidc_generic_token_failure"},
        {"HS256, which the client secret would check",
         [](house& the) { the.peer.key = signing_key::with_secret("HS256", "s3cret"); },
         "oidc_generic_token_failure"},
        {"somebody else at UserInfo (5.3.2)",
         [](house& the) { the.peer.userinfo["sub"] = "bob"; },
         "oidc_userinfo_failure"},
        {"nobody at UserInfo", [](house& the) { the.peer.userinfo.erase("sub"); }, "oidc_userinfo_failure"},
        {"UserInfo does not answer",
         [](house& the) { the.peer.instead["/userinfo"] = answers({503, {}, ""}); },
         "oidc_userinfo_failure"},
        {"signed UserInfo, whose signature nobody can check",
         [](house& the)
         {
             const auto jwt = the.peer.key.sign_with_kid("k1", the.peer.userinfo.dump());
             the.peer.instead["/userinfo"] = answers({200, {{"Content-Type", "application/jwt"}}, jwt});
         },
         "oidc_userinfo_failure"},
    }));
    CAPTURE(what);
    house here(without_keys());
    const auto there = here.leave();
    how(here);
    check_refused(here, here.come_back(there), code);
}

TEST_CASE("no ID token is believed that says itself that nobody signed it (alg none)", "[flow]")
{
    house here(without_keys());
    const auto there = here.leave();
    const auto header = base64url(R"({"alg":"none"})");
    const auto token = header + "." + base64url(here.peer.claims.dump()) + ".";
    here.peer.instead["/token"] = [=](const net::outgoing_request&)
    { return json_reply({{"id_token", token}, {"access_token", "at-1"}, {"token_type", "Bearer"}}); };
    check_refused(here, here.come_back(there), "oidc_generic_token_failure");
}

TEST_CASE("nothing is believed that was not called by TLS, whatever address the metadata has", "[flow]")
{
    const auto [what, how] = GENERATE(table<std::string, std::function<void(provider::configuration&)>>({
        {"a back channel without TLS",
         [](auto& to) { to.reach.back_channel = url::parse("http://127.0.0.1:8080").value(); }},
        {"a token endpoint without TLS",
         [](auto& to) { to.reach.endpoints.token_endpoint = url::parse("http://127.0.0.1/token").value(); }},
        {"a UserInfo endpoint without TLS",
         [](auto& to)
         { to.reach.endpoints.userinfo_endpoint = url::parse("http://127.0.0.1/userinfo").value(); }},
    }));
    CAPTURE(what);
    auto plan = without_keys();
    plan.configure = [more = plan.configure, how](provider::configuration& to)
    {
        more(to);
        how(to);
    };
    house here(std::move(plan));
    check_refused(here, here.sign_in(), "oidc_generic_token_failure");
    CHECK(here.peer.asked("/userinfo") == 0);
}

TEST_CASE("an ID token through the browser is never believed, whatever the settings let through", "[flow]")
{
    const auto flow = GENERATE(oidc::flow::implicit, oidc::flow::code_id_token);
    auto plan = without_keys(flow);
    plan.userinfo = provider::userinfo_policy::never;
    house here(std::move(plan));
    check_refused(here, here.sign_in(), "oidc_generic_token_failure");
    CHECK(here.peer.asked("/token") == 0);
}

TEST_CASE("a logout token that no key can check ends nothing", "[flow]")
{
    house here(without_keys());
    here.sign_in();
    const nlohmann::json claims{
        {"iss", "https://idp.example"},
        {"aud", "gate"},
        {"iat", opening},
        {"exp", opening + 120},
        {"jti", "j-1"},
        {"sid", "sid-1"},
        {"events", {{std::string(oidc::logout_event), nlohmann::json::object()}}},
    };
    const auto token = here.peer.key.sign_with_kid(here.peer.kid, claims.dump());
    CHECK(here.post("/oidc/backchannel-logout", "logout_token=" + token, errand::bare).status == 400);
    CHECK(here.is_signed_in());
}

TEST_CASE("the test page says that the signature was not checked, and the report that it was not", "[flow]")
{
    house here(without_keys());
    const auto ticket =
        "/oidc/test?ticket=" + gateway::make_test_ticket(here.test_tickets, here.now, here.random);
    const auto there = here.leave(ticket + "&idp=main");
    const auto report = here.come_back(there);
    CHECK(has(report.body, "The test sign-in works"));
    CHECK(has(report.body, "<b>Not checked</b>"));
    CHECK(has(report.body, "signature not checked: believed for TLS"));
}

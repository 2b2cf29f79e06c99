// SPDX-License-Identifier: Apache-2.0
// A provider tells that somebody signed out: by itself (Back-Channel Logout 1.0) and through the browser
// (Front-Channel Logout 1.0).
#include "flow/house.hpp"
#include "oidc/token_checks.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

const std::string back = "/oidc/backchannel-logout";
const std::string front = "/oidc/frontchannel-logout";

nlohmann::json logout_claims(const std::string& jti = "j-1")
{
    return {
        {"iss", "https://idp.example"},
        {"aud", "gate"},
        {"iat", opening},
        {"exp", opening + 120},
        {"jti", jti},
        {"sid", "sid-1"},
        {"events", {{std::string(oidc::logout_event), nlohmann::json::object()}}},
    };
}

client_answer tell(house& here, const nlohmann::json& claims)
{
    const auto token = here.peer.key.sign_with_kid(here.peer.kid, claims.dump());
    return here.post(back, "logout_token=" + token, errand::bare);
}

} // namespace

TEST_CASE("a logout token ends the session that it names, without any cookie of the browser", "[flow]")
{
    house here;
    here.sign_in();
    REQUIRE(here.is_signed_in());
    std::swap(here.jar, here.other_browser);
    const auto answer = tell(here, logout_claims());
    CHECK(answer.status == 200);
    CHECK(answer.body.empty());
    CHECK(answer.field("Cache-Control").find("no-store") != std::string::npos);
    CHECK(answer.all("Set-Cookie").empty());
    std::swap(here.jar, here.other_browser);
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("a logout that failed is told so, and may be sent again (Back-Channel Logout 1.0, 2.8)", "[flow]")
{
    house here;
    here.sign_in();
    std::swap(here.jar, here.other_browser);
    here.way_to_shelf->fail_from(1);
    const auto failed = tell(here, logout_claims());
    CHECK(failed.status == 400);
    CHECK(failed.field("Retry-After") == "5");
    CHECK(failed.body.contains("temporarily_unavailable"));
    here.way_to_shelf->work();
    CHECK(tell(here, logout_claims()).status == 200); // the same token: it was not used up
    CHECK(tell(here, logout_claims()).status == 400);
    std::swap(here.jar, here.other_browser);
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("a logout token ends what it means and nothing else (Back-Channel Logout 1.0, 2.7)", "[flow]")
{
    const auto [sid, sub, ends] = GENERATE(table<std::string, std::string, bool>({
        {"sid-1", "", true},
        {"", "alice", true},
        {"another", "", false},
        {"another", "alice", false}, // that session only, not the person's others
        {"", "bob", false},
    }));
    CAPTURE(sid, sub);
    house here;
    here.peer.claims["sub"] = "alice";
    here.peer.claims["sid"] = "sid-1";
    here.sign_in();
    auto claims = logout_claims();
    claims.erase("sid");
    if (!sid.empty())
        claims["sid"] = sid;
    if (!sub.empty())
        claims["sub"] = sub;
    CHECK(tell(here, claims).status == 200);
    CHECK(here.is_signed_in() == !ends);
}

TEST_CASE(
    "mod_auth_openidc, August 2026: a logout token of a person ends that person's sessions in all browsers",
    "[flow]"
)
{
    house here;
    std::vector<cookie_jar> browsers;
    for (const auto& [sub, sid] : {std::pair{"alice", "sid-1"}, {"alice", "sid-2"}, {"bob", "sid-3"}})
    {
        here.jar = {};
        here.peer.claims["sub"] = sub;
        here.peer.claims["sid"] = sid;
        here.sign_in();
        REQUIRE(here.is_signed_in());
        browsers.push_back(here.jar);
    }
    auto claims = logout_claims();
    claims.erase("sid");
    claims["sub"] = "alice";
    CHECK(tell(here, claims).status == 200);
    std::vector<bool> signed_in;
    for (const auto& jar : browsers)
    {
        here.jar = jar;
        signed_in.push_back(here.is_signed_in());
    }
    CHECK(signed_in == std::vector{false, false, true});
}

TEST_CASE("whoever signs in again after a logout token is signed in", "[flow]")
{
    house here;
    here.sign_in();
    here.now += std::chrono::seconds(5);
    REQUIRE(tell(here, logout_claims()).status == 200);
    here.now += std::chrono::seconds(5);
    here.sign_in();
    CHECK(here.is_signed_in());
}

TEST_CASE("a logout token counts once, and a replay ends nothing (Back-Channel Logout 1.0, 2.6, 8)", "[flow]")
{
    house here;
    const auto claims = logout_claims();
    REQUIRE(tell(here, claims).status == 200); // nobody is signed in: that is no failure
    here.now += std::chrono::seconds(5);
    here.sign_in();
    const auto again = tell(here, claims);
    CHECK(again.status == 400);
    CHECK(nlohmann::json::parse(again.body)["error"] == "invalid_request");
    CHECK(here.is_signed_in());
    CHECK(tell(here, logout_claims("j-2")).status == 200);
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE(
    "what is no logout token of a provider of ours ends nothing (Back-Channel Logout 1.0, 2.8)", "[flow]"
)
{
    const auto [name, value] = GENERATE(table<std::string, nlohmann::json>({
        {"iss", "https://evil.example"}, // OIDCCClientTestBackChannelLogoutWrongIssuer
        {"aud", "another"},              // OIDCCClientTestBackChannelLogoutWrongAud
        {"events", nlohmann::json::object()},
        {"nonce", "n"}, // OIDCCClientTestBackChannelLogoutWithNonce
        {"exp", opening - 100},
        {"jti", ""},
    }));
    CAPTURE(name);
    house here;
    here.sign_in();
    auto claims = logout_claims();
    claims[name] = value;
    const auto answer = tell(here, claims);
    CHECK(answer.status == 400);
    CHECK(answer.field("Cache-Control").find("no-store") != std::string::npos);
    CHECK(nlohmann::json::parse(answer.body)["error"] == "invalid_request");
    CHECK(here.is_signed_in());
}

TEST_CASE("forged logout tokens cost the provider one call at most", "[flow]")
{
    house here;
    here.sign_in();
    const auto asked = here.peer.requests().size();
    const auto stranger = signing_key::make("ES256");
    for (int index = 0; index < 5; ++index)
    {
        const auto token = stranger.sign_with_kid("made-up", logout_claims().dump());
        CHECK(here.post(back, "logout_token=" + token, errand::bare).status == 400);
    }
    CHECK(here.peer.requests().size() == asked + 1); // the keys, throttled
    CHECK(here.is_signed_in());
}

TEST_CASE("the back channel takes one form by POST", "[flow]")
{
    house here;
    const auto get = here.get(back, errand::bare);
    CHECK(get.status == 405);
    CHECK(get.field("Allow") == "POST");
    const std::string body =
        GENERATE("", "x=1", "logout_token=", "logout_token=a&logout_token=b", "logout_token=x");
    CAPTURE(body);
    CHECK(here.post(back, body, errand::bare).status == 400);
}

TEST_CASE("the front channel ends a session by its sid where no cookie arrives", "[flow]")
{
    const auto [query, status, ends] = GENERATE(table<std::string, int, bool>({
        {"?sid=sid-1", 200, true}, // Entra sends no iss
        {"?sid=sid-1&iss=https%3A%2F%2Fidp.example", 200, true},
        {"?sid=another&iss=https%3A%2F%2Fidp.example", 200, false},
        {"?sid=sid-1&iss=https%3A%2F%2Fevil.example", 400, false},
        {"?iss=https%3A%2F%2Fidp.example", 200, false}, // nobody is named
        {"", 200, false},
        {"?sid=sid-1&sid=sid-1", 400, false},
    }));
    CAPTURE(query);
    const std::string path = GENERATE("/oidc/frontchannel-logout", "/logout");
    house here; // SameSite=Lax: frames of other sites get no cookie
    here.sign_in();
    const auto answer = here.get(path + query, errand::frame_elsewhere);
    CHECK(answer.status == status);
    CHECK(here.is_signed_in() == !ends);
    if (status != 200 || (path == "/logout" && query.empty()))
        return;
    CHECK(answer.field("Cache-Control").find("no-store") != std::string::npos);
    CHECK(answer.field("X-Frame-Options").empty());
    CHECK(answer.field("Content-Security-Policy").find("frame-ancestors") == std::string::npos);
}

TEST_CASE("a link to the front channel signs nobody out who is not named", "[flow]")
{
    house here({.site = session::same_site::none});
    here.sign_in();
    CHECK(here.get(front, errand::link_elsewhere).status == 200);
    CHECK(here.is_signed_in());
    CHECK(here.get(front, errand::frame_elsewhere).status == 200); // the provider's frame, with the cookie
    CHECK_FALSE(here.is_signed_in());
}

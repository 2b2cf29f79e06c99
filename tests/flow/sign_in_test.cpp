// SPDX-License-Identifier: Apache-2.0
// Sign-ins that go well, and where they may begin.
#include "base/encoding.hpp"
#include "flow/house.hpp"
#include "oidc/pkce.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <set>

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

} // namespace

TEST_CASE("somebody signs in with each method and arrives at the deep link, byte for byte", "[flow]")
{
    const auto [flow, mode] = GENERATE(table<oidc::flow, oidc::response_mode>({
        {oidc::flow::pkce, oidc::response_mode::usual},
        {oidc::flow::pkce, oidc::response_mode::form_post},
        {oidc::flow::code, oidc::response_mode::usual},
        {oidc::flow::implicit, oidc::response_mode::usual},
    }));
    house here({.flow = flow, .mode = mode});
    const auto there = here.leave("/a%20b/%E5%B1%B1?x=1&x=%2F&y");
    CHECK(there.provider_address.origin() == "https://idp.example");
    const auto back = here.come_back(there);
    CHECK(back.status == 303);
    CHECK(back.field("Location") == "/a%20b/%E5%B1%B1?x=1&x=%2F&y");
    CHECK(back.field("Cache-Control") == "no-store");
    CHECK(here.is_signed_in());
    CHECK(here.peer.asked("/token") == (flow == oidc::flow::implicit ? 0 : 1));
    CHECK(here.jar.all().size() == 2); // the session and the count of sign-ins; the sign-in's cookie is gone
    CHECK(here.count("sekisho_sign_ins_total") == 1);
}

TEST_CASE(
    "the authorization request carries what the method needs, and the code is redeemed with it", "[flow]"
)
{
    house here;
    const auto there = here.leave();
    const auto asked = [&](std::string_view name)
    { return parameter_of(there.provider_address.text(), name); };
    CHECK(asked("response_type") == "code");
    CHECK(asked("client_id") == "gate");
    CHECK(asked("redirect_uri") == "https://app.example.com/oidc/callback");
    CHECK(asked("code_challenge_method") == "S256");
    // CVE-2024-52801, CVE-2022-31034: 256 bits each.
    CHECK(base64url_decode(there.state)->size() == 32);
    CHECK(base64url_decode(there.nonce)->size() == 32);
    CHECK(there.state != there.nonce);

    CHECK(here.come_back(there).status == 303);
    const auto redeemed = here.peer.last_body("/token");
    CHECK(parameter_of(redeemed, "redirect_uri") == "https://app.example.com/oidc/callback");
    const oidc::code_verifier verifier(parameter_of(redeemed, "code_verifier"));
    CHECK(oidc::s256_challenge(verifier) == asked("code_challenge"));
}

TEST_CASE("several tabs sign in at once, each to its own page", "[flow]")
{
    house here;
    const auto first = here.leave("/first");
    const auto second = here.leave("/second");
    here.peer.remember(first.nonce);
    CHECK(here.come_back(first).field("Location") == "/first");
    here.peer.remember(second.nonce);
    CHECK(here.come_back(second).field("Location") == "/second");
}

TEST_CASE("CVE-2026-55512: a browser keeps at most eight sign-ins under way, and we keep none", "[flow]")
{
    house here;
    for (int tab = 0; tab < 12; ++tab)
    {
        here.now += 1s;
        here.leave("/" + std::to_string(tab));
    }
    CHECK(here.jar.all().size() == 8);
}

TEST_CASE(
    "only a top-level navigation begins a sign-in; everything else gets 401, JSON and no cookie", "[flow]"
)
{
    house here;
    const auto why = GENERATE(errand::fetch, errand::bare, errand::frame_elsewhere);
    const auto target = GENERATE("/api/things", "/oidc/login?return_to=%2Fx");
    const auto answer = here.get(target, why);
    CHECK(answer.status == 401);
    CHECK_FALSE(answer.field("WWW-Authenticate").empty());
    CHECK(answer.all("Set-Cookie").empty());
    if (why != errand::frame_elsewhere)
    {
        const auto body = nlohmann::json::parse(answer.body);
        CHECK(body["error"]["code"] == "session_required");
        CHECK(body["error"]["sign_in_url"] == "/oidc/login");
    }
    CHECK(here.peer.requests().empty());
}

TEST_CASE("CVE-2025-3891: a POST without body or type, by nobody, is a 401 and no sign-in", "[flow]")
{
    house here;
    const auto answer = here.ask(
        {.method = "POST", .target = "/form", .fields = {}, .body = {}, .body_failure = {}}, errand::form
    );
    CHECK(answer.status == 401);
    CHECK(answer.all("Set-Cookie").empty());
}

TEST_CASE("somebody who is signed in goes on at once, unless another sign-in is asked for", "[flow]")
{
    house here;
    here.sign_in();
    CHECK(here.get("/oidc/login?return_to=%2Fx%3Fy").field("Location") == "/x?y");
    const auto again = here.get("/oidc/login?return_to=%2Fx&prompt=select_account");
    CHECK(has(again.field("Location"), "prompt=select_account"));
    CHECK(here.get("/oidc/login?return_to=%2Fx&prompt=none").field("Location") == "/x"); // not one of ours
}

TEST_CASE("GHSA-vxmh-p52j-h33m: a sign-in over an older session makes a new one", "[flow]")
{
    house here;
    here.sign_in();
    const auto before = here.jar.all().front().value;
    const auto there = here.leave("/oidc/login?return_to=%2F&prompt=login");
    here.peer.claims["sub"] = "bob";
    CHECK(here.come_back(there).status == 303);
    const auto info = nlohmann::json::parse(here.get("/oidc/session", errand::fetch).body);
    CHECK(info["user"] == "bob");
    CHECK(here.jar.all().front().value != before);
    CHECK(here.opened.size() == 1); // the older one is forgotten
}

TEST_CASE(
    "with SameSite=Strict the browser is sent on by a page, so that its next request carries the session",
    "[flow]"
)
{
    house here({.site = session::same_site::strict});
    const auto back = here.sign_in();
    CHECK(back.status == 200);
    CHECK(has(back.body, "http-equiv=\"refresh\" content=\"0;url=/reports?a=1\""));
    CHECK(here.is_signed_in());
}

TEST_CASE("CVE-2026-48058: our cookies are Secure, HttpOnly and bound to this host", "[flow]")
{
    house here;
    const auto there = here.leave();
    auto answers = there.answer.all("Set-Cookie");
    for (const auto& each : here.come_back(there).all("Set-Cookie"))
        answers.push_back(each);
    REQUIRE(answers.size() >= 3);
    for (const auto& each : answers)
    {
        CAPTURE(each.substr(0, each.find('=')));
        CHECK(each.starts_with("__Host-"));
        CHECK(has(each, "Secure"));
        CHECK(has(each, "HttpOnly"));
        CHECK(has(each, "SameSite="));
    }
}

TEST_CASE("CVE-2024-39315: the session's JSON tells who is signed in, and never a token", "[flow]")
{
    house here;
    here.sign_in();
    const auto answer = here.get("/oidc/session", errand::fetch);
    const auto body = nlohmann::json::parse(answer.body);
    CHECK(body["user"] == "alice");
    CHECK(body["email"] == "alice@example.com");
    CHECK(body["groups"] == nlohmann::json::array({"staff"}));
    CHECK(body["provider"] == "main");
    CHECK(body["expires_at"].is_string());
    CHECK(answer.field("Cache-Control") == "no-store");
    CHECK_FALSE(has(answer.body, here.peer.id_token()));
    CHECK_FALSE(has(answer.body, "at-1"));
    CHECK_FALSE(has(answer.body, "eyJ"));
    for (const auto& [name, value] : body.items())
        CHECK(std::set<std::string>{
            "user",
            "username",
            "name",
            "email",
            "groups",
            "roles",
            "picture",
            "provider",
            "signed_in_at",
            "expires_at"
        }
                  .contains(name));

    here.now += 2h; // idle
    const auto nobody = here.get("/oidc/session", errand::fetch);
    CHECK(nobody.status == 401);
    CHECK(nlohmann::json::parse(nobody.body)["error"]["code"] == "session_required");
}

TEST_CASE(
    "while the provider is down a sign-in answers a page that says so, and works again by itself", "[flow]"
)
{
    house here;
    here.peer.failing_call = 0;
    here.peer.failure = error{errc::network_failure, "connect", "refused"};
    const auto page = here.get("/deep");
    CHECK(page.status == 503);
    CHECK(has(page.body, "oidc_metadata_fetch_failure"));
    CHECK_FALSE(page.field("Retry-After").empty());
    CHECK(has(page.body, "/oidc/login?return_to=%2Fdeep"));
    CHECK(page.all("Set-Cookie").empty());
    here.now += 2min;
    CHECK(here.leave("/deep").answer.status == 303);
}

TEST_CASE("a deep link too long to be remembered leads to the front page instead of failing", "[flow]")
{
    house here;
    const auto there = here.leave("/x?" + std::string(5000, 'a'));
    CHECK(here.come_back(there).field("Location") == "/");
}

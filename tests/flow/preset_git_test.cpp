// SPDX-License-Identifier: Apache-2.0
// GitHub and GitLab as they behave (docs/providers/), and a provider that nobody knows.
#include "flow/preset_house.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::test;

namespace
{

using json_value = nlohmann::json;

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

settings::sources at_gitlab(const std::string& issuer)
{
    return written("gitlab", {{"OIDC_ISSUER", issuer}});
}

void speak_github(preset_house& github, const std::string& api)
{
    auto& peer = github.peer();
    peer.instead["/login/oauth/access_token"] = always(
        {{"access_token", "gho_1"}, {"token_type", "bearer"}, {"scope", "read:org,read:user,user:email"}}
    );
    peer.instead[api + "/user"] = always({{"id", 583231}, {"login", "octocat"}});
    peer.instead[api + "/user/emails"] =
        always({{{"email", "o@acme.example"}, {"primary", true}, {"verified", true}}});
    peer.instead[api + "/user/orgs"] = always({{{"login", "acme"}}});
    peer.instead[api + "/user/teams"] = always({{{"slug", "ops"}, {"organization", {{"login", "acme"}}}}});
}

} // namespace

TEST_CASE("GitLab's groups are those of UserInfo, not the direct ones of the ID token", "[flow]")
{
    const auto* const issuer = GENERATE("https://gitlab.com", "https://gitlab.acme.example/code");
    CAPTURE(issuer);
    preset_house gitlab(at_gitlab(issuer));
    CHECK(gitlab.from.oidc.preset == settings::preset::gitlab);
    gitlab.peer().claims.update(
        {{"nickname", "taro"},
         {"email", "taro@acme.example"},
         {"groups_direct", {"acme/tools"}},
         {"exp", opening + 120}} // 120 seconds is all it gets
    );
    gitlab.peer().userinfo = {{"sub", "s-1"}, {"groups", {"acme", "acme/tools"}}};
    const auto person = gitlab.person();
    CHECK(person["username"] == "taro");
    CHECK(person["groups"] == json_value{"acme", "acme/tools"});
    gitlab.here.now += std::chrono::minutes(10);
    CHECK(gitlab.here.is_signed_in()); // a session does not end with its ID token
    CHECK(gitlab.way_out().empty());
}

TEST_CASE("a GitLab application without openid is not asked for it", "[flow]")
{
    auto settings = at_gitlab("https://gitlab.com");
    settings.variables["OIDC_SCOPES"] = "read_user,read_api";
    settings.variables["OIDC_GROUPS_FROM"] = "gitlab";
    preset_house gitlab(settings);
    const auto there = gitlab.here.leave().provider_address;
    CHECK(parameter_of(there.text(), "scope") == "read_user read_api");
}

TEST_CASE(
    "GitHub by nothing but issuer, client id and secret: OAuth 2.0, its own addresses, no discovery", "[flow]"
)
{
    preset_house github(written("github", {}));
    CHECK(github.from.oidc.preset == settings::preset::github);
    speak_github(github, "");
    const auto there = github.here.leave().provider_address;
    CHECK(there.text().starts_with("https://github.com/login/oauth/authorize?"));
    CHECK(parameter_of(there.text(), "scope") == "read:user user:email read:org");
    const auto person = github.person();
    CHECK(person["user"] == "583231");
    CHECK(person["username"] == "octocat");
    CHECK(person["email"] == "o@acme.example");
    CHECK(person["groups"] == json_value{"acme", "acme/ops"});
    CHECK(has(github.asked_addresses(), "https://api.github.com/user\n"));
    CHECK_FALSE(has(github.asked_addresses(), ".well-known"));
    CHECK(github.way_out().empty());
}

TEST_CASE("RFC 9207: GitHub's answers name it by its own other name, and nobody else's will do", "[flow]")
{
    const auto [issuer, iss, is_taken] = GENERATE(table<std::string, std::string, bool>({
        {"https://github.com", "https://github.com/login/oauth", true},
        {"https://github.com", "https://github.com", true}, // as it was before
        {"https://github.com", "https://github.com/login", false},
        {"https://github.com", "https://evil.example/login/oauth", false},
        {"https://git.acme.example", "https://git.acme.example/login/oauth", true},
        {"https://git.acme.example", "https://github.com/login/oauth", false},
    }));
    CAPTURE(issuer, iss);
    preset_house github(written("github", {{"OIDC_ISSUER", issuer}, {"OIDC_PRESET", "github"}}));
    speak_github(github, issuer == "https://github.com" ? "" : "/api/v3");
    const auto journey = github.here.leave();
    const auto back = github.here.get(
        "/oidc/callback?code=c-1&iss=" + percent_encode(iss) + "&state=" + journey.state,
        errand::link_elsewhere
    );
    CHECK(github.here.is_signed_in() == is_taken);
    CHECK(has(back.body, "oidc_issuer_mismatch") != is_taken);
}

TEST_CASE(
    "a fresh sign-in is not demanded of GitHub again and again, which cannot tell when it was", "[flow]"
)
{
    preset_house github(written("github", {{"OIDC_LOGIN_PARAMETERS", "max_age"}}));
    speak_github(github, "");
    const auto journey = github.here.leave("/oidc/login?max_age=300");
    const auto back =
        github.here.get("/oidc/callback?code=c-1&state=" + journey.state, errand::link_elsewhere);
    CHECK(back.status == 403);
    CHECK(has(back.body, "oidc_step_up_unmet"));
    CHECK_FALSE(github.here.is_signed_in());
}

TEST_CASE("GitHub Enterprise Server has its API below its own address", "[flow]")
{
    preset_house github(
        written("github", {{"OIDC_ISSUER", "https://git.acme.example"}, {"OIDC_PRESET", "github"}})
    );
    speak_github(github, "/api/v3");
    CHECK(github.person()["username"] == "octocat");
    CHECK(has(github.asked_addresses(), "https://git.acme.example/api/v3/user\n"));
}

TEST_CASE("a provider that nobody knows is taken by the standards alone", "[flow]")
{
    preset_house any(written("generic", {{"OIDC_ISSUER", "https://id.acme.example"}}));
    CHECK(any.from.oidc.preset == settings::preset::generic);
    any.peer().metadata["end_session_endpoint"] = "https://id.acme.example/end";
    any.peer().claims.update(
        {{"preferred_username", "taro"}, {"email", "taro@acme.example"}, {"groups", {"/staff"}}}
    );
    const auto there = any.here.leave().provider_address;
    CHECK(parameter_of(there.text(), "scope") == "openid profile email");
    CHECK(parameter_of(there.text(), "prompt").empty());
    CHECK(any.person()["groups"] == json_value{"/staff"});
    CHECK(any.token_field("Origin").empty());
    CHECK(parameter_of(any.way_out(), "post_logout_redirect_uri") == "https://app.example.com/logout");
}

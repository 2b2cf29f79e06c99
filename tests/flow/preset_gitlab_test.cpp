// SPDX-License-Identifier: Apache-2.0
// GitLab as it behaves (docs/providers/gitlab.md): an ID token of two minutes, refresh tokens good for one
// use, groups by its API, and applications without OpenID Connect.
#include "flow/pipeline_house.hpp"
#include "flow/preset_house.hpp"
#include "http/form.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

using json_value = nlohmann::json;

settings::sources at_gitlab(settings::environment more = {})
{
    more.try_emplace("OIDC_ISSUER", "https://gitlab.com");
    return written("gitlab", more);
}

// "OAuth 2.0": an application that was ticked read_user and read_api and no openid.
settings::sources without_openid(const std::string& issuer = "https://gitlab.com")
{
    return at_gitlab(
        {{"OIDC_ISSUER", issuer},
         {"OIDC_PRESET", "gitlab"},
         {"OIDC_SCOPES", "read_user,read_api"},
         {"OIDC_GROUPS_FROM", "gitlab"}}
    );
}

void lives_two_minutes(preset_house& gitlab)
{
    gitlab.peer().claims.update({{"nickname", "taro"}, {"groups_direct", {"acme"}}, {"exp", opening + 120}});
    gitlab.peer().userinfo = {{"sub", "s-1"}, {"groups", {"acme"}}};
}

json_value account()
{
    return {
        {"id", 42},
        {"username", "taro"},
        {"name", "Taro"},
        {"email", "taro@acme.example"},
        {"confirmed_at", "2024-01-01T00:00:00.000Z"},
        {"state", "active"},
    };
}

// The API below `path`; two pages of groups, and nothing for another token.
void speak_api(preset_house& gitlab, json_value user, const std::string& path = "")
{
    auto& peer = gitlab.peer();
    const auto for_us = [](json_value body, http::owned_fields fields = {})
    {
        return [body = std::move(body), fields = std::move(fields)](const net::outgoing_request& asked)
        {
            if (field_of(asked, "Authorization") != "Bearer at-1")
                return json_reply({{"message", "401 Unauthorized"}}, 401);
            auto answer = json_reply(body);
            for (const auto& each : fields)
                answer.fields.push_back(each);
            return answer;
        };
    };
    peer.instead[path + "/api/v4/user"] = for_us(std::move(user));
    peer.instead[path + "/api/v4/groups"] = [=](const net::outgoing_request& asked)
    {
        if (parameter_of(asked.target.text(), "page") == "2")
            return for_us({{{"full_path", "acme/tools"}}})(asked);
        const auto next = asked.target.origin() + asked.target.path() + "?page=2";
        return for_us({{{"full_path", "acme"}}}, {{"Link", "<" + next + ">; rel=\"next\""}})(asked);
    };
}

// Without an ID token.
void give_access_token_only(preset_house& gitlab)
{
    gitlab.peer().instead["/token"] =
        always({{"access_token", "at-1"}, {"token_type", "Bearer"}, {"expires_in", 7200}});
}

// GitLab's token endpoint: each refresh token once, an ID token of two minutes with every answer.
struct single_use
{
    pipeline_house& here;
    int given = 1; // "rt-1" is the one that counts
    std::string id_token{};

    explicit single_use(pipeline_house& of) : here(of)
    {
        here.peer.userinfo = {{"sub", "alice"}, {"groups", {"acme", "acme/tools"}}};
        here.peer.claims.erase("groups");
        here.peer.instead["/token"] = [this](const net::outgoing_request& asked) { return answer(asked); };
    }

    result<net::incoming_response> answer(const net::outgoing_request& asked)
    {
        const auto form = http::form::parse(asked.body).value();
        if (form.first("refresh_token") != "rt-" + std::to_string(given))
            return json_reply({{"error", "invalid_grant"}}, 400);
        const auto now = to_numeric_date(wall_clock_now());
        here.peer.claims.update({{"iat", now}, {"exp", now + 120}});
        id_token = here.peer.id_token();
        return json_reply(
            {{"id_token", id_token},
             {"access_token", "at-" + std::to_string(++given)},
             {"token_type", "Bearer"},
             {"expires_in", 0}, // so that each request is after its end
             {"refresh_token", "rt-" + std::to_string(given)}}
        );
    }
};

// Somebody who signed in ten minutes ago, of whom the ID token was over eight minutes ago.
void sign_in_long_ago(pipeline_house& here)
{
    const auto then = to_numeric_date(wall_clock_now()) - 600;
    here.peer.claims.update({{"iat", then}, {"exp", then + 120}});
    here.sign_in(
        [&](session::session& of)
        {
            of.id_token = secret(here.peer.id_token());
            of.refresh_token = secret("rt-1");
            of.tokens_end = wall_clock_now() - 1s;
        }
    );
}

void as_gitlab(settings::model& with)
{
    with.oidc.preset = settings::preset::gitlab;
    with.identity.id_token_header = settings::header_name("X-Id-Token");
}

} // namespace

TEST_CASE("GitLab's ID token of two minutes is over long before anybody signs out", "[flow]")
{
    preset_house gitlab(at_gitlab({{"OIDC_REVOKE_TOKENS", "true"}}));
    lives_two_minutes(gitlab);
    gitlab.peer().metadata["revocation_endpoint"] = "https://gitlab.com/oauth/revoke";
    gitlab.peer().instead["/token"] = [&](const net::outgoing_request&)
    {
        return json_reply(
            {{"id_token", gitlab.peer().id_token()},
             {"access_token", "at-1"},
             {"token_type", "Bearer"},
             {"refresh_token", "rt-1"}}
        );
    };
    REQUIRE(gitlab.sign_in().status == 303);
    gitlab.here.now += 50min;
    CHECK(gitlab.here.is_signed_in());
    CHECK(gitlab.way_out().empty());
    gitlab.here.io.restart();
    gitlab.here.io.poll();
    CHECK(has(gitlab.peer().last_body("/oauth/revoke"), "token=at-1"));
    CHECK_FALSE(gitlab.here.is_signed_in());
}

TEST_CASE("an address for signing out at GitLab gets its expired ID token, unless it refuses that", "[flow]")
{
    const auto [rule, is_sent] = GENERATE(table<std::string, bool>({{"", true}, {"while_valid", false}}));
    CAPTURE(rule);
    preset_house gitlab(at_gitlab(
        {{"OIDC_SIGN_OUT", "standard"},
         {"OIDC_END_SESSION_ENDPOINT", "https://gitlab.com/oauth/end"},
         {"OIDC_SIGN_OUT_HINT", rule}}
    ));
    lives_two_minutes(gitlab);
    REQUIRE(gitlab.sign_in().status == 303);
    gitlab.here.now += 50min;
    const auto out = gitlab.way_out();
    CHECK(out.starts_with("https://gitlab.com/oauth/end?client_id="));
    CHECK(parameter_of(out, "id_token_hint").empty() != is_sent);
    CHECK_FALSE(gitlab.here.is_signed_in());
}

TEST_CASE("a GitLab session outlives its ID token by refresh tokens that are good for one use", "[flow]")
{
    pipeline_house here(as_gitlab);
    single_use tokens(here);
    sign_in_long_ago(here);

    CHECK(here.open("/reports").status == 200);                                          // waits for it
    CHECK(here.application.request(0).field("X-Forwarded-Groups") == "acme,acme/tools"); // of UserInfo
    CHECK(here.application.request(0).field("X-Id-Token") == tokens.id_token);

    CHECK(here.open("/reports").status == 200); // with the next one
    CHECK(tokens.given == 3);
    CHECK(here.peer.asked("/token") == 2);
    CHECK(here.application.request(1).field("X-Id-Token") == tokens.id_token);
}

TEST_CASE("signing out of a GitLab session whose ID token was over long ago ends it here", "[flow]")
{
    pipeline_house here(as_gitlab);
    const auto then = to_numeric_date(wall_clock_now()) - 600;
    here.peer.claims.update({{"iat", then}, {"exp", then + 120}});
    here.sign_in([&](session::session& of) { of.id_token = secret(here.peer.id_token()); });
    REQUIRE(here.is_signed_in());
    const auto out = here.open("/logout");
    CHECK(out.status == 200);
    CHECK(out.field("Location").empty());
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("a GitLab session whose refresh token somebody else has used ends", "[flow]")
{
    pipeline_house here(as_gitlab);
    single_use tokens(here);
    tokens.given = 2;
    sign_in_long_ago(here);
    const auto answer = here.open("/reports");
    CHECK(answer.status == 303);
    CHECK(answer.field("Location").starts_with("https://idp.example/authorize?"));
    CHECK(here.application.request_count() == 0);
}

TEST_CASE("a GitLab application without openid signs people in by the API, groups page by page", "[flow]")
{
    const auto [issuer, path] = GENERATE(table<std::string, std::string>({
        {"https://gitlab.com", ""},
        {"https://acme.example/code", "/code"},
    }));
    CAPTURE(issuer);
    preset_house gitlab(without_openid(issuer));
    give_access_token_only(gitlab);
    speak_api(gitlab, account(), path);
    const auto person = gitlab.person();
    CHECK(person["user"] == "42");
    CHECK(person["username"] == "taro");
    CHECK(person["email"] == "taro@acme.example");
    CHECK(person["groups"] == json_value{"acme", "acme/tools"});
    CHECK(has(gitlab.asked_addresses(), issuer + "/api/v4/groups?min_access_level=10&"));
    CHECK(gitlab.peer().asked("/jwks") == 0);
}

TEST_CASE("an ID token that nobody asked for says nothing about who it is at GitLab", "[flow]")
{
    preset_house gitlab(without_openid());
    gitlab.peer().claims["preferred_username"] = "admin";
    speak_api(gitlab, account());
    CHECK(gitlab.person()["username"] == "taro");
}

TEST_CASE("whom GitLab's API calls blocked, unconfirmed or nobody is not signed in by it", "[flow]")
{
    const auto [change, code] = GENERATE(table<std::string, std::string>({
        {R"({"state":"blocked"})", "oidc_directory_failure"},
        {R"({"state":7})", "oidc_directory_failure"},
        {R"({"confirmed_at":null})", "oidc_email_unverified"},
        {R"({"id":null})", "oidc_directory_failure"},
        {R"({"id":"42"})", "oidc_directory_failure"},
        {R"({"id":0})", "oidc_directory_failure"},
        {R"({"username":""})", "oidc_directory_failure"},
    }));
    CAPTURE(change);
    preset_house gitlab(without_openid());
    give_access_token_only(gitlab);
    auto user = account();
    user.merge_patch(json_value::parse(change));
    speak_api(gitlab, user);
    CHECK(has(gitlab.sign_in().body, code));
    CHECK_FALSE(gitlab.here.is_signed_in());
}

TEST_CASE("with groups_from=gitlab the API's groups replace those of token and UserInfo", "[flow]")
{
    preset_house gitlab(
        at_gitlab({{"OIDC_GROUPS_FROM", "gitlab"}, {"OIDC_SCOPES", "openid,profile,email,read_api"}})
    );
    lives_two_minutes(gitlab);
    speak_api(gitlab, account());
    CHECK(gitlab.person()["groups"] == json_value{"acme", "acme/tools"});
    CHECK(gitlab.peer().asked("/api/v4/user") == 0); // the ID token says who it is

    preset_house refused(at_gitlab({{"OIDC_GROUPS_FROM", "gitlab"}}));
    lives_two_minutes(refused);
    refused.peer().instead["/api/v4/groups"] = always({{"error", "insufficient_scope"}}, 403);
    CHECK(has(refused.sign_in().body, "oidc_directory_failure"));
    CHECK_FALSE(refused.here.is_signed_in());
}

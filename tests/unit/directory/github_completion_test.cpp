// SPDX-License-Identifier: Apache-2.0
#include "directory/github.hpp"
#include "directory/github_completion.hpp"
#include "support/catch.hpp"
#include "unit/directory/fixture.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::directory;
using texts = std::vector<std::string>;

namespace
{

const http::owned_fields all_scopes{{"X-OAuth-Scopes", "read:org, read:user, user:email"}};
const std::string octocat =
    R"({"id":583231,"login":"octocat","name":"The Octocat","email":"shown@example.com",
    "avatar_url":"https://avatars.example/583231","html_url":"https://github.com/octocat"})";
const std::string addresses = R"([{"email":"old@example.com","primary":false,"verified":true},
    {"email":"octocat@example.com","primary":true,"verified":true}])";

struct fixture : test::directory_fixture
{
    github_settings what{
        .base = url::parse("https://api.github.com").value(),
        .issuer = oidc::issuer("https://github.com"),
        .limits = limits()
    };
    result<oidc::claims> sign_in()
    {
        github_completion github("github", services(), what);
        return complete(github);
    }
    void script_good()
    {
        answer(200, octocat, all_scopes);
        answer(200, addresses);
        answer(200, R"([{"login":"acme"},{"login":"umbrella"}])");
        answer(200, R"([{"slug":"ops","name":"Ops","organization":{"login":"acme"}}])");
    }
    std::string failure()
    {
        const auto got = sign_in();
        REQUIRE_FALSE(got);
        CHECK(got.error().code == errc::oidc_directory_failure);
        CHECK(got.error().where == "github");
        return got.error().detail;
    }
};

} // namespace

TEST_CASE(
    "GitHub says who somebody is: id, login, the verified primary address, organisations, teams",
    "[directory]"
)
{
    fixture the;
    the.script_good();
    const auto got = the.sign_in();
    REQUIRE(got);
    CHECK(got->text("iss") == "https://github.com");
    CHECK(got->subject().view() == "583231");
    CHECK(got->text("preferred_username") == "octocat");
    CHECK(got->text("name") == "The Octocat");
    CHECK(got->text("picture") == "https://avatars.example/583231");
    CHECK(got->text("email") == "octocat@example.com");
    CHECK(got->flag("email_verified") == true);
    CHECK(got->texts("groups") == texts{"acme", "umbrella", "acme/ops"});
    CHECK(
        the.asked() ==
        texts{
            "https://api.github.com/user",
            "https://api.github.com/user/emails?per_page=100",
            "https://api.github.com/user/orgs?per_page=100",
            "https://api.github.com/user/teams?per_page=100",
        }
    );
    CHECK(the.field(0, "User-Agent") == "sekisho");
    CHECK(the.field(0, "X-GitHub-Api-Version") == "2022-11-28");
    CHECK(the.field(3, "Authorization") == "Bearer at-1");
}

TEST_CASE("a list goes on at the Link field's next page", "[directory]")
{
    fixture the;
    the.what.base = url::parse("https://ghe.example/api/v3").value();
    the.answer(200, octocat);
    the.answer(200, addresses);
    the.answer(
        200,
        R"([{"login":"acme"}])",
        {{"Link", R"(<https://ghe.example/api/v3/user/orgs?page=2>; rel="next")"}}
    );
    the.answer(200, R"([{"login":"umbrella"}])");
    the.answer(200, "[]");
    CHECK(the.sign_in()->texts("groups") == texts{"acme", "umbrella"});
    CHECK(the.asked()[3] == "https://ghe.example/api/v3/user/orgs?page=2");
}

TEST_CASE("an address counts only when it is primary and verified; the shown one never does", "[directory]")
{
    const auto list = GENERATE(
        R"([{"email":"a@example.com","primary":true,"verified":false}])",
        R"([{"email":"a@example.com","primary":false,"verified":true}])",
        R"([{"email":"a@example.com","primary":"true","verified":"true"}])",
        R"([{"email":"a@example.com","primary":true}])",
        "[]"
    );
    CAPTURE(list);
    fixture the;
    the.answer(200, octocat);
    the.answer(200, list);
    the.answer(200, "[]");
    the.answer(200, "[]");
    const auto got = the.sign_in();
    REQUIRE(got);
    CHECK_FALSE(got->text("email"));
    CHECK_FALSE(got->flag("email_verified"));
}

TEST_CASE("a user without a usable id or login is nobody", "[directory]")
{
    const auto user = GENERATE(
        R"({"login":"a"})",
        R"({"id":null,"login":"a"})",
        R"({"id":0,"login":"a"})",
        R"({"id":-1,"login":"a"})",
        R"({"id":1.5,"login":"a"})",
        R"({"id":"1","login":"a"})",
        R"({"id":true,"login":"a"})",
        R"({"id":1})",
        R"({"id":1,"login":""})",
        R"({"id":1,"login":["a"]})",
        R"({"id":1,"login":"a","name":7})",
        "[]",
        "null",
        "<html>"
    );
    CAPTURE(user);
    fixture the;
    the.answer(200, user);
    (void)the.failure();
    CHECK(the.http.calls() == 1);
}

TEST_CASE("a refusal or a broken list at any step ends the sign-in, never as \"no groups\"", "[directory]")
{
    const std::size_t step = GENERATE(0U, 1U, 2U, 3U);
    const auto [status, body] = GENERATE(table<int, std::string>({
        {401, R"({"message":"Bad credentials"})"},
        {403, R"({"message":"Resource not accessible by integration"})"},
        {404, R"({"message":"Not Found"})"},
        {200, R"({"message":"odd"})"},
        {200, R"([{"id":1}])"},
        {200, "<html>"},
    }));
    CAPTURE(step, status, body);
    fixture the;
    const texts good{octocat, addresses, R"([{"login":"acme"}])", "[]"};
    for (std::size_t call = 0; call < step; ++call)
        the.answer(200, good[call]);
    the.answer(status, body);
    const auto detail = the.failure();
    CHECK(the.http.calls() == step + 1);
    if (status == 403 || status == 404)
        CHECK(test::has(detail, "read:org"));
}

TEST_CASE("teams without their organisation or name are refused", "[directory]")
{
    const auto team = GENERATE(
        R"({"slug":"ops"})",
        R"({"slug":"ops","organization":null})",
        R"({"slug":"ops","organization":{"login":""}})",
        R"({"slug":"","organization":{"login":"acme"}})",
        R"({"organization":{"login":"acme"}})"
    );
    CAPTURE(team);
    CHECK_FALSE(
        read_github_teams(test::good("[" + std::string(team) + "]"), url::parse("https://a.example/").value())
    );
}

TEST_CASE(
    "a token that lacks a scope is told so, for GitHub itself would only answer with less", "[directory]"
)
{
    const auto [granted, groups, missing] = GENERATE(table<std::string, github_groups, std::string>({
        {"read:user, user:email", github_groups::wanted, "lacks the scope read:org"},
        {"read:org", github_groups::wanted, "lacks the scope user:email"},
        {"", github_groups::wanted, "lacks the scope user:email and read:org"},
        {"", github_groups::unwanted, "lacks the scope user:email,"},
        {"user, admin:org", github_groups::wanted, ""},
        {"user:email,write:org", github_groups::wanted, ""},
        {"user:email", github_groups::unwanted, ""},
        {"user:emails, read:organisation", github_groups::wanted, "user:email and read:org"},
    }));
    CAPTURE(granted);
    const auto checked = check_github_scopes(test::good("{}", {{"X-OAuth-Scopes", granted}}), groups);
    CHECK(checked.has_value() == missing.empty());
    if (!checked)
        CHECK(test::has(checked.error().detail, missing));
    CHECK(check_github_scopes(test::good("{}"), groups)); // a GitHub App's token has no scopes
}

TEST_CASE("without groups nobody asks for organisations", "[directory]")
{
    fixture the;
    the.what.groups = github_groups::unwanted;
    the.answer(200, octocat, {{"X-OAuth-Scopes", "user:email"}});
    the.answer(200, addresses);
    const auto got = the.sign_in();
    REQUIRE(got);
    CHECK(got->find("groups") == nullptr);
    CHECK(the.http.calls() == 2);
}

TEST_CASE("organisations that GitHub keeps back for want of single sign-on are known", "[directory]")
{
    const auto hidden = [](std::string value)
    { return github_hidden_organisations(test::good("[]", {{"X-GitHub-SSO", std::move(value)}})); };
    CHECK(hidden("partial-results; organizations=21955855,20582480") == "21955855,20582480");
    CHECK(hidden("partial-results") == "unnamed");
    CHECK(hidden("required; url=https://github.com/orgs/x/sso").empty());
    CHECK(github_hidden_organisations(test::good("[]")).empty());
}

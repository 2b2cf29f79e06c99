// SPDX-License-Identifier: Apache-2.0
#include "directory/gitlab.hpp"
#include "directory/gitlab_completion.hpp"
#include "support/catch.hpp"
#include "unit/directory/fixture.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::directory;
using texts = std::vector<std::string>;

namespace
{

const std::string list =
    "https://gitlab.example/api/v4/groups?min_access_level=10&order_by=id&sort=asc&per_page=100";

struct fixture : test::directory_fixture
{
    gitlab_settings what{
        .base = url::parse("https://gitlab.example").value(),
        .issuer = oidc::issuer("https://gitlab.example"),
        .limits = limits()
    };
    std::unique_ptr<gitlab_completion> made;
    gitlab_completion& gitlab()
    {
        if (!made)
            made = std::make_unique<gitlab_completion>("gitlab", services(), what);
        return *made;
    }
};

} // namespace

TEST_CASE(
    "beside an ID token GitLab is asked for groups alone, all pages, once in some minutes", "[directory]"
)
{
    fixture the;
    the.answer(
        200,
        R"([{"full_path":"staff"}])",
        {{"Link", R"(<https://gitlab.example/api/v4/groups?page=2>; rel="next")"}}
    );
    the.answer(200, R"([{"full_path":"staff/tokyo"}])");
    const std::string known = R"({"iss":"https://gitlab.example","sub":"7","groups":["direct"]})";
    const auto got = the.complete(the.gitlab(), known);
    REQUIRE(got);
    CHECK(got->texts("groups") == texts{"staff", "staff/tokyo"});
    CHECK(the.asked() == texts{list, "https://gitlab.example/api/v4/groups?page=2"});
    CHECK(the.complete(the.gitlab(), known)->texts("groups") == texts{"staff", "staff/tokyo"});
    CHECK(the.http.calls() == 2);
}

TEST_CASE("without an ID token GitLab says who it is, with the id its ID tokens would have", "[directory]")
{
    fixture the;
    the.answer(200, R"({"id":7,"username":"hanako","name":"Hanako","state":"active","email":"h@example.com",
        "confirmed_at":"2024-01-01T00:00:00Z","avatar_url":null,"web_url":"https://gitlab.example/hanako"})");
    the.answer(200, R"([{"full_path":"staff"}])");
    const auto got = the.complete(the.gitlab());
    REQUIRE(got);
    CHECK(
        got->to_text() ==
        R"({"email":"h@example.com","email_verified":true,"groups":["staff"],"iss":"https://gitlab.example",)"
        R"("name":"Hanako","preferred_username":"hanako","profile":"https://gitlab.example/hanako","sub":"7"})"
    );
    CHECK(the.asked() == texts{"https://gitlab.example/api/v4/user", list});
}

TEST_CASE("an address that nobody confirmed is not verified", "[directory]")
{
    const auto [members, verified] = GENERATE(table<std::string, std::optional<bool>>({
        {R"("email":"a@example.com","confirmed_at":"2024-01-01")", true},
        {R"("email":"a@example.com","confirmed_at":null)", false},
        {R"("email":"a@example.com")", false},
        {R"("confirmed_at":"2024-01-01")", std::nullopt},
    }));
    const auto user = read_gitlab_user(
        test::good(R"({"id":7,"username":"a",)" + members + "}"), oidc::issuer("https://gitlab.example")
    );
    REQUIRE(user);
    CHECK(oidc::claims::of(*user, "test")->flag("email_verified") == verified);
}

TEST_CASE(
    "a user without id or name, or one that is blocked, is refused before groups are asked for", "[directory]"
)
{
    const auto user = GENERATE(
        R"({"username":"a"})",
        R"({"id":"7","username":"a"})",
        R"({"id":0,"username":"a"})",
        R"({"id":7})",
        R"({"id":7,"username":""})",
        R"({"id":7,"username":"a","state":"blocked"})",
        R"({"id":7,"username":"a","state":7})",
        R"({"id":7,"username":"a","email":7})",
        R"({"id":7,"username":"a","confirmed_at":true})",
        "[]",
        "<html>"
    );
    CAPTURE(user);
    fixture the;
    the.answer(200, user);
    const auto got = the.complete(the.gitlab());
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_directory_failure);
    CHECK(the.http.calls() == 1);
}

TEST_CASE("a refusal for groups ends the sign-in and names the scope", "[directory]")
{
    fixture the;
    the.answer(
        403, R"({"error":"insufficient_scope","error_description":"The request requires higher privileges"})"
    );
    const auto got = the.complete(the.gitlab(), R"({"iss":"https://gitlab.example","sub":"7"})");
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_directory_failure);
    CHECK(test::has(got.error().detail, "read_api"));
    CHECK_FALSE(the.complete(the.gitlab(), R"({"sub":"7"})", ""));
}

TEST_CASE("GitLab's address may have a path, and may be pasted with the version", "[directory]")
{
    const auto [base, user] = GENERATE(table<std::string_view, std::string_view>({
        {"https://gitlab.example", "https://gitlab.example/api/v4/user"},
        {"https://host.example/gitlab/", "https://host.example/gitlab/api/v4/user"},
        {"https://gitlab.example/api/v4", "https://gitlab.example/api/v4/user"},
        {"https://gitlab.example/api/v4/", "https://gitlab.example/api/v4/user"},
    }));
    CHECK(gitlab_user_address(url::parse(base).value())->text() == user);
}

// SPDX-License-Identifier: Apache-2.0
#include "directory/graph.hpp"
#include "directory/graph_completion.hpp"
#include "support/catch.hpp"
#include "unit/directory/fixture.hpp"

using namespace sekisho;
using namespace sekisho::directory;
using texts = std::vector<std::string>;

namespace
{

const std::string list = "https://graph.microsoft.com/v1.0/me/transitiveMemberOf/"
                         "microsoft.graph.group?$count=true&$select=id&$top=999";

const std::string overage =
    R"({"iss":"https://login.example/t/v2.0","sub":"alice","_claim_names":{"groups":"src1"},
    "_claim_sources":{"src1":{"endpoint":"https://graph.windows.net/t/users/1/getMemberObjects"}}})";

struct fixture : test::directory_fixture
{
    std::string base = "https://graph.microsoft.com";
    std::unique_ptr<graph_completion> made;
    graph_completion& graph()
    {
        if (!made)
            made = std::make_unique<graph_completion>(
                "entra", services(), graph_settings{.base = url::parse(base).value(), .limits = limits()}
            );
        return *made;
    }
    error failure(std::string token = "at-1")
    {
        const auto got = complete(graph(), overage, std::move(token));
        REQUIRE_FALSE(got);
        CHECK(got.error().code == errc::oidc_directory_failure);
        CHECK(got.error().where == "graph.groups");
        return got.error();
    }
};

} // namespace

TEST_CASE("too many groups are told by the reference in their place, in both forms Entra has", "[directory]")
{
    const auto [claims, is_overage] = GENERATE(table<std::string_view, bool>({
        {R"({"_claim_names":{"groups":"src1"}})", true},
        {R"({"hasgroups":true})", true},
        {R"({"hasgroups":"true"})", true},
        {R"({"hasgroups":1})", true},
        {R"({"hasgroups":true,"groups":[]})", true},
        {R"({"hasgroups":false})", false},
        {R"({"_claim_names":{"roles":"src1"}})", false},
        {R"({"_claim_names":"groups"})", false},
        {R"({"groups":["a"]})", false},
        {"{}", false},
    }));
    CAPTURE(claims);
    CHECK(has_too_many_groups(oidc::claims::parse(claims, "test").value()) == is_overage);
}

TEST_CASE("a token that holds all groups is left alone without a call", "[directory]")
{
    fixture the;
    const auto got = the.complete(the.graph(), R"({"sub":"alice","groups":["a"]})");
    CHECK(got->to_text() == R"({"groups":["a"],"sub":"alice"})");
    CHECK(the.http.calls() == 0);
}

TEST_CASE("Graph is asked for all pages of groups, never at the address the token names", "[directory]")
{
    fixture the;
    the.answer(
        200,
        R"({"@odata.count":3,"value":[{"id":"g1"},{"id":"g2"}],"@odata.nextLink":)"
        R"("https://graph.microsoft.com/v1.0/me/transitiveMemberOf?$skiptoken=x"})"
    );
    the.answer(200, R"({"value":[{"id":"g3"}]})");
    const auto got = the.complete(the.graph(), overage);
    REQUIRE(got);
    CHECK(got->texts("groups") == texts{"g1", "g2", "g3"});
    CHECK(got->find("_claim_names") == nullptr);
    CHECK(got->subject().view() == "alice");
    CHECK(the.asked() == texts{list, "https://graph.microsoft.com/v1.0/me/transitiveMemberOf?$skiptoken=x"});
    CHECK(the.field(1, "Authorization") == "Bearer at-1");
    CHECK(the.field(0, "ConsistencyLevel") == "eventual"); // what the cast needs beside $count
}

TEST_CASE("another cloud's Graph is where oidc.api_url says", "[directory]")
{
    fixture the;
    the.base = "https://graph.microsoft.us/";
    the.answer(200, R"({"value":[]})");
    REQUIRE(the.complete(the.graph(), overage));
    CHECK(the.http.requests().front().target.origin() == "https://graph.microsoft.us");
}

TEST_CASE("a page that is not what Graph answers is a refusal, never fewer groups", "[directory]")
{
    const auto body = GENERATE(
        "<html>",
        "[]",
        "{}",
        R"({"value":null})",
        R"({"value":{"id":"g1"}})",
        R"({"value":[{"id":"g1"},{"displayName":"x"}]})",
        R"({"value":[{"id":7}]})",
        R"({"value":[],"@odata.nextLink":7})",
        R"({"value":[],"@odata.nextLink":"https://evil.example/v1.0/me"})",
        R"({"value":[],"@odata.nextLink":"http://graph.microsoft.com/v1.0/me"})",
        R"({"value":[{"id":"g1"}],"value":[]})"
    );
    CAPTURE(body);
    fixture the;
    the.answer(200, body);
    (void)the.failure();
    CHECK(the.http.calls() == 1);
}

TEST_CASE("a refusal of Graph says what to grant", "[directory]")
{
    const auto [status, body, advice] = GENERATE(table<int, std::string, std::string>({
        {401,
         R"({"error":{"code":"InvalidAuthenticationToken","message":"Access token validation failure."}})",
         "not for Microsoft Graph"},
        {403,
         R"({"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges"}})",
         "User.Read"},
        {404, "{}", "status 404"},
    }));
    fixture the;
    the.answer(status, body);
    const auto failure = the.failure();
    CHECK(test::has(failure.detail, advice));
    CHECK_FALSE(test::has(failure.detail, "at-1"));
}

TEST_CASE("without an access token Graph cannot be asked, and that is a refusal", "[directory]")
{
    fixture the;
    CHECK(test::has(the.failure("").detail, "oidc.auth_method"));
    CHECK(the.http.calls() == 0);
}

TEST_CASE("signing in again within minutes asks Graph nothing, a failure is not remembered", "[directory]")
{
    fixture the;
    the.answer(500);
    (void)the.failure();
    the.answer(200, R"({"value":[{"id":"g1"}]})");
    REQUIRE(the.complete(the.graph(), overage));
    CHECK(the.http.calls() == 2);
    CHECK(the.complete(the.graph(), overage)->texts("groups") == texts{"g1"});
    CHECK(the.http.calls() == 2);
    the.steady += std::chrono::minutes(5);
    the.answer(200, R"({"value":[]})");
    CHECK(the.complete(the.graph(), overage)->texts("groups").empty());
    CHECK(the.http.calls() == 3);
}

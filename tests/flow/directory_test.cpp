// SPDX-License-Identifier: Apache-2.0
// Sign-ins that a directory completes: GitHub without any ID token, Entra with more groups than a token
// holds.
#include "directory/github_completion.hpp"
#include "directory/graph_completion.hpp"
#include "flow/house.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <memory>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

fake_provider::reply always(std::string body, int status = 200)
{
    return [body = std::move(body), status](const net::outgoing_request&)
    { return net::incoming_response{status, {{"Content-Type", "application/json"}}, body}; };
}

url api() { return url::parse("https://idp.example/api").value(); }

house_plan at_github()
{
    house_plan plan;
    plan.configure = [](provider::configuration& what)
    {
        what.protocol = provider::protocol::oauth2;
        what.scopes = {"read:user", "user:email", "read:org"};
    };
    plan.completes = [](const provider::services& with)
    {
        return std::make_unique<directory::github_completion>(
            "main",
            with,
            directory::github_settings{.base = api(), .issuer = oidc::issuer("https://idp.example")}
        );
    };
    return plan;
}

void speak_github(fake_provider& peer)
{
    peer.instead["/token"] =
        always(R"({"access_token":"gho_1","token_type":"bearer","scope":"read:org,user:email"})");
    peer.instead["/api/user"] = always(R"({"id":583231,"login":"octocat","name":"Octocat"})");
    peer.instead["/api/user/emails"] =
        always(R"([{"email":"o@example.com","primary":true,"verified":true}])");
    peer.instead["/api/user/orgs"] = always(R"([{"login":"acme"}])");
    peer.instead["/api/user/teams"] = always(R"([{"slug":"ops","organization":{"login":"acme"}}])");
}

house_plan at_entra()
{
    house_plan plan;
    plan.completes = [](const provider::services& with)
    {
        return std::make_unique<directory::graph_completion>(
            "main", with, directory::graph_settings{.base = api()}
        );
    };
    return plan;
}

const std::string graph_path = "/api/v1.0/me/transitiveMemberOf/microsoft.graph.group";

void refer_to_graph(fake_provider& peer)
{
    peer.claims.erase("groups");
    peer.claims["_claim_names"] = {{"groups", "src1"}};
    peer.claims["_claim_sources"] = {{"src1", {{"endpoint", "https://idp.example/getMemberObjects"}}}};
}

nlohmann::json session_of(house& here)
{
    const auto answer = here.get(here.ours.session_path, errand::fetch);
    REQUIRE(answer.status == 200);
    return nlohmann::json::parse(answer.body);
}

} // namespace

TEST_CASE("somebody signs in at GitHub: a code, an access token, a person with groups, a session", "[flow]")
{
    house here(at_github());
    speak_github(here.peer);
    const auto there = here.leave("/deep?x=1");
    CHECK_FALSE(parameter_of(there.provider_address.text(), "code_challenge").empty());
    const auto back = here.come_back(there);
    CHECK(back.status == 303);
    CHECK(back.field("Location") == "/deep?x=1");
    const auto session = session_of(here).dump();
    CHECK(has(session, "octocat"));
    CHECK(has(session, "o@example.com"));
    CHECK(has(session, "acme/ops"));
    CHECK(here.peer.asked("/token") == 1);
    CHECK(here.peer.asked("/jwks") == 0);
}

TEST_CASE("an ID token that nobody validated is nobody's word: GitHub's API says who it is", "[flow]")
{
    house here(at_github());
    speak_github(here.peer);
    const auto there = here.leave();
    here.peer.claims["preferred_username"] = "admin";
    here.peer.instead["/token"] = always(
        R"({"access_token":"gho_1","token_type":"bearer","id_token":")" + here.peer.id_token() + "\"}"
    );
    REQUIRE(here.come_back(there).status == 303);
    CHECK(has(session_of(here).dump(), "octocat"));
    CHECK_FALSE(has(session_of(here).dump(), "admin"));
}

TEST_CASE("GitHub's refusals end a sign-in with their code and no session", "[flow]")
{
    const auto [path, body, status, code] = GENERATE(table<std::string, std::string, int, std::string>({
        {"/token",
         R"({"error":"bad_verification_code","error_description":"expired"})",
         200,
         "oidc_code_exchange_failure"},
        {"/token", R"({"token_type":"bearer"})", 200, "oidc_code_exchange_token_missing"},
        {"/api/user", R"({"message":"Bad credentials"})", 401, "oidc_directory_failure"},
        {"/api/user/emails", R"({"message":"Not Found"})", 404, "oidc_directory_failure"},
        {"/api/user/orgs", R"({"message":"rate limit"})", 403, "oidc_directory_failure"},
        {"/api/user/teams", "<html>", 200, "oidc_directory_failure"},
    }));
    CAPTURE(path);
    house here(at_github());
    speak_github(here.peer);
    here.peer.instead[path] = always(body, status);
    const auto back = here.sign_in();
    CHECK(back.status >= 400);
    CHECK(has(back.body, code));
    CHECK_FALSE(here.is_signed_in());
    CHECK(here.peer.asked("/token") == 1);
}

TEST_CASE("somebody in too many groups for Entra's token signs in with all of them, from Graph", "[flow]")
{
    house here(at_entra());
    refer_to_graph(here.peer);
    here.peer.instead[graph_path] = always(R"({"value":[{"id":"g-1"},{"id":"g-2"}]})");
    REQUIRE(here.sign_in().status == 303);
    CHECK(has(session_of(here).dump(), R"(["g-1","g-2"])"));
    CHECK(here.peer.asked(graph_path) == 1);
    CHECK(here.peer.asked("/getMemberObjects") == 0);
}

TEST_CASE("when Graph does not answer nobody is let in with \"no groups\"", "[flow]")
{
    house here(at_entra());
    refer_to_graph(here.peer);
    here.peer.instead[graph_path] = always(R"({"error":{"code":"Authorization_RequestDenied"}})", 403);
    const auto back = here.sign_in();
    CHECK(back.status == 502);
    CHECK(has(back.body, "oidc_directory_failure"));
    CHECK_FALSE(here.is_signed_in());
}

// SPDX-License-Identifier: Apache-2.0
// "Test SSO": who gets there, what the report says, and that no session is touched by it.
#include "base/encoding.hpp"
#include "flow/house.hpp"
#include "support/catch.hpp"

#include <functional>
#include <utility>

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

const std::string page = "/oidc/test";

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string ticket_of(house& the)
{
    return page + "?ticket=" + gateway::make_test_ticket(the.test_tickets, the.now, the.random);
}

house_plan administered()
{
    house_plan plan;
    plan.administrators.users = {"alice"};
    return plan;
}

// What the callback sets is the end of the sign-in cookie, and nothing else.
void check_no_session_touched(const client_answer& answer)
{
    const auto cookies = answer.all("Set-Cookie");
    REQUIRE_FALSE(cookies.empty());
    for (const auto& each : cookies)
    {
        CAPTURE(each);
        CHECK(has(each, "sekisho_signin_"));
        CHECK(has(each, "Max-Age=0"));
    }
}

nlohmann::json downloaded(const client_answer& answer)
{
    constexpr std::string_view mark = "data:application/json;base64,";
    const auto at = answer.body.find(mark);
    REQUIRE(at != std::string::npos);
    const auto begin = at + mark.size();
    std::string text = answer.body.substr(begin, answer.body.find('"', begin) - begin);
    for (auto entity = text.find("&#"); entity != std::string::npos; entity = text.find("&#"))
    {
        const auto code = std::stoi(text.substr(entity + 2));
        text.replace(entity, text.find(';', entity) - entity + 1, 1, static_cast<char>(code));
    }
    const auto bytes = base64_decode(text);
    REQUIRE(bytes);
    return nlohmann::json::parse(as_text(*bytes));
}

using lie = std::function<void(house&)>;

} // namespace

TEST_CASE("a test sign-in shows who it would be and leaves no session", "[flow]")
{
    house here({.userinfo = provider::userinfo_policy::always});
    const auto there = here.leave(ticket_of(here) + "&idp=main");
    const auto report = here.come_back(there);
    CHECK(report.status == 200);
    CHECK(has(report.body, "The test sign-in works"));
    CHECK(has(report.body, "X-Forwarded-User"));
    CHECK(has(report.body, "id_token.nonce"));
    CHECK(has(report.body, there.nonce));
    CHECK(here.peer.asked("/token") == 1);
    CHECK(here.peer.asked("/userinfo") == 1);
    check_no_session_touched(report);
    CHECK_FALSE(here.is_signed_in());
    CHECK(here.count("sekisho_sign_ins_total") == 0);
    CHECK(has(report.field("Content-Security-Policy"), "default-src 'none'"));
    CHECK_FALSE(has(report.body, "<script"));
}

TEST_CASE("the report has neither tokens nor secrets, also not in its download", "[flow]")
{
    house here({.userinfo = provider::userinfo_policy::always});
    const auto there = here.leave(ticket_of(here) + "&idp=main");
    const auto report = here.come_back(there);
    const auto text = report.body + downloaded(report).dump();
    const auto id_token = here.peer.id_token();
    const auto body = here.peer.last_body("/token");
    const auto signature = id_token.substr(id_token.rfind('.') + 1);
    CHECK_FALSE(has(text, signature.substr(0, 20)));
    CHECK_FALSE(has(text, "s3cret"));
    CHECK_FALSE(has(text, parameter_of(body, "code_verifier").substr(0, 12)));
    const auto made = downloaded(report);
    CHECK(made["works"] == true);
    CHECK(made["steps"].size() >= 8);
}

TEST_CASE("a test sign-in of somebody who is signed in leaves that session as it is", "[flow]")
{
    house here(administered());
    REQUIRE(here.sign_in().status == 303);
    const auto before = here.jar;
    const auto there = here.leave(page + "?idp=main");
    here.peer.claims["sub"] = "bob";
    const auto report = here.come_back(there);
    CHECK(has(report.body, "bob"));
    check_no_session_touched(report);
    const auto mine = here.get("/oidc/session", errand::fetch);
    CHECK(mine.status == 200);
    CHECK(has(mine.body, "alice"));
    CHECK_FALSE(has(mine.body, "bob"));
}

TEST_CASE("a test sign-in that fails says which check failed, what lies behind it and what to do", "[flow]")
{
    const auto [what, how, code, where] = GENERATE(table<std::string, lie, std::string, std::string>({
        {"wrong nonce",
         [](house& the) { the.peer.claims["nonce"] = "another"; },
         "oidc_nonce_missing",
         "id_token.nonce"},
        {"wrong audience",
         [](house& the) { the.peer.claims["aud"] = "somebody-else"; },
         "oidc_generic_token_failure",
         "id_token.aud"},
        {"wrong issuer",
         [](house& the) { the.peer.claims["iss"] = "https://evil.example"; },
         "oidc_issuer_mismatch",
         "id_token.iss"},
        {"expired",
         [](house& the) { the.peer.claims["exp"] = opening - 3600; },
         "oidc_generic_token_failure",
         "id_token.exp"},
    }));
    CAPTURE(what);
    house here;
    const auto there = here.leave(ticket_of(here) + "&idp=main");
    how(here);
    const auto report = here.come_back(there);
    CHECK(report.status == 200);
    CHECK(has(report.body, "The test sign-in failed"));
    CHECK(has(report.body, code));
    CHECK(has(report.body, "Likely causes"));
    check_no_session_touched(report);
    CHECK_FALSE(here.is_signed_in());
    const auto made = downloaded(report);
    CHECK(made["works"] == false);
    CHECK(made["failure"]["code"] == code);
    CHECK(has(made["failure"]["detail"].get<std::string>(), where));
    CHECK(here.jar.empty());
}

TEST_CASE("the provider's refusal, and a token endpoint that fails, end in a report too", "[flow]")
{
    house here;
    const auto there = here.leave(ticket_of(here) + "&idp=main");
    client_answer report;
    SECTION("an error in the callback")
    {
        report = here.get(
            "/oidc/callback?error=access_denied&iss=https%3A%2F%2Fidp.example&state=" + there.state,
            errand::link_elsewhere
        );
        CHECK(has(report.body, "oidc_access_denied"));
    }
    SECTION("the token endpoint")
    {
        here.peer.instead["/token"] = [](const net::outgoing_request&)
        { return json_reply({{"error", "invalid_client"}}, 401); };
        report = here.come_back(there);
        CHECK(has(report.body, "oidc_code_exchange_failure"));
        CHECK(has(report.body, "invalid_client"));
    }
    CHECK(report.status == 200);
    check_no_session_touched(report);
}

TEST_CASE("a test report is for the browser that began the test, once", "[flow]")
{
    house here;
    const auto there = here.leave(ticket_of(here) + "&idp=main");
    const auto query = "/oidc/callback?" + here.honest_query(there);
    SECTION("CVE-2017-1000069: another browser")
    {
        std::swap(here.jar, here.other_browser);
        CHECK(here.get(query, errand::link_elsewhere).status == 400);
        CHECK(here.peer.asked("/token") == 0);
    }
    SECTION("a second time")
    {
        CHECK(here.get(query, errand::link_elsewhere).status == 200);
        CHECK(here.get(query, errand::link_elsewhere).status == 400);
        CHECK(here.peer.asked("/token") == 1);
    }
}

TEST_CASE("the test page is for administrators and for tickets", "[flow]")
{
    SECTION("an administrator, in the application's session")
    {
        house here(administered());
        REQUIRE(here.sign_in().status == 303);
        const auto choice = here.get(page);
        CHECK(choice.status == 200);
        CHECK(has(choice.body, "/oidc/test?idp=main"));
    }
    SECTION("somebody else")
    {
        house here;
        REQUIRE(here.sign_in().status == 303);
        const auto refused = here.get(page);
        CHECK(refused.status == 403);
        CHECK(has(refused.body, "access_denied"));
        CHECK(here.get(page + "?idp=main").status == 403);
    }
    SECTION("nobody: the way to sign in leads back here")
    {
        house here(administered());
        const auto refused = here.get(page);
        CHECK(refused.status == 401);
        CHECK(has(refused.body, "/oidc/login?return_to=%2Foidc%2Ftest"));
        CHECK(here.peer.requests().empty());
    }
    SECTION("a ticket, and its page leads on with it")
    {
        house here;
        const auto choice = here.get(ticket_of(here));
        CHECK(choice.status == 200);
        CHECK(has(choice.body, "ticket="));
    }
    SECTION("a method that is none of ours")
    {
        house here;
        CHECK(here.post(ticket_of(here), "", errand::form).status == 405);
    }
}

TEST_CASE(
    "CVE-2021-21411: a group of admin.groups opens the test page to its members and to nobody else", "[flow]"
)
{
    const auto [groups, status] = GENERATE(table<nlohmann::json, int>({
        {{"staff", "operators"}, 200},
        {{"staff"}, 403},
        {{"operators2", "my operators", "Operators"}, 403},
        {nlohmann::json::array(), 403},
        {nullptr, 403},
    }));
    CAPTURE(groups.dump());
    house_plan plan;
    plan.administrators.groups = {"operators"};
    house here(plan);
    here.peer.claims["groups"] = groups;
    REQUIRE(here.sign_in().status == 303);
    CHECK(here.get(page).status == status);
    CHECK(here.get(page + "?idp=main").status == (status == 200 ? 303 : status));
}

TEST_CASE("a ticket that has expired, was changed or sealed by another secret opens nothing", "[flow]")
{
    house here;
    auto ticket = ticket_of(here);
    SECTION("expired") { here.now += 10min; }
    SECTION("changed") { ticket.back() = ticket.back() == 'A' ? 'B' : 'A'; }
    SECTION("of another secret")
    {
        const crypto::key_ring other({secret("another secret of more than 32 bytes")}, "test_ticket");
        ticket = page + "?ticket=" + gateway::make_test_ticket(other, here.now, here.random);
    }
    SECTION("of another purpose")
    {
        const crypto::key_ring other({secret("a secret of more than thirty-two bytes")}, "session");
        ticket = page + "?ticket=" + gateway::make_test_ticket(other, here.now, here.random);
    }
    SECTION("empty") { ticket = page + "?ticket="; }
    CHECK(here.get(ticket).status == 403);
    CHECK(here.get(ticket + "&idp=main").status == 403);
    CHECK(here.peer.requests().empty());
}

TEST_CASE("a test that took too long is begun again on the test page", "[flow]")
{
    house here;
    const auto there = here.leave(ticket_of(here) + "&idp=main");
    here.now += 16min;
    const auto late = here.come_back(there);
    CHECK(has(late.body, "/oidc/test?ticket="));
    CHECK(here.peer.asked("/token") == 0);
}

TEST_CASE(
    "a test can have the provider ask for the password again, and its report says that it did", "[flow]"
)
{
    house here;
    const auto choice = here.get(ticket_of(here));
    CHECK(has(choice.body, "prompt=login"));
    const auto asking = here.get(ticket_of(here) + "&prompt=login");
    CHECK(has(asking.body, "prompt=login&amp;idp=main"));
    const auto usual = here.leave(ticket_of(here) + "&idp=main");
    CHECK(parameter_of(usual.provider_address.text(), "prompt").empty());
    const auto there = here.leave(ticket_of(here) + "&prompt=login&idp=main");
    CHECK(parameter_of(there.provider_address.text(), "prompt") == "login");
    const auto report = here.come_back(there);
    const auto made = downloaded(report);
    CHECK(has(made.dump(), R"({"name":"prompt","value":"login"})"));
    CHECK(has(report.body, "prompt=login")); // "Test again" asks the same way
}

TEST_CASE("no other prompt comes through the test page", "[flow]")
{
    house here;
    const auto there = here.leave(ticket_of(here) + "&prompt=none&idp=main");
    CHECK(parameter_of(there.provider_address.text(), "prompt").empty());
}

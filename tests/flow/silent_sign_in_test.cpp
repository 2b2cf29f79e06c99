// SPDX-License-Identifier: Apache-2.0
// A session without a refresh token whose access token has ended: the provider is asked again without a word
// (prompt=none), and what it says decides.
#include "flow/pipeline_house.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <nlohmann/json.hpp>

#include <utility>

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

void asks_silently(settings::model& with) { with.session.silent_sign_in = true; }

void has_ended_tokens(session::session& of) { of.tokens_end = wall_clock_now() - 1s; }

std::string parameter(const client_answer& of, std::string_view name)
{
    const auto location = of.field("Location");
    const auto form = http::form::parse(location.substr(location.find('?') + 1));
    return form ? std::string(form->first(name).value_or("")) : std::string();
}

bool is_at_provider(const client_answer& answer)
{
    return answer.status == 303 && answer.field("Location").starts_with("https://idp.example/authorize?");
}

// A page is opened, and the person sent to the provider without a word.
client_answer leave(pipeline_house& here)
{
    auto away = here.open("/reports?a=1");
    REQUIRE(is_at_provider(away));
    REQUIRE(parameter(away, "prompt") == "none");
    here.peer.remember(parameter(away, "nonce"));
    return away;
}

std::string answer_to(const client_answer& away, const std::string& rest)
{
    return rest + "&state=" + parameter(away, "state") + "&iss=https%3A%2F%2Fidp.example";
}

} // namespace

TEST_CASE("a page whose tokens have ended is sent to the provider without a word, nothing else is", "[flow]")
{
    pipeline_house here(asks_silently);
    here.sign_in(has_ended_tokens);
    const auto away = leave(here);
    CHECK(parameter(away, "login_hint") == "alice");
    CHECK(here.fetch("/reports").status == 200);           // a script goes on
    CHECK(here.open("/public/page").status == 200);        // nobody needs a session there
    CHECK(here.send_form("/orders", "a=b").status == 200); // a form would be lost
    CHECK(here.is_signed_in());

    pipeline_house usual; // not by default
    usual.sign_in(has_ended_tokens);
    CHECK(usual.open("/reports").status == 200);
}

TEST_CASE("a silent sign-in that works renews the session and comes back to the page", "[flow]")
{
    pipeline_house here(asks_silently);
    const auto before = here.sign_in(has_ended_tokens);
    here.peer.claims["groups"] = {"board"};
    auto old = here.jar;
    const auto back = here.come_back(answer_to(leave(here), "code=c-1"));
    CHECK(back.status == 303);
    CHECK(back.field("Location") == "/reports?a=1");
    CHECK(here.open("/reports?a=1").status == 200); // and is not sent away again
    CHECK(here.application.request(0).field("X-Forwarded-Groups") == "board");
    CHECK(here.count("sekisho_sign_ins_total") == 1);
    std::swap(here.jar, old); // the one before is over
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("what the provider cannot do without a word is done aloud, once", "[flow]")
{
    const std::string why =
        GENERATE("login_required", "interaction_required", "consent_required", "account_selection_required");
    CAPTURE(why);
    pipeline_house here(asks_silently);
    here.sign_in(has_ended_tokens);
    const auto back = here.come_back(answer_to(leave(here), "error=" + why));
    REQUIRE(back.status == 303);
    CHECK(back.field("Location").starts_with("/oidc/login?"));
    CHECK(parameter(back, "return_to") == "/reports?a=1");
    CHECK(parameter(back, "idp") == "default");
    CHECK_FALSE(here.is_signed_in()); // the session is over: the login address would lead back otherwise
    CHECK(here.count("sekisho_sign_ins_total") == 0);

    const auto aloud = here.open(back.field("Location"));
    REQUIRE(is_at_provider(aloud));
    CHECK(parameter(aloud, "prompt").empty());
    here.peer.remember(parameter(aloud, "nonce"));
    CHECK(here.come_back(answer_to(aloud, "code=c-2")).field("Location") == "/reports?a=1");
    CHECK(here.open("/reports?a=1").status == 200);
}

TEST_CASE("a silent sign-in never makes one person another", "[flow]")
{
    pipeline_house here(asks_silently);
    here.sign_in(has_ended_tokens);
    here.peer.claims["sub"] = "bob";
    const auto back = here.come_back(answer_to(leave(here), "code=c-1"));
    CHECK(back.status == 303);
    CHECK(back.field("Location").starts_with("/oidc/login?"));
    CHECK_FALSE(here.is_signed_in()); // neither is there any more
    CHECK(here.count("sekisho_sign_ins_total") == 0);
    CHECK(here.fetch("/reports").status == 401);
}

TEST_CASE("where cookies are strict a silent sign-in never makes one person another either", "[flow]")
{
    // The browser comes back without the session's cookie, so the sign-in itself knows whom it is for.
    pipeline_house here(
        [](settings::model& with)
        {
            asks_silently(with);
            with.session.same_site = settings::same_site::strict;
        }
    );
    here.sign_in(has_ended_tokens);
    const auto [subject, is_signed_in] = GENERATE(table<std::string, int>({{"alice", 1}, {"bob", 0}}));
    here.peer.claims["sub"] = subject;
    const auto back = here.come_back(answer_to(leave(here), "code=c-1"));
    CAPTURE(subject, back.status, back.body);
    CHECK((back.status == 303 && back.field("Location").starts_with("/oidc/login?")) == (is_signed_in == 0));
    CHECK(here.count("sekisho_sign_ins_total") == is_signed_in);
}

TEST_CASE("a refusal without a word is made sure of aloud, and leaves nobody between two pages", "[flow]")
{
    const auto [why, code] = GENERATE(table<std::string, std::string>({
        {"access_denied", "oidc_access_denied"},
        {"invalid_request", "oidc_auth_error"}, // a provider that does not know prompt=none
    }));
    CAPTURE(why);
    pipeline_house here(asks_silently);
    here.sign_in(has_ended_tokens);
    const auto back = here.come_back(answer_to(leave(here), "error=" + why));
    REQUIRE(back.status == 303);
    CHECK_FALSE(here.is_signed_in());
    // With the session there it would be asked silently again, with the same end.
    const auto aloud = here.open(back.field("Location"));
    REQUIRE(is_at_provider(aloud));
    CHECK(parameter(aloud, "prompt").empty());
    const auto refused = here.come_back(answer_to(aloud, "error=" + why));
    CHECK(refused.status >= 400);
    CHECK(has(refused.body, code));
}

TEST_CASE("a silent sign-in holds our own rules against who it is now (CVE-2021-41230)", "[flow]")
{
    pipeline_house here(
        [](settings::model& with)
        {
            asks_silently(with);
            with.identity.require_email = true;
        }
    );
    here.sign_in(has_ended_tokens);
    here.peer.claims.erase("email");
    const auto back = here.come_back(answer_to(leave(here), "code=c-1"));
    CHECK(back.field("Location").starts_with("/oidc/login?"));
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("a provider that cannot answer now costs nobody the session", "[flow]")
{
    const std::string why = GENERATE("temporarily_unavailable", "server_error");
    pipeline_house here(asks_silently);
    here.sign_in(has_ended_tokens);
    const auto back = here.come_back(answer_to(leave(here), "error=" + why));
    CHECK(back.status == 303);
    CHECK(back.field("Location") == "/reports?a=1");
    CHECK(here.open("/reports?a=1").status == 200); // and is not sent away again at once
    CHECK(here.is_signed_in());
}

TEST_CASE("tokens that are over at once send nobody round in circles", "[flow]")
{
    pipeline_house here(asks_silently);
    here.sign_in(has_ended_tokens);
    here.peer.instead["/token"] = [&](const net::outgoing_request&)
    {
        return json_reply(
            {{"id_token", here.peer.id_token()},
             {"access_token", "at-1"},
             {"token_type", "Bearer"},
             {"expires_in", 0}}
        );
    };
    REQUIRE(here.come_back(answer_to(leave(here), "code=c-1")).status == 303);
    CHECK(here.open("/reports?a=1").status == 200);
}

TEST_CASE("a browser that never comes back from a silent sign-in goes on with its session", "[flow]")
{
    pipeline_house here(asks_silently);
    here.sign_in(has_ended_tokens);
    (void)leave(here); // the provider's address does not answer
    CHECK(here.open("/reports").status == 200);
    CHECK(here.open("/orders").status == 200);
}

// SPDX-License-Identifier: Apache-2.0
// The frame of session.check_session asks the provider again when its session changed (OpenID Connect Session
// Management 1.0, 3.1).
#include "flow/house.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

const std::string page = "/oidc/check-session";
const std::string again = page + "?again";
const std::string asked = page + "?asked";

bool has(std::string_view text, std::string_view piece) { return text.find(piece) != std::string_view::npos; }

std::string state_told(const client_answer& answer)
{
    constexpr std::string_view before = "data-state=\"";
    const auto at = answer.body.find(before);
    return at == std::string::npos
               ? "(none)"
               : answer.body.substr(at + before.size())
                     .substr(0, answer.body.find('"', at + before.size()) - at - before.size());
}

// Signed in with the session_state s.1, and the provider has the page for the frame.
struct watched_house : house
{
    explicit watched_house(house_plan with = {}) : house(offering(std::move(with)))
    {
        peer.metadata["check_session_iframe"] = "https://idp.example/check";
        const auto there = leave();
        REQUIRE(back(there, "&session_state=s.1").status == 303);
    }

    client_answer back(const journey& from, const std::string& more)
    {
        if (plan.mode == oidc::response_mode::form_post)
            return post("/oidc/callback", honest_query(from) + more, errand::form_elsewhere);
        return get("/oidc/callback?" + honest_query(from) + more, errand::link_elsewhere);
    }
    client_answer refused(const journey& from, const std::string& code)
    {
        const auto query = "state=" + from.state + "&iss=https%3A%2F%2Fidp.example&error=" + code;
        return get("/oidc/callback?" + query, errand::link_elsewhere);
    }

private:
    static house_plan offering(house_plan with)
    {
        with.checks = gateway::session_checks::offered;
        return with;
    }
};

} // namespace

TEST_CASE("the frame may ask again where the answer comes by an address, and its policy lets it", "[flow]")
{
    const auto [mode, is_offered] = GENERATE(table<oidc::response_mode, bool>({
        {oidc::response_mode::usual, true},
        {oidc::response_mode::form_post, false}, // no cookie of ours comes with a form in a frame
    }));
    watched_house here({.mode = mode});
    const auto shown = here.get(page);
    CHECK(has(shown.body, R"(data-question="gate s.1")"));
    CHECK(has(shown.body, "data-again=\"/oidc/check-session?again\"") == is_offered);
    CHECK(
        has(shown.field("Content-Security-Policy"), "; frame-src https://idp.example 'self' ") == is_offered
    );
    CHECK((here.get(again).status == 303) == is_offered);
}

TEST_CASE("asked again the provider is to show nothing, for the person of the session", "[flow]")
{
    watched_house here;
    const auto of_session = here.peer.id_token();
    const auto there = here.leave(again);
    const auto address = there.provider_address.text();
    CHECK(parameter_of(address, "prompt") == "none");
    const auto payload = [](const std::string& token) { return token.substr(0, token.rfind('.')); };
    CHECK(payload(parameter_of(address, "id_token_hint")) == payload(of_session)); // signed anew
    CHECK(parameter_of(address, "redirect_uri") == "https://app.example.com/oidc/callback");
}

TEST_CASE("a session that the provider still knows goes on with its new session_state", "[flow]")
{
    watched_house here;
    const auto back = here.back(here.leave(again), "&session_state=s.2");
    CHECK(back.status == 303);
    CHECK(back.field("Location") == asked);
    CHECK(state_told(here.get(asked)) == "unchanged");
    CHECK(here.is_signed_in());
    CHECK(has(here.get(page).body, R"(data-question="gate s.2")"));
}

TEST_CASE("a session that the provider has ended, or given to somebody else, ends here too", "[flow]")
{
    const std::string how = GENERATE("login_required", "interaction_required", "consent_required", "other");
    watched_house here;
    const auto copy = here.jar;
    const auto there = here.leave(again);
    client_answer back;
    if (how == "other")
    {
        here.peer.claims["sub"] = "somebody-else";
        back = here.back(there, "&session_state=s.2");
    }
    else
        back = here.refused(there, how);
    CHECK(back.status == 303);
    CHECK(back.field("Location") == asked);
    CHECK(state_told(here.get(asked)) == "ended");
    CHECK_FALSE(here.is_signed_in());
    here.jar = copy; // ended, not forgotten
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("trouble at the provider ends nothing", "[flow]")
{
    watched_house here;
    const auto there = here.leave(again);
    if (GENERATE(true, false))
    {
        here.peer.instead["/token"] = [](const auto&) -> result<net::incoming_response>
        { return fail(errc::network_failure, "test"); };
        CHECK(here.back(there, "&session_state=s.2").status >= 400);
    }
    else
        CHECK(here.refused(there, "temporarily_unavailable").status >= 400);
    CHECK(here.is_signed_in());
    CHECK(has(here.get(page).body, R"(data-question="gate s.1")"));
}

TEST_CASE("who signed out meanwhile is not signed in again behind their back", "[flow]")
{
    watched_house here;
    const auto there = here.leave(again);
    here.get("/logout");
    REQUIRE_FALSE(here.is_signed_in());
    const auto back = here.back(there, "&session_state=s.2");
    CHECK(back.field("Location") == asked);
    CHECK(state_told(here.get(asked)) == "ended");
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("only a page of ours has the provider asked again", "[flow]")
{
    const auto who = GENERATE(errand::link_elsewhere, errand::bare);
    watched_house here;
    const auto answer = here.get(again, who);
    CHECK(answer.status == 200);
    CHECK(answer.all("Set-Cookie").empty());
    CHECK(state_told(answer) == "unknown");
    CHECK(here.is_signed_in());
}

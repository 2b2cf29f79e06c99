// SPDX-License-Identifier: Apache-2.0
// Whoever signs in in the very second in which their sessions were ended: times are whole seconds.
#include "flow/house.hpp"
#include "oidc/token_checks.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace
{

// The provider signs alice out everywhere, or ends one session of hers.
void end_by_provider(house& here, const std::string& sid = "")
{
    nlohmann::json claims{
        {"iss", "https://idp.example"},
        {"aud", "gate"},
        {"iat", opening},
        {"exp", opening + 120},
        {"jti", "j-1"},
        {"events", {{std::string(oidc::logout_event), nlohmann::json::object()}}},
    };
    claims[sid.empty() ? "sub" : "sid"] = sid.empty() ? "alice" : sid;
    const auto token = here.peer.key.sign_with_kid(here.peer.kid, claims.dump());
    REQUIRE(here.post("/oidc/backchannel-logout", "logout_token=" + token, errand::bare).status == 200);
}

// Since when who is signed in now is, as their session says; empty: nobody is.
std::string signed_in_at(house& here)
{
    const auto answer = here.get("/oidc/session", errand::fetch);
    return answer.status == 200 ? nlohmann::json::parse(answer.body)["signed_in_at"].get<std::string>() : "";
}

} // namespace

TEST_CASE("who signs in in the second of an ending waits for the next one, and stays", "[flow]")
{
    house here;
    end_by_provider(here);
    const auto before = steady_clock::now();
    REQUIRE(here.sign_in().status == 303);
    CHECK(steady_clock::now() - before >= 1s);
    CHECK(signed_in_at(here) == format_time(here.now + 1s));
    here.now += 1s;
    CHECK(here.is_signed_in());
    here.now += 50min;
    CHECK(here.is_signed_in());
}

TEST_CASE("nobody waits whom no ending means, nor a second later", "[flow]")
{
    house here;
    const auto is_later = GENERATE(true, false);
    end_by_provider(here);
    if (is_later)
        here.now += 1s;
    else
        here.peer.claims["sub"] = "bob";
    here.sign_in();
    CHECK(signed_in_at(here) == format_time(here.now));
}

TEST_CASE("a session at the provider that has ended makes no session here", "[flow]")
{
    house here;
    end_by_provider(here, "sid-1"); // the sign-in is under way in it
    here.sign_in();
    CHECK(signed_in_at(here).empty());
    here.now += 1s;
    here.peer.claims["sid"] = "sid-2";
    here.sign_in();
    CHECK(signed_in_at(here) == format_time(here.now));
}

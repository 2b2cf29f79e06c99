// SPDX-License-Identifier: Apache-2.0
// Sign-ins that are completed again and again because no session comes back.
#include "flow/house.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <string>
#include <vector>

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

constexpr std::string_view session_name = "__Host-sekisho_session";

// A browser that does not keep the session: its cookie goes as soon as it is there.
void forget_session(house& here)
{
    const std::string gone(std::string(session_name) + "=; Max-Age=0; Path=/; Secure");
    REQUIRE(here.jar.find(session_name) != nullptr);
    here.jar.take(gone, {.host = "app.example.com"}, here.now);
}

void sign_in_times(house& here, int times, std::chrono::seconds between = 1s)
{
    for (int time = 0; time < times; ++time)
    {
        here.sign_in();
        forget_session(here);
        here.now += between;
    }
}

} // namespace

TEST_CASE("after four sign-ins whose session never came back a page names the cause", "[flow]")
{
    house here;
    sign_in_times(here, 3);
    CHECK(here.get("/reports").status == 303);
    sign_in_times(here, 1);
    const auto page = here.get("/reports");
    CHECK(page.status == 400);
    CHECK(has(page.body, "sign_in_loop"));
    CHECK(has(page.body, "did not keep the session"));
    CHECK(has(page.body, "/oidc/login?return_to=%2Freports"));
    CHECK(here.count("sekisho_refusals_total{code=\"sign_in_loop\"}") == 1);
    // Its button begins to count anew.
    const auto again = here.leave("/oidc/login?return_to=%2Freports");
    CHECK(here.come_back(again).status == 303);
    forget_session(here);
    CHECK(here.get("/reports").status == 303);
}

TEST_CASE("slow sign-ins are no loop", "[flow]")
{
    house here;
    sign_in_times(here, 6, 16s);
    CHECK(here.get("/reports").status == 303);
}

TEST_CASE("a request that shows the session ends the count", "[flow]")
{
    house here;
    sign_in_times(here, 3);
    here.sign_in();
    const auto kept = here.get("/reports");
    CHECK(kept.status == 200);
    CHECK(has(kept.field("Cache-Control"), "private"));
    CHECK(here.jar.find("__Host-sekisho_signin_loop") == nullptr);
    CHECK(here.get("/reports").all("Set-Cookie").empty());
    forget_session(here);
    CHECK(here.get("/reports").status == 303);
}

TEST_CASE("the page of a loop says what the browser did send", "[flow]")
{
    house here;
    sign_in_times(here, 4);
    const auto [value, words] = GENERATE(table<std::string, std::string>({
        {"1.not-ours", "this server does not know it"},
        {"", "did not keep"},
    }));
    if (!value.empty())
        here.jar.take(
            std::string(session_name) + "=" + value + "; Path=/; Secure",
            {.host = "app.example.com"},
            here.now
        );
    CHECK(has(here.get("/reports").body, words));
}

TEST_CASE("a session that has run out when it comes back is told as such", "[flow]")
{
    house here;
    here.sign_in();
    // The clock of the next replica is an hour ahead; the count is by the clocks of all.
    const auto count = "__Host-sekisho_signin_loop=4." + std::to_string(opening + 3700);
    here.now += 3700s;
    here.jar.take(count + "; Path=/; Secure; Max-Age=60", {.host = "app.example.com"}, here.now);
    CHECK(has(here.get("/reports").body, "had already run out"));
}

TEST_CASE("a count that somebody made up brings at most a page about", "[flow]")
{
    house here;
    const auto value = GENERATE(
        "99999999999999999999.1", "4", "4.", ".4", "-4.1790000000", "4.1790000001", "4.1789999939", "a.b"
    );
    here.jar.take(
        std::string("__Host-sekisho_signin_loop=") + value + "; Path=/; Secure",
        {.host = "app.example.com"},
        here.now
    );
    CHECK(here.get("/reports").status == 303);
}

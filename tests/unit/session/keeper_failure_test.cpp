// SPDX-License-Identifier: Apache-2.0
// A shelf that fails at each step of each flow: no session is lost, no ended session is found again.
#include "keeper_house.hpp"

#include <functional>

using namespace sekisho;
using namespace std::chrono_literals;
using session::ends;
using test::cookie_jar;
using test::keeper_house;
using test::kept_in;
using test::noon;
using test::run;
using test::session_of;
using texts = std::vector<std::string>;

namespace
{

enum class failure
{
    once,
    from_then_on,
};

// Calls `check` for each call of the shelf that `work` makes, in a house of its own where that call fails,
// until one is reached where nothing fails any more.
void at_each_step(
    const keeper_house::plan& by,
    const std::function<void(keeper_house&, cookie_jar&)>& prepare,
    const std::function<void(keeper_house&, cookie_jar&)>& work
)
{
    const auto how = GENERATE(failure::once, failure::from_then_on);
    for (std::size_t step = 1;; ++step)
    {
        auto plan = by;
        plan.shelf = keeper_house::new_shelf();
        keeper_house here(plan);
        cookie_jar browser;
        CAPTURE(static_cast<int>(by.where), static_cast<int>(how), step);
        prepare(here, browser);
        if (how == failure::once)
            here.shelf->fail_only(step);
        else
            here.shelf->fail_from(step);
        work(here, browser);
        if (here.shelf->calls() < step)
        {
            CHECK(step > 1); // the shelf was asked at all
            return;
        }
        REQUIRE(step < 100);
    }
}

void begin(keeper_house& here, cookie_jar& browser) { REQUIRE(here.begin(session_of("id-1"), browser)); }

} // namespace

TEST_CASE("a sign-in is kept as a whole or not at all", "[session]")
{
    const auto where = GENERATE(kept_in::cookies, kept_in::tickets);
    session::keeper_rules rules;
    rules.max_per_person = GENERATE(0U, 1U);
    // A session elsewhere that has to go for the new one.
    cookie_jar other;
    const auto prepare = [&](keeper_house& here, cookie_jar&)
    {
        other = {};
        REQUIRE(here.begin(session_of("other", "taro", noon - 1min), other));
    };
    const auto work = [&](keeper_house& here, cookie_jar& browser)
    {
        const auto begun = here.begin(session_of("id-1"), browser);
        here.shelf->work();
        REQUIRE(run(here.keep->catch_up()));
        if (!begun)
            CHECK(begun.error().code == errc::session_store_unavailable);
        CHECK(here.look(browser) == (begun ? "found" : "session_required"));
        const bool is_alone = begun && rules.max_per_person == 1;
        CHECK(here.look(other) == (is_alone ? "session_required" : "found"));
    };
    at_each_step({.where = where, .rules = rules}, prepare, work);
}

TEST_CASE("a session that was ended is not found again, whichever step of it failed", "[session]")
{
    const auto where = GENERATE(kept_in::cookies, kept_in::tickets);
    const auto [what, value] = GENERATE(
        std::pair(ends::session, "id-1"), std::pair(ends::user, "taro"), std::pair(ends::everybody, "")
    );
    const auto work = [&](keeper_house& here, cookie_jar& browser)
    {
        const auto ended = here.end(what, value);
        CHECK(here.ended->untold().empty() == ended.has_value());
        CHECK(here.endings.size() == 1); // told here whatever the shelf does
        CHECK(here.look(browser) != "found");
        here.shelf->work();
        CHECK(here.look(browser) == "session_required");

        // The shelf is back: everybody gets to know.
        REQUIRE(run(here.keep->catch_up()));
        CHECK(here.ended->untold().empty());
        keeper_house there({.where = where, .shelf = here.shelf});
        CHECK(there.look(browser) == "session_required");
        CHECK(there.ended->size() >= 1);
        CHECK(there.ids().empty());
    };
    at_each_step({.where = where}, begin, work);
}

TEST_CASE("a renewal that was kept, or not, leaves a session with one of both values", "[session]")
{
    const auto where = GENERATE(kept_in::cookies, kept_in::tickets);
    const auto work = [&](keeper_house& here, cookie_jar& browser)
    {
        const auto known = here.find(browser);
        if (!known)
        {
            CHECK(known.error().code == errc::session_store_unavailable);
            return;
        }
        auto renewed = known->value;
        renewed.generation = 2;
        renewed.refresh_token = secret("refresh 2");
        const auto kept = run(here.keep->renew(renewed, noon));
        here.shelf->work();
        const auto found = here.find(browser);
        REQUIRE(found);
        const bool is_newer = found->value.generation == 2;
        CHECK(found->value.refresh_token.reveal() == (is_newer ? "refresh 2" : "refresh 1"));
        CHECK(is_newer == (kept && *kept));
        // Whoever holds the new tokens still keeps them now.
        if (!kept)
            CHECK(run(here.keep->renew(renewed, noon)) == true);
        CHECK(here.find(browser)->value.refresh_token.reveal() == "refresh 2");
    };
    at_each_step({.where = where}, begin, work);
}

TEST_CASE("a use that cannot be kept loses nothing", "[session]")
{
    const auto where = GENERATE(kept_in::cookies, kept_in::tickets);
    const auto work = [&](keeper_house& here, cookie_jar& browser)
    {
        auto used = session_of("id-1");
        if (auto known = here.find(browser))
            used = std::move(known->value);
        run(here.keep->touch(used, noon + 5min));
        here.shelf->work();
        CHECK(here.look(browser, noon + 5min) == "found");
        CHECK(here.ids() == texts{"id-1"});
    };
    at_each_step({.where = where}, begin, work);
}

TEST_CASE("while the shelf is down a sealed cookie serves, but its refresh token is not for use", "[session]")
{
    keeper_house here({.where = kept_in::cookies});
    cookie_jar browser;
    begin(here, browser);
    auto known = here.find(browser)->value;
    auto renewed = known;
    renewed.generation = 2;
    renewed.refresh_token = secret("refresh 2");
    REQUIRE(run(here.keep->renew(renewed, noon)) == true);
    here.shelf->fail_from(1);
    CHECK(here.look(browser) == "found");
    const auto newest = run(here.keep->newest(known, noon));
    REQUIRE_FALSE(newest);
    CHECK(newest.error().code == errc::session_store_unavailable);
    here.shelf->work();
    CHECK((*run(here.keep->newest(known, noon)))->refresh_token.reveal() == "refresh 2");
}

TEST_CASE("a store that is down is never a sign-in", "[session]")
{
    keeper_house here({.where = kept_in::tickets});
    cookie_jar browser;
    begin(here, browser);
    here.shelf->fail_from(1);
    CHECK(here.look(browser) == "session_store_unavailable");
    here.shelf->work();
    CHECK(here.look(browser) == "found");
}

TEST_CASE("a process that began without the shelf finds nobody until it knows who was ended", "[session]")
{
    const auto where = GENERATE(kept_in::cookies, kept_in::tickets);
    keeper_house here({.where = where});
    cookie_jar kept;
    cookie_jar gone;
    REQUIRE(here.begin(session_of("kept"), kept));
    REQUIRE(here.begin(session_of("gone"), gone));
    REQUIRE(here.end(ends::session, "gone"));
    keeper_house there({.where = where, .shelf = here.shelf});
    here.shelf->fail_from(1);
    CHECK(there.look(kept) == "session_store_unavailable");
    CHECK(there.look(gone) == "session_store_unavailable");
    here.shelf->work();
    CHECK(there.look(kept) == "found");
    CHECK(there.look(gone) == "session_required");
}

// SPDX-License-Identifier: Apache-2.0
// How long an ending is remembered: as long as any copy of a cookie that it means may still open.
#include "unit/session/keeper_house.hpp"

using namespace sekisho;
using namespace sekisho::test;
using session::ends;

namespace
{

// The idle limit slides, so that a copy of the cookie may be further than the one that somebody signs out
// with.
session::keeper_rules rules_with_idle()
{
    session::keeper_rules rules;
    rules.limits.usual = {.lifetime = 12h, .idle = 1h};
    return rules;
}

} // namespace

TEST_CASE("a copy of a cookie that slid on is refused as long as it could last", "[session]")
{
    const auto [what, value] = GENERATE(
        std::pair(ends::session, "id-1"), std::pair(ends::user, "taro"), std::pair(ends::everybody, "")
    );
    keeper_house here({.rules = rules_with_idle()});
    cookie_jar browser;
    REQUIRE(here.begin(session_of("id-1"), browser));
    cookie_jar copy;
    const auto slid = here.keep->where().reissue(session_of("id-1", "taro", noon + 11h), {}, noon + 11h);
    REQUIRE(slid);
    copy.take(*slid, {}, noon + 11h);
    REQUIRE(here.look(copy, noon + 11h + 30min) == "found");

    REQUIRE(here.end(what, value, "", noon + 10min));
    CHECK(here.look(copy, noon + 11h + 30min) == "session_required");
    // A process that began since knows it from the shelf.
    keeper_house later({.rules = rules_with_idle(), .shelf = here.shelf});
    CHECK(later.look(copy, noon + 11h + 30min) == "session_required");
}

TEST_CASE("an ending is remembered as long as the longest session may last, and not for ever", "[session]")
{
    const auto [usual, of_provider, kept, longest] =
        GENERATE(table<std::chrono::hours, std::chrono::hours, std::chrono::hours, std::chrono::hours>({
            {12h, 1h, 0h, 12h},
            {12h, 48h, 0h, 48h},
            {12h, 48h, 720h, 720h},
        }));
    session::keeper_rules rules;
    rules.limits.usual = {.lifetime = usual, .idle = 1h};
    rules.limits.by_provider["main"] = {.lifetime = of_provider, .idle = 1h};
    rules.limits.keep_signed_in = kept;
    keeper_house here({.rules = rules});
    REQUIRE(here.end(ends::user, "taro"));
    REQUIRE(here.endings.size() == 1);
    CHECK(here.endings[0].until == noon + longest);
    CHECK(here.ended->has(session_of("id-1"), noon + longest));
    CHECK_FALSE(here.ended->has(session_of("id-1"), noon + longest + 1s));
}

TEST_CASE("the shelf keeps an ending as long, so that a process that begins then knows it", "[session]")
{
    auto clock = manual_clock();
    const auto on =
        std::make_shared<failing_shelf>(std::make_shared<session::memory_shelf>(1000, clock.steady()));
    keeper_house here({.rules = rules_with_idle(), .shelf = on});
    REQUIRE(here.end(ends::user, "taro"));
    const auto known_later = [&]
    {
        keeper_house later({.rules = rules_with_idle(), .shelf = on});
        REQUIRE(run(later.keep->catch_up()));
        return later.ended->size();
    };
    clock.advance(12h - 1s);
    CHECK(known_later() == 1);
    clock.advance(1s);
    CHECK(known_later() == 0);
}

TEST_CASE("who says until when an ending counts is believed", "[session]")
{
    keeper_house here({.rules = rules_with_idle()});
    session::ending what{.what = ends::user, .issuer = {}, .value = "taro", .at = noon, .until = noon + 2h};
    REQUIRE(run(here.keep->end(what)));
    CHECK(here.ended->has(session_of("id-1"), noon + 2h));
    CHECK_FALSE(here.ended->has(session_of("id-1"), noon + 2h + 1s));
}

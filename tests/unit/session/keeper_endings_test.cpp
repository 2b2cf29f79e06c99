// SPDX-License-Identifier: Apache-2.0
// Many endings: all of them are known before anybody is let in, none is kept longer than it has to be, and
// what is known already costs nothing when it is told again.
#include "unit/session/keeper_house.hpp"

#include <optional>

using namespace sekisho;
using namespace sekisho::test;
using session::ends;

namespace
{

constexpr std::size_t part = 2; // of members of a set

// People who signed out, and after them one whose cookie somebody has still.
struct many_endings
{
    many_endings()
    {
        REQUIRE(here.begin(session_of("last"), browser));
        for (int number = 0; number < 5; ++number)
            REQUIRE(here.end(ends::session, "other-" + std::to_string(number)));
        REQUIRE(here.end(ends::session, "last"));
        here.shelf->part = part;
    }
    keeper_house here{{}};
    cookie_jar browser;
};

} // namespace

TEST_CASE("endings are read to the last one before a process lets anybody in", "[session]")
{
    many_endings the;
    const keeper_house::plan later{.shelf = the.here.shelf};
    for (std::size_t call = 1; call <= 3; ++call)
    {
        CAPTURE(call);
        keeper_house there(later);
        the.here.shelf->fail_only(call);
        CHECK(there.look(the.browser) == "session_store_unavailable");
        CHECK_FALSE(there.ended->is_complete());
        the.here.shelf->work();
        CHECK(there.look(the.browser) == "session_required");
        CHECK(there.ended->is_complete());
        CHECK(there.ended->size() == 6);
    }
}

TEST_CASE("endings that are known already are not told to the caches again", "[session]")
{
    many_endings the;
    keeper_house there({.shelf = the.here.shelf});
    REQUIRE(run(there.keep->catch_up()));
    CHECK(there.endings.size() == 6);
    REQUIRE(run(there.keep->catch_up()));
    CHECK(there.endings.size() == 6);
    REQUIRE(the.here.end(ends::user, "taro"));
    REQUIRE(run(there.keep->catch_up()));
    CHECK(there.endings.size() == 7);
    // The same person, a moment later: sessions that began since are meant too.
    REQUIRE(the.here.end(ends::user, "taro", "", noon + 1min));
    REQUIRE(run(there.keep->catch_up()));
    REQUIRE(there.endings.size() == 8);
    CHECK(there.endings.back().at == noon + 1min);
}

TEST_CASE("one request reads the endings, and those of the same moment wait for it", "[session]")
{
    const auto is_read = GENERATE(true, false);
    many_endings the;
    keeper_house there({.shelf = the.here.shelf});
    cookie_jar kept;
    REQUIRE(the.here.begin(session_of("kept"), kept));
    const cookie_request request(kept.cookies_for({}, noon));
    const auto cookies = there.keep->cookies().find(request); // the search refers to them while it waits
    REQUIRE(there.ended->begin_reading());                    // somebody else
    net::asio::io_context context{1};
    std::optional<result<session::found_session>> found;
    start(context, there.keep->find(cookies, noon), found);
    context.poll();
    CHECK_FALSE(found);
    the.here.shelf->work();
    if (is_read)
        there.ended->set_complete();
    there.ended->end_reading();
    context.restart();
    context.run();
    REQUIRE(found);
    CHECK(found->has_value() == is_read);
    if (!is_read)
        CHECK(found->error().code == errc::session_store_unavailable);
    CHECK(there.ended->size() == 0); // it has not read them once more
    CHECK(there.look(kept) == "found");
}

TEST_CASE("the ending of one session is kept until no copy of its cookie can be left", "[session]")
{
    // An idle limit slides; the absolute end is what it was at the sign-in.
    auto value = session_of("id-1", "taro", noon + 1h);
    value.expires = noon + 2h;
    const auto what = session::ending_of(value, noon + 1h);
    CHECK(what.what == ends::session);
    CHECK(what.value == "id-1");
    CHECK(what.at == noon + 1h);
    CHECK(what.until == noon + 2h + 5min); // clocks differ
    CHECK(session::ending_of(value, noon + 3h).until == noon + 3h + 5min);

    session::keeper_rules rules;
    rules.limits.usual = {.lifetime = 2h, .idle = 1h};
    rules.limits.keep_signed_in = 720h;
    keeper_house here({.rules = rules});
    REQUIRE(run(here.keep->end(what)));
    cookie_jar copy;
    const auto slid = here.keep->where().reissue(value, {}, noon + 110min);
    REQUIRE(slid);
    copy.take(*slid, {}, noon + 110min);
    CHECK(here.look(copy, noon + 2h - 1s) == "session_required");
    CHECK(here.ended->has(value, noon + 2h + 5min));
    CHECK_FALSE(here.ended->has(value, noon + 2h + 5min + 1s)); // and not for 720 hours
}

TEST_CASE("a session that leaves for another is remembered no longer than it could have lasted", "[session]")
{
    session::keeper_rules rules;
    rules.limits.usual = {.lifetime = 12h, .idle = 1h};
    rules.max_per_person = 1;
    keeper_house here({.rules = rules});
    cookie_jar old;
    cookie_jar browser;
    REQUIRE(here.begin(session_of("old"), old));
    auto later = session_of("new", "taro", noon + 30min);
    later.created += 30min;
    REQUIRE(here.begin(later, browser, noon + 30min));
    REQUIRE(here.endings.size() == 1);
    CHECK(here.endings[0].value == "old");
    CHECK(here.endings[0].until == noon + 12h + 5min);
}

TEST_CASE(
    "after a reload that made sessions shorter, endings are kept as long as those before may last",
    "[session]"
)
{
    session::keeper_rules rules;
    rules.limits.usual = {.lifetime = 48h};
    keeper_house before({.rules = rules});
    rules.limits.usual = {.lifetime = 1h};
    keeper_house after({.rules = rules, .ended = before.ended});
    REQUIRE(after.end(ends::user, "taro"));
    // Another reload makes them longer again, and its cookie is good again.
    CHECK(after.ended->has(session_of("id-1"), noon + 48h));
}

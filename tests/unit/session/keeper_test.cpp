// SPDX-License-Identifier: Apache-2.0
#include "keeper_house.hpp"

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

kept_in anywhere() { return GENERATE(kept_in::cookies, kept_in::tickets); }

session::keeper_rules at_most(std::size_t sessions, session::too_many then)
{
    session::keeper_rules rules;
    rules.max_per_person = sessions;
    rules.when_too_many = then;
    return rules;
}

} // namespace

TEST_CASE("a session that began is found until its limits, which may have become shorter", "[session]")
{
    const auto where = anywhere();
    session::keeper_rules rules;
    rules.limits.by_provider["main"] = {.lifetime = 2h, .idle = 30min};
    keeper_house here({.where = where, .rules = rules});
    cookie_jar browser;
    REQUIRE(here.begin(session_of("id-1"), browser));
    CHECK(here.look(browser, noon + 29min) == "found");
    CHECK(here.look(browser, noon + 30min) == "session_required");
    CHECK(here.look(cookie_jar(), noon) == "session_required");
}

TEST_CASE("ways in without a provider stay open whatever one person may have", "[session]")
{
    keeper_house here({.where = anywhere(), .rules = at_most(1, session::too_many::refuse)});
    for (const auto* const id : {"a", "b", "c"})
    {
        auto value = session_of(id);
        value.amr = {"local"};
        cookie_jar browser;
        CHECK(here.begin(value, browser));
        CHECK(here.look(browser) == "found");
    }
}

TEST_CASE("an ending ends the sessions that it means, and no others", "[session]")
{
    struct row
    {
        ends what;
        std::string issuer;
        std::string value;
        texts left;
    };
    const auto where = anywhere();
    const auto [what, issuer, value, left] = GENERATE(
        row{ends::session, "", "a1", {"a2", "b1"}},
        row{ends::sid, "https://idp.example", "sid-1", {"a2", "b1"}},
        row{ends::sid, "https://other.example", "sid-1", {"a1", "a2", "b1"}},
        row{ends::sid, "https://idp.example", "", {"a1", "a2", "b1"}}, // a2 and b1 have none
        row{ends::subject, "https://idp.example", "sub-taro", {"b1"}},
        row{ends::subject, "https://other.example", "sub-taro", {"a1", "a2", "b1"}},
        row{ends::user, "", "taro", {"b1"}},
        row{ends::user, "", "sub-taro", {"a1", "a2", "b1"}},
        row{ends::everybody, "", "", {}}
    );
    CAPTURE(static_cast<int>(what), issuer, value);
    keeper_house here({.where = where});
    cookie_jar a1;
    cookie_jar a2;
    cookie_jar b1;
    REQUIRE(here.begin(session_of("a1", "taro", noon, "sid-1"), a1));
    REQUIRE(here.begin(session_of("a2"), a2));
    REQUIRE(here.begin(session_of("b1", "hanako"), b1));
    const auto ended = here.end(what, value, issuer);
    REQUIRE(ended);
    CHECK(*ended == 3 - left.size());
    texts found;
    for (const auto& [name, browser] : {std::pair("a1", &a1), std::pair("a2", &a2), std::pair("b1", &b1)})
        if (here.look(*browser) == "found")
            found.emplace_back(name);
    CHECK(found == left);
    auto listed = here.ids();
    std::ranges::sort(listed);
    CHECK(listed == left);
    REQUIRE_FALSE(here.endings.empty());
    CHECK(here.endings.front().what == what);
    CHECK(here.endings.front().until == noon + 12h);
}

TEST_CASE("who signs in again after an ending is in again", "[session]")
{
    keeper_house here({.where = anywhere()});
    cookie_jar browser;
    REQUIRE(here.begin(session_of("old"), browser));
    REQUIRE(here.end(ends::user, "taro", "", noon + 1h));
    CHECK(here.look(browser, noon + 1h) == "session_required");
    auto next = session_of("new");
    next.created = noon + 1h + 1s;
    REQUIRE(here.begin(next, browser, noon + 1h + 1s));
    CHECK(here.look(browser, noon + 2h) == "found");
}

TEST_CASE(
    "another replica knows an ending by message, and one that was not listening catches up", "[session]"
)
{
    const auto where = anywhere();
    const auto shelf = keeper_house::new_shelf();
    keeper_house here({.where = where, .shelf = shelf});
    keeper_house there({.where = where, .shelf = shelf});
    keeper_house later({.where = where, .shelf = shelf});
    shelf->listen({[&](const std::string& message) { there.keep->hear(message); }, {}});
    cookie_jar browser;
    REQUIRE(here.begin(session_of("id-1", "taro", noon, "sid-1"), browser));
    CHECK(there.look(browser) == "found");
    REQUIRE(here.end(ends::sid, "sid-1", "https://idp.example"));
    CHECK(there.endings.size() == 1);
    CHECK(there.look(browser) == "session_required");
    CHECK(later.look(browser) == "session_required"); // it asked before it found anything
    CHECK(later.endings.size() == 1);
}

TEST_CASE("a message that no replica of ours sealed ends nothing", "[session]")
{
    keeper_house here({});
    keeper_house stranger({.secrets = {secret("a secret that nobody here has, I hope")}});
    std::string message;
    stranger.shelf->listen({[&](const std::string& said) { message = said; }, {}});
    REQUIRE(stranger.end(ends::everybody, ""));
    REQUIRE_FALSE(message.empty());
    for (const auto& each : {message, std::string(), std::string("everybody")})
        here.keep->hear(each);
    CHECK(here.endings.empty());
    CHECK(here.ended->size() == 0);
}

TEST_CASE("an ended session is not renewed, used or found again by what was under way", "[session]")
{
    keeper_house here({.where = anywhere()});
    cookie_jar browser;
    REQUIRE(here.begin(session_of("id-1"), browser));
    const auto known = here.find(browser)->value;
    REQUIRE(here.end(ends::session, "id-1"));
    auto renewed = known;
    renewed.generation = 2;
    CHECK(run(here.keep->renew(renewed, noon)) == false);
    run(here.keep->touch(known, noon + 1min));
    CHECK_FALSE(*run(here.keep->newest(known, noon)));
    CHECK(here.look(browser) == "session_required");
    CHECK(here.ids().empty());
}

TEST_CASE("the list says who has a session, the last used first, and follows uses and renewals", "[session]")
{
    const auto where = anywhere();
    session::keeper_rules rules;
    rules.limits.usual = {.lifetime = 12h, .idle = 1h};
    keeper_house here({.where = where, .rules = rules});
    cookie_jar a1;
    cookie_jar a2;
    cookie_jar b1;
    REQUIRE(here.begin(session_of("a1", "taro", noon), a1));
    REQUIRE(here.begin(session_of("a2", "taro", noon + 20min), a2));
    REQUIRE(here.begin(session_of("b1", "hanako", noon + 10min), b1));
    CHECK(here.ids("", noon + 20min) == texts{"a2", "b1", "a1"});
    CHECK(here.ids("taro", noon + 20min) == texts{"a2", "a1"});
    CHECK(here.ids("nobody", noon + 20min).empty());
    run(here.keep->touch(here.find(a1, noon + 30min)->value, noon + 30min));
    CHECK(here.ids("taro", noon + 30min) == texts{"a1", "a2"});
    auto renewed = here.find(b1, noon + 40min)->value;
    renewed.generation = 2;
    renewed.who.username = "hanako.yamada";
    renewed.last_seen = noon + 40min;
    REQUIRE(run(here.keep->renew(renewed, noon + 40min)) == true);
    CHECK(run(here.keep->list("hanako", noon + 40min))->front().username == "hanako.yamada");
    // Idle ones are none.
    CHECK(here.ids("", noon + 85min) == texts{"b1", "a1"});
}

TEST_CASE("people and counts are found under an older secret's names", "[session]")
{
    const auto where = anywhere();
    const secret first("the first secret, of enough length");
    const secret second("the second secret, of enough length");
    const auto shelf = keeper_house::new_shelf();
    keeper_house before({.where = where, .shelf = shelf, .secrets = {first}});
    keeper_house after({.where = where, .shelf = shelf, .secrets = {second, first}});
    cookie_jar old_browser;
    cookie_jar new_browser;
    REQUIRE(before.begin(session_of("old", "taro", noon), old_browser));
    REQUIRE(after.begin(session_of("new", "taro", noon + 1s), new_browser));
    CHECK(after.ids("taro") == texts{"new", "old"});
    CHECK(after.end(ends::subject, "sub-taro", "https://idp.example") == 2U);
    CHECK(after.look(old_browser) == "session_required");
    CHECK(after.ids().empty());
}

TEST_CASE("of too many sessions the longest unused one ends", "[session]")
{
    keeper_house here({.where = anywhere(), .rules = at_most(2, session::too_many::end_oldest)});
    cookie_jar first;
    cookie_jar second;
    cookie_jar third;
    cookie_jar other;
    REQUIRE(here.begin(session_of("first", "taro", noon + 2min), first));
    REQUIRE(here.begin(session_of("second", "taro", noon + 1min), second));
    REQUIRE(here.begin(session_of("other", "hanako"), other));
    CHECK(here.endings.empty());
    REQUIRE(here.begin(session_of("third", "taro", noon + 3min), third));
    CHECK(here.look(second) == "session_required");
    for (const auto* each : {&first, &third, &other})
        CHECK(here.look(*each) == "found");
    CHECK(here.ids("taro") == texts{"third", "first"});
    REQUIRE(here.endings.size() >= 1);
    CHECK(here.endings.front().value == "second");
}

TEST_CASE("or one more is refused, except from the browser that has one of them already", "[session]")
{
    keeper_house here({.where = anywhere(), .rules = at_most(1, session::too_many::refuse)});
    cookie_jar first;
    cookie_jar second;
    REQUIRE(here.begin(session_of("first"), first));
    const auto refused = here.begin(session_of("second"), second);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::session_limit_reached);
    CHECK(here.look(second) == "session_required");
    CHECK(here.ids("taro") == texts{"first"});
    // A second sign-in for a step-up: the new session takes the place of the old one.
    const auto before = first;
    REQUIRE(here.begin(session_of("third"), first));
    CHECK(here.look(first) == "found");
    CHECK(here.look(before) == "session_required");
    CHECK(here.ids("taro") == texts{"third"});
    REQUIRE(here.end(ends::session, "third"));
    CHECK(here.begin(session_of("fourth"), second));
}

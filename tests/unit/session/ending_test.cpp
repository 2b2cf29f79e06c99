// SPDX-License-Identifier: Apache-2.0
#include "session/codec.hpp"
#include "session/ended_sessions.hpp"
#include "session/ending.hpp"
#include "session/lifetimes.hpp"
#include "session/shelf_names.hpp"
#include "session/summary.hpp"
#include "support/catch.hpp"
#include "support/session_values.hpp"

#include <algorithm>
#include <set>

using namespace sekisho;
using namespace std::chrono_literals;
using session::ended_sessions;
using session::ending;
using session::ends;
using test::noon;
using test::sample_session;

namespace
{

const std::string issuer = "https://idp.example";

ending of(ends what, std::string about, std::string by = "")
{
    return {what, std::move(by), std::move(about), noon, noon + 12h};
}

} // namespace

TEST_CASE("an ending means whom it names", "[session]")
{
    const auto [what, is_meant] = GENERATE(table<ending, bool>({
        {of(ends::session, "id-1"), true},
        {of(ends::session, "id-2"), false},
        {of(ends::session, ""), false},
        {of(ends::sid, "sid-1", issuer), true}, // Back-Channel Logout 1.0, 2.1
        {of(ends::sid, "sid-1", issuer + "/"), false},
        {of(ends::sid, "sid-1"), false},
        {of(ends::sid, "248289", issuer), false},
        {of(ends::subject, "248289", issuer), true},
        {of(ends::subject, "248289", "https://other.example"), false},
        {of(ends::user, "248289"), true},
        {of(ends::user, "taro"), false},
        {of(ends::everybody, ""), true},
    }));
    CAPTURE(static_cast<int>(what.what), what.value, what.issuer);
    CHECK(means(what, sample_session()) == is_meant);
    ended_sessions ended;
    ended.add(what);
    CHECK(ended.has(sample_session(), noon) == is_meant);
}

TEST_CASE("an ending by sid does not mean sessions without one", "[session]")
{
    auto value = sample_session();
    value.sid.clear();
    const auto what = of(ends::sid, "", issuer);
    CHECK_FALSE(means(what, value));
    ended_sessions ended;
    ended.add(what);
    CHECK_FALSE(ended.has(value, noon));
}

TEST_CASE("sessions that began after an ending are not meant, except by their id", "[session]")
{
    auto value = sample_session();
    value.created = noon + 1s;
    for (const auto& what :
         {of(ends::user, "248289"), of(ends::everybody, ""), of(ends::sid, "sid-1", issuer)})
    {
        CHECK_FALSE(means(what, value));
        CHECK(means(what, sample_session())); // in the same second
    }
    CHECK(means(of(ends::session, "id-1"), value));
}

TEST_CASE("endings are remembered until no session can be left, and then forgotten", "[session]")
{
    ended_sessions ended;
    CHECK_FALSE(ended.has(sample_session(), noon));
    ended.add(of(ends::user, "248289"));
    ended.add(of(ends::user, "somebody else"));
    CHECK(ended.size() == 2);
    CHECK(ended.has(sample_session(), noon + 12h));
    CHECK_FALSE(ended.has(sample_session(), noon + 12h + 1s));
    CHECK_FALSE(ended.has(sample_session(), noon + 13h));
    CHECK(ended.size() == 0);
}

TEST_CASE("of two endings about the same the later one counts, whichever came first", "[session]")
{
    auto early = of(ends::user, "248289");
    auto late = early;
    late.at += 1h;
    late.until += 1h;
    auto between = sample_session();
    between.created = noon + 30min;
    const bool is_late_first = GENERATE(false, true);
    ended_sessions ended;
    ended.add(is_late_first ? late : early);
    ended.add(is_late_first ? early : late);
    CHECK(ended.size() == 1);
    CHECK(ended.has(between, noon + 1h));
    CHECK(ended.has(between, late.until));
}

TEST_CASE("what others have to be told is kept until it was told", "[session]")
{
    ended_sessions ended;
    const auto one = of(ends::user, "one");
    const auto two = of(ends::user, "two");
    ended.add_untold(one);
    ended.add_untold(two);
    ended.add_untold(one);
    CHECK(ended.untold() == std::vector{one, two});
    ended.set_told(one);
    CHECK(ended.untold() == std::vector{two});
}

TEST_CASE("endings and summaries come back as they were, and nothing else reads as one", "[session]")
{
    const auto what = of(ends::sid, "sid-1", issuer);
    CHECK(*session::decode_ending(encode(what)) == what);
    auto value = sample_session();
    value.address = "192.0.2.7";
    const auto known = session::summarize(value);
    const auto read = session::decode_summary(encode(known));
    REQUIRE(read);
    CHECK(read->id == value.id);
    CHECK(read->issuer == issuer);
    CHECK(read->subject == "248289");
    CHECK(read->user == "248289");
    CHECK(read->username == "taro");
    CHECK(read->provider == "main");
    CHECK(read->sid == "sid-1");
    CHECK(read->address == "192.0.2.7");
    CHECK(read->created == value.created);
    CHECK(read->last_seen == value.last_seen);
    CHECK(read->expires == value.expires);

    CHECK_FALSE(session::decode_ending(encode(known)));
    CHECK_FALSE(session::decode_summary(encode(what)));
    CHECK_FALSE(session::decode_session(encode(known)));
    CHECK_FALSE(session::decode_ending(encode(sample_session())));
    for (const auto& whole : {encode(what), encode(known)})
        for (std::size_t size = 0; size < whole.size(); ++size)
        {
            CHECK_FALSE(session::decode_ending(whole.substr(0, size)));
            CHECK_FALSE(session::decode_summary(whole.substr(0, size)));
        }
    CHECK_FALSE(session::decode_ending(encode(what) + "x"));
    auto unknown = encode(what);
    unknown[1] = static_cast<char>(ends::count_);
    CHECK_FALSE(session::decode_ending(unknown));
}

TEST_CASE("no token is in a summary", "[session]")
{
    auto value = sample_session();
    value.id_token = secret("TOKEN-1");
    value.access_token = secret("TOKEN-2");
    value.refresh_token = secret("TOKEN-3");
    value.ticket_key = secret("TOKEN-4");
    CHECK(encode(session::summarize(value)).find("TOKEN") == std::string::npos);
    CHECK(session::encode(value).find("TOKEN-4") == std::string::npos);
}

TEST_CASE("sessions last as their provider and their person have it", "[session]")
{
    session::lifetimes limits;
    limits.usual = {.lifetime = 12h, .idle = 1h};
    limits.by_provider["short"] = {.lifetime = 2h, .idle = 0s};
    limits.keep_signed_in = GENERATE(0h, 720h);
    const bool is_offered = limits.keep_signed_in != 0s;
    const auto [provider, keeps, lifetime, idle] =
        GENERATE_COPY(table<std::string, bool, std::chrono::seconds, std::chrono::seconds>({
            {"main", false, 12h, 1h},
            {"short", false, 2h, 0s},
            // The choice counts as long as it is offered.
            {"main", true, is_offered ? 720h : 12h, is_offered ? 0h : 1h},
            {"short", true, is_offered ? 720h : 2h, 0s},
        }));
    CAPTURE(provider, keeps, is_offered);
    auto value = sample_session();
    value.provider = provider;
    value.keeps_signed_in = keeps;
    CHECK(limits.of(value).lifetime == lifetime);
    CHECK(limits.of(value).idle == idle);
    CHECK(limits.longest() == (is_offered ? 720h : 12h));
}

TEST_CASE("names on the shelf tell nobody and are found under every secret", "[session]")
{
    const secret first("the first secret");
    const secret second("the second secret");
    const session::shelf_names before({first});
    const session::shelf_names after({second, first});
    const auto name = before.of("user", {"taro"});
    REQUIRE(name.size() == 1);
    CHECK(name[0].starts_with("user:"));
    CHECK(name[0].find("taro") == std::string::npos);
    const auto names = after.of("user", {"taro"});
    REQUIRE(names.size() == 2);
    CHECK(names[0] == session::shelf_names({second}).of("user", {"taro"})[0]);
    CHECK(names[1] == name[0]);
    // Kinds, values and their borders count.
    const std::set<std::string> all{
        name[0],
        before.of("sid", {"taro"})[0],
        before.of("user", {"tar", "o"})[0],
        before.of("user", {"ta", "ro"})[0],
        before.of("user", {"taro", ""})[0],
        before.of("user", {"hanako"})[0],
        names[0],
    };
    CHECK(all.size() == 7);
    const session::session_id id("id-1");
    // SHA-256 of "id-1".
    CHECK(session::record_name(id) == "session:" + session::member_name(id));
    CHECK(session::member_name(id).size() == 43);
    CHECK(session::member_name(id) != session::member_name(session::session_id("id-2")));
}

// SPDX-License-Identifier: Apache-2.0
#include "app/composition/endings.hpp"
#include "crypto/random.hpp"
#include "support/catch.hpp"

#include <string>

namespace sekisho::app
{
namespace
{

using Catch::Matchers::Contains;
using settings::application_sign_out_way;
using settings::when_needed;

settings::model signing_out_at(std::string address, application_sign_out_way by)
{
    settings::model made;
    made.upstream.url = url::parse("http://app.internal:3000").value();
    made.session.application_sign_out = std::move(address);
    made.session.application_sign_out_by = by;
    return made;
}

gateway::ending_plan plan_of(const settings::model& from, std::vector<composition_problem>& found)
{
    return endings_of(
        from, {secret("a secret of more than thirty-two bytes")}, crypto::system_random(), found
    );
}

} // namespace

TEST_CASE("without settings nothing follows a sign-out", "[app]")
{
    std::vector<composition_problem> found;
    const auto made = plan_of({}, found);
    CHECK(found.empty());
    CHECK(made.rules.application.landing.empty());
    CHECK_FALSE(made.rules.application.called);
    CHECK(made.rules.forgets.empty());
    CHECK(made.checks == gateway::session_checks::not_offered);
}

TEST_CASE("the browser may go to any address of the application's sign-out, or to a path", "[app]")
{
    const auto [address, is_good] = GENERATE(table<std::string, bool>({
        {"/app/logout", true},
        {"https://app.example.com/logout", true},
        {"app/logout", false},
        {"//elsewhere.example/logout", false},
        {"/\\elsewhere.example", false},
        {"javascript:alert(1)", false},
    }));
    CAPTURE(address);
    std::vector<composition_problem> found;
    const auto made = plan_of(signing_out_at(address, application_sign_out_way::redirect), found);
    CHECK(found.empty() == is_good);
    CHECK(made.rules.application.landing == (is_good ? address : ""));
    CHECK_FALSE(made.rules.application.called);
    if (!is_good)
        CHECK(found.front().setting == "session.application_sign_out");
}

TEST_CASE("the gate itself takes a person's cookies to the application and nowhere else", "[app]")
{
    const auto [address, called] = GENERATE(table<std::string, std::string>({
        {"/app/logout", "http://app.internal:3000/app/logout"},
        {"http://app.internal:3000/logout?all=1", "http://app.internal:3000/logout?all=1"},
        {"https://app.internal:3000/logout", ""},
        {"http://app.internal:3001/logout", ""},
        {"http://elsewhere.example/logout", ""},
        {"//elsewhere.example/logout", ""},
        {"/\\elsewhere.example", ""},
        {"logout", ""},
    }));
    CAPTURE(address);
    std::vector<composition_problem> found;
    const auto made = plan_of(signing_out_at(address, application_sign_out_way::call), found);
    const auto& application = made.rules.application;
    CHECK((application.called ? application.called->text() : "") == called);
    CHECK(application.landing.empty());
    CHECK(static_cast<bool>(application.make_client) == !called.empty());
    CHECK(found.empty() == !called.empty());
    if (called.empty())
        CHECK(found.front().setting == "session.application_sign_out");
}

TEST_CASE("an application that is called needs to be known", "[app]")
{
    auto from = signing_out_at("/logout", application_sign_out_way::call);
    from.upstream.url.reset();
    std::vector<composition_problem> found;
    static_cast<void>(plan_of(from, found));
    REQUIRE(found.size() == 1);
    CHECK_THAT(found[0].message, Contains("needs upstream.url"));
}

TEST_CASE("what browsers forget is named as the specification has it", "[app]")
{
    settings::model from;
    from.session.clear_site_data = {"cookies", "cache", "storage"};
    std::vector<composition_problem> found;
    CHECK(plan_of(from, found).rules.forgets == from.session.clear_site_data);
    CHECK(found.empty());
    from.session.clear_site_data = {"cookies", "Cookies", "*"};
    static_cast<void>(plan_of(from, found));
    REQUIRE(found.size() == 2);
    CHECK(found[0].setting == "session.clear_site_data");
    CHECK_THAT(found[0].message, Contains("\"Cookies\""));
    CHECK_THAT(found[1].message, Contains("\"*\""));
}

TEST_CASE("the frame that notices the end at the provider is there when it is wanted", "[app]")
{
    settings::model from;
    from.session.check_session = true;
    std::vector<composition_problem> found;
    CHECK(plan_of(from, found).checks == gateway::session_checks::offered);
    from.session.same_site = settings::same_site::strict;
    CHECK(plan_of(from, found).checks == gateway::session_checks::offered_unasked);
}

TEST_CASE("a session keeps the ID token where something uses it, and in cookies apart", "[app]")
{
    using gateway::keep;
    using store = settings::session_store;
    const auto [kept, where, redis, expected] = GENERATE(table<when_needed, store, bool, keep>({
        {when_needed::automatic, store::cookie, false, keep::apart},
        {when_needed::automatic, store::cookie, true, keep::apart},
        {when_needed::automatic, store::automatic, false, keep::apart},
        {when_needed::automatic, store::automatic, true, keep::if_it_fits},
        {when_needed::automatic, store::memory, false, keep::if_it_fits},
        {when_needed::automatic, store::redis, true, keep::if_it_fits},
        {when_needed::never, store::memory, false, keep::no},
        {when_needed::never, store::cookie, false, keep::no},
        {when_needed::always, store::cookie, false, keep::yes},
    }));
    CAPTURE(static_cast<int>(kept), static_cast<int>(where), redis);
    settings::model from;
    from.session.keep_id_token = kept;
    from.session.store = where;
    if (redis)
        from.redis.url = {"redis://127.0.0.1"};
    CHECK(id_token_of(from) == expected);
}

TEST_CASE("an application that gets the ID token in a field gets it whatever else is said", "[app]")
{
    settings::model from;
    from.identity.id_token_header = settings::header_name{"X-Id-Token"};
    from.session.keep_id_token = GENERATE(when_needed::automatic, when_needed::never);
    CHECK(id_token_of(from) == gateway::keep::yes);
}

} // namespace sekisho::app

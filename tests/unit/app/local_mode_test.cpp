// SPDX-License-Identifier: Apache-2.0
#include "app/local_mode.hpp"
#include "base/log.hpp"
#include "session/ended_sessions.hpp"
#include "support/captured_output.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/run.hpp"
#include "support/session_values.hpp"
#include "unit/session/keeper_house.hpp"

using namespace sekisho;
using test::has;
using test::noon;

namespace
{

settings::local_settings switched(bool on)
{
    settings::local_settings made;
    made.restore = on;
    return made;
}

settings::model with_level(log::level at)
{
    settings::model made;
    made.log.level = at;
    made.log.format = log::format::text;
    return made;
}

// What tell() writes, with a log that shows nothing before.
std::string told(const app::local_mode& mode, const settings::model& with, metric::gauge& is_on)
{
    test::captured_output out;
    log::configure(log::level::off, log::format::text);
    app::tell(mode, with, is_on);
    log::warning("another_line");
    log::configure(log::level::off, log::format::text);
    return out.take();
}

struct quiet_afterwards
{
    ~quiet_afterwards()
    {
        log::mark_lines(nullptr);
        log::configure(log::level::info, log::format::text);
    }
};

} // namespace

TEST_CASE("local.restore has one password from when it goes on until it goes off", "[app]")
{
    const auto off = app::next_local_mode(nullptr, switched(false));
    CHECK(off.state == nullptr);
    CHECK(off.fresh.empty());

    const auto on = app::next_local_mode(off.state, switched(true));
    REQUIRE(on.state != nullptr);
    CHECK(on.state->password.is(on.fresh.reveal()));

    // A reload in between neither changes nor repeats it, and keeps the count of attempts.
    const auto still = app::next_local_mode(on.state, switched(true));
    CHECK(still.state == on.state);
    CHECK(still.fresh.empty());

    CHECK(app::next_local_mode(still.state, switched(false)).state == nullptr);
    const auto again = app::next_local_mode(nullptr, switched(true));
    REQUIRE(again.state != nullptr);
    CHECK_FALSE(again.state->password.is(on.fresh.reveal()));
}

TEST_CASE(
    "the temporary password is written once, where people sign in is said, and every line says so", "[app]"
)
{
    const quiet_afterwards after;
    metric::registry metrics;
    auto& is_on = metrics.make_gauge("sekisho_local_restore", "");
    auto with = with_level(log::level::warning);
    with.server.public_url = url::parse("https://app.example.com").value();
    const auto on = app::next_local_mode(nullptr, switched(true));
    const auto first = told(on, with, is_on);
    CHECK(has(first, "local_restore.password password=" + std::string(on.fresh.reveal())));
    CHECK(has(first, "sign_in_at=https://app.example.com" + with.server.local_path));
    CHECK(has(first, "another_line local_restore=true"));
    CHECK(is_on.value() == 1);

    const auto second = told(app::next_local_mode(on.state, switched(true)), with, is_on);
    CHECK_FALSE(has(second, "local_restore.password"));
    CHECK(is_on.value() == 1);

    log::configure(log::level::info, log::format::text);
    test::captured_output out;
    app::tell({}, with, is_on);
    log::warning("a_line");
    CHECK_FALSE(has(out.take(), "local_restore"));
    CHECK(is_on.value() == 0);
}

TEST_CASE("sessions of the mode end with it, everybody else's stay", "[app]")
{
    test::keeper_house house({});
    auto local = test::session_of("local");
    local.who.issuer = gateway::local_issuer;
    local.who.subject = local.who.user = "local-admin";
    local.provider = gateway::local_provider;
    test::cookie_jar theirs;
    test::cookie_jar others;
    REQUIRE(house.begin(local, theirs));
    auto other = test::session_of("other");
    other.who.subject = "local-admin"; // of a provider that calls somebody so
    REQUIRE(house.begin(other, others));

    gateway::local_person person;
    person.who = local.who;
    person.limits = {.lifetime = 2h, .idle = 0s};
    test::run(app::end_local_sessions(house.keep, person, noon + 1min));
    CHECK(house.look(theirs, noon + 2min) == "session_required");
    CHECK(house.look(others, noon + 2min) == "found");
    REQUIRE(house.endings.size() == 1);
    CHECK(house.endings[0].until == noon + 1min + 2h);
}

TEST_CASE(
    "when the store cannot be told that the mode's sessions ended, they end here and the log says so", "[app]"
)
{
    const quiet_afterwards after;
    test::keeper_house house({});
    house.shelf->fail_from(1);
    gateway::local_person person;
    person.who.issuer = gateway::local_issuer;
    person.who.subject = "local-admin";
    test::captured_output out;
    log::configure(log::level::info, log::format::text);
    test::run(app::end_local_sessions(house.keep, person, noon));
    CHECK(has(out.take(), "local_restore.sessions_not_ended code=session_store_unavailable"));
    CHECK(house.endings.size() == 1);
}

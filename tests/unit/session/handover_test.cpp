// SPDX-License-Identifier: Apache-2.0
#include "session/handover.hpp"
#include "session/memory_shelf.hpp"
#include "session/shelf_names.hpp"
#include "support/catch.hpp"
#include "support/failing_shelf.hpp"
#include "support/run.hpp"
#include "support/session_values.hpp"

using namespace sekisho;
using namespace std::chrono_literals;
using session::handover;
using session::put_when;
using test::noon;
using test::run;
using test::sample_session;

namespace
{

struct desk
{
    std::shared_ptr<session::memory_shelf> shelf = std::make_shared<session::memory_shelf>(100);
    std::shared_ptr<test::failing_shelf> watched = std::make_shared<test::failing_shelf>(shelf);
    crypto::key_ring keys{{secret("a secret of enough length, surely")}, "session_handover"};
    handover renewed{watched, keys, crypto::system_random()};
};

session::session of_generation(std::uint64_t generation)
{
    auto value = sample_session();
    value.refresh_token = secret("refresh " + std::to_string(generation));
    value.generation = generation;
    return value;
}

} // namespace

TEST_CASE("every older cookie leads to the newest session, a newer one nowhere", "[session]")
{
    desk here;
    CHECK_FALSE(*run(here.renewed.newest(of_generation(1))));
    CHECK(run(here.renewed.keep(of_generation(2), 1h)) == true);
    CHECK(run(here.renewed.keep(of_generation(3), 1h)) == true);
    CHECK(run(here.renewed.keep(of_generation(3), 1h)) == false);
    CHECK(run(here.renewed.keep(of_generation(2), 1h)) == false);
    for (const std::uint64_t older : {1U, 2U})
    {
        const auto newest = run(here.renewed.newest(of_generation(older)));
        REQUIRE(newest);
        REQUIRE(*newest);
        CHECK((*newest)->refresh_token.reveal() == "refresh 3");
    }
    CHECK_FALSE(*run(here.renewed.newest(of_generation(3))));
    CHECK_FALSE(*run(here.renewed.newest(of_generation(4))));
    auto stranger = of_generation(1);
    stranger.id = session::session_id("id-2");
    CHECK_FALSE(*run(here.renewed.newest(stranger)));
    CHECK(run(here.renewed.take(of_generation(1).id)));
    CHECK_FALSE(*run(here.renewed.newest(of_generation(1))));
}

TEST_CASE("the idle limit does not go back with a renewal that was made of an older cookie", "[session]")
{
    desk here;
    REQUIRE(run(here.renewed.keep(of_generation(2), 1h)));
    auto cookie = of_generation(1);
    cookie.last_seen += 20min;
    CHECK((*run(here.renewed.newest(cookie)))->last_seen == cookie.last_seen);
}

TEST_CASE("a session without any token was never renewed and costs no look", "[session]")
{
    const auto [refresh, access, generation, looks] =
        GENERATE(table<std::string, std::string, std::uint64_t, std::size_t>({
            {"", "", 1, 0},
            {"refresh", "", 1, 1},
            {"", "access", 1, 1}, // UserInfo may have been asked again
            {"", "", 2, 1},
        }));
    desk here;
    auto value = sample_session();
    value.refresh_token = secret(refresh);
    value.access_token = secret(access);
    value.generation = generation;
    here.watched->work();
    CHECK(run(here.renewed.newest(value)));
    CHECK(here.watched->calls() == looks);
}

TEST_CASE("while the shelf is down the cookie serves, and a refresh token may not be used", "[session]")
{
    desk here;
    here.watched->fail_from(1);
    const auto served = run(here.renewed.newest(of_generation(1)));
    REQUIRE(served);
    CHECK_FALSE(*served);
    CHECK(run(here.renewed.surely_newest(of_generation(1))).error().code == errc::session_store_unavailable);
    CHECK(run(here.renewed.keep(of_generation(2), 1h)).error().code == errc::session_store_unavailable);
}

TEST_CASE("a renewed session that cannot be read does not let an older refresh token be used", "[session]")
{
    desk here;
    REQUIRE(run(here.renewed.keep(of_generation(2), 1h)));
    const auto name = session::handover_name(of_generation(1).id);
    const auto kept = **run(here.shelf->get(name));
    auto other = of_generation(2);
    other.id = session::session_id("id-2");
    REQUIRE(run(here.renewed.keep(other, 1h)));
    const auto others = **run(here.shelf->get(session::handover_name(other.id)));
    const auto [title, put] = GENERATE_COPY(table<std::string, session::shelved>({
        {"changed", {3, kept.value.substr(1)}},
        {"relabelled", {3, kept.value}},
        {"another session's", {3, others.value}},
    }));
    CAPTURE(title);
    REQUIRE(*run(here.shelf->put(name, put, 1h, put_when::newer)));
    CHECK(run(here.renewed.surely_newest(of_generation(1))).error().code == errc::session_store_unavailable);
    CHECK_FALSE(*run(here.renewed.newest(of_generation(1))));
}

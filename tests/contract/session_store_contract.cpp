// SPDX-License-Identifier: Apache-2.0
#include "contract/session_store_contract.hpp"

#include "support/catch.hpp"
#include "support/cookie_jar.hpp"
#include "support/session_values.hpp"

#include <chrono>
#include <optional>

namespace sekisho::test
{
namespace
{

using namespace std::chrono_literals;

const secret first("the first secret, of enough length");
const secret second("the second secret, of enough length");

// A browser in front of one store after the other.
class visit
{
public:
    explicit visit(store_subject& of) : of_(of) {}

    void create(session::store& store, const session::session& value)
    {
        const cookie_request request(browser.cookies_for({}, noon));
        const auto made = of_.run(store.create(value, request, noon));
        REQUIRE(made);
        REQUIRE(browser.take(*made, {}, noon));
    }
    result<session::found_session> find(session::store& store, time_point now = noon)
    {
        const cookie_request request(browser.cookies_for({}, now));
        const auto cookies = store.cookies().find(request);
        return of_.run(store.find(cookies, now));
    }
    session::session found(session::store& store, time_point now = noon)
    {
        auto value = find(store, now);
        REQUIRE(value);
        return std::move(value->value);
    }
    // How many cookies there were to send.
    std::size_t reissue(session::store& store, const session::session& value, time_point now = noon)
    {
        const auto again = store.reissue(value, cookie_request(browser.cookies_for({}, now)), now);
        REQUIRE(again);
        browser.take(*again, {}, now);
        return again->size();
    }
    bool replace(session::store& store, const session::session& value)
    {
        const auto replaced = of_.run(store.replace(value, noon));
        REQUIRE(replaced);
        return *replaced;
    }
    std::optional<session::session> newest(session::store& store, const session::session& known)
    {
        const auto found = of_.run(store.newest(known, noon));
        REQUIRE(found);
        return *found;
    }

    cookie_jar browser;

private:
    store_subject& of_;
};

session::session renewable(std::string id = "id-1")
{
    auto value = sample_session(std::move(id));
    value.access_token = secret("access 1");
    value.refresh_token = secret("refresh 1");
    return value;
}

session::session renewed_from(session::session value, const std::string& tokens)
{
    ++value.generation;
    value.access_token = secret("access " + tokens);
    value.refresh_token = secret("refresh " + tokens);
    return value;
}

void check_life(store_subject& subject)
{
    const auto store = subject.make({first});
    const auto there = subject.make({first});
    visit person(subject);
    CHECK(person.find(*store).error().code == errc::session_required);
    auto value = renewable();
    value.id_token = secret(filler(6000));
    person.create(*store, value);
    for (const auto* each : {&store, &there})
    {
        const auto found = person.find(**each);
        REQUIRE(found);
        CHECK(same_session(found->value, value));
        CHECK(found->value.refresh_token.reveal() == "refresh 1");
        CHECK_FALSE(found->is_newer_than_cookie);
    }
    // The next session deletes what is left of this one.
    person.create(*store, sample_session("id-2"));
    CHECK(person.browser.all().size() == 1);
    CHECK(person.found(*there).id.view() == "id-2");

    person.browser.take(store->erase(cookie_request(person.browser.cookies_for({}, noon))), {}, noon);
    CHECK(person.browser.empty());
}

void check_foreign(store_subject& subject)
{
    const auto store = subject.make({first});
    const auto other = subject.make({second});
    visit person(subject);
    person.create(*store, renewable());
    const auto missing = to_text(visit(subject).find(*store).error());
    CHECK(to_text(person.find(*other).error()) == missing);
    const auto cookies = person.browser.cookies_for({}, noon);
    for (auto at = cookies.find('=') + 1; at < cookies.size(); at += 7)
    {
        auto altered = cookies;
        altered[at] = altered[at] == 'A' ? 'B' : 'A';
        const cookie_request request(altered);
        const auto found = subject.run(store->find(store->cookies().find(request), noon));
        CAPTURE(at);
        REQUIRE_FALSE(found);
        REQUIRE(to_text(found.error()) == missing); // CVE-2026-47775: one fault is as another
    }
}

void check_renewal(store_subject& subject)
{
    const auto store = subject.make({first});
    const auto there = subject.make({first});
    visit person(subject);
    person.create(*store, renewable());
    const auto known = person.found(*store);
    CHECK(person.newest(*there, known)->generation == 1);

    const auto renewed = renewed_from(known, "2");
    CHECK(person.replace(*store, renewed));
    CHECK_FALSE(person.replace(*store, renewed));
    CHECK_FALSE(person.replace(*there, renewed_from(known, "other 2")));
    // The cookie that the browser has still leads to it, here and there.
    for (const auto* each : {&store, &there})
    {
        const auto found = person.found(**each);
        CHECK(found.generation == 2);
        CHECK(found.refresh_token.reveal() == "refresh 2");
        const auto newest = person.newest(**each, known);
        REQUIRE(newest);
        CHECK(newest->refresh_token.reveal() == "refresh 2");
    }
    // And when the browser was given it, if the store has anything to give.
    const auto found = person.find(*store);
    REQUIRE(found);
    if (found->is_newer_than_cookie)
        CHECK(person.reissue(*store, found->value) > 0);
    const auto after = person.find(*there);
    REQUIRE(after);
    CHECK(after->value.refresh_token.reveal() == "refresh 2");
    CHECK_FALSE(after->is_newer_than_cookie);
    // On from there.
    CHECK(person.replace(*there, renewed_from(after->value, "3")));
    CHECK(person.newest(*store, known)->refresh_token.reveal() == "refresh 3");
    CHECK(person.found(*store).generation == 3);
}

void check_use(store_subject& subject)
{
    const auto store = subject.make({first});
    visit person(subject);
    person.create(*store, renewable());
    const auto known = person.found(*store);
    const auto touched = subject.run(store->touch(known, noon + 10min));
    REQUIRE(touched);
    CHECK(*touched);
    person.reissue(
        *store,
        [&]
        {
            auto used = known;
            used.last_seen = noon + 10min;
            return used;
        }(),
        noon + 10min
    );
    const auto used = person.found(*store, noon + 10min);
    CHECK(used.last_seen == noon + 10min);
    CHECK(used.generation == 1);
    CHECK(used.refresh_token.reveal() == "refresh 1");
    // A use never hides a renewal, whoever was first and however late the use.
    CHECK(person.replace(*store, renewed_from(known, "2")));
    REQUIRE(subject.run(store->touch(known, noon + 20min)));
    const auto renewed = person.found(*store, noon + 20min);
    CHECK(renewed.generation == 2);
    CHECK(renewed.refresh_token.reveal() == "refresh 2");
    CHECK(person.replace(*store, renewed_from(renewed, "3")));
}

void check_taken(store_subject& subject)
{
    const auto store = subject.make({first});
    const auto there = subject.make({first});
    visit person(subject);
    visit other(subject);
    person.create(*store, renewable());
    other.create(*store, renewable("id-2"));
    const auto known = person.found(*store);
    REQUIRE(person.replace(*store, renewed_from(known, "2")));
    REQUIRE(subject.run(there->take(known.id)));
    REQUIRE(subject.run(there->take(known.id))); // nothing is there, and that is what was wanted
    CHECK(other.found(*store).id.view() == "id-2");
    if (!subject.is_gone_when_taken())
        return;
    CHECK(person.find(*store).error().code == errc::session_required);
    CHECK_FALSE(person.newest(*store, known));
    // Neither a renewal nor a use that was under way brings it back.
    CHECK_FALSE(person.replace(*store, renewed_from(known, "3")));
    CHECK_FALSE(*subject.run(store->touch(known, noon + 1min)));
    CHECK_FALSE(person.find(*there));
}

void check_rotation(store_subject& subject)
{
    const auto before = subject.make({first});
    const auto between = subject.make({second, first});
    const auto after = subject.make({second});
    visit person(subject);
    person.create(*before, renewable());
    const auto later = noon + 10min;
    const auto found = person.find(*between, later);
    REQUIRE(found);
    CHECK_FALSE(person.find(*after, later));
    CHECK(person.reissue(*between, found->value, later) > 0);
    const auto kept = person.find(*after, later);
    REQUIRE(kept);
    CHECK(kept->value.id == found->value.id);
    CHECK(kept->value.refresh_token.reveal() == "refresh 1");
    CHECK_FALSE(kept->is_newer_than_cookie);
    CHECK(person.replace(*after, renewed_from(kept->value, "2")));
    CHECK(person.found(*after, later).generation == 2);
}

} // namespace

void session_store_contract(const std::function<std::unique_ptr<store_subject>()>& make)
{
    const auto subject = make();
    SECTION("a session is created, found everywhere, and erased") { check_life(*subject); }
    SECTION("what was altered or is of another secret is not there") { check_foreign(*subject); }
    SECTION("older cookies lead to the renewed session, and of two renewals one is kept")
    {
        check_renewal(*subject);
    }
    SECTION("a use moves last_seen and nothing else") { check_use(*subject); }
    SECTION("what is taken away does not come back") { check_taken(*subject); }
    SECTION("a session outlives the rotation of the secret") { check_rotation(*subject); }
}

} // namespace sekisho::test

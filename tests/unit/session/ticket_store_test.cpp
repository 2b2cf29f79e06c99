// SPDX-License-Identifier: Apache-2.0
#include "http/cookie.hpp"
#include "session/codec.hpp"
#include "session/memory_shelf.hpp"
#include "session/shelf_names.hpp"
#include "session/ticket_store.hpp"
#include "support/catch.hpp"
#include "support/cookie_jar.hpp"
#include "support/failing_shelf.hpp"
#include "support/manual_clock.hpp"
#include "support/run.hpp"
#include "support/session_values.hpp"

#include <string>
#include <vector>

using namespace sekisho;
using namespace std::chrono_literals;
using session::put_when;
using session::ticket_store;
using test::cookie_jar;
using test::cookie_request;
using test::noon;
using test::run;
using test::sample_session;

namespace
{

const secret server_secret("the secret of the server, long enough");

struct shop
{
    explicit shop(session::cookie_config config = {}, session::lifetimes limits = {})
        : store(
              std::move(config),
              watched,
              ticket_store::shared_by::replicas,
              {server_secret},
              std::move(limits),
              crypto::system_random()
          )
    {
    }
    cookie_jar begin(const session::session& value)
    {
        cookie_jar browser;
        browser.take(run(store.create(value, cookie_request(""), noon)).value(), {}, noon);
        return browser;
    }
    result<session::found_session> find(const std::string& cookies)
    {
        const cookie_request request(cookies);
        return run(store.find(store.cookies().find(request), noon));
    }
    result<session::found_session> find(const cookie_jar& browser)
    {
        return find(browser.cookies_for({}, noon));
    }

    test::manual_clock clock;
    std::shared_ptr<session::memory_shelf> shelf =
        std::make_shared<session::memory_shelf>(100, clock.steady());
    std::shared_ptr<test::failing_shelf> watched = std::make_shared<test::failing_shelf>(shelf);
    ticket_store store;
};

session::shelved record_of(shop& here, const std::string& id)
{
    return *run(here.shelf->get(session::record_name(session::session_id(id)))).value();
}

void put_back(shop& here, const std::string& id, session::shelved what)
{
    const auto name = session::record_name(session::session_id(id));
    run(here.shelf->take(name));
    REQUIRE(*run(here.shelf->put(name, std::move(what), 1h, put_when::absent)));
}

} // namespace

TEST_CASE("the ticket is one small cookie, whatever the session holds", "[session]")
{
    shop here;
    auto value = sample_session();
    value.id_token = secret(test::filler(30'000));
    const auto made = run(here.store.create(value, cookie_request(""), noon));
    REQUIRE(made);
    REQUIRE(made->size() == 1);
    CHECK(made->front().size() < 400);
    for (const auto* each :
         {"__Host-sekisho_session=1",
          "; Path=/",
          "; Secure",
          "; HttpOnly",
          "; SameSite=Lax",
          "; Max-Age=43200"})
        CHECK(made->front().find(each) != std::string::npos);
    CHECK(made->front().find("Domain") == std::string::npos);
}

TEST_CASE("what nobody sealed is refused before the shelf is asked", "[session]")
{
    shop here;
    auto browser = here.begin(sample_session());
    const auto cookies = browser.cookies_for({}, noon);
    here.watched->work();
    const auto [title, forged] = GENERATE_COPY(table<std::string, std::string>({
        {"nothing", ""},
        {"not sealed", "__Host-sekisho_session=1id-1"},
        {"altered", cookies.substr(0, cookies.size() - 1) + (cookies.back() == 'A' ? 'Q' : 'A')},
        {"cut", cookies.substr(0, cookies.size() - 4)},
        {"a session sealed for the cookie itself",
         "__Host-sekisho_session=1" +
             crypto::key_ring({server_secret}, "session")
                 .seal(session::encode(sample_session()), "__Host-sekisho_session", crypto::system_random())},
    }));
    CAPTURE(title);
    CHECK(here.find(forged).error().code == errc::session_required);
    CHECK(here.watched->calls() == 0);
    CHECK(here.find(cookies));
}

TEST_CASE("a leaked shelf with the server's secret opens no session", "[session]")
{
    shop here;
    auto value = sample_session();
    value.access_token = secret("the access token");
    const auto browser = here.begin(value);
    const auto before = here.find(browser);
    REQUIRE(before);
    auto renewed = before->value;
    renewed.generation = 2;
    REQUIRE(*run(here.store.replace(renewed, noon)));

    // Every value, every name, every secret and purpose that this program has.
    for (const auto& each : here.shelf->values())
    {
        CHECK(each.name.find("id-1") == std::string::npos);
        CHECK(each.what.value.find("taro") == std::string::npos);
        const auto versioned = each.name + ";" + std::to_string(each.what.version);
        for (const auto* purpose : {"session_value", "session", "session_ticket", "session_handover"})
            for (const auto& bound : {versioned, each.name, std::string("id-1"), std::string()})
                CHECK_FALSE(crypto::key_ring({server_secret}, purpose).open(each.what.value, bound));
        // Nor with what is public beside it in the ticket: the id.
        CHECK_FALSE(crypto::key_ring({secret("id-1" + std::string(server_secret.reveal()))}, "session_value")
                        .open(each.what.value, versioned));
        // The other half is the ticket's key, and it is not in the value either.
        const crypto::key_ring whole(
            {secret(std::string(before->value.ticket_key.reveal()).append(server_secret.reveal()))},
            "session_value"
        );
        const auto plain = whole.open(each.what.value, versioned);
        REQUIRE(plain);
        CHECK(plain->find(before->value.ticket_key.reveal()) == std::string::npos);
        // Which alone opens it as little.
        CHECK_FALSE(
            crypto::key_ring({before->value.ticket_key}, "session_value").open(each.what.value, versioned)
        );
    }
    CHECK(here.shelf->size() == 1);
    CHECK(before->value.ticket_key.size() == 43); // 256 bits
}

TEST_CASE("a record that was changed, moved or relabelled is not there", "[session]")
{
    shop here;
    const auto browser = here.begin(sample_session("id-1"));
    const auto other = here.begin(sample_session("id-2"));
    const auto first = record_of(here, "id-1");
    REQUIRE(here.find(browser));

    SECTION("changed")
    {
        auto changed = first;
        changed.value.back() = changed.value.back() == 'A' ? 'Q' : 'A';
        put_back(here, "id-1", changed);
    }
    SECTION("another session's") { put_back(here, "id-1", record_of(here, "id-2")); }
    SECTION("an older value under a newer version")
    {
        auto renewed = here.find(browser)->value;
        renewed.generation = 2;
        REQUIRE(*run(here.store.replace(renewed, noon)));
        put_back(here, "id-1", {record_of(here, "id-1").version, first.value});
    }
    SECTION("empty") { put_back(here, "id-1", {1, ""}); }
    CHECK(here.find(browser).error().code == errc::session_required);
    CHECK(here.find(other));
}

TEST_CASE("a ticket of one session does not open another, though it is of the same person", "[session]")
{
    shop here;
    const auto browser = here.begin(sample_session("id-1"));
    here.begin(sample_session("id-2"));
    put_back(here, "id-1", record_of(here, "id-2"));
    CHECK_FALSE(here.find(browser));
}

TEST_CASE("a record ends with its session, and a use moves the idle limit", "[session]")
{
    session::lifetimes limits;
    limits.usual = {.lifetime = 2h, .idle = 30min};
    shop here({}, limits);
    auto value = sample_session();
    value.last_seen = noon;
    const auto browser = here.begin(value);
    const auto pass = [&](std::chrono::minutes by) { here.clock.advance(by); };
    pass(29min);
    const auto known = here.find(browser);
    REQUIRE(known);
    REQUIRE(*run(here.store.touch(known->value, noon + 29min)));
    pass(29min);
    CHECK(here.find(browser));
    pass(1min);
    CHECK(here.find(browser).error().code == errc::session_required);
    CHECK(here.shelf->size() == 0);
}

TEST_CASE("a session that does not begin because the shelf is down sends no cookie", "[session]")
{
    shop here;
    here.watched->fail_from(1);
    const auto made = run(here.store.create(sample_session(), cookie_request(""), noon));
    REQUIRE_FALSE(made);
    CHECK(made.error().code == errc::session_store_unavailable);
}

TEST_CASE("the cookie is sent again only when its seal is of an older secret", "[session]")
{
    shop here;
    const auto browser = here.begin(sample_session());
    const auto cookies = browser.cookies_for({}, noon);
    const auto value = here.find(browser)->value;
    CHECK(here.store.reissue(value, cookie_request(cookies), noon + 1h)->empty());
    ticket_store rotated(
        {},
        here.shelf,
        ticket_store::shared_by::workers,
        {secret("the next secret of the server, long enough"), server_secret},
        {},
        crypto::system_random()
    );
    const auto again = rotated.reissue(value, cookie_request(cookies), noon + 1h);
    REQUIRE(again);
    REQUIRE(again->size() == 1);
    CHECK(again->front().find("; Max-Age=39600") != std::string::npos);
    CHECK(here.store.is_told_of_changes() == false);
    CHECK(rotated.is_told_of_changes());
}

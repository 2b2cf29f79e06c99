// SPDX-License-Identifier: Apache-2.0
#pragma once
// A keeper, a browser and a shelf that fails when a test wants it to.

#include "session/cookie_store.hpp"
#include "session/keeper.hpp"
#include "session/memory_shelf.hpp"
#include "session/ticket_store.hpp"
#include "support/catch.hpp"
#include "support/cookie_jar.hpp"
#include "support/failing_shelf.hpp"
#include "support/manual_clock.hpp"
#include "support/run.hpp"
#include "support/session_values.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace sekisho::test
{

enum class kept_in : std::uint8_t
{
    cookies,
    tickets,
};

// One process: its keeper, and what it has heard of endings. Several share a shelf.
class keeper_house
{
public:
    struct plan
    {
        kept_in where = kept_in::cookies;
        session::keeper_rules rules{};
        std::shared_ptr<failing_shelf> shelf = nullptr; // null: one of its own
        std::vector<secret> secrets{secret("a secret of more than thirty-two bytes")};
        std::shared_ptr<session::ended_sessions> ended = nullptr; // null: of a process that begins
    };

    explicit keeper_house(plan by) : shelf(by.shelf ? by.shelf : new_shelf())
    {
        if (by.ended)
            ended = by.ended;
        auto& random = crypto::system_random();
        keep = std::make_shared<session::keeper>(
            store_of(by, random),
            shelf,
            ended,
            crypto::key_ring(by.secrets, "session_note"),
            by.secrets,
            by.rules,
            [this](const session::ending& what) { endings.push_back(what); },
            random
        );
    }

    static std::shared_ptr<failing_shelf> new_shelf()
    {
        return std::make_shared<failing_shelf>(std::make_shared<session::memory_shelf>(1000));
    }

    result<session::set_cookies>
    begin(const session::session& value, cookie_jar& browser, time_point now = noon)
    {
        const cookie_request request(browser.cookies_for({}, now));
        auto made = run(keep->begin(value, request, now));
        if (made)
            browser.take(*made, {}, now);
        return made;
    }
    result<session::found_session> find(const cookie_jar& browser, time_point now = noon)
    {
        const cookie_request request(browser.cookies_for({}, now));
        return run(keep->find(keep->cookies().find(request), now));
    }
    // "found", or the name of the code.
    std::string look(const cookie_jar& browser, time_point now = noon)
    {
        const auto found = find(browser, now);
        return found ? "found" : std::string(describe(found.error().code).name);
    }
    result<std::size_t>
    end(session::ends what, std::string value, std::string issuer = "", time_point at = noon)
    {
        session::ending message;
        message.what = what;
        message.value = std::move(value);
        message.issuer = std::move(issuer);
        message.at = at;
        return run(keep->end(message));
    }
    // The ids of those who have a session, the last used first.
    std::vector<std::string> ids(std::string user = "", time_point now = noon)
    {
        std::vector<std::string> out;
        const auto found = run(keep->list(std::move(user), now));
        REQUIRE(found);
        for (const auto& each : *found)
            out.push_back(each.id.str());
        return out;
    }

    std::shared_ptr<failing_shelf> shelf;
    std::shared_ptr<session::ended_sessions> ended = std::make_shared<session::ended_sessions>();
    std::vector<session::ending> endings; // what the hook was told
    std::shared_ptr<session::keeper> keep;

private:
    std::shared_ptr<session::store> store_of(const plan& by, crypto::random_source& random)
    {
        if (by.where == kept_in::tickets)
            return std::make_shared<session::ticket_store>(
                session::cookie_config{},
                shelf,
                session::ticket_store::shared_by::replicas,
                by.secrets,
                by.rules.limits,
                random
            );
        auto renewed = std::make_shared<session::handover>(
            shelf, crypto::key_ring(by.secrets, "session_handover"), random
        );
        return std::make_shared<session::cookie_store>(
            session::cookie_config{}, crypto::key_ring(by.secrets, "session"), random, std::move(renewed)
        );
    }
};

// A session of a person, begun and last used at noon.
inline session::session
session_of(std::string id, std::string user = "taro", time_point last_seen = noon, std::string sid = "")
{
    auto value = sample_session(std::move(id));
    value.who.subject = "sub-" + user;
    value.who.user = std::move(user);
    value.sid = std::move(sid);
    value.last_seen = last_seen;
    value.access_token = secret("access 1");
    value.refresh_token = secret("refresh 1");
    return value;
}

} // namespace sekisho::test

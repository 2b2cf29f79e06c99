// SPDX-License-Identifier: Apache-2.0
#include "gateway/forward.hpp"
#include "support/catch.hpp"
#include "support/exchange_builder.hpp"
#include "support/fixed_random.hpp"
#include "support/outcome.hpp"
#include "support/run.hpp"
#include "support/session_values.hpp"
#include "support/test_keeper.hpp"

#include <boost/asio/co_spawn.hpp>

#include <memory>
#include <optional>

using namespace sekisho;
using namespace sekisho::gateway;

namespace
{

// An application that nobody listens for: whatever is forwarded fails with upstream_unreachable.
struct nowhere
{
    metric::registry metrics;
    net::worker home;
    test::fixed_random random;
    addresses ours;
    forward_rules rules;
    std::shared_ptr<session::keeper> sessions = test::make_keeper({}, random);
    upstream::pool pool{
        home,
        std::make_shared<const upstream::destination>(
            upstream::destination{*url::parse("http://127.0.0.1:1"), nullptr}
        ),
        {metrics.make_counter("opened", "."),
         metrics.make_counter("reused", "."),
         metrics.make_counter("failed", "."),
         metrics.make_gauge("idle", ".")}
    };
    upstream::tunnel_list tunnels;
    lasting_list lasting;
    forward to{{home, rules, *sessions, ours, pool, tunnels, lasting}};
    visit about;

    nowhere()
    {
        about.about.target = about.about.path = "/";
        about.about.now = test::noon;
        about.about.session =
            std::make_shared<const session::opened_session>(test::sample_session("id-1"), std::string());
    }
    ~nowhere() { home.abandon(); }
    nowhere(const nowhere&) = delete;
    nowhere& operator=(const nowhere&) = delete;

    std::string relay()
    {
        test::fake_exchange exchange({});
        std::optional<result<void>> done;
        test::start(home.context(), to.relay(exchange, about), done);
        home.context().restart();
        while (!done && home.context().run_one() > 0)
            continue;
        return test::outcome(*done);
    }
    void end(const std::string& id)
    {
        session::ending what{session::ends::session, {}, id, test::noon, {}};
        REQUIRE(test::run(sessions->end(std::move(what))));
    }
};

} // namespace

TEST_CASE("what waited is not forwarded for a session that ended meanwhile", "[gateway]")
{
    const auto [waited, ended, expected] = GENERATE(table<bool, std::string, std::string>({
        {true, "id-1", "session_required at forward"},
        {true, "id-2", "upstream_unreachable"}, // another's
        {false, "id-1", "upstream_unreachable"
        }, // it was looked at just now: the list of those under way is told
    }));
    CAPTURE(waited, ended);
    nowhere here;
    here.end(ended);
    here.about.about.has_waited = waited;
    CHECK(here.relay().starts_with(expected));
    CHECK(here.lasting.size() == 0);
}

TEST_CASE("what waited and is nobody's is forwarded", "[gateway]")
{
    nowhere here;
    here.end("id-1");
    here.about.about.session = nullptr;
    here.about.about.has_waited = true;
    CHECK(here.relay().starts_with("upstream_unreachable"));
}

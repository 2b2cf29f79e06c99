// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/loop.hpp"
#include "support/catch.hpp"
#include "support/fixed_random.hpp"
#include "support/run.hpp"
#include "support/session_values.hpp"
#include "support/test_keeper.hpp"

#include <string>
#include <vector>

using namespace sekisho;
using namespace std::chrono_literals;
using gateway::loop_cause;

namespace
{

const time_point noon{std::chrono::seconds(1'790'000'000)};

struct desk
{
    explicit desk(session::cookie_config with = {}) : config(std::move(with))
    {
        test::keeper_plan plan{.cookies = config};
        plan.rules.limits.usual = {12h, 1h};
        sessions = test::make_keeper(std::move(plan), random);
    }

    loop_cause cause(const std::string& cookies)
    {
        gateway::context about;
        about.host = host;
        about.is_secure = is_secure;
        about.now = now;
        const std::vector<http::field> request{{"Cookie", cookies}};
        return test::run(io, gateway::cause_of_loop(*sessions, config, request, about));
    }

    net::asio::io_context io{1};
    session::cookie_config config;
    test::fixed_random random;
    std::shared_ptr<session::keeper> sessions;
    std::string host = "app.example.com:8443";
    bool is_secure = true;
    time_point now = noon;
};

} // namespace

TEST_CASE("without a session's cookie the cause is in how it was set", "[gateway]")
{
    const auto [domain, is_secure, cause] = GENERATE(table<std::string, bool, loop_cause>({
        {"", true, loop_cause::not_stored},
        {"", false, loop_cause::insecure},
        {"example.com", true, loop_cause::not_stored},
        {".example.com", true, loop_cause::not_stored},
        {"app.example.com", true, loop_cause::not_stored},
        {"APP.example.COM", true, loop_cause::not_stored},
        {"ample.com", true, loop_cause::domain}, // RFC 6265bis, 5.1.3: whole labels
        {"other.example", true, loop_cause::domain},
        {"x.app.example.com", false, loop_cause::domain},
    }));
    CAPTURE(domain);
    session::cookie_config config;
    config.domain = domain;
    desk here(config);
    here.is_secure = is_secure;
    CHECK(here.cause("theirs=1; __Host-sekisho_signin_loop=4.1790000000") == cause);
}

TEST_CASE("a session's cookie that came is told by what is wrong with it", "[gateway]")
{
    desk here;
    auto value = test::sample_session();
    value.created = value.last_seen = noon;
    value.expires = noon + 12h;
    const auto set = test::run(here.io, here.sessions->begin(value, {}, noon)).value();
    const auto cookie = set.front().substr(0, set.front().find(';'));
    CHECK(here.cause(cookie) == loop_cause::ended); // it opens and is in time, and was not accepted
    here.now = noon + 2h;
    CHECK(here.cause(cookie) == loop_cause::expired);
    CHECK(here.cause(cookie.substr(0, cookie.size() - 9)) == loop_cause::unknown_here);
    CHECK(here.cause("__Host-sekisho_session.2=abc") == loop_cause::incomplete);
}

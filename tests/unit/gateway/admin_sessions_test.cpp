// SPDX-License-Identifier: Apache-2.0
#include "base/log.hpp"
#include "gateway/endpoint/admin.hpp"
#include "gateway/endpoint/admin_sessions.hpp"
#include "support/captured_output.hpp"
#include "support/catch.hpp"
#include "support/exchange_builder.hpp"
#include "support/failing_shelf.hpp"
#include "support/fixed_random.hpp"
#include "support/run.hpp"
#include "support/session_values.hpp"
#include "support/test_keeper.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::gateway;
using Catch::Matchers::Contains;

namespace
{

const secret right("0123456789abcdef0123456789abcdef-right");

// An admin listener with a keeper, some minutes after noon.
struct office
{
    office()
    {
        test::keeper_plan plan;
        plan.shelf = shelf;
        keeper = test::make_keeper(std::move(plan), random);
    }

    test::client_answer ask(std::string method, std::string target, std::string authorization)
    {
        test::client_request asked;
        asked.method = std::move(method);
        asked.target = std::move(target);
        if (!authorization.empty())
            asked.fields.emplace_back("Authorization", std::move(authorization));
        test::fake_exchange exchange(std::move(asked));
        const auto answer = test::run(desk.answer(exchange));
        return {.status = answer.status, .fields = answer.fields, .body = answer.body, .is_finished = true};
    }
    test::client_answer ask(std::string method, std::string target)
    {
        return ask(std::move(method), std::move(target), "Bearer " + std::string(right.reveal()));
    }

    void sign_in(std::string id, std::string user, std::chrono::minutes used)
    {
        auto value = test::sample_session(std::move(id));
        value.who.user = std::move(user);
        value.address = "192.0.2.7";
        value.last_seen = test::noon + used;
        REQUIRE(test::run(keeper->begin(value, {}, now)));
    }

    std::vector<std::string> listed(std::string target = "/sessions")
    {
        const auto answer = ask("GET", std::move(target));
        CHECK(answer.status == 200);
        std::vector<std::string> ids;
        for (const auto& each : nlohmann::json::parse(answer.body)["sessions"])
            ids.push_back(each["id"]);
        return ids;
    }

    time_point now = test::noon + std::chrono::minutes(30);
    test::fixed_random random;
    std::shared_ptr<test::failing_shelf> shelf =
        std::make_shared<test::failing_shelf>(std::make_shared<session::memory_shelf>());
    std::shared_ptr<session::keeper> keeper;
    secret token = right;
    admin_sessions desk{[this] { return session_access{keeper, token}; }, [this] { return now; }};
};

using ids = std::vector<std::string>;

} // namespace

TEST_CASE("administrators see who has a session, the last used first, and never what opens it", "[gateway]")
{
    office here;
    here.sign_in("first", "taro@example.jp", std::chrono::minutes(5));
    here.sign_in("second", "hanako", std::chrono::minutes(20));
    here.sign_in("third", "taro@example.jp", std::chrono::minutes(10));
    CHECK(here.listed() == ids{"second", "third", "first"});
    CHECK(here.listed("/sessions?user=taro%40example.jp") == ids{"third", "first"});
    CHECK(here.listed("/sessions?user=nobody") == ids{});

    const auto answer = here.ask("GET", "/sessions?user=hanako");
    CHECK(answer.field("Cache-Control") == "no-store");
    const auto one = nlohmann::json::parse(answer.body)["sessions"][0];
    CHECK(one["user"] == "hanako");
    CHECK(one["username"] == "taro");
    CHECK(one["provider"] == "main");
    CHECK(one["issuer"] == "https://idp.example");
    CHECK(one["subject"] == "248289");
    CHECK(one["address"] == "192.0.2.7");
    CHECK(one["since"] == format_time(test::noon));
    CHECK(one["last_use"] == format_time(test::noon + std::chrono::minutes(20)));
    CHECK(one["until"] == format_time(test::noon + std::chrono::hours(12)));
    CHECK(one.size() == 10);
}

TEST_CASE("administrators end one session, all of a person, or all", "[gateway]")
{
    const auto [target, count, left] = GENERATE(table<std::string, int, ids>({
        {"/sessions/first", 1, {"second", "third"}},
        {"/sessions/unknown", 0, {"second", "third", "first"}},
        {"/sessions?user=taro%40example.jp", 2, {"second"}},
        {"/sessions?user=nobody", 0, {"second", "third", "first"}},
        {"/sessions?everybody=true", 3, {}},
    }));
    CAPTURE(target);
    office here;
    here.sign_in("first", "taro@example.jp", std::chrono::minutes(5));
    here.sign_in("second", "hanako", std::chrono::minutes(20));
    here.sign_in("third", "taro@example.jp", std::chrono::minutes(10));
    const auto answer = here.ask("DELETE", target);
    CHECK(answer.status == 200);
    CHECK(nlohmann::json::parse(answer.body)["ended"] == count);
    CHECK(answer.field("Cache-Control") == "no-store");
    CHECK(here.listed() == left);
}

TEST_CASE("an ending holds for a session that nobody knew of", "[gateway]")
{
    office here;
    auto value = test::sample_session("elsewhere");
    auto cookies = test::run(here.keeper->where().create(value, {}, here.now));
    REQUIRE(cookies);
    CHECK(here.ask("DELETE", "/sessions/elsewhere").status == 200);
    const auto cookie = cookies->front().substr(0, cookies->front().find(';'));
    const test::cookie_request request(cookie);
    const auto found = test::run(here.keeper->find(here.keeper->cookies().find(request), here.now));
    REQUIRE_FALSE(found);
    CHECK(found.error().code == errc::session_required);
}

TEST_CASE(
    "while the session store is down nothing is listed, and an ending says that it holds here", "[gateway]"
)
{
    office here;
    here.sign_in("one", "taro", std::chrono::minutes(5));
    here.shelf->fail_from(1);
    const auto listed = here.ask("GET", "/sessions");
    CHECK(listed.status == 503);
    CHECK(listed.field("Retry-After") == "15");
    const auto ended = here.ask("DELETE", "/sessions?everybody=true");
    CHECK(ended.status == 503);
    CHECK_THAT(ended.body, Contains("session_store_unavailable") && Contains("ended at this replica"));
    here.shelf->work();
    CHECK(here.listed() == ids{"one"});
    REQUIRE(test::run(here.keeper->catch_up()));
    CHECK(here.listed() == ids{});
}

TEST_CASE("what is meant has to be said exactly, and nothing ends by mistake", "[gateway]")
{
    const auto [method, target, reason] = GENERATE(table<std::string, std::string, std::string>({
        {"DELETE", "/sessions", "say whose"},
        {"DELETE", "/sessions?", "say whose"},
        {"DELETE", "/sessions?user=", "user is empty"},
        {"DELETE", "/sessions?user=a&user=b", "more than once"},
        {"DELETE", "/sessions?user=taro&everybody=true", "everybody"},
        {"DELETE", "/sessions?everybody=false", "everybody"},
        {"DELETE", "/sessions?everybody", "everybody"},
        {"DELETE", "/sessions?usr=taro", "usr"},
        {"DELETE", "/sessions/", "not the id"},
        {"DELETE", "/sessions/a/b", "not the id"},
        {"DELETE", "/sessions/%2e", "not the id"},
        {"DELETE", "/sessions/one?user=taro", "no parameter"},
        {"GET", "/sessions?user=", "user is empty"},
        {"GET", "/sessions?all=true", "all"},
        {"GET", "/sessions?user=%zz", "cannot be read"},
    }));
    CAPTURE(target);
    office here;
    here.sign_in("one", "taro", std::chrono::minutes(5));
    const auto answer = here.ask(method, target);
    CHECK(answer.status == 400);
    CHECK_THAT(answer.body, Contains(reason));
    CHECK(here.listed() == ids{"one"});
}

TEST_CASE("only the bearer of admin.token asks for sessions", "[gateway]")
{
    const auto [authorization, challenge] = GENERATE(table<std::string, std::string>({
        {"", R"(Bearer realm="sekisho")"},
        {"Bearer wrong", R"(Bearer realm="sekisho", error="invalid_token")"},
        {"Bearer 0123456789abcdef0123456789abcdef-righ", R"(Bearer realm="sekisho", error="invalid_token")"},
        {"Bearer 0123456789abcdef0123456789abcdef-rightt", R"(Bearer realm="sekisho", error="invalid_token")"
        },
        {"Basic 0123456789abcdef0123456789abcdef-right", R"(Bearer realm="sekisho", error="invalid_token")"},
        {"Bearer ", R"(Bearer realm="sekisho", error="invalid_token")"},
    }));
    CAPTURE(authorization);
    office here;
    here.sign_in("one", "taro", std::chrono::minutes(5));
    for (const auto* method : {"GET", "DELETE"})
    {
        const auto answer = here.ask(method, "/sessions?user=taro", authorization);
        CHECK(answer.status == 401);
        CHECK(answer.field("WWW-Authenticate") == challenge);
        CHECK(answer.field("Cache-Control") == "no-store");
        CHECK_THAT(answer.body, !Contains("one"));
    }
    CHECK(here.listed() == ids{"one"});
}

TEST_CASE("wrong tokens have a limit, and nobody is locked out by them", "[gateway]")
{
    office here;
    for (auto count = 0; count < 10; ++count)
        CHECK(here.ask("GET", "/sessions", "Bearer wrong").status == 401);
    const auto many = here.ask("GET", "/sessions", "Bearer wrong");
    CHECK(many.status == 429);
    CHECK(many.field("Retry-After") == "60");
    CHECK(here.ask("GET", "/sessions").status == 200);
    here.now += std::chrono::seconds(60);
    CHECK(here.ask("GET", "/sessions", "Bearer wrong").status == 401);
}

TEST_CASE("without a token there is nothing to ask", "[gateway]")
{
    office here;
    CHECK(here.desk.has("/sessions"));
    CHECK(here.desk.has("/sessions/one"));
    CHECK_FALSE(here.desk.has("/sessionsome"));
    here.token = secret();
    CHECK_FALSE(here.desk.has("/sessions"));
    CHECK_FALSE(brings_token("Bearer ", secret()));

    metric::registry metrics;
    admin of(metrics, {}, [&] { return session_access{here.keeper, here.token}; });
    test::client_request asked;
    asked.target = "/sessions";
    test::fake_exchange exchange(std::move(asked));
    test::run(of.handle(exchange));
    CHECK(exchange.answer().status == 404);
}

TEST_CASE("other methods are refused with those that there are", "[gateway]")
{
    const auto [method, target, allowed] = GENERATE(table<std::string, std::string, std::string>({
        {"POST", "/sessions", "GET, DELETE"},
        {"HEAD", "/sessions", "GET, DELETE"},
        {"GET", "/sessions/one", "DELETE"},
    }));
    office here;
    const auto answer = here.ask(method, target);
    CHECK(answer.status == 405);
    CHECK(answer.field("Allow") == allowed);
}

TEST_CASE("each use is an audit line: who, what, whom and how many", "[gateway]")
{
    office here;
    here.sign_in("one", "taro", std::chrono::minutes(5));
    const auto said_by = [&](const auto& action)
    {
        test::captured_output output;
        sekisho::log::configure(sekisho::log::level::info, sekisho::log::format::text);
        action();
        auto said = output.take();
        sekisho::log::configure(sekisho::log::level::off, sekisho::log::format::text);
        return said;
    };
    const auto listed = said_by([&] { here.ask("GET", "/sessions?user=taro"); });
    CHECK_THAT(listed, Contains("audit") && Contains("action=sessions.list") && Contains("user=taro"));
    CHECK_THAT(listed, Contains("sessions=1") && Contains("by="));
    const auto refused = said_by([&] { here.ask("GET", "/sessions", "Bearer wrong"); });
    CHECK_THAT(refused, Contains("action=sessions.refused") && !Contains("wrong"));
    const auto ended = said_by([&] { here.ask("DELETE", "/sessions?user=taro"); });
    CHECK_THAT(ended, Contains("action=sessions.end") && Contains("what=user") && Contains("whom=taro"));
    CHECK_THAT(ended, Contains("sessions=1") && Contains("warn"));
}

// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/admin.hpp"
#include "support/catch.hpp"
#include "support/exchange_builder.hpp"
#include "support/run.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::gateway;

namespace
{

test::client_answer ask(admin& of, std::string target, std::string method = "GET")
{
    test::fake_exchange exchange(
        {.method = std::move(method),
         .target = std::move(target),
         .fields = {},
         .body = {},
         .body_failure = {}}
    );
    test::run(of.handle(exchange));
    return exchange.answer();
}

} // namespace

TEST_CASE("the admin listener is alive, tells its metrics and knows nothing else", "[gateway]")
{
    metric::registry metrics;
    metrics.make_counter("sekisho_things_total", "Things.").add(3);
    admin of(metrics, {});
    CHECK(ask(of, "/healthz").status == 200);
    const auto answer = ask(of, "/metrics");
    CHECK(answer.field("Content-Type") == "text/plain; version=0.0.4; charset=utf-8");
    CHECK(answer.body.find("sekisho_things_total 3") != std::string::npos);
    CHECK(ask(of, "/").status == 404);
    CHECK(ask(of, "/debug/pprof").status == 404);
    CHECK(ask(of, "/metrics", "POST").status == 405);
}

TEST_CASE("readiness names each dependency and fails when one does", "[gateway]")
{
    metric::registry metrics;
    auto state = dependency::state::ready;
    const probe upstream = [&] { return std::vector<dependency>{{"upstream", state, "one member"}}; };
    const probe keys = []
    { return std::vector<dependency>{{"provider.main.keys", dependency::state::ready, ""}}; };
    admin of(metrics, {upstream, keys});
    const auto good = ask(of, "/readyz");
    CHECK(good.status == 200);
    CHECK(nlohmann::json::parse(good.body)["dependencies"].size() == 2);

    state = dependency::state::not_ready;
    const auto bad = ask(of, "/readyz?verbose");
    CHECK(bad.status == 503);
    const auto body = nlohmann::json::parse(bad.body);
    CHECK(body["ready"] == false);
    CHECK(body["dependencies"][0]["name"] == "upstream");
    CHECK(body["dependencies"][0]["ready"] == false);
    CHECK(body["dependencies"][0]["detail"] == "one member");
    CHECK(body["dependencies"][1]["ready"] == true);
}

TEST_CASE("a broken request on the admin listener is answered and its connection closed", "[gateway]")
{
    metric::registry metrics;
    admin of(metrics, {});
    test::fake_exchange exchange({});
    test::run(of.refuse(exchange, error{errc::request_malformed, "head", "no"}));
    CHECK(exchange.answer().status == 400);
    CHECK(exchange.answer().is_closing);
}

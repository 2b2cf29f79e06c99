// SPDX-License-Identifier: Apache-2.0
#include "gateway/refusal.hpp"
#include "support/captured_output.hpp"
#include "support/catch.hpp"
#include "support/exchange_builder.hpp"
#include "support/run.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::gateway;

namespace
{

struct desk
{
    addresses ours;
    metric::registry metrics;
    refusal refuse{ours, metrics};
    context about;

    desk()
    {
        about.path = "/x";
        about.request_id = "request-1";
        about.host = "app.example.com";
    }

    test::client_answer answer(error why, std::string accept, refusal_options options = {})
    {
        test::fake_exchange exchange(
            {.method = "GET",
             .target = "/x",
             .fields = {{"Accept", std::move(accept)}},
             .body = {},
             .body_failure = {}}
        );
        test::run(refuse.answer(exchange, about, std::move(why), std::move(options)));
        return exchange.answer();
    }
};

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

} // namespace

TEST_CASE("a failure is a page for people and JSON for programs, and its detail is for neither", "[gateway]")
{
    desk at;
    const error why{errc::upstream_unreachable, "secret.step", "10.0.0.7 refused"};
    const auto page = at.answer(why, "text/html");
    CHECK(page.status == 502);
    CHECK(has(page.body, "upstream_unreachable"));
    CHECK(has(page.body, "request-1"));
    CHECK(has(page.body, "app.example.com"));
    const auto answer = at.answer(why, "application/json");
    CHECK(nlohmann::json::parse(answer.body)["error"]["code"] == "upstream_unreachable");
    for (const auto& body : {page.body, answer.body})
    {
        CHECK_FALSE(has(body, "10.0.0.7"));
        CHECK_FALSE(has(body, "secret.step"));
    }
    CHECK(has(at.metrics.expose(), "sekisho_refusals_total{code=\"upstream_unreachable\"} 2"));
}

TEST_CASE("what passes by itself says when to try again", "[gateway]")
{
    desk at;
    CHECK(at.answer({errc::oidc_metadata_fetch_failure, {}, {}}, "text/html").field("Retry-After") == "15");
    CHECK(at.answer({errc::session_store_unavailable, {}, {}}, "text/html").field("Retry-After") == "15");
    CHECK(at.answer({errc::upstream_unreachable, {}, {}}, "text/html").field("Retry-After").empty());
}

TEST_CASE("only a failure that signing in again may cure offers it", "[gateway]")
{
    const auto [code, is_offered] = GENERATE(table<errc, bool>({
        {errc::oidc_login_error, true},
        {errc::oidc_identity_unusable, true},
        {errc::session_required, true},
        {errc::session_too_large, false},
        {errc::session_store_unavailable, false},
        {errc::access_denied, false},
        {errc::upstream_timeout, false},
    }));
    CAPTURE(describe(code).name);
    desk at;
    const auto page = at.answer({code, {}, {}}, "text/html", {.return_to = "/deep"});
    CHECK(has(page.body, "/oidc/login?return_to=%2Fdeep") == is_offered);
}

TEST_CASE("cookies and the allowed methods go along", "[gateway]")
{
    desk at;
    const auto page = at.answer(
        {errc::request_method_not_allowed, {}, {}}, "text/html", {.cookies = {"a=1", "b=2"}, .allow = "POST"}
    );
    CHECK(page.all("Set-Cookie") == std::vector<std::string>{"a=1", "b=2"});
    CHECK(page.field("Allow") == "POST");
}

TEST_CASE(
    "CVE-2025-31492: a failure after the answer has begun closes the connection instead of adding to it",
    "[gateway]"
)
{
    desk at;
    test::fake_exchange exchange({});
    test::run(net::send(exchange, http::response{.status = 200, .fields = {}, .body = "begun"}));
    test::run(at.refuse.answer(exchange, at.about, {errc::upstream_protocol_error, {}, {}}));
    CHECK(exchange.answer().status == 200);
    CHECK(exchange.answer().body == "begun");
    CHECK(exchange.answer().is_closing);
}

TEST_CASE("a head that could not be read is answered too", "[gateway]")
{
    desk at;
    test::fake_exchange exchange({.method = {}, .target = {}, .fields = {}, .body = {}, .body_failure = {}});
    test::run(at.refuse.answer(exchange, context{}, {errc::request_malformed, "head", "bare LF"}));
    CHECK(exchange.answer().status == 400);
}

TEST_CASE(
    "who meets something of ours out of order is led to the page that they opened, and to nowhere else",
    "[gateway]"
)
{
    struct row
    {
        std::string method;
        std::string target;
        errc code;
        std::string link; // empty: nothing to try again
    };
    const auto with = GENERATE(
        row{"GET", "/reports?a=1&b=2", errc::upstream_unreachable, "/reports?a=1&amp;b=2"},
        row{"GET", "/reports", errc::session_store_unavailable, "/reports"},
        row{"GET", "/", errc::upstream_timeout, "/"},
        row{"GET", "//evil.example/", errc::upstream_unreachable, ""},
        row{"GET", "/logout", errc::session_store_unavailable, ""}, // does something
        row{"POST", "/reports", errc::upstream_unreachable, ""},    // perhaps it was done
        row{"GET", "/reports", errc::access_denied, ""}             // it would be the same again
    );
    CAPTURE(with.target, with.method);
    desk at;
    at.about.path = with.target.substr(0, with.target.find('?'));
    test::fake_exchange exchange(
        {.method = with.method,
         .target = with.target,
         .fields = {{"Accept", "text/html"}},
         .body = {},
         .body_failure = {}}
    );
    test::run(at.refuse.answer(exchange, at.about, {with.code, "step", "detail"}, {}));
    const auto body = exchange.answer().body;
    CHECK(has(body, "Try again</a>") == !with.link.empty());
    CHECK(has(body, "href=\"" + with.link + "\"") == !with.link.empty());
    CHECK_FALSE(has(body, "evil.example"));
}

TEST_CASE(
    "what every request meets while something is away is told once in a while, not each time", "[gateway]"
)
{
    const auto [code, loud] = GENERATE(table<errc, std::size_t>({
        {errc::session_store_unavailable, 2},
        {errc::oidc_metadata_fetch_failure, 2},
        {errc::oidc_key_fetch_failure, 2},
        {errc::upstream_unreachable, 2},
        {errc::upstream_timeout, 7},
        {errc::access_denied, 7},
        {errc::internal_error, 7},
    }));
    CAPTURE(describe(code).name);
    desk at;
    at.about.now = time_point(std::chrono::seconds(1'790'000'000));
    test::captured_output out;
    log::configure(log::level::info, log::format::text);
    for (int number = 0; number < 6; ++number)
        at.answer({code, "step", "why"}, "text/html");
    at.about.now += log::repetition::pause;
    at.answer({code, "step", "why"}, "text/html");
    log::configure(log::level::off, log::format::text);
    const auto text = out.take();
    std::size_t lines = 0;
    for (auto place = text.find(" refused code="); place != std::string::npos;
         place = text.find(" refused code=", place + 1))
        ++lines;
    CHECK(lines == loud);
    CHECK(has(text, "left_out=5") == (loud == 2));
    CHECK(has(text, "request_id=request-1"));
    CHECK(has(at.metrics.expose(), std::string(describe(code).name) + "\"} 7")); // each one counts
}

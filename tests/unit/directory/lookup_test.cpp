// SPDX-License-Identifier: Apache-2.0
#include "directory/lookup.hpp"
#include "support/catch.hpp"
#include "unit/directory/fixture.hpp"

using namespace sekisho;
using namespace sekisho::directory;

namespace
{

const url first = url::parse("https://api.example/list").value();

std::string_view advice(int status, const reason&) { return status == 403 ? "grant it" : ""; }
constexpr dialect test_dialect{"test", advice};

// A body of "a b" are two values, "a b >" has a next page.
result<page> read(const net::incoming_response& answer, const url&)
{
    page made;
    std::string_view rest = answer.body;
    for (; !rest.empty(); rest.remove_prefix(std::min<std::size_t>(2, rest.size())))
        if (rest.front() == '>')
            made.next = url::parse("https://api.example/more").value();
        else if (rest.front() == '!')
            return fail(errc::oidc_directory_failure, "test", "unreadable");
        else
            made.values.emplace_back(1, rest.front());
    return made;
}

struct fixture : test::directory_fixture
{
    lookup_limits limited = limits();
    result<std::vector<std::string>> all()
    {
        api with("op", services(), limited);
        lookup asking(with, test_dialect, {{"Authorization", "Bearer at-1"}});
        return test::run(context, asking.all_pages(first, read));
    }
    std::string failure()
    {
        const auto got = all();
        REQUIRE_FALSE(got);
        CHECK(got.error().code == errc::oidc_directory_failure);
        CHECK(got.error().where == "test");
        return got.error().detail;
    }
};

} // namespace

TEST_CASE("all pages of a list are one list, each asked for once with the token", "[directory]")
{
    fixture the;
    the.answer(200, "a b >");
    the.answer(200, "c >");
    the.answer(200, "");
    CHECK(the.all().value() == std::vector<std::string>{"a", "b", "c"});
    CHECK(
        the.asked() ==
        std::vector<std::string>{first.text(), "https://api.example/more", "https://api.example/more"}
    );
    for (std::size_t call = 0; call < 3; ++call)
        CHECK(the.field(call, "Authorization") == "Bearer at-1");
    CHECK(test::has(
        the.metrics.expose(), R"(sekisho_provider_calls_total{provider="op",call="directory",outcome="ok"} 3)"
    ));
}

TEST_CASE("a refusal that passes is tried again, two times in all", "[directory]")
{
    const auto status = GENERATE(429, 502, 503, 504);
    fixture the;
    the.answer(status, {}, {{"Retry-After", "0"}});
    the.answer(200, "a >");
    the.answer(status);
    the.answer(200, "b");
    CHECK(the.all().value() == std::vector<std::string>{"a", "b"});
    CHECK(the.http.calls() == 4);

    the.answer(status);
    the.answer(status);
    the.answer(status, R"({"error":{"code":"Busy","message":"later"}})");
    CHECK(test::has(the.failure(), "https://api.example/list answered with status " + std::to_string(status))
    );
    CHECK(the.http.calls() == 7);
}

TEST_CASE("any other refusal ends the look-up at once with what to do about it", "[directory]")
{
    const auto [status, fields, detail] = GENERATE(table<int, http::owned_fields, std::string>({
        {403, {}, "status 403: Denied (\"no\"); grant it"},
        {401, {}, "status 401: Denied (\"no\")"},
        {500, {}, "status 500"},
        {204, {}, "status 204"},
        {302, {{"Location", "https://evil.example/"}}, "redirects are not followed"},
        {429,
         {{"Retry-After", "3600"}},
         "the rate limit of this API is reached, it says to try again after 1h"},
        {403, {{"X-RateLimit-Remaining", "0"}}, "the rate limit of this API is reached"},
    }));
    CAPTURE(status);
    fixture the;
    the.answer(status, R"({"error":"Denied","error_description":"no"})", fields);
    the.answer(200, "a");
    CHECK(test::has(the.failure(), detail));
    CHECK(the.http.calls() == 1);
}

TEST_CASE(
    "a call without an answer, or a page that cannot be read, ends the look-up at any page", "[directory]"
)
{
    const std::size_t failing = GENERATE(0U, 1U, 2U);
    const bool is_network = GENERATE(true, false);
    fixture the;
    for (std::size_t call = 0; call < 3; ++call)
        the.answer(200, call == failing && !is_network ? "!" : call == 2 ? "c" : "a >");
    if (is_network)
        the.http.fail_call(failing, {errc::network_timeout, "http_client", "timed out after 10s"});
    const auto detail = the.failure();
    CHECK(test::has(detail, is_network ? "https://api.example/" : "unreadable"));
    CHECK(test::has(detail, is_network ? "timed out after 10s" : "unreadable"));
    CHECK(the.http.calls() == failing + 1);
}

TEST_CASE("a look-up is bounded in pages, entries, bytes and time", "[directory]")
{
    fixture the;
    SECTION("pages")
    {
        the.limited.pages = 2;
        the.answer(200, "a >");
        the.answer(200, "b >");
        CHECK(the.failure() == "the list has more than 2 pages");
        the.answer(200, "a >");
        the.answer(200, "b");
        CHECK(the.all().value().size() == 2);
    }
    SECTION("entries")
    {
        the.limited.entries = 2;
        the.answer(200, "a b c");
        CHECK(the.failure() == "the list has more than 2 entries");
        the.answer(200, "a b");
        CHECK(the.all().value().size() == 2);
    }
    SECTION("bytes, over all pages")
    {
        the.limited.bytes = 5;
        the.answer(200, "a >");
        the.answer(200, "b c");
        CHECK(the.failure() == "the answers are larger than 5 bytes");
        the.answer(200, "a >");
        the.answer(200, "b ");
        CHECK(the.all().value().size() == 2);
    }
    SECTION("time")
    {
        the.limited.time = std::chrono::milliseconds(0);
        CHECK(the.failure() == "the look-up took longer than 0s");
        CHECK(the.http.calls() == 0);
    }
    SECTION("time of one call")
    {
        the.limited.time = std::chrono::seconds(3);
        the.answer(200, "a");
        REQUIRE(the.all());
        CHECK(the.http.requests().front().timeout == std::chrono::seconds(3));
    }
}

TEST_CASE("a pause that the time left does not allow is not begun", "[directory]")
{
    fixture the;
    the.limited.time = std::chrono::seconds(3);
    the.answer(503, {}, {{"Retry-After", "4"}});
    CHECK(test::has(the.failure(), "status 503"));
    CHECK(the.http.calls() == 1);
}

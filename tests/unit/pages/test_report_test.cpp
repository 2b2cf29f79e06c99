// SPDX-License-Identifier: Apache-2.0
#include "pages/test_report.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::pages;

namespace
{

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

test_report failed_report()
{
    test_report made;
    made.failed = errc::oidc_nonce_missing;
    made.failure = "id_token.nonce: <is not the one>";
    made.steps.push_back({text_key::test_step_callback, {{"state", "<script>"}, {"empty", ""}}, {}, {}});
    made.steps.push_back(
        {text_key::test_step_id_token,
         {},
         {{"id_token (payload)", "{\n  \"sub\": \"</pre><script>\"\n}"}},
         {{"id_token.aud", std::nullopt, "\"gate\""},
          {"id_token.nonce", errc::oidc_nonce_missing, "is not the one"}}}
    );
    made.download = "{}";
    made.again_url = "/oidc/test";
    return made;
}

} // namespace

TEST_CASE("a report says what failed, what lies behind it and what to do, in every language", "[pages]")
{
    const auto in = GENERATE(from_range(languages));
    const auto page = test_report_page({.in = in}, failed_report());
    CHECK(page.status == 200);
    CHECK(has(page.body, "oidc_nonce_missing"));
    CHECK(has(page.body, text(text_key::test_failed_title, in)));
    CHECK(has(page.body, text(text_key::test_causes, in)));
    CHECK(has(page.body, text(text_key::test_step_callback, in)));
    CHECK(has(page.body, text(text_key::test_passed, in)));
    CHECK(has(page.body, words_of(errc::oidc_nonce_missing, in).happened));
    CHECK(has(page.body, R"(href="/oidc/test")"));
}

TEST_CASE("nothing that a provider sent becomes markup of the report", "[pages]")
{
    const auto page = test_report_page({}, failed_report());
    CHECK_FALSE(has(page.body, "<script"));
    CHECK(has(page.body, "&lt;script&gt;"));
    CHECK(has(page.body, "id_token.nonce: &lt;is not the one&gt;"));
}

TEST_CASE("each step shows its own rows, and a value without text a dash", "[pages]")
{
    const auto page = test_report_page({}, failed_report());
    const auto first = page.body.find(text(text_key::test_step_callback, language::en));
    const auto second = page.body.find(text(text_key::test_step_id_token, language::en));
    REQUIRE(first < second);
    const auto of_first = page.body.substr(first, second - first);
    CHECK(has(of_first, ">state<"));
    CHECK(has(of_first, "–"));
    CHECK_FALSE(has(of_first, "id_token.aud"));
    CHECK_FALSE(has(of_first, "<pre"));
}

TEST_CASE("a report of a sign-in that works has no failure", "[pages]")
{
    auto report = failed_report();
    report.failed.reset();
    const auto page = test_report_page({}, report);
    CHECK(has(page.body, text(text_key::test_passed_title, language::en)));
    CHECK_FALSE(has(page.body, text(text_key::test_causes, language::en)));
}

TEST_CASE("the test page has a link for each provider, and one to ask the other way", "[pages]")
{
    const auto in = GENERATE(from_range(languages));
    const auto [asking, other, note] = GENERATE(table<test_asking, text_key, bool>({
        {test_asking::as_usual, text_key::test_ask_anew, false},
        {test_asking::anew, text_key::test_ask_as_usual, true},
    }));
    const auto page = test_page(
        {.in = in},
        {{{"One", "", "/oidc/test?idp=one"}, {"Two & more", "", "/oidc/test?idp=two"}}, asking, "/oidc/test?x"
        }
    );
    CHECK(page.status == 200);
    CHECK(has(page.body, ">One<"));
    CHECK(has(page.body, "Two &amp; more"));
    CHECK(has(page.body, R"(href="/oidc/test?x")"));
    CHECK(has(page.body, text(other, in)));
    CHECK(has(page.body, text(text_key::test_asks_anew, in)) == note);
}

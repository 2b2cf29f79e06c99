// SPDX-License-Identifier: Apache-2.0
#include "http/form.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using http::form;

TEST_CASE("forms are read in order", "[http]")
{
    const auto read = form::parse("a=1&b=%E3%81%82+x&&a=2&c&=d&e=f=g");
    REQUIRE(read);
    REQUIRE(read->fields().size() == 6);
    CHECK(read->fields()[1].value == "\xe3\x81\x82 x");
    CHECK(read->first("a") == "1");
    CHECK(read->first("c") == "");
    CHECK(read->first("") == "d");
    CHECK(read->first("e") == "f=g");
    CHECK_FALSE(read->first("z"));
    CHECK(read->count("a") == 2);
}

TEST_CASE("a parameter that is sent twice is refused where one is expected", "[http]")
{
    const auto read = form::parse("code=1&state=s&c%6fde=2");
    REQUIRE(read);
    const auto code = read->unique("code");
    REQUIRE_FALSE(code);
    CHECK(code.error().code == errc::oidc_parameter_duplicated);
    const auto state = read->unique("state");
    REQUIRE(state);
    CHECK(*state == "s");
    const auto absent = read->unique("error");
    REQUIRE(absent);
    CHECK_FALSE(absent->has_value());
    const auto all = read->all_unique();
    REQUIRE_FALSE(all);
    CHECK(all.error().code == errc::oidc_parameter_duplicated);
    CHECK(form::parse("a=1&b=1")->all_unique());
}

TEST_CASE("a query string of only ampersands is an empty form (mod_auth_openidc, August 2026)", "[http]")
{
    const std::string text = GENERATE("", "&", "&&&&");
    const auto read = form::parse(text);
    REQUIRE(read);
    CHECK(read->fields().empty());
}

TEST_CASE("broken escapes are errors", "[http]")
{
    const std::string text = GENERATE("a=%", "a=%4", "a=%zz", "%=a", "ok=1&a%2=b");
    const auto read = form::parse(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == errc::value_malformed);
}

TEST_CASE("forms have limits", "[http]")
{
    CHECK(form::parse("a&b", {.fields = 2, .bytes = 3}));
    const auto many = form::parse("a&b&c", {.fields = 2, .bytes = 100});
    REQUIRE_FALSE(many);
    CHECK(many.error().code == errc::value_too_large);
    const auto long_one = form::parse("a=1234", {.fields = 2, .bytes = 5});
    REQUIRE_FALSE(long_one);
    CHECK(long_one.error().code == errc::value_too_large);
    CHECK(form::parse(std::string(1000, '&'), {.fields = 1, .bytes = 1000}));
}

TEST_CASE("what a form writer writes reads back", "[http]")
{
    http::form_writer writer;
    writer.add("a b", "1&2=3").add("é", "").add("plus", "+%\r\n");
    const auto read = form::parse(writer.text());
    REQUIRE(read);
    REQUIRE(read->fields().size() == 3);
    CHECK(read->first("a b") == "1&2=3");
    CHECK(read->first("é") == "");
    CHECK(read->first("plus") == "+%\r\n");
}

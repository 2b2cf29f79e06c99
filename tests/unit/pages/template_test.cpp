// SPDX-License-Identifier: Apache-2.0
#include "pages/template.hpp"
#include "support/catch.hpp"

using sekisho::pages::fill;

TEST_CASE("a value cannot become markup", "[pages]")
{
    CHECK(
        fill("<a title=\"{{x}}\">{{x}}</a>", {.texts = {{"x", "\"><script>&'"}}, .lists = {}}) ==
        "<a title=\"&quot;&gt;&lt;script&gt;&amp;&apos;\">&quot;&gt;&lt;script&gt;&amp;&apos;</a>"
    );
}

TEST_CASE("a value that looks like a hole stays text", "[pages]")
{
    CHECK(fill("{{a}}{{b}}", {.texts = {{"a", "{{b}}"}, {"b", "{{{a}}}"}}, .lists = {}}) == "{{b}}{{{a}}}");
}

TEST_CASE("a section without a value is left out", "[pages]")
{
    CHECK(fill("[{{#x}}there{{/x}}]", {.texts = {{"x", ""}}, .lists = {}}) == "[]");
    CHECK(fill("[{{#x}}there{{/x}}]", {}) == "[]");
    CHECK(fill("[{{#x}}{{x}}{{/x}}]", {.texts = {{"x", "there"}}, .lists = {}}) == "[there]");
}

TEST_CASE("a list is repeated once per row", "[pages]")
{
    CHECK(
        fill(
            "{{#l}}({{n}}={{v}}){{/l}}",
            {.texts = {}, .lists = {{"l", {{{"n", "a"}, {"v", "1"}}, {{"n", "<"}}}}}}
        ) == "(a=1)(&lt;=)"
    );
    CHECK(fill("[{{#l}}x{{/l}}]", {.texts = {}, .lists = {{"l", {}}}}) == "[]");
}

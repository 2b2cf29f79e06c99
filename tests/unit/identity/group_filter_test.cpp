// SPDX-License-Identifier: Apache-2.0
#include "identity/group_filter.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;
using identity::group_filter;

TEST_CASE("an entry is a name, a beginning or an expression", "[identity]")
{
    const auto [entry, group, is_met] = GENERATE(table<std::string, std::string, bool>({
        {"staff", "staff", true},
        {"staff", "Staff", false},
        {"staff", "staff2", false},
        {"team-*", "team-a", true},
        {"team-*", "team-", true},
        {"team-*", "xteam-a", false},
        {"*", "anything", true},
        {"/^x-[0-9]+$/", "x-12", true},
        {"/^x-[0-9]+$/", "x-12y", false},
        {"/min/", "administrators", true},
        {"/staff/tokyo", "/staff/tokyo", true}, // a path, no expression
        {"/staff/*", "/staff/osaka", true},
        {"/", "/", true},
        {"//", "//", true},
    }));
    CAPTURE(entry, group);
    CHECK(group_filter::parse({entry}).value().meets(group) == is_met);
}

TEST_CASE("any entry of a filter is enough, and an empty one meets nothing", "[identity]")
{
    const auto filter = group_filter::parse({"a", "b*", "/c/"}).value();
    CHECK_FALSE(filter.empty());
    for (const auto* group : {"a", "bb", "xcx"})
        CHECK(filter.meets(group));
    CHECK_FALSE(filter.meets("d"));
    CHECK(group_filter().empty());
    CHECK_FALSE(group_filter().meets("a"));
}

TEST_CASE("a filter's entry that means nothing is refused, and named", "[identity]")
{
    const std::string entry = GENERATE("", "*x", "a*b", "**", "/(/");
    CAPTURE(entry);
    const auto made = group_filter::parse({"good", entry});
    REQUIRE_FALSE(made);
    CHECK(made.error().code == errc::value_malformed);
    CHECK(made.error().detail.starts_with("\"" + entry + "\" "));
}

// SPDX-License-Identifier: Apache-2.0
#include "identity/pattern.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;
using identity::pattern;

TEST_CASE("an expression is found anywhere unless it says otherwise", "[identity]")
{
    CHECK(pattern::compile("b").value().is_found_in("abc"));
    CHECK_FALSE(pattern::compile("^b").value().is_found_in("abc"));
    CHECK_FALSE(pattern::compile("B").value().is_found_in("abc"));
    CHECK(pattern::compile("(?i)B").value().is_found_in("abc"));
    CHECK(pattern::compile("^山.$").value().is_found_in("山田"));
}

TEST_CASE("an expression that is none is refused with its reason", "[identity]")
{
    const auto text = GENERATE("(", "[a", "a{2000}", "(?=a)", "\\1");
    CAPTURE(text);
    const auto made = pattern::compile(text);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == errc::value_malformed);
    CHECK_FALSE(made.error().detail.empty());
}

TEST_CASE("a replacement may only name groups that there are", "[identity]")
{
    const auto made = pattern::compile("^([^@]*)@.*$").value();
    CHECK(made.check_replacement("\\1"));
    CHECK(made.check_replacement("\\0-x"));
    CHECK_FALSE(made.check_replacement("\\2"));
    CHECK_FALSE(made.check_replacement("\\"));
    CHECK(made.replaced("taro@example.jp", "\\1") == "taro");
    CHECK(made.replaced("taro", "\\1") == "taro"); // not found: as it is
    CHECK(pattern::compile("[^a-z0-9]").value().replaced("a.b+c", "_") == "a_b_c");
}

TEST_CASE("an expression that others take exponential time for takes linear time", "[identity]")
{
    const auto made = pattern::compile("^(a+)+$").value();
    CHECK_FALSE(made.is_found_in(std::string(5000, 'a') + "b")); // 2^5000 steps elsewhere
}

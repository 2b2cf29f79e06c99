// SPDX-License-Identifier: Apache-2.0
#include "identity/characters.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;

TEST_CASE("a text without anything to see is blank", "[identity]")
{
    const auto [text, is_blank] = GENERATE(table<std::string, bool>({
        {"", true},
        {" ", true},
        {"   ", true},
        {"\u00a0", true},
        {"\u3000\u3000", true}, // the wide space of Japanese
        {"\u200b\ufeff", true},
        {"\u200d", true},
        {"\u2800", true},
        {" a ", false},
        {"\u3000山", false},
        {"\u200d\U0001f468", false},
    }));
    CAPTURE(text);
    CHECK(identity::is_blank(text) == is_blank);
}

TEST_CASE("invisible characters are seen, joiners of scripts are none", "[identity]")
{
    const auto [text, is_invisible] = GENERATE(table<std::string, bool>({
        {"admin", false},
        {"ad\u00admin", true},
        {"ad\u200bmin", true},
        {"\u202enimda", true},
        {"\u2066admin", true},
        {"admin\ufeff", true},
        {"admin\U000e0041", true},
        {"می\u200cخواهم", false},
        {"क्\u200dष", false},
        {"山田", false},
        {"a\u3000b", false},
    }));
    CAPTURE(text);
    CHECK(identity::has_invisible(text) == is_invisible);
}

TEST_CASE("only ASCII letters become lower case", "[identity]")
{
    CHECK(identity::lower_case("TaRo@EXAMPLE.jp[Z]") == "taro@example.jp[z]");
    CHECK(identity::lower_case("ÀİΣ") == "ÀİΣ");
}

TEST_CASE("spaces at the ends go, those inside stay", "[identity]")
{
    CHECK(identity::trimmed("  a b ") == "a b");
    CHECK(identity::trimmed("a") == "a");
    CHECK(identity::trimmed("   ").empty());
    CHECK(identity::trimmed("").empty());
}

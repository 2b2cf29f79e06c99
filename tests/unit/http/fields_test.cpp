// SPDX-License-Identifier: Apache-2.0
#include "http/fields.hpp"
#include "support/catch.hpp"

#include <vector>

using namespace sekisho;
using http::field;

TEST_CASE("field names compare without case (RFC 9110, 5.1)", "[http]")
{
    CHECK(http::equal_names("Content-Type", "cONTENT-tYPE"));
    CHECK_FALSE(http::equal_names("a-b", "a_b"));
    CHECK_FALSE(http::equal_names("@", "`"));
    CHECK_FALSE(http::equal_names("[", "{"));
    CHECK_FALSE(http::equal_names("a", "ab"));
}

TEST_CASE("fields are found and counted", "[http]")
{
    const std::vector<field> fields{{"A", "1"}, {"b", "2"}, {"a", "3"}};
    CHECK(http::find(fields, "a") == "1");
    CHECK(http::find(fields, "B") == "2");
    CHECK_FALSE(http::find(fields, "c"));
    CHECK(http::count(fields, "A") == 2);
    CHECK(http::count(fields, "c") == 0);
}

TEST_CASE("tokens are found in lists over all fields (RFC 9110, 5.6.1)", "[http]")
{
    const std::vector<field> fields{{"Connection", "keep-alive ,\tUpgrade"}, {"connection", ",, x"}};
    CHECK(http::has_token(fields, "Connection", "upgrade"));
    CHECK(http::has_token(fields, "Connection", "X"));
    CHECK_FALSE(http::has_token(fields, "Connection", "keep"));
    CHECK_FALSE(http::has_token(fields, "Upgrade", "x"));
    CHECK_FALSE(http::has_token("a,,b", ""));
    CHECK_FALSE(http::has_token("", "a"));
}

TEST_CASE("a list reads the same from both ends", "[http]")
{
    const std::string list = " a ,, b c\t,d,";
    http::list_reader forth(list);
    CHECK(forth.next() == "a");
    CHECK(forth.next() == "b c");
    CHECK(forth.next() == "d");
    CHECK_FALSE(forth.next());
    http::list_reader back(list);
    CHECK(back.last() == "d");
    CHECK(back.last() == "b c");
    CHECK(back.last() == "a");
    CHECK_FALSE(back.last());
}

TEST_CASE("tokens and field values hold what RFC 9110 says", "[http]")
{
    CHECK(http::is_token("!#$%&'*+-.^_`|~09azAZ"));
    const std::string bad = GENERATE("", "a b", "a:", "a\t", "(", "\"", "\xe3", "a\r\n", "a/b", "@");
    CHECK_FALSE(http::is_token(bad));
    CHECK(http::is_field_value("caf\xc3\xa9\tok"));
    CHECK(http::is_field_value(""));
    const std::string unsafe = GENERATE(std::string("a\rb"), "a\nb", std::string(1, '\0'), "\x7f", "\x01");
    CHECK_FALSE(http::is_field_value(unsafe));
}

// SPDX-License-Identifier: Apache-2.0
#include "oidc/foreign.hpp"
#include "support/catch.hpp"

using namespace sekisho::oidc;

TEST_CASE("foreign text is quoted, shortened and freed of what could forge a line", "[oidc]")
{
    CHECK(in_quotes("plain text") == "\"plain text\"");
    CHECK(in_quotes("a\r\nb\"c\\d\x1b") == "\"a??b?c?d?\"");
    CHECK(in_quotes(std::string_view("\0", 1)) == "\"?\"");
    CHECK(in_quotes("\xe3\x81\x82") == "\"???\"");
    CHECK(in_quotes("abcdef", 3) == "\"abc\"…");
    CHECK(in_quotes("") == "\"\"");
}

TEST_CASE("an OAuth error code is repeated only in the characters of RFC 6749", "[oidc]")
{
    CHECK(error_name("invalid_grant") == "invalid_grant");
    CHECK(error_name("") == "(unprintable)");
    CHECK(error_name("a\nb") == "(unprintable)");
    CHECK(error_name("a\"b") == "(unprintable)");
    CHECK(error_name(std::string(64, 'a')) == std::string(64, 'a'));
    CHECK(error_name(std::string(65, 'a')) == "(unprintable)");
}

// SPDX-License-Identifier: Apache-2.0
#include "http/authorization.hpp"
#include "support/catch.hpp"

#include <array>

using namespace sekisho;

TEST_CASE("credentials are a scheme and what follows (RFC 9110, 11.4)", "[http]")
{
    const auto read = http::parse_credentials("Digest  a=b, c=d ");
    REQUIRE(read);
    CHECK(read->scheme == "Digest");
    CHECK(read->text == "a=b, c=d");
    CHECK(http::parse_credentials("Negotiate")->text.empty());
    CHECK_FALSE(http::parse_credentials(""));
    CHECK_FALSE(http::parse_credentials(" x"));
    CHECK_FALSE(http::parse_credentials("a,b c"));
}

TEST_CASE("Basic credentials are read (RFC 7617, 2)", "[http]")
{
    const auto read = http::parse_basic("basic QWxhZGRpbjpvcGVuOnNlc2FtZQ==");
    REQUIRE(read);
    CHECK(read->user == "Aladdin");
    CHECK(read->password.reveal() == "open:sesame");
    const auto written = http::parse_basic(http::basic_authorization("me", "p:w").reveal());
    REQUIRE(written);
    CHECK(written->user == "me");
    CHECK(written->password.reveal() == "p:w");
}

TEST_CASE("broken Basic credentials are refused", "[http]")
{
    const std::string value = GENERATE(
        "",
        "Basic",
        "Basic ",
        "Basic QWxhZGRpbg==",
        "Basic !!",
        "Bearer QWxhZGRpbjpvcGVu",
        "Basic QQ==x",
        "Basic YQA6Yg==",
        "Basic QW xh"
    );
    const auto read = http::parse_basic(value);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == errc::value_malformed);
}

TEST_CASE("a bearer token is a b64token (RFC 6750, 2.1)", "[http]")
{
    CHECK(http::parse_bearer("Bearer mF_9.B5f-4.1JqM") == "mF_9.B5f-4.1JqM");
    CHECK(http::parse_bearer("BEARER a==") == "a==");
    const std::string value = GENERATE(
        "Bearer", "Bearer a b", "Bearer a,b", "Bearer =", "Bearer a=b", "Basic abc", "Bearer\ta", "Bearer a\""
    );
    CHECK_FALSE(http::parse_bearer(value));
}

TEST_CASE("a challenge quotes what it is given (RFC 9110, 5.6.4 and 11.6.1)", "[http]")
{
    const std::array<http::challenge_parameter, 2> parameters{
        {{"realm", "a \"b\" \\ c"}, {"error", "invalid_token"}}
    };
    CHECK(
        http::challenge("Bearer", parameters) ==
        "Bearer realm=\"a \\\"b\\\" \\\\ c\", error=\"invalid_token\""
    );
    CHECK(http::challenge("Negotiate", {}) == "Negotiate");
    CHECK(http::quoted("a\r\nSet-Cookie: b") == "\"a  Set-Cookie: b\"");
}

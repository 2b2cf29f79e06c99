// SPDX-License-Identifier: Apache-2.0
#include "http/date.hpp"
#include "support/catch.hpp"

using namespace sekisho;

TEST_CASE("dates are written and read as IMF-fixdate (RFC 9110, 5.6.7)", "[http]")
{
    const auto [seconds, text] = GENERATE(table<std::int64_t, std::string>({
        {0, "Thu, 01 Jan 1970 00:00:00 GMT"},
        {784111777, "Sun, 06 Nov 1994 08:49:37 GMT"},
        {951782400, "Tue, 29 Feb 2000 00:00:00 GMT"},
        {2147483648, "Tue, 19 Jan 2038 03:14:08 GMT"},
        {253402300799, "Fri, 31 Dec 9999 23:59:59 GMT"},
        {-1, "Wed, 31 Dec 1969 23:59:59 GMT"},
    }));
    const time_point when{std::chrono::seconds(seconds)};
    CHECK(http::format_date(when).view() == text);
    const auto read = http::parse_date(text);
    REQUIRE(read);
    CHECK(*read == when);
}

TEST_CASE("what is not an IMF-fixdate is refused", "[http]")
{
    const std::string text = GENERATE(
        "",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov -994 08:49:37 GMT"
    );
    const auto read = http::parse_date(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == errc::value_malformed);
}

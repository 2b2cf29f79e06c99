// SPDX-License-Identifier: Apache-2.0
#include "http/head.hpp"
#include "support/catch.hpp"

using namespace sekisho;

TEST_CASE("a status has its standard phrase (RFC 9110, 15)", "[http]")
{
    CHECK(http::reason_phrase(200) == "OK");
    CHECK(http::reason_phrase(100) == "Continue");
    CHECK(http::reason_phrase(421) == "Misdirected Request");
    CHECK(http::reason_phrase(511) == "Network Authentication Required");
    CHECK(http::reason_phrase(299) == "Unknown");
    CHECK(http::reason_phrase(0) == "Unknown");
    CHECK(http::reason_phrase(999) == "Unknown");
}

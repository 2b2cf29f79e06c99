// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"
#include "provider/cache_life.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;

TEST_CASE("Cache-Control says how long a document lives", "[provider]")
{
    const auto [value, expected] = GENERATE(table<std::string, std::chrono::seconds>({
        {"max-age=3600", 3600s},                        // RFC 9111, 5.2.2.1
        {"public, Max-Age=60 , must-revalidate", 60s},  // RFC 9111, 5.2: names without case
        {"max-age=\"15\"", 15s},                        // RFC 9111, 5.2: both forms are to be accepted
        {"max-age=99999999999999999999999", 31536000s}, // RFC 9111, 1.2.2: saturated
        {"max-age=3600, no-store", 0s},                 // 5.2.2.5
        {"no-cache, max-age=3600", 0s},                 // 5.2.2.4
        {"max-age=-1", 0s},
        {"max-age=", 0s},
        {"max-age", 0s},
        {"s-maxage=10", 0s}, // for shared caches
        {", ,", 0s},
        {"", 0s},
    }));
    CAPTURE(value);
    CHECK(provider::cache_life({{"Date", "x"}, {"cache-control", value}}) == expected);
}

TEST_CASE("an answer without Cache-Control says nothing", "[provider]")
{
    CHECK(provider::cache_life({{"Expires", "max-age=5"}}) == 0s);
}

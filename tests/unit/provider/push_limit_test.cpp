// SPDX-License-Identifier: Apache-2.0
#include "provider/push_limit.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::provider;
using namespace std::chrono_literals;
using test::outcome;

namespace
{

const steady_time start{1h};
const result<void> good{};
const std::string full = "oidc_provider_unavailable at pushed_request";

} // namespace

TEST_CASE("so many requests are pushed at once and no more", "[provider]")
{
    push_limit limit;
    for (std::size_t count = 0; count < push_limit::most_under_way; ++count)
        REQUIRE(limit.begin(start));
    CHECK(outcome(limit.begin(start)) == full);
    limit.finished(good, start);
    CHECK(limit.begin(start));
    CHECK(outcome(limit.begin(start)) == full);
}

TEST_CASE("after an outage its failure is told again for a moment, without asking", "[provider]")
{
    push_limit limit;
    REQUIRE(limit.begin(start));
    limit.finished(fail(errc::oidc_provider_unavailable, "endpoint", "timed out"), start);
    CHECK(outcome(limit.begin(start + push_limit::pause - 1ms)) == "oidc_provider_unavailable at endpoint");
    CHECK(limit.begin(start + push_limit::pause));
}

TEST_CASE("a refusal is no outage: the next person's request is another one", "[provider]")
{
    push_limit limit;
    REQUIRE(limit.begin(start));
    limit.finished(fail(errc::oidc_auth_error, "pushed_request"), start);
    CHECK(limit.begin(start));
}

// SPDX-License-Identifier: Apache-2.0
#include "gateway/challenge.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;
using namespace sekisho::gateway;
using namespace std::chrono_literals;

TEST_CASE("a program is told by which of two errors it is that more is needed", "[gateway]")
{
    constexpr time_point now{1'790'000'000s};
    const std::string weak =
        "Bearer error=\"insufficient_user_authentication\", error_description=\"A different "
        "authentication level is required\", acr_values=\"urn:mfa phr\"";
    const std::string few =
        "Bearer error=\"insufficient_scope\", error_description=\"More has to be granted\", "
        "scope=\"read write\"";
    access::step_up demand{.acr = {"urn:mfa", "phr"}, .max_age = {}, .scopes = {"read", "write"}};
    CHECK(challenge_of(demand, {.acr = "pwd", .auth_time = {}, .scope = "read write"}, now) == weak);
    CHECK(challenge_of(demand, {.acr = "phr", .auth_time = {}, .scope = "read"}, now) == few);
    CHECK(challenge_of(demand, {.acr = "", .auth_time = {}}, now) == weak + ", " + few);
    demand = {.acr = {"a\"b\\"}, .max_age = 300s};
    CHECK(challenge_of(demand, {}, now).ends_with(", acr_values=\"a\\\"b\\\\\", max_age=\"300\""));
}

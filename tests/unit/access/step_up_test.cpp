// SPDX-License-Identifier: Apache-2.0
#include "access/policy.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;
using namespace sekisho::access;
using namespace std::chrono_literals;

namespace
{

constexpr time_point now{1'790'000'000s};

step_up_rule rule_for(std::string_view path, step_up demand)
{
    return {path_pattern::parse(path).value(), std::move(demand)};
}

} // namespace

TEST_CASE("a demand is met by one of its values and by a fresh proof, RFC 9470", "[access]")
{
    const step_up mfa{{"urn:mfa", "phr"}, {}};
    CHECK(satisfies({"urn:mfa", {}}, mfa, now));
    CHECK(satisfies({"phr", {}}, mfa, now));
    CHECK_FALSE(satisfies({"pwd", {}}, mfa, now));
    CHECK_FALSE(satisfies({"", {}}, mfa, now));

    const step_up fresh{{}, 300s};
    CHECK(satisfies({"", now - 300s}, fresh, now));
    CHECK(satisfies({"", now - 360s}, fresh, now)); // the leeway that the ID token's check has
    CHECK_FALSE(satisfies({"", now - 361s}, fresh, now));
    CHECK_FALSE(satisfies({"", {}}, fresh, now)); // who says nothing has shown nothing
    CHECK(satisfies({"", now + 30s}, fresh, now));
    auto patient = fresh; // as oidc.clock_skew is
    patient.leeway = 120s;
    CHECK(satisfies({"", now - 420s}, patient, now));
    CHECK_FALSE(satisfies({"", now - 421s}, patient, now));

    const step_up both{{"urn:mfa"}, 300s};
    CHECK(satisfies({"urn:mfa", now}, both, now));
    CHECK_FALSE(satisfies({"urn:mfa", now - 1h}, both, now));
    CHECK_FALSE(satisfies({"pwd", now}, both, now));
}

TEST_CASE("the first rule whose path matches counts, and open paths demand nothing", "[access]")
{
    const auto rules =
        policy::parse(
            {"/admin/open"}, {rule_for("/admin/keys/*", {{}, 60s}), rule_for("/admin/*", {{"urn:mfa"}, {}})}
        ).value();
    REQUIRE(rules.has_step_ups());
    const auto demanded = [&](std::string_view path, const sign_in_proof& shown)
    { return rules.unmet("GET", path, shown, now); };
    CHECK(demanded("/", {}) == nullptr);
    CHECK(demanded("/administrator", {}) == nullptr);
    REQUIRE(demanded("/admin", {}) != nullptr);
    CHECK(demanded("/admin/x", {})->acr == std::vector<std::string>{"urn:mfa"});
    CHECK(demanded("/admin/x", {"urn:mfa", {}}) == nullptr);
    CHECK(demanded("/admin/open", {}) == nullptr);
    REQUIRE(demanded("/admin/keys/1", {"urn:mfa", {}}) != nullptr);
    CHECK(demanded("/admin/keys/1", {"urn:mfa", {}})->max_age == 60s);
    CHECK(demanded("/admin/keys/1", {"", now}) == nullptr);
}

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

TEST_CASE("no spelling that an application might take for a path gets around its demand", "[access]")
{
    const auto rules = policy::parse({}, {rule_for("/portal/admin/*", {{"mfa"}, {}})}).value();
    const auto [path, is_demanded] = GENERATE(table<std::string, bool>({
        {"/portal/admin/users", true},
        {"/portal//admin/users", true},    // slashes merged (nginx, Tomcat)
        {"/portal/admin;a=1/users", true}, // path parameters cut off (Servlet 6.0, 3.5)
        {"/portal;/admin", true},
        {"/;x/portal/;y/admin/", true},
        {"/portal/admin%3Ba/users", true},
        {"/portal%2Fadmin%2Fusers", true}, // decoded before it is taken apart
        {"/portal%5Cadmin/users", true},
        {"/Portal/ADMIN/users", true}, // Windows
        {"/portal/administrator", false},
        {"/portal/admins;/admin", false},
        {"/portal", false},
        {"/x/portal/admin", false},
        {"/portal/;admin/users", false},
    }));
    CAPTURE(path);
    CHECK((rules.unmet("GET", path, {}, now) != nullptr) == is_demanded);
}

TEST_CASE("a looser reading never puts a weaker rule in the place of the one that is meant", "[access]")
{
    const auto rules =
        policy::parse(
            {"/Admin/open/*"}, {rule_for("/Admin/*", {{"low"}, {}}), rule_for("/admin/*", {{"high"}, {}})}
        ).value();
    const auto lacks = [&](std::string_view path, std::string_view acr)
    { return rules.unmet("GET", path, {acr, {}}, now) != nullptr; };
    CHECK(lacks("/admin/x", "low"));
    CHECK(lacks("/admin/x", "high")); // some application takes it for /Admin/x
    CHECK_FALSE(lacks("/Admin/x", "low"));
    CHECK_FALSE(lacks("/Admin/open/x", ""));
}

TEST_CASE("scopes are met by all of them, whole words each", "[access]")
{
    const auto [granted, those] = GENERATE(table<std::string, std::string>({
        {"read write", "read write"},
        {"write other read", "read write"},
        {"read", "read"},
        {"readwrite", ""},
        {"read writes", "read"},
        {"", ""},
    }));
    CAPTURE(granted);
    const auto is_enough = those == "read write";
    const step_up both{.acr = {}, .max_age = {}, .scopes = {"read", "write"}};
    CHECK_FALSE(both.is_empty());
    CHECK(satisfies({.acr = "", .auth_time = {}, .scope = granted}, both, now) == is_enough);
    CHECK(satisfies({.acr = "", .auth_time = {}, .scope = granted}, {}, now));
    CHECK(those_in(granted, {"read", "write"}) == those);
}

TEST_CASE("a sign-in begins as the first rule of its path says, unless the path is open", "[access]")
{
    auto wishful = rule_for("/reports/mine", {});
    wishful.parameters = {{"audience", "mine"}};
    const auto rules = policy::parse(
                           {"GET /reports/open", "POST /reports/sent"},
                           {wishful,
                            rule_for("/reports/*", {.acr = {}, .max_age = {}, .scopes = {"read", "write"}}),
                            rule_for("/*", {.acr = {}, .max_age = {}, .scopes = {"write", "else"}})}
    )
                           .value();
    REQUIRE(rules.beginning_at("/reports/mine") != nullptr);
    CHECK(rules.beginning_at("/reports/mine")->parameters == wishful.parameters);
    CHECK(rules.unmet("GET", "/reports/mine", {}, now) == nullptr); // parameters demand nothing
    REQUIRE(rules.beginning_at("/reports/1") != nullptr);
    CHECK(rules.beginning_at("/reports/1")->demand.scopes == std::vector<std::string>{"read", "write"});
    CHECK(rules.beginning_at("/reports/open") == nullptr);
    CHECK(rules.beginning_at("/reports/sent") != nullptr); // only its POST is open
    CHECK(rules.scopes() == std::vector<std::string>{"read", "write", "else"});
    CHECK(policy().beginning_at("/") == nullptr);
}

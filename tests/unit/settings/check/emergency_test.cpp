// SPDX-License-Identifier: Apache-2.0
#include "settings/check/check.hpp"
#include "support/catch.hpp"
#include "unit/settings/support.hpp"

#include <string>

namespace sekisho::settings
{
namespace
{

using Catch::Matchers::Contains;
using test::load_with;
using test::texts_of;

struct emergency_case
{
    environment changes;
    std::string setting;
    std::string message;
};

void check_one(const std::vector<finding>& findings, const emergency_case& expected)
{
    CAPTURE(expected.changes, texts_of(findings));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].setting == expected.setting);
    CHECK_THAT(findings[0].message, Contains(expected.message));
}

} // namespace

TEST_CASE("ways in beside the provider that cannot work are refused with the reason", "[settings]")
{
    const auto expected = GENERATE(values<emergency_case>({
        {{{"EMERGENCY_FILE", "/people.json"}, {"SERVER_PUBLIC_URL", ""}},
         "emergency.file",
         "server.public_url"},
        {{{"LOCAL_RESTORE", "true"}, {"LOG_LEVEL", "error"}}, "log.level", "temporary password"},
        {{{"LOCAL_RESTORE", "true"}, {"LOG_LEVEL", "off"}}, "log.level", "temporary password"},
        {{{"LOCAL_RESTORE", "true"}, {"LOCAL_USER", ""}}, "local.user", "needs a user id"},
    }));
    auto changes = expected.changes;
    const auto is_empty_user = changes.contains("LOCAL_USER");
    auto found = load_with(changes);
    if (is_empty_user)
        found = test::load_file("local:\n  restore: true\n  user: \"\"\n");
    check_one(found.found.problems, expected);
}

TEST_CASE("ways in beside the provider that surprise are warned about", "[settings]")
{
    const auto expected = GENERATE(values<emergency_case>({
        {{{"LOCAL_RESTORE", "true"}}, "local.restore", "nobody signs in at the provider"},
        {{{"LOCAL_RESTORE", "true"}, {"LOG_LEVEL", "warning"}}, "local.restore", "turn it off again"},
        {{{"EMERGENCY_GROUPS", "admins"}}, "emergency.groups", "no effect without emergency.file"},
        {{{"EMERGENCY_FILE", "/people.json"}, {"SERVER_PUBLIC_URL", "http://app.example.com"}},
         "emergency.file",
         "https only"},
    }));
    const auto found = load_with(expected.changes);
    CHECK(texts_of(found.found.problems).empty());
    auto warnings = found.found.warnings;
    std::erase_if(
        warnings, [&](const finding& each) { return each.setting.starts_with("server."); } // of plain http
    );
    check_one(warnings, expected);
}

TEST_CASE("what is as it should be beside the provider is not spoken of", "[settings]")
{
    const auto changes = GENERATE(values<environment>({
        {{"EMERGENCY_FILE", "/people.json"}},
        {{"EMERGENCY_FILE", "/people.json"}, {"EMERGENCY_GROUPS", "admins"}},
        {{"EMERGENCY_FILE", "/people.json"}, {"SERVER_PUBLIC_URL", "http://localhost:8080"}},
    }));
    CAPTURE(changes);
    const auto found = load_with(changes);
    CHECK(texts_of(found.found.problems).empty());
    for (const auto& each : found.found.warnings)
        CHECK_FALSE(each.setting.starts_with("emergency."));
}

TEST_CASE("no provider may have the name of a way in without one", "[settings]")
{
    const auto name = GENERATE(std::string("local"), std::string("emergency"));
    const auto found =
        test::load_file("providers:\n  " + name + ":\n    issuer: https://b.example.com\n    client_id: b\n");
    REQUIRE_FALSE(found.found.problems.empty());
    CHECK(found.found.problems[0].setting == "providers." + name + ".issuer");
    CHECK_THAT(found.found.problems[0].message, Contains("call the provider something else"));
}

} // namespace sekisho::settings

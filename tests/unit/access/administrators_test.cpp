// SPDX-License-Identifier: Apache-2.0
#include "access/administrators.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;
using namespace sekisho::access;

namespace
{

identity::identity alice()
{
    identity::identity who;
    who.user = "248289";
    who.username = "alice";
    who.email = "alice@corp.example";
    who.email_state = identity::email_verification::verified;
    who.groups = {"staff", "gate admins"};
    return who;
}

} // namespace

TEST_CASE("an administrator is named by id, name, verified address or group", "[access]")
{
    const auto [user, group, expected] = GENERATE(table<std::string, std::string, bool>({
        {"248289", "-", true},
        {"alice", "-", true},
        {"alice@corp.example", "-", true},
        {"alice@CORP.example", "-", true},
        {"-", "gate admins", true},
        {"Alice", "-", false},
        {"Alice@corp.example", "-", false},
        {"alice@sub.corp.example", "-", false},
        {"@corp.example", "-", false},
        {"-", "Staff", false},
        {"-", "gate", false},
        {"", "", false},
        {"*", "*", false},
    }));
    CAPTURE(user, group);
    CHECK(is_administrator(alice(), {{user}, {group}}) == expected);
}

TEST_CASE("an address that is not verified names no administrator, and empty lists nobody", "[access]")
{
    auto who = alice();
    who.email_state =
        GENERATE(identity::email_verification::unknown, identity::email_verification::unverified);
    CHECK_FALSE(is_administrator(who, {{"alice@corp.example"}, {}}));
    CHECK_FALSE(is_administrator(alice(), {}));
    identity::identity nobody;
    CHECK_FALSE(is_administrator(nobody, {{""}, {""}}));
}

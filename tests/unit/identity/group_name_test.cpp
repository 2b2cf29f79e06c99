// SPDX-License-Identifier: Apache-2.0
#include "identity/group_name.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;
using identity::common_name;
using identity::path_groups;
using identity::shortened;

TEST_CASE("a distinguished name's common name is its first part, unescaped", "[identity]")
{
    const auto [dn, name] = GENERATE(table<std::string, std::string>({
        {"CN=staff,OU=groups,DC=example,DC=jp", "staff"},
        {"cn=staff", "staff"},
        {"CN=Domain Admins,CN=Users,DC=x", "Domain Admins"},
        {R"(CN=staff\, all,OU=x)", "staff, all"}, // RFC 4514, 2.4
        {R"(CN=staff\2C all,OU=x)", "staff, all"},
        {R"(CN=\E5\B1\B1,OU=x)", "山"},
        {R"(CN=a\=b\\c,OU=x)", R"(a=b\c)"},
        {"CN=a=b,OU=x", "a=b"},
        {"OU=groups,CN=staff", ""}, // not the group's own
        {"CN=", ""},
        {"CN=,OU=x", ""},
        {"CN=a+UID=7,OU=x", ""}, // a name of two parts
        {"CN=#04024869", ""},    // an encoded value
        {"CN= staff", ""},
        {R"(CN=a\)", ""},
        {R"(CN=a\zz)", ""},
        {R"(CN="a",OU=x)", ""},
        {"staff", ""},
        {"", ""},
    }));
    CAPTURE(dn);
    CHECK(common_name(dn).value_or("") == name);
}

TEST_CASE("a group that is a path is kept, loses its slash, or is its last part", "[identity]")
{
    const auto [group, stripped, last] = GENERATE(table<std::string, std::string, std::string>({
        {"/staff", "staff", "staff"},
        {"/staff/tokyo", "staff/tokyo", "tokyo"},
        {"staff/tokyo", "staff/tokyo", "staff/tokyo"}, // no path
        {"staff", "staff", "staff"},
        {"/", "/", "/"},
        {"/staff/", "staff/", "/staff/"},
        {"//admins", "/admins", "admins"},
        {"/guests/x~/admins", "guests/x~/admins", "x~/admins"}, // a slash inside a name makes nobody an admin
    }));
    CAPTURE(group);
    CHECK(shortened(group, path_groups::keep) == group);
    CHECK(shortened(group, path_groups::strip_slash) == stripped);
    CHECK(shortened(group, path_groups::last) == last);
}

// SPDX-License-Identifier: Apache-2.0
#include "http/field_name.hpp"
#include "identity/header_config.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace sekisho;
using identity::header_config;

TEST_CASE(
    "CVE-2025-64484, CVE-2026-52845, CVE-2026-54763: every spelling of our headers is taken away",
    "[identity]"
)
{
    header_config config;
    config.extra = {"X-Department"};
    config.stripped = {"X-Legacy_User"};
    config.id_token = "X-My-Token";
    const http::name_set stripped(identity::names_to_strip(config));
    const auto name = GENERATE(
        "X-Forwarded-User",
        "x-forwarded-user",
        "X_Forwarded_User",
        "X-Forwarded_Email",
        "x_FORWARDED-groups",
        "X-Forwarded-Preferred_Username",
        "X_Forwarded_Access_Token",
        "X-Forwarded-Id_Token",
        "X_Department",
        "x-legacy-user",
        "X_MY_TOKEN",
        "X-Auth-Request-Email",
        "X_Auth-Request_Groups",
        "Remote_User",
        "REMOTE-GROUPS"
    );
    CAPTURE(name);
    CHECK(stripped.contains(name));
}

TEST_CASE("the default names are taken away whatever the configuration sends", "[identity]")
{
    header_config config;
    config.user = "X-Who";
    config.groups.clear();
    config.email.clear();
    config.username.clear();
    const http::name_set stripped(identity::names_to_strip(config));
    const auto name = GENERATE(
        "X-Who",
        "X-Forwarded-User",
        "X-Forwarded-Email",
        "X-Forwarded-Groups",
        "X-Forwarded-Preferred-Username"
    );
    CAPTURE(name);
    CHECK(stripped.contains(name));
}

TEST_CASE("the client's Authorization is taken away only when we set one", "[identity]")
{
    header_config config;
    CHECK_FALSE(http::name_set(identity::names_to_strip(config)).contains("Authorization"));
    config.authorization = identity::authorization_header::access_token;
    CHECK(http::name_set(identity::names_to_strip(config)).contains("Authorization"));
    CHECK(identity::needs_access_token(config));
    CHECK_FALSE(identity::needs_id_token(config));
}

TEST_CASE("ordinary headers of a client stay", "[identity]")
{
    const http::name_set stripped(identity::names_to_strip({}));
    const auto name =
        GENERATE("Accept", "Cookie", "X-Forwarded-For", "X-Forwarded-Users", "X-User", "Forwarded");
    CAPTURE(name);
    CHECK_FALSE(stripped.contains(name));
}

TEST_CASE("names to strip come once and sorted", "[identity]")
{
    header_config config;
    config.stripped = {"x_forwarded_user"};
    const auto names = identity::names_to_strip(config);
    CHECK(std::ranges::is_sorted(names));
    CHECK(std::ranges::adjacent_find(names) == names.end());
}

TEST_CASE("a header that cannot carry an identity is a problem of the configuration", "[identity]")
{
    CHECK(identity::problems({}).empty());
    header_config config;
    config.user = GENERATE(
        "X User",
        "X:User",
        "X\r\nUser",
        "Host",
        "content-length",
        "Transfer_Encoding",
        "Connection",
        "Cookie",
        "Authorization",
        "X-Forwarded-Host",
        "X-Forwarded-Email",
        "x_forwarded_email"
    );
    CAPTURE(config.user);
    CHECK(identity::problems(config).size() == 1);
}

TEST_CASE("a group separator that names or escapes could contain is a problem", "[identity]")
{
    header_config config;
    const auto [separator, is_usable] = GENERATE(table<char, bool>({
        {',', true},
        {'|', true},
        {';', true},
        {':', true},
        {'a', false},
        {'0', false},
        {'%', false},
        {' ', false},
        {'\n', false},
        {'\x7f', false},
        {'-', false},
        {'_', false},
        {'.', false},
        {'\xe3', false},
    }));
    config.separator = separator;
    CAPTURE(static_cast<int>(separator));
    CHECK(identity::problems(config).empty() == is_usable);
}

TEST_CASE("names of roles and pictures are taken from clients, configured or not", "[identity]")
{
    const auto [name, is_default] = GENERATE(table<const char*, bool>({
        {"X-Forwarded-Roles", true},
        {"X_Forwarded_Picture", true},
        {"X-Forwarded-Name", true},
        {"X-Auth-Request-Roles", true},
        {"X-Our-Roles", false},
        {"X-Our-Picture", false},
    }));
    CAPTURE(name);
    CHECK(http::name_set(identity::names_to_strip({})).contains(name) == is_default);
    header_config config;
    config.roles = "X-Our-Roles";
    config.picture = "X-Our-Picture";
    CHECK(http::name_set(identity::names_to_strip(config)).contains(name));
    CHECK(identity::problems(config).empty());
    config.picture = "x_our_roles";
    CHECK(identity::problems(config).size() == 1);
}

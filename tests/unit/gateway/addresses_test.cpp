// SPDX-License-Identifier: Apache-2.0
#include "gateway/addresses.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;
using namespace sekisho::gateway;

TEST_CASE("exactly our own paths are ours", "[gateway]")
{
    const auto [target, is_ours] = GENERATE(table<std::string, bool>({
        {"/logout", true},
        {"/logout?x", true},
        {"/logout#x", true},
        {"/logout/", false},
        {"/logouts", false},
        {"/oidc", false}, // applications have an /oidc of their own
        {"/oidc/callback?state=1", true},
        {"/oidc/session", true},
        {"/oidc/initiate?iss=x", true},
        {"/", false},
    }));
    CAPTURE(target);
    CHECK(addresses{}.is_ours(target) == is_ours);
}

TEST_CASE("the address that begins a sign-in carries its destination whole", "[gateway]")
{
    CHECK(addresses{}.login_for("/a?b=1&c=%2F") == "/oidc/login?return_to=%2Fa%3Fb%3D1%26c%3D%252F");
}

TEST_CASE(
    "a request's own target is returned to byte for byte, unless a browser would leave our host with it",
    "[gateway]"
)
{
    const auto [target, expected] = GENERATE(table<std::string, std::string>({
        {"/", "/"},
        {"/a%20b?x=%2f&y", "/a%20b?x=%2f&y"},
        {"//evil.example", "/"},
        {"/\\evil.example", "/"},
        {"*", "/"},
        {"", "/"},
        {"/logout", "/"},
        {"/oidc/login?return_to=/x", "/"},
    }));
    CAPTURE(target);
    CHECK(return_address_of(target, addresses{}) == expected);
}

TEST_CASE("an address of ours in another spelling is no return address", "[gateway]")
{
    const auto [candidate, expected] = GENERATE(table<std::string, std::string>({
        {"/x/../logout", "/"},
        {"/./logout?x=1", "/"},
        {"/%6Cogout", "/"},
        {"/oidc/./login?return_to=/x", "/"},
        {"https://app.example/x/../logout", "/"},
        {"/x/../y?z=1#f", "/x/../y?z=1#f"},
        {"/logout/x", "/logout/x"},
    }));
    CAPTURE(candidate);
    const auto origin = url::parse("https://app.example").value();
    CHECK(return_address(candidate, origin, addresses{}) == expected);
}
TEST_CASE("the lengths of our paths let each of them through, and no other length", "[gateway]")
{
    addresses ours;
    ours.callback_path = "/" + std::string(80, 'c');
    ours.resume_path = "/r";
    const auto lengths = ours.lengths();
    for (const auto& path : {ours.callback_path, ours.resume_path, ours.logout_path, ours.check_session_path})
        CHECK((lengths & addresses::length_bit(path)) != 0);
    CHECK((lengths & addresses::length_bit("/" + std::string(99, 'x'))) != 0); // as long ones are looked at
    for (const std::string path : {"/", "/ab", "/reports/2026/november"})
        CHECK((lengths & addresses::length_bit(path)) == 0);
}

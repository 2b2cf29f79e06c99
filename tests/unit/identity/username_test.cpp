// SPDX-License-Identifier: Apache-2.0
#include "identity/username.hpp"
#include "support/catch.hpp"
#include "unit/identity/claims_in.hpp"

#include <optional>
#include <string>

using namespace sekisho;
using identity::choose_username;
using identity::mapping_config;
using identity::username_rewrite;
using identity::username_rule;
using test::mapped;

namespace
{

std::optional<username_rewrite> rewrite(std::string_view expression, std::string replacement)
{
    return username_rewrite{identity::pattern::compile(expression).value(), std::move(replacement)};
}

std::string arcgis(const identity::username_sources& from)
{
    return choose_username(from, std::nullopt, username_rule::arcgis).value_or("");
}

} // namespace

TEST_CASE("the ArcGIS rule takes the first name it allows: claim, local part, id", "[identity]")
{
    const auto [claim, email, user, name] =
        GENERATE(table<std::string, std::string, std::string, std::string>({
            {"taro.yamada", "t@example.jp", "id.000001", "taro.yamada"},
            {"taro_y@a.b.jp", "", "id.000001", "taro_y@a.b.jp"},
            {"taro_y@a-b.jp", "", "id.000001", "id.000001"},
            {"yamada", "", "id.000001", "yamada"},                                 // six
            {"taro", "taro.yamada@example.jp", "id.000001", "taro.yamada"},        // too short
            {"taro yamada", "taro.yamada@example.jp", "id.000001", "taro.yamada"}, // a space
            {"山田太郎", "taro.yamada@example.jp", "id.000001", "taro.yamada"},    // no letters of ASCII
            {"taro+yamada", "", "id.000001", "id.000001"},
            {"", "taro@example.jp", "id.000001", "id.000001"}, // the local part is too short
            {"", "", "id.000001", "id.000001"},
            {"", "", "short", ""},
            {"taro|x", "a+b@example.jp", "auth0|5f7c", ""}, // nothing is invented
        }));
    CAPTURE(claim, email, user);
    CHECK(arcgis({claim, email, user}) == name);
}

TEST_CASE("an ArcGIS name has 6 to 128 characters", "[identity]")
{
    CHECK(arcgis({std::string(128, 'a'), "", ""}).size() == 128);
    CHECK(arcgis({std::string(129, 'a'), "", "fallback"}) == "fallback");
    CHECK(arcgis({"12345", "", "fallback"}) == "fallback");
    CHECK(arcgis({"123456", "", "fallback"}) == "123456");
}

TEST_CASE("nobody whose names an ArcGIS application cannot take is signed in under another", "[identity]")
{
    const auto none = choose_username({"a b", "x@y.jp", "auth0|1"}, std::nullopt, username_rule::arcgis);
    REQUIRE_FALSE(none);
    CHECK(none.error().code == errc::oidc_identity_unusable);
}

TEST_CASE("the pattern changes the user name's claim and nothing else", "[identity]")
{
    const auto [claim, expression, replacement, name] =
        GENERATE(table<std::string, std::string, std::string, std::string>({
            {"taro@example.jp", "@example\\.jp$", "", "taro"},
            {"taro@evil.example", "@example\\.jp$", "", "taro@evil.example"}, // not found: as it is
            {"CORP\\taro", "^CORP\\\\(.*)$", "\\1@corp", "taro@corp"},
            {"a.b.c", "\\.", "_", "a_b_c"}, // every one
            {"", "^$", "root", ""},         // no claim, no name out of nothing
        }));
    CAPTURE(claim, expression);
    CHECK(choose_username({claim, "", "u"}, rewrite(expression, replacement), username_rule::any) == name);
}

TEST_CASE("a pattern that leaves nothing usable of a name refuses the sign-in", "[identity]")
{
    const auto replacement = GENERATE("", " ", " x", "\n");
    const auto none = choose_username({"taro", "", "u"}, rewrite("^.*$", replacement), username_rule::any);
    REQUIRE_FALSE(none);
    CHECK(none.error().code == errc::oidc_identity_unusable);
}

TEST_CASE("nobody takes an administrator's name with an address that is not verified", "[identity]")
{
    mapping_config config;
    config.username_rules = username_rule::arcgis;
    config.verification = identity::verification_policy::ignored;
    const auto name = [&](std::string_view verified)
    {
        return mapped(
                   R"("email":"administrator@evil.example","email_verified":)" + std::string(verified), config
        )
            ->who.username;
    };
    CHECK(name("true") == "administrator");
    CHECK(name("false") == "248289");
    CHECK(name(R"("yes")") == "248289");
}

TEST_CASE("the same user name for two people leaves two people", "[identity]")
{
    mapping_config config;
    config.username_pattern = "@.*$";
    const auto one = mapped(test::person(R"("preferred_username":"taro@a.example")"), config);
    const auto other = mapped(
        {.claims = test::claims_of(
             R"({"iss":"https://idp.example","sub":"2","preferred_username":"taro@b.example"})"
         )},
        config
    );
    REQUIRE(one);
    REQUIRE(other);
    CHECK(one->who.username == other->who.username);
    CHECK(one->who.subject != other->who.subject);
    CHECK(one->who.user != other->who.user);
}

TEST_CASE("lower case comes first, so patterns and rules see it", "[identity]")
{
    mapping_config config;
    config.username_pattern = "@example\\.jp$";
    config.lowercase = {"username"};
    const auto who =
        mapped(R"("preferred_username":"Taro@EXAMPLE.JP","email":"Taro@Example.JP")", config)->who;
    CHECK(who.username == "taro");
    CHECK(who.email == "Taro@Example.JP"); // not asked for
}

// SPDX-License-Identifier: Apache-2.0
#include "identity/username.hpp"
#include "identity/username_suffix.hpp"
#include "support/catch.hpp"
#include "unit/identity/claims_in.hpp"

#include <optional>
#include <set>
#include <string>

using namespace sekisho;
using identity::choose_username;
using identity::mapping_config;
using identity::username_rule;
using identity::username_suffix;
using identity::with_suffix;

TEST_CASE("a suffix is made of issuer and subject together, the same at every sign-in", "[identity]")
{
    // sha256(issuer, NUL, subject), its first five bytes in base32.
    CHECK(username_suffix("https://idp.example", "248289") == "_slrkx5ho");
    CHECK(username_suffix("https://idp.example", "248290") == "_j4ewwz66");
    // The same characters, parted elsewhere.
    CHECK(username_suffix("https://idp.exampl", "e248289") == "_uaftemys");
    CHECK(username_suffix("https://idp.example", "248289").size() == identity::username_suffix_size);
}

TEST_CASE("ten thousand people have ten thousand suffixes", "[identity]")
{
    std::set<std::string> all;
    for (int each = 0; each < 10'000; ++each)
        all.insert(username_suffix("https://idp.example", std::to_string(each)));
    CHECK(all.size() == 10'000);
}

TEST_CASE("for the suffix a name is cut, at the beginning of a character", "[identity]")
{
    const auto [name, most, whole] = GENERATE(table<std::string, std::size_t, std::string>({
        {"taro", 13, "taro_12345678"},
        {"taros", 13, "taro_12345678"},
        {"山田太郎", 21, "山田太郎_12345678"},
        {"山田太郎", 20, "山田太_12345678"},
        {"山田太郎", 18, "山田太_12345678"},
        {"山田太郎", 11, "_12345678"},
        {"", 13, ""}, // nobody's name
    }));
    CAPTURE(name, most);
    CHECK(with_suffix(name, "_12345678", most) == whole);
    CHECK(with_suffix(name, "", most) == name);
}

TEST_CASE("with a suffix an ArcGIS name may be short and is never too long", "[identity]")
{
    const std::string suffix = "_abcdefgh";
    const auto [claim, name] = GENERATE_COPY(table<std::string, std::string>({
        {"t", "t" + suffix},
        {"taro", "taro" + suffix},
        {"taro.yamada", "taro.yamada" + suffix},
        {std::string(119, 'a'), std::string(119, 'a') + suffix},
        {std::string(120, 'a'), std::string(119, 'a') + suffix},
        {std::string(128, 'a'), std::string(119, 'a') + suffix},
        {std::string(129, 'a'), "t" + suffix}, // no name by the rule: the address is next
        {"taro yamada", "t" + suffix},
        {"", "t" + suffix},
    }));
    CAPTURE(claim);
    const auto chosen =
        choose_username({claim, "t@example.jp", "id.000001", suffix}, std::nullopt, username_rule::arcgis);
    REQUIRE(chosen);
    CHECK(*chosen == name);
    CHECK(chosen->size() <= 128);
}

TEST_CASE("a person of whom ArcGIS could take no name gets none out of a suffix", "[identity]")
{
    CHECK_FALSE(choose_username({"", "", "", "_abcdefgh"}, std::nullopt, username_rule::arcgis));
    CHECK_FALSE(choose_username({"a b", "", "auth0|1", "_abcdefgh"}, std::nullopt, username_rule::arcgis));
}

TEST_CASE("with suffixes two people of one name have two names", "[identity]")
{
    mapping_config config;
    config.username_pattern = "@.*$";
    config.username_suffix = true;
    const auto one = test::mapped(R"("preferred_username":"taro@a.example")", config);
    const auto other = test::mapped(
        {.claims = test::claims_of(
             R"({"iss":"https://idp.example","sub":"248290","preferred_username":"taro@b.example"})"
         )},
        config
    );
    REQUIRE(one);
    REQUIRE(other);
    CHECK(one->who.username == "taro_slrkx5ho"); // behind what the pattern left
    CHECK(other->who.username == "taro_j4ewwz66");
    CHECK(one->who.user == "248289"); // of the name alone
    CHECK(test::mapped("", config)->who.username.empty());
}

TEST_CASE("the longest name that is allowed keeps its suffix and stays one that is allowed", "[identity]")
{
    mapping_config config;
    config.username_suffix = true;
    const auto got = test::mapped(R"("preferred_username":")" + std::string(1024, 'x') + "\"", config);
    REQUIRE(got);
    CHECK(got->who.username == std::string(1015, 'x') + "_slrkx5ho");
}

// SPDX-License-Identifier: Apache-2.0
#include "settings/yaml.hpp"
#include "support/catch.hpp"

#include <string>

namespace sekisho::settings
{

TEST_CASE("a file is a tree with line numbers", "[settings]")
{
    const auto root =
        parse_yaml("# comment\noidc:\n  issuer: https://a\n  scopes: [openid, \"email\"]\n").value();
    REQUIRE(root.members.size() == 1);
    const auto& oidc = root.members[0];
    CHECK(oidc.name == "oidc");
    CHECK(oidc.line == 2);
    REQUIRE(oidc.value.members.size() == 2);
    CHECK(oidc.value.members[0].value.text == "https://a");
    CHECK(oidc.value.members[1].line == 4);
    REQUIRE(oidc.value.members[1].value.items.size() == 2);
    CHECK(oidc.value.members[1].value.items[1].text == "email");
}

TEST_CASE("JSON is YAML too", "[settings]")
{
    const auto root = parse_yaml(R"({"log": {"level": "debug"}})").value();
    REQUIRE(root.members.size() == 1);
    CHECK(root.members[0].value.members[0].value.text == "debug");
}

TEST_CASE("an empty file is an empty map, and a missing value is told from an empty text", "[settings]")
{
    CHECK(parse_yaml("").value().is == yaml_node::kind::map);
    CHECK(parse_yaml("# nothing\n").value().is == yaml_node::kind::map);
    const auto root = parse_yaml("a:\nb: \"\"\nc: null\nd: ~\ne: \"null\"\n").value();
    REQUIRE(root.members.size() == 5);
    CHECK(root.members[0].value.is == yaml_node::kind::nothing);
    CHECK(root.members[1].value.is == yaml_node::kind::text);
    CHECK(root.members[2].value.is == yaml_node::kind::nothing);
    CHECK(root.members[3].value.is == yaml_node::kind::nothing);
    CHECK(root.members[4].value.text == "null");
}

TEST_CASE("what YAML can do beyond plain settings is refused with its line", "[settings]")
{
    const auto [text, line, message] = GENERATE(Catch::Generators::table<std::string, int, std::string>({
        {"a: &x 1\nb: 2\n", 1, "anchors"},
        {"a: 1\nb: *x\n", 2, "anchor"},
        {"a: !!binary aGk=\n", 1, "tags"},
        {"a: 1\nb: 2\na: 3\n", 3, "the first is on line 1"},
        {"a:\n  b: 1\n  b: 2\n", 3, "stands twice"},
        {"? [1, 2]\n: 3\n", 2, "plain text"},
        {"a: [1\n", 2, "end of sequence"},
        {"a: 1\n---\nb: 2\n", 0, "more than one document"},
        {"a: \xff\n", 0, "UTF-8"},
    }));
    CAPTURE(text);
    const auto root = parse_yaml(text);
    REQUIRE_FALSE(root.has_value());
    CHECK(root.error().line == line);
    CHECK_THAT(root.error().message, Catch::Matchers::Contains(message));
}

TEST_CASE("a file that would grow while it is read is refused", "[settings]")
{
    std::string bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n";
    for (char name = 'b'; name < 'j'; ++name)
    {
        const std::string before(1, static_cast<char>(name - 1));
        bomb +=
            std::string(1, name) + ": &" + name + " [*" + before + ", *" + before + ", *" + before + "]\n";
    }
    CHECK_FALSE(parse_yaml(bomb).has_value());
}

TEST_CASE("size, depth and number of values have limits", "[settings]")
{
    CHECK(parse_yaml("a: [[[1]]]", {.size = 100, .depth = 4, .nodes = 10}).has_value());
    CHECK_FALSE(parse_yaml("a: [[[[1]]]]", {.size = 100, .depth = 4, .nodes = 10}).has_value());
    CHECK_FALSE(
        parse_yaml("a: [1, 2, 3, 4, 5, 6, 7, 8, 9]", {.size = 100, .depth = 4, .nodes = 10}).has_value()
    );
    CHECK_FALSE(parse_yaml("a: 12345678", {.size = 10, .depth = 4, .nodes = 10}).has_value());
    CHECK_FALSE(parse_yaml("a: " + std::string(100'000, '[')).has_value());
}

} // namespace sekisho::settings

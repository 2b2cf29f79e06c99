// SPDX-License-Identifier: Apache-2.0
#include "settings/command_words.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace sekisho;
using settings::command_words;
using words = std::vector<std::string>;

TEST_CASE("a command is parted at its spaces, and quotes keep some", "[settings]")
{
    const auto [text, expected] = GENERATE(Catch::Generators::table<std::string, words>({
        {"/bin/secret", {"/bin/secret"}},
        {"  /bin/secret\t-field=x  kv/y\n", {"/bin/secret", "-field=x", "kv/y"}},
        {"/bin/secret 'two words' \"and two\"", {"/bin/secret", "two words", "and two"}},
        {"/bin/secret --name='two words'x", {"/bin/secret", "--name=two wordsx"}},
        {R"(/bin/secret "it's" '"')", {"/bin/secret", "it's", "\""}},
        {"/bin/secret ''", {"/bin/secret", ""}},
        {"'/opt/our tools/secret' a", {"/opt/our tools/secret", "a"}},
        // What a shell would make something of is itself.
        {R"(/bin/secret $HOME `id` a\ b ; > x)", {"/bin/secret", "$HOME", "`id`", "a\\", "b", ";", ">", "x"}},
    }));
    CAPTURE(text);
    const auto made = command_words(text);
    REQUIRE(made);
    CHECK(*made == expected);
}

TEST_CASE("a command that could not be started is refused with the reason", "[settings]")
{
    const auto [text, fault] = GENERATE(Catch::Generators::table<std::string, std::string>({
        {"", "names no program"},
        {"  ", "names no program"},
        {"'' /bin/x", "names no program"},
        {"vault read x", "needs the whole path of its program, which begins with /"},
        {"./secret", "needs the whole path of its program, which begins with /"},
        {"/bin/secret 'x", "has a ' without another one"},
        {"/bin/secret \"it's", "has a \" without another one"},
        {std::string("/bin/a\0b", 8), "holds a NUL"},
    }));
    CAPTURE(text);
    const auto made = command_words(text);
    REQUIRE_FALSE(made);
    CHECK(made.error().detail == fault);
}

// SPDX-License-Identifier: Apache-2.0
// session.secret_previous: how several secrets are told apart where they are written down.
#include "settings/load.hpp"
#include "support/catch.hpp"
#include "unit/settings/support.hpp"

#include <string>
#include <vector>

namespace sekisho::settings
{

using test::good_environment;
using test::good_secret;
using test::load_file;
using test::load_with;
using test::texts_of;
using strings = std::vector<std::string>;

TEST_CASE("several earlier secrets can be given, one per line in a file", "[settings]")
{
    auto variables = good_environment();
    variables["SESSION_SECRET_PREVIOUS_FILE"] = "/run/old";
    const auto one = std::string(32, 'a');
    const auto two = std::string(32, 'b');
    const auto settings = load(
        {.file = {},
         .variables = variables,
         .overrides = {},
         .read_secret = [&](const std::string&) -> result<std::string> { return one + "\n" + two + "\n"; }}
    );
    REQUIRE(settings.values.session.secret_previous.size() == 2);
    CHECK(settings.values.session.secret_previous[1].reveal() == two);
}

TEST_CASE("a secret with spaces and commas moves to the earlier ones as it is", "[settings]")
{
    const std::string phrase("correct horse, battery staple, and some more of it");
    const auto previous_of = [](const loaded& from)
    {
        strings all;
        for (const auto& each : from.values.session.secret_previous)
            all.emplace_back(each.reveal());
        return all;
    };
    SECTION("on a line of the file")
    {
        auto variables = good_environment();
        variables["SESSION_SECRET_PREVIOUS_FILE"] = "/run/old";
        const auto text = GENERATE_COPY(
            phrase + "\n" + good_secret,
            phrase + "\r\n\r\n" + good_secret + "\r\n",
            "\n" + phrase + "\n\n" + good_secret
        );
        const auto settings = load(
            {.file = {},
             .variables = variables,
             .overrides = {},
             .read_secret = [&](const std::string&) -> result<std::string> { return text; }}
        );
        CHECK(settings.is_usable());
        CHECK(previous_of(settings) == strings{phrase, std::string(good_secret)});
    }
    SECTION("as an item of a YAML list")
    {
        const auto settings = load_file(
            "session:\n  secret_previous:\n    - \"" + phrase + "\"\n    - '" + good_secret + "'\n"
        );
        CHECK(settings.is_usable());
        CHECK(previous_of(settings) == strings{phrase, std::string(good_secret)});
    }
}

TEST_CASE("an earlier secret that was split at its spaces is refused once, with what to do", "[settings]")
{
    const auto settings = load_with({{"SESSION_SECRET_PREVIOUS", "correct horse, battery staple and more"}});
    const auto problems = texts_of(settings.found.problems);
    REQUIRE(problems.size() == 1);
    CHECK_THAT(problems[0], Catch::Matchers::StartsWith("environment SESSION_SECRET_PREVIOUS: "));
    for (const std::string part :
         {"the shortest of its 6 secrets has 3 bytes",
          "split at every space and comma",
          "SESSION_SECRET_PREVIOUS_FILE",
          "an item of a list"})
        CHECK_THAT(problems[0], Catch::Matchers::Contains(part));
    CHECK_THAT(problems[0], !Catch::Matchers::Contains("horse"));
}

TEST_CASE("a file of earlier secrets that has none is refused", "[settings]")
{
    auto variables = good_environment();
    variables["SESSION_SECRET_PREVIOUS_FILE"] = "/run/old";
    const std::string text = GENERATE("", "\n", " \r\n \n");
    const auto settings = load(
        {.file = {},
         .variables = variables,
         .overrides = {},
         .read_secret = [&](const std::string&) -> result<std::string> { return text; }}
    );
    const auto problems = texts_of(settings.found.problems);
    REQUIRE(problems.size() == 1);
    CHECK_THAT(problems[0], Catch::Matchers::Contains("the file /run/old is empty"));
}

} // namespace sekisho::settings

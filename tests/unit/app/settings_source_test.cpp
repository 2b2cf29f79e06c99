// SPDX-License-Identifier: Apache-2.0
#include "app/settings_source.hpp"
#include "support/catch.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace sekisho::app
{

using Catch::Matchers::Contains;

namespace
{

// A folder of this test's own, gone at its end.
class folder
{
public:
    folder()
    {
        std::string name = std::filesystem::temp_directory_path() / "sekisho-settings-XXXXXX";
        if (mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("no folder for temporary files");
        path_ = name;
    }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;
    ~folder() { std::filesystem::remove_all(path_); }

    std::string write(const std::string& name, const std::string& text) const
    {
        std::ofstream(path_ / name) << text;
        return path_ / name;
    }
    std::string path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace

TEST_CASE("the file named on the command line is read anew at every load", "[app]")
{
    const folder here;
    const auto name = here.write("s.yaml", "log:\n  level: debug\n");
    const settings_source source({.config_file = name, .overrides = {}}, {});
    CHECK(source.load().values.log.level == log::level::debug);
    CHECK(source.load().origin_of("log.level").place == name + ":2");
    here.write("s.yaml", "log:\n  level: error\n");
    CHECK(source.load().values.log.level == log::level::error);
}

TEST_CASE("SEKISHO_CONFIG names the file unless the command line does", "[app]")
{
    const folder here;
    const auto one = here.write("one.yaml", "log: {level: debug}");
    const auto two = here.write("two.yaml", "log: {level: error}");
    CHECK(settings_source({}, {{"SEKISHO_CONFIG", one}}).load().values.log.level == log::level::debug);
    const settings_source both({.config_file = two, .overrides = {}}, {{"SEKISHO_CONFIG", one}});
    CHECK(both.load().values.log.level == log::level::error);
    CHECK(settings_source({}, {{"SEKISHO_CONFIG", ""}}).load().values.log.level == log::level::info);
}

TEST_CASE("a file that cannot be read is one problem that says why", "[app]")
{
    const folder here;
    const auto none = here.path() + "/none.yaml";
    const auto large = here.write("large.yaml", std::string(2 * 1024 * 1024, '#'));
    const std::string why = GENERATE("No such file or directory", "Is a directory", "larger than");
    const auto name = why.starts_with("No") ? none : why.starts_with("Is") ? here.path() : large;
    const auto settings = settings_source({.config_file = name, .overrides = {}}, {}).load();
    REQUIRE(settings.found.problems.size() == 1);
    CHECK(settings.found.problems[0].place == name);
    CHECK_THAT(settings.found.problems[0].message, Contains(why));
}

TEST_CASE("the file of a secret is read without its final line break", "[app]")
{
    const folder here;
    const auto name = here.write("secret", "s3cret\n");
    const auto settings = settings_source({}, {{"OIDC_CLIENT_SECRET_FILE", name}}).load();
    CHECK(settings.values.oidc.client_secret.reveal() == "s3cret");
    const auto missing = settings_source({}, {{"OIDC_CLIENT_SECRET_FILE", here.path() + "/none"}}).load();
    CHECK_THAT(describe(missing.found), Contains("none could not be read: No such file or directory"));
}

TEST_CASE("the environment of the process is taken as it is", "[app]")
{
    REQUIRE(setenv("SEKISHO_TEST_VARIABLE", "a=b", 1) == 0);
    CHECK(process_environment().at("SEKISHO_TEST_VARIABLE") == "a=b");
    unsetenv("SEKISHO_TEST_VARIABLE");
}

TEST_CASE("findings are counted and listed for people", "[app]")
{
    const settings::findings found{
        .problems = {{"s.yaml:1", "oidc.issuer", "is wrong"}, {"", "upstream.url", "is not set"}},
        .warnings = {{"environment X", "", "has no effect\xff"}}
    };
    CHECK(
        describe(found) ==
        "2 problems in the settings:\n  s.yaml:1: oidc.issuer: is wrong\n  upstream.url: is not set\n"
        "1 warning in the settings:\n  environment X: has no effect\xff\n"
    );
    CHECK(describe({}).empty());
}

} // namespace sekisho::app

// SPDX-License-Identifier: Apache-2.0
// Values that stand in a file or come from a command, and secrets that no message shows.
#include "settings/load.hpp"
#include "support/catch.hpp"
#include "unit/settings/support.hpp"

#include <map>
#include <string>

namespace sekisho::settings
{

using test::good_environment;
using test::good_secret;
using test::load_file;
using test::load_with;
using test::texts_of;
using strings = std::vector<std::string>;

TEST_CASE("a secret can stand in a file, whose final line break is not part of it", "[settings]")
{
    const std::map<std::string, std::string> files{
        {"/run/a", "s3cret\n"}, {"/run/b", "s3cret\r\n"}, {"/run/empty", "\n"}
    };
    sources from{.file = {}, .variables = good_environment(), .overrides = {}, .read_secret = {}};
    from.read_secret = [&](const std::string& name) -> result<std::string>
    {
        if (const auto found = files.find(name); found != files.end())
            return found->second;
        return fail(errc::value_malformed, "file", "No such file or directory");
    };

    SECTION("named by a variable")
    {
        const auto* name =
            GENERATE("OIDC_CLIENT_SECRET_FILE", "OIDC_SECRET_FILE", "GORILLA_OIDC_SECRET_FILE");
        from.variables[name] = "/run/a";
        const auto settings = load(from);
        CHECK(settings.values.oidc.client_secret.reveal() == "s3cret");
        CHECK(settings.origin_of("oidc.client_secret").place == std::string("environment ") + name);
    }
    SECTION("named in YAML")
    {
        from.file = text_file{.name = "s.yaml", .text = "oidc: {client_secret_file: /run/b}"};
        CHECK(load(from).values.oidc.client_secret.reveal() == "s3cret");
    }
    SECTION("named on the command line, without a warning")
    {
        from.overrides.push_back({"oidc.client_secret_file", "/run/a"});
        const auto settings = load(from);
        CHECK(settings.values.oidc.client_secret.reveal() == "s3cret");
        CHECK(settings.found.warnings.empty());
    }
    SECTION("missing or empty")
    {
        const auto [name, problem] = GENERATE(Catch::Generators::table<std::string, std::string>({
            {"/run/none", "the file /run/none could not be read: No such file or directory"},
            {"/run/empty", "the file /run/empty is empty"},
        }));
        from.variables["OIDC_CLIENT_SECRET_FILE"] = name;
        const auto settings = load(from);
        REQUIRE(settings.found.problems.size() == 1);
        CHECK(settings.found.problems[0].message == problem);
    }
    SECTION("given beside the value itself")
    {
        from.variables["OIDC_CLIENT_SECRET_FILE"] = "/run/a";
        from.variables["OIDC_CLIENT_SECRET"] = "other";
        const auto settings = load(from);
        REQUIRE(settings.found.problems.size() == 1);
        CHECK(settings.found.problems[0].message == "OIDC_CLIENT_SECRET is set too; keep one of them");
    }
    SECTION("given beside the value itself in YAML")
    {
        from.file =
            text_file{.name = "s.yaml", .text = "oidc: {client_secret_file: /run/b, client_secret: other}"};
        const auto settings = load(from);
        REQUIRE(settings.found.problems.size() == 1);
        CHECK(settings.found.problems[0].message == "is set twice; keep one of them");
    }
}

TEST_CASE("a secret can be what a command prints", "[settings]")
{
    std::vector<strings> run;
    sources from{.file = {}, .variables = good_environment(), .overrides = {}, .read_secret = {}};
    from.read_secret = [](const std::string&) -> result<std::string> { return "of a file"; };
    from.run_command = [&](const strings& words) -> result<std::string>
    {
        run.push_back(words);
        if (words.front() == "/bin/broken")
            return fail(errc::value_malformed, "test", "it ended with status 2: sealed");
        return words.front() == "/bin/empty" ? "\n" : "s3cret\r\n";
    };
    const auto problem = [&]
    {
        const auto settings = load(from);
        REQUIRE(settings.found.problems.size() == 1);
        CHECK(settings.found.problems[0].setting == "oidc.client_secret");
        return settings.found.problems[0].message;
    };

    SECTION("named by a variable, an alias included")
    {
        const auto* name = GENERATE("OIDC_CLIENT_SECRET_COMMAND", "OIDC_SECRET_COMMAND");
        from.variables[name] = "/bin/vault read -field='the secret' kv/x";
        const auto settings = load(from);
        CHECK(settings.is_usable());
        CHECK(settings.values.oidc.client_secret.reveal() == "s3cret");
        CHECK(settings.origin_of("oidc.client_secret").place == std::string("environment ") + name);
        CHECK(run == std::vector<strings>{{"/bin/vault", "read", "-field=the secret", "kv/x"}});
        CHECK(settings.found.warnings.empty());
    }
    SECTION("named in YAML, of a provider among several too")
    {
        from.file = text_file{
            .name = "s.yaml",
            .text = "oidc: {client_secret_command: /bin/a b}\n"
                    "providers:\n"
                    "  okta: {issuer: 'https://x.okta.com', client_id: c, client_secret_command: /bin/c}\n"
        };
        from.variables["PROVIDERS_OTHER_ISSUER"] = "https://other.example";
        from.variables["PROVIDERS_OTHER_CLIENT_ID"] = "c";
        from.variables["PROVIDERS_OTHER_CLIENT_SECRET_COMMAND"] = "/bin/d";
        const auto settings = load(from);
        CHECK(settings.values.oidc.client_secret.reveal() == "s3cret");
        REQUIRE(settings.values.providers.size() == 2);
        CHECK(settings.values.providers[0].oidc.client_secret.reveal() == "s3cret");
        CHECK(settings.values.providers[1].oidc.client_secret.reveal() == "s3cret");
        CHECK(run == std::vector<strings>{{"/bin/a", "b"}, {"/bin/c"}, {"/bin/d"}});
    }
    SECTION("named on the command line, without a warning")
    {
        from.overrides.push_back({"oidc.client_secret_command", "/bin/a"});
        const auto settings = load(from);
        CHECK(settings.values.oidc.client_secret.reveal() == "s3cret");
        CHECK(settings.found.warnings.empty());
    }
    SECTION("not run where something stronger says it")
    {
        from.file = text_file{.name = "s.yaml", .text = "oidc: {client_secret_command: /bin/broken}"};
        from.variables["OIDC_CLIENT_SECRET"] = "plain";
        const auto settings = load(from);
        CHECK(settings.is_usable());
        CHECK(settings.values.oidc.client_secret.reveal() == "plain");
        CHECK(run.empty());
    }
    SECTION("a failure is told with the program, never with its arguments")
    {
        const auto [command, message] = GENERATE(Catch::Generators::table<std::string, std::string>({
            {"/bin/broken --token=t0p",
             "the command /bin/broken gave no secret: it ended with status 2: sealed"},
            {"/bin/empty", "the command /bin/empty printed nothing"},
            {"vault read", "the command needs the whole path of its program, which begins with /"},
        }));
        from.variables["OIDC_CLIENT_SECRET_COMMAND"] = command;
        CHECK(problem() == message);
    }
    SECTION("given beside the value or a file")
    {
        const auto* other = GENERATE("OIDC_CLIENT_SECRET", "OIDC_CLIENT_SECRET_FILE");
        from.variables["OIDC_CLIENT_SECRET_COMMAND"] = "/bin/a";
        from.variables[other] = "x";
        CHECK(problem() == std::string(other) + " is set too; keep one of them");
    }
    SECTION("given beside a file in YAML")
    {
        from.file = text_file{
            .name = "s.yaml", .text = "oidc: {client_secret_command: /bin/a, client_secret_file: /run/b}"
        };
        CHECK(problem() == "is set twice; keep one of them");
    }
    SECTION("as one text only")
    {
        from.file = text_file{.name = "s.yaml", .text = "oidc: {client_secret_command: [/bin/a, b]}"};
        const auto settings = load(from);
        REQUIRE(settings.found.problems.size() == 1);
        CHECK(settings.found.problems[0].message == "expected one command, as one text");
    }
    SECTION("where nobody runs commands it is a problem")
    {
        from.run_command = {};
        from.variables["OIDC_CLIENT_SECRET_COMMAND"] = "/bin/a";
        CHECK(problem() == "the command /bin/a gave no secret: commands are not run here");
    }
}

TEST_CASE("what is no secret has no command", "[settings]")
{
    CHECK_FALSE(load_file("oidc:\n  client_id_command: /bin/a\n").is_usable());
}

TEST_CASE("no message ever holds a secret, whatever is wrong with it", "[settings]")
{
    const std::string hidden = "hunter2";
    const auto settings = load(
        {.file =
             text_file{
                 .name = "s.yaml",
                 .text = "session: {secret: [hunter2, hunter2]}\nupstream: {url: \"http://u:hunter2@x\"}"
             },
         .variables =
             {{"OIDC_CLIENT_SECRET", "hunter2\nhunter2"},
              {"OIDC_SECRET", "hunter2"},
              {"SESSION_SECRT", hidden}},
         .overrides = {{"session.secret", "hunter2"}},
         .read_secret = {}}
    );
    CHECK_FALSE(settings.is_usable());
    for (const auto& list : {texts_of(settings.found.problems), texts_of(settings.found.warnings)})
        for (const auto& line : list)
            CHECK_THAT(line, !Catch::Matchers::Contains(hidden));
}

TEST_CASE("a secret on the command line is warned about", "[settings]")
{
    const auto settings = load(
        {.file = {},
         .variables = good_environment(),
         .overrides = {{"oidc.client_secret", "x"}},
         .read_secret = {}}
    );
    REQUIRE(settings.found.warnings.size() == 1);
    CHECK_THAT(settings.found.warnings[0].message, Catch::Matchers::Contains("OIDC_CLIENT_SECRET"));
}

TEST_CASE("the client id may stand in a file, as `sekisho register` writes it", "[settings]")
{
    const auto [name, provider] = GENERATE(Catch::Generators::table<std::string, std::string>({
        {"OIDC_CLIENT_ID_FILE", ""},
        {"PROVIDERS_OKTA_CLIENT_ID_FILE", "okta"},
    }));
    CAPTURE(name);
    sources from{
        .file = {},
        .variables = good_environment(),
        .overrides = {},
        .read_secret = [](const std::string& file) -> result<std::string> { return "id in " + file + "\n"; }
    };
    from.variables.erase(provider.empty() ? "OIDC_CLIENT_ID" : "");
    if (!provider.empty())
        from.variables["PROVIDERS_OKTA_ISSUER"] = "https://okta.example.com";
    from.variables[name] = "/run/client/client_id";
    const auto settings = load(from);
    CHECK(texts_of(settings.found.problems) == strings{});
    CHECK(provider_in(settings.values, provider).client_id == "id in /run/client/client_id");
}

TEST_CASE("a setting that takes no file is not read from one", "[settings]")
{
    const auto settings = load_with({{"OIDC_ISSUER_FILE", "/run/issuer"}});
    REQUIRE(settings.found.warnings.size() == 1);
    CHECK_THAT(settings.found.warnings[0].message, Catch::Matchers::Contains("is not a setting"));
}

} // namespace sekisho::settings

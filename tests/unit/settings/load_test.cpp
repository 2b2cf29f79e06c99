// SPDX-License-Identifier: Apache-2.0
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

TEST_CASE("complete settings load without a problem or warning", "[settings]")
{
    const auto settings = load_with({});
    CHECK(texts_of(settings.found.problems) == strings{});
    CHECK(texts_of(settings.found.warnings) == strings{});
    CHECK(settings.values.oidc.issuer == "https://login.example.com");
    CHECK(settings.values.session.secret.reveal() == good_secret);
}

TEST_CASE(
    "the command line wins over the environment, that over the file, that over the default", "[settings]"
)
{
    sources from{.file = {}, .variables = good_environment(), .overrides = {}, .read_secret = {}};
    const auto level = [&]
    {
        const auto settings = load(from);
        return spelling<log::level>::print(settings.values.log.level) + " from " +
               settings.origin_of("log.level").place;
    };
    CHECK(level() == "info from default");
    from.file = text_file{.name = "s.yaml", .text = "log:\n  level: debug\n"};
    CHECK(level() == "debug from s.yaml:2");
    from.variables["LOG_LEVEL"] = "warning";
    CHECK(level() == "warning from environment LOG_LEVEL");
    from.overrides.push_back({"log.level", "error"});
    CHECK(level() == "error from command line --log.level");
}

TEST_CASE("every problem is reported at once, each with its place", "[settings]")
{
    const auto settings = load(
        {.file =
             text_file{
                 .name = "s.yaml", .text = "oidc:\n  isuer: https://a\n  auth_method: maybe\nserverr: {}\n"
             },
         .variables =
             {{"SERVER_WORKERS", "many"}, {"UPSTREAM_URL", "ftp://x"}, {"SESSION_SECRET", good_secret}},
         .overrides = {{"log.levle", "info"}, {"log.access", "perhaps"}},
         .read_secret = {}}
    );
    const auto lines = texts_of(settings.found.problems);
    CHECK(lines[0] == "s.yaml:2: oidc.isuer: there is no such setting; did you mean oidc.issuer?");
    CHECK(lines[1] == "s.yaml:4: serverr: there is no such section; did you mean server?");
    CHECK_THAT(
        lines[2],
        Catch::Matchers::StartsWith("s.yaml:3: oidc.auth_method: \"maybe\" is not pkce | code | implicit |")
    );
    CHECK(
        lines[3] ==
        "environment SERVER_WORKERS: server.workers: \"many\" is not a whole number up to 4294967295"
    );
    CHECK_THAT(
        lines[4],
        Catch::Matchers::StartsWith("environment UPSTREAM_URL: upstream.url: \"ftp://x\" is not an absolute")
    );
    CHECK(lines[5] == "command line --log.levle: there is no such setting; did you mean log.level?");
    CHECK(lines[6] == "command line --log.access: log.access: \"perhaps\" is not true | false");
    CHECK_THAT(lines[7], Catch::Matchers::StartsWith("oidc.issuer: is not set"));
    CHECK_THAT(lines[8], Catch::Matchers::StartsWith("oidc.client_id: is not set"));
    CHECK(lines.size() == 9);
}

TEST_CASE("a value that could not be read is not reported as missing as well", "[settings]")
{
    const auto settings = load_with({{"UPSTREAM_URL", "nonsense"}});
    CHECK(settings.found.problems.size() == 1);
}

TEST_CASE("a misspelt variable in our sections is a warning with the nearest name", "[settings]")
{
    const auto [name, message] = GENERATE(Catch::Generators::table<std::string, std::string>({
        {"OIDC_CLIENTID", "did you mean OIDC_CLIENT_ID?"},
        {"SERVER_LISTN", "did you mean SERVER_LISTEN?"},
        {"SESSION_SECRET_FIEL", "did you mean SESSION_SECRET_FILE?"},
        {"SESSION_TIMEOUT", "did you mean SESSION_IDLE_TIMEOUT?"},
        {"OIDC_SOMETHING_ELSE_ENTIRELY", "lists all settings"},
        {"SEKISHO_OIDC_ISSUER", "settings have no prefix here: OIDC_ISSUER"},
    }));
    const auto settings = load_with({{name, "x"}});
    CHECK(settings.is_usable());
    REQUIRE(settings.found.warnings.size() == 1);
    CHECK(settings.found.warnings[0].place == "environment " + name);
    CHECK_THAT(settings.found.warnings[0].message, Catch::Matchers::Contains(message));
}

TEST_CASE("variables of other programs and of Kubernetes services are passed over", "[settings]")
{
    const auto [name, value] = GENERATE(Catch::Generators::table<std::string, std::string>({
        {"PATH", "/bin"},
        {"OIDCISH", "x"},
        {"SERVER_PORT", "tcp://10.0.0.1:8080"},
        {"SERVER_PORT_8080_TCP", "tcp://10.0.0.1:8080"},
        {"SERVER_PORT_8080_TCP_ADDR", "10.0.0.1"},
        {"ADMIN_SERVICE_HOST", "10.0.0.1"},
        {"ADMIN_SERVICE_PORT_HTTP", "80"},
        {"SEKISHO_SERVICE_HOST", "10.0.0.1"},
        {"SESSION_MANAGER", "local/desktop"},
        {"GORILLA_CUSTOMER_SECRET_STORE", "x"},
        {"OIDC_CLIENTID", ""},
    }));
    CAPTURE(name);
    CHECK(texts_of(load_with({{name, value}}).found.warnings) == strings{});
}

TEST_CASE("a name from the field is accepted, our own name wins, and a difference is told", "[settings]")
{
    auto alone = load_with({{"OIDC_ISSUER", ""}, {"GORILLA_OIDC_ISSUER", "https://gorilla.example.com"}});
    CHECK(alone.values.oidc.issuer == "https://gorilla.example.com");
    CHECK(alone.origin_of("oidc.issuer").place == "environment GORILLA_OIDC_ISSUER");
    CHECK(alone.found.warnings.empty());

    auto both = load_with({{"GORILLA_OIDC_ISSUER", "https://gorilla.example.com"}});
    CHECK(both.values.oidc.issuer == "https://login.example.com");
    REQUIRE(both.found.warnings.size() == 1);
    CHECK(both.found.warnings[0].message == "differs from OIDC_ISSUER, which is used; remove one of them");

    CHECK(load_with({{"GORILLA_OIDC_ISSUER", "https://login.example.com"}}).found.warnings.empty());
    CHECK(load_with({{"GORILLA_SESSION_LENGTH", "720h"}}).values.session.lifetime == 720h);
}

TEST_CASE("an empty variable counts as not set", "[settings]")
{
    const auto settings = load_with({{"LOG_LEVEL", ""}, {"ADMIN_LISTEN", ""}, {"IDENTITY_EMAIL_HEADER", ""}});
    CHECK(settings.is_usable());
    CHECK(settings.values.admin.listen.has_value());
    CHECK(settings.origin_of("log.level").from == source::built_in);
}

TEST_CASE("off switches a listener or a header off", "[settings]")
{
    const auto settings = load_with({{"ADMIN_LISTEN", "off"}, {"IDENTITY_EMAIL_HEADER", "off"}});
    CHECK_FALSE(settings.values.admin.listen.has_value());
    CHECK(settings.values.identity.email_header.empty());
}

TEST_CASE("lists come as YAML lists and as one text", "[settings]")
{
    CHECK(load_file("oidc: {scopes: [openid, groups]}").values.oidc.scopes == strings{"openid", "groups"});
    CHECK(load_file("oidc: {scopes: \"openid, groups\"}").values.oidc.scopes == strings{"openid", "groups"});
    CHECK(load_with({{"OIDC_SCOPES", "openid groups"}}).values.oidc.scopes == strings{"openid", "groups"});
    CHECK(load_file("identity: {groups_claim: []}").values.identity.groups_claim.empty());
}

TEST_CASE("further headers can be a YAML map", "[settings]")
{
    const auto settings = load_file(
        "identity:\n  extra_headers:\n    X-Department: department\n    X-Country: address.country\n"
    );
    CHECK(
        settings.values.identity.extra_headers ==
        std::vector<header_claim>{{"X-Department", "department"}, {"X-Country", "address.country"}}
    );
    CHECK(
        load_with({{"IDENTITY_EXTRA_HEADERS", "X-A: a, X-B: b.c"}}).values.identity.extra_headers.size() == 2
    );
}

TEST_CASE("names of groups and people may hold spaces: only a comma or a new line ends them", "[settings]")
{
    const texts expected{"Domain Admins", "hr"};
    const auto from = load_with(
        {{"IDENTITY_GROUPS_INCLUDE", "Domain Admins, hr"},
         {"IDENTITY_GROUPS_EXCLUDE", " Domain Admins ,\thr\n"},
         {"ADMIN_GROUPS", "Domain Admins\nhr"},
         {"ADMIN_USERS", "Domain Admins,,hr"}}
    );
    CHECK(from.values.identity.groups_include == expected);
    CHECK(from.values.identity.groups_exclude == expected);
    CHECK(from.values.admin.groups == expected);
    CHECK(from.values.admin.users == expected);
    CHECK(load_file("identity: {groups_include: Domain Admins}").values.identity.groups_include.size() == 1);
    CHECK(load_with({{"OIDC_SCOPES", "openid email"}}).values.oidc.scopes.size() == 2); // words
}

TEST_CASE("white space around a value is not part of it, except in a separator", "[settings]")
{
    CHECK(load_with({{"OIDC_CLIENT_ID", " app\n"}}).values.oidc.client_id == "app");
    CHECK(load_with({{"IDENTITY_GROUPS_SEPARATOR", "; "}}).values.identity.groups_separator == "; ");
}

TEST_CASE("what a file can get wrong is reported with its line and what to do", "[settings]")
{
    const auto [yaml, line] = GENERATE(Catch::Generators::table<std::string, std::string>({
        {"- a\n", "sekisho.yaml:1: expected sections such as `oidc:` with settings below them"},
        {"oidc: yes\n", "sekisho.yaml:1: oidc: this is a section: its settings stand below it, indented"},
        {"oidc.issuer: x\n",
         "sekisho.yaml:1: oidc.issuer: write the section and the setting on lines of their own: `oidc:` and, "
         "indented below "
         "it, `issuer: …`"},
        {"oidc:\n  prompt:\n",
         "sekisho.yaml:2: oidc.prompt: the value is missing; write one, or remove the line to keep the "
         "default"},
        {"oidc:\n  prompt: {a: b}\n", "sekisho.yaml:2: oidc.prompt: expected one line of UTF-8 text"},
        {"oidc:\n  prompt: [a, b]\n",
         "sekisho.yaml:2: oidc.prompt: \"a, b\" is not one line of UTF-8 text: it is a list"},
        {"oidc:\n  public_url: https://a\n",
         "sekisho.yaml:2: oidc.public_url: there is no such setting; did you mean server.public_url?"},
        {"session:\n  secret_file: [a, b]\n",
         "sekisho.yaml:2: session.secret_file: expected the name of one file"},
    }));
    const auto lines = texts_of(load_file(yaml).found.problems);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0] == line);
}

TEST_CASE("a section whose settings are all commented out is fine", "[settings]")
{
    CHECK(load_file("oidc:\n  # issuer: x\nlog:\n").is_usable());
}

} // namespace sekisho::settings

// SPDX-License-Identifier: Apache-2.0
#include "app/command/command_line.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

namespace sekisho::app
{

using Catch::Matchers::Contains;
using arguments = std::vector<std::string>;

TEST_CASE("sekisho alone is sekisho serve", "[app]")
{
    CHECK(parse_command_line({}).value().what == action::serve);
    CHECK(parse_command_line({"serve"}).value().what == action::serve);
    CHECK_FALSE(parse_command_line({}).value().request.config_file.has_value());
}

TEST_CASE("each command has its name", "[app]")
{
    const auto [name, what] = GENERATE(table<std::string, action>({
        {"check", action::check},
        {"config", action::config},
        {"health", action::health},
        {"register", action::registration},
        {"secret", action::secret},
        {"version", action::version},
    }));
    CHECK(parse_command_line({name}).value().what == what);
}

TEST_CASE("options stand before or after the command", "[app]")
{
    const auto line = GENERATE(values<arguments>({
        {"--config", "a.yaml", "check", "--json"},
        {"check", "--json", "--config", "a.yaml"},
        {"check", "-c", "a.yaml", "--json"},
        {"check", "--config=a.yaml", "--json"},
    }));
    const auto chosen = parse_command_line(line).value();
    CHECK(chosen.what == action::check);
    CHECK(chosen.request.config_file == "a.yaml");
    CHECK(chosen.format == report_format::json);
}

TEST_CASE("a report as JSON has a ticket only when it is asked for", "[app]")
{
    const auto [line, ticket] = GENERATE(table<arguments, test_ticket>({
        {{"check"}, test_ticket::shown},
        {{"check", "--ticket"}, test_ticket::shown},
        {{"check", "--json"}, test_ticket::left_out},
        {{"check", "--json", "--ticket"}, test_ticket::shown},
    }));
    CHECK(parse_command_line(line).value().ticket == ticket);
}

TEST_CASE("a setting is given by its name or through --set", "[app]")
{
    const auto line = GENERATE(values<arguments>({
        {"--oidc.issuer=https://a?b=c"},
        {"--oidc.issuer", "https://a?b=c"},
        {"serve", "--oidc.issuer=https://a?b=c"},
        {"--set", "oidc.issuer=https://a?b=c"},
        {"serve", "--set=oidc.issuer=https://a?b=c"},
    }));
    const auto chosen = parse_command_line(line).value();
    CHECK(chosen.what == action::serve);
    REQUIRE(chosen.request.overrides.size() == 1);
    CHECK(chosen.request.overrides[0].path == "oidc.issuer");
    CHECK(chosen.request.overrides[0].value == "https://a?b=c");
}

TEST_CASE("a value may be the name of a command", "[app]")
{
    const auto chosen = parse_command_line({"--oidc.client_id", "check"}).value();
    CHECK(chosen.what == action::serve);
    CHECK(chosen.request.overrides[0].value == "check");
}

TEST_CASE("config names a document", "[app]")
{
    const auto [name, wanted] = GENERATE(table<std::string, document>({
        {"reference", document::reference},
        {"schema", document::schema},
        {"example", document::example},
        {"show", document::show},
        {"errors", document::errors},
        {"errors-ja", document::errors_ja},
    }));
    CHECK(parse_command_line({"config", name}).value().document == wanted);
    CHECK(parse_command_line({"config"}).value().document == document::reference);
}

TEST_CASE("health asks for life, or for readiness", "[app]")
{
    CHECK(parse_command_line({"health"}).value().probe == probe::liveness);
    CHECK(parse_command_line({"health", "--ready"}).value().probe == probe::readiness);
}

TEST_CASE("help lists commands and settings and ends well", "[app]")
{
    const auto answer = parse_command_line({GENERATE("--help", "-h")});
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().status == 0);
    CHECK_THAT(
        answer.error().output,
        Contains("check") && Contains("--oidc.issuer  OIDC_ISSUER") && Contains("[12h]")
    );
    CHECK(answer.error().complaint.empty());
}

TEST_CASE("a line that cannot be understood is refused with what is right", "[app]")
{
    const auto [line, complaint] = GENERATE(table<arguments, std::string>({
        {{"--confg", "a"}, "\"--confg\" is not an option here; did you mean --config?"},
        {{"chekc"}, "\"chekc\" is not a command; did you mean check?"},
        {{"serve", "--frobnicate"}, "\"--frobnicate\" is not an option here"},
        {{"--config"}, "--config"},
        {{"--set", "oidc.issuer"}, "--set takes NAME=VALUE"},
        {{"--oidc.issuer"}, "--oidc.issuer needs a value"},
        {{"--oidc.issuer", "--json"}, "--oidc.issuer needs a value"},
        {{"config", "manual"}, "there is no document \"manual\""},
    }));
    CAPTURE(line);
    const auto answer = parse_command_line(line);
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().status == status_unusable);
    CHECK(answer.error().output.empty());
    CHECK_THAT(answer.error().complaint, Contains(complaint) && Catch::Matchers::StartsWith("sekisho: "));
}

} // namespace sekisho::app

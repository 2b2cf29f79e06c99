// SPDX-License-Identifier: Apache-2.0
#include "settings/document.hpp"
#include "settings/effective.hpp"
#include "settings/load.hpp"
#include "support/catch.hpp"
#include "unit/settings/support.hpp"

#include <string>

namespace sekisho::settings
{

using Catch::Matchers::Contains;
using test::good_environment;
using test::load_file;
using test::load_with;
using test::texts_of;
using strings = std::vector<std::string>;

namespace
{

// Without the short form: only what every provider needs.
environment without_oidc(const environment& more)
{
    auto variables = more;
    variables.emplace("OIDC_ISSUER", "");
    variables.emplace("OIDC_CLIENT_ID", "");
    return variables;
}

const environment okta{
    {"PROVIDERS_OKTA_ISSUER", "https://id.example.com"}, {"PROVIDERS_OKTA_CLIENT_ID", "gate"}
};

environment with(environment base, const environment& more)
{
    for (const auto& [name, value] : more)
        base[name] = value;
    return base;
}

} // namespace

TEST_CASE("further providers come from the file, the environment and the command line alike", "[settings]")
{
    sources from{
        .file = text_file{.name = "s.yaml", .text = R"(providers:
  staff-eu:
    issuer: https://staff.example.com
    client_id: from-file
    label: Staff
    extra_parameters: {kc_idp_hint: github}
)"},
        .variables = good_environment(),
        .overrides = {{"providers.staff-eu.label", "Everybody"}},
        .read_secret = {}
    };
    from.variables["PROVIDERS_STAFF_EU_CLIENT_ID"] = "from-environment";
    from.variables["IDENTITY_EXTRA_HEADERS"] = "X-Issuer: iss"; // or it would be missed
    const auto settings = load(from);
    CHECK(texts_of(settings.found.problems) == strings{});
    CHECK(texts_of(settings.found.warnings) == strings{});
    REQUIRE(settings.values.providers.size() == 1);
    const auto& one = settings.values.providers.front();
    CHECK(one.name == "staff-eu");
    CHECK(one.oidc.issuer == "https://staff.example.com");
    CHECK(one.oidc.client_id == "from-environment");
    CHECK(one.oidc.label == "Everybody");
    CHECK(one.oidc.extra_parameters == std::vector<named_value>{{"kc_idp_hint", "github"}});
    CHECK(settings.origin_of("providers.staff-eu.issuer").place == "s.yaml:3");
    CHECK(
        settings.origin_of("providers.staff-eu.client_id").place == "environment PROVIDERS_STAFF_EU_CLIENT_ID"
    );
    CHECK(settings.origin_of("providers.staff-eu.label").from == source::command_line);
    CHECK(settings.values.oidc.label.empty());
}

TEST_CASE("every setting of the section oidc exists for each further provider", "[settings]")
{
    for (const auto& row : table())
    {
        if (row.section() != "oidc")
            continue;
        const setting what{row_of(row.path), "staff-eu"};
        CAPTURE(path_of(what), environment_name(what));
        CHECK(find_setting(path_of(what)) == what);
        CHECK(find_provider_variable(environment_name(what)) == what);
        if (row.is_secret())
        {
            CHECK(find_setting(path_of(what) + "_file") == what);
            CHECK(find_provider_variable(environment_name(what) + "_FILE") == what);
        }
    }
}

TEST_CASE("of several ways to read a variable the longest name of a setting wins", "[settings]")
{
    const auto [variable, path] = GENERATE(Catch::Generators::table<std::string, std::string>({
        {"PROVIDERS_OKTA_CLAIM_HOSTS", "providers.okta.claim_hosts"},
        {"PROVIDERS_OKTA_HOSTS", "providers.okta.hosts"},
        {"PROVIDERS_OKTA_ASSERTION_AUDIENCE", "providers.okta.assertion_audience"},
        {"PROVIDERS_OKTA_CLIENT_SECRET_FILE", "providers.okta.client_secret"},
        {"PROVIDERS_A_B_C_LABEL", "providers.a-b-c.label"},
        {"PROVIDERS_A_LABEL_JA", "providers.a.label_ja"},
    }));
    CAPTURE(variable);
    const auto found = find_provider_variable(variable);
    REQUIRE(found.has_value());
    CHECK(path_of(*found) == path);
    CHECK_FALSE(find_provider_variable("PROVIDERS_ISSUER").has_value());
}

TEST_CASE("a name that could be misread in the environment, or is none, is refused", "[settings]")
{
    const auto name = GENERATE(
        as<std::string>(),
        "Okta",
        "-a",
        "a-",
        "a_b",
        "a b",
        "default",
        "okta-claim",
        "okta-assertion",
        "abcdefghijklmnopqrstuvwxyz-0123456789"
    );
    CAPTURE(name);
    CHECK(fault_of_provider_name(name).has_value());
    const auto settings = load_file("providers:\n  " + name + ":\n    client_id: x\n");
    REQUIRE_FALSE(settings.found.problems.empty());
    CHECK(settings.found.problems[0].place == "sekisho.yaml:2");
}

TEST_CASE("a provider's secret stands in a file, and is never shown", "[settings]")
{
    sources from{
        .file = {},
        .variables = with(good_environment(), okta),
        .overrides = {},
        .read_secret = [](const std::string&) -> result<std::string> { return "hunter2\n"; }
    };
    from.variables["PROVIDERS_OKTA_CLIENT_SECRET_FILE"] = "/run/secret";
    const auto settings = load(from);
    CHECK(texts_of(settings.found.problems) == strings{});
    CHECK(settings.values.providers.at(0).oidc.client_secret.reveal() == "hunter2");
    const auto text = effective(settings) + effective_json(settings);
    CHECK_THAT(text, !Contains("hunter2"));
    CHECK_THAT(
        text,
        Contains("= (set, not shown)  # environment PROVIDERS_OKTA_CLIENT_SECRET_FILE") &&
            Contains("= gate  # environment PROVIDERS_OKTA_CLIENT_ID")
    );
    from.variables["PROVIDERS_OKTA_CLIENT_SECRET"] = "other";
    CHECK(
        texts_of(load(from).found.problems) ==
        strings{"environment PROVIDERS_OKTA_CLIENT_SECRET_FILE: providers.okta.client_secret: "
                "PROVIDERS_OKTA_CLIENT_SECRET is set too; keep one of them"}
    );
}

TEST_CASE("the short form need not be there when there are others, but not by halves", "[settings]")
{
    const auto alone = load_with(without_oidc(okta));
    CHECK(texts_of(alone.found.problems) == strings{});
    CHECK_THAT(effective(alone), !Contains("\noidc.issuer"));
    const auto half = load_with(without_oidc(with(okta, {{"OIDC_LABEL", "Us"}})));
    REQUIRE(half.found.problems.size() == 2);
    CHECK_THAT(
        to_text(half.found.problems[0]),
        Contains("oidc.issuer: is not set") && Contains("because of environment OIDC_LABEL")
    );
    const auto nothing = load_with(without_oidc({}));
    CHECK(nothing.found.problems.size() == 2);
}

TEST_CASE("the rules of a provider hold for each, and say which", "[settings]")
{
    const auto [variable, value, path, message] =
        GENERATE(Catch::Generators::table<std::string, std::string, std::string, std::string>({
            {"ISSUER", "", "providers.okta.issuer", "set PROVIDERS_OKTA_ISSUER"},
            {"ISSUER", "http://login.example.com", "providers.okta.issuer", "plain http"},
            {"CLIENT_ID", "", "providers.okta.client_id", "set PROVIDERS_OKTA_CLIENT_ID"},
            {"AUTH_METHOD", "code", "providers.okta.auth_method", "providers.okta.client_secret"},
            {"SCOPES", "email", "providers.okta.scopes", "openid"},
            {"CLIENT_KEY", "/k", "providers.okta.client_key", "providers.okta.client_certificate"},
        }));
    const auto variables = with(with(good_environment(), okta), {{"PROVIDERS_OKTA_LABEL", "Okta"}});
    const auto settings = load_with(with(variables, {{"PROVIDERS_OKTA_" + variable, value}}));
    REQUIRE(settings.found.problems.size() == 1);
    CHECK(settings.found.problems[0].setting == path);
    CHECK_THAT(settings.found.problems[0].message, Contains(message));
}

TEST_CASE("a misspelt name of a provider's setting leads to the one that was meant", "[settings]")
{
    CHECK(
        texts_of(load_with({{"PROVIDERS_OKTA_CLIENT_IDD", "x"}}).found.warnings) ==
        strings{"environment PROVIDERS_OKTA_CLIENT_IDD: is not a setting and has no effect; did you mean "
                "PROVIDERS_OKTA_CLIENT_ID?"}
    );
    const auto file = load_file("providers:\n  okta:\n    isuer: https://a.example.com\n");
    REQUIRE_FALSE(file.found.problems.empty());
    CHECK(
        to_text(file.found.problems[0]) ==
        "sekisho.yaml:3: providers.okta.isuer: there is no such setting; did you mean providers.okta.issuer?"
    );
    CHECK_THAT(
        to_text(load_file("provider: {}\n").found.problems.at(0)), Contains("did you mean providers?")
    );
}

TEST_CASE("what one provider alone can have is refused to the second", "[settings]")
{
    const auto [name, value] = GENERATE(Catch::Generators::table<std::string, std::string>({
        {"EMAIL_DOMAINS", "Example.com"},
        {"HOSTS", "staff.example.com"},
        {"PATHS", "/staff/*"},
    }));
    CAPTURE(name);
    const auto settings = load_with(with(okta, {{"OIDC_" + name, value}, {"PROVIDERS_OKTA_" + name, value}}));
    REQUIRE(settings.found.problems.size() == 1);
    CHECK_THAT(to_text(settings.found.problems[0]), Contains("environment PROVIDERS_OKTA_" + name));
    CHECK_THAT(settings.found.problems[0].message, Contains("stands in oidc."));
}

TEST_CASE("each provider has its own identity: its claims, else those of all", "[settings]")
{
    const auto settings = load_with(with(
        okta,
        {{"IDENTITY_GROUPS_CLAIM", "teams"},
         {"IDENTITY_EMAIL_VERIFIED", "require"},
         {"PROVIDERS_OKTA_USER_CLAIM", "uid, sub"},
         {"PROVIDERS_OKTA_EMAIL_VERIFIED", "ignore"}}
    ));
    const auto all = effective_providers(settings.values);
    REQUIRE(all.size() == 2);
    CHECK(all[0].name == "default");
    CHECK(all[0].identity.user_claim == texts{"sub"});
    CHECK(all[0].identity.email_verified == email_verified::require);
    CHECK(all[1].name == "okta");
    CHECK(all[1].identity.user_claim == texts{"uid", "sub"});
    CHECK(all[1].identity.groups_claim == texts{"teams"});
    CHECK(all[1].identity.email_verified == email_verified::ignore);
}

TEST_CASE("any change of a provider's settings makes it another, secrets included", "[settings]")
{
    const effective_provider base{.name = "a", .oidc = {}, .identity = {}};
    CHECK(is_same(base, base));
    for (const auto& row : table())
    {
        if (row.section() != "oidc" && row.section() != "identity")
            continue;
        CAPTURE(row.path);
        model changed;
        const auto text =
            row.is_secret() || row.kind.type == form_type::text ? std::string(row.example) : std::string();
        raw_value value{.form = raw_value::shape::text, .items = {row.is_secret() ? "hunter2" : text}};
        if (!row.kind.choices.empty())
            value.items = {std::string(
                row.kind.choices[0] == row.print(model()) ? row.kind.choices[1] : row.kind.choices[0]
            )};
        if (row.kind.type == form_type::number)
            value.items = {"7"};
        if (value.items[0].empty() || row.assign(changed, value, row) ||
            (!row.is_secret() && row.print(changed) == row.print(model())))
            continue; // no other value is known of it
        CHECK_FALSE(is_same(base, {.name = "a", .oidc = changed.oidc, .identity = changed.identity}));
    }
}

} // namespace sekisho::settings

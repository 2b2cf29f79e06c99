// SPDX-License-Identifier: Apache-2.0
#include "settings/document.hpp"
#include "settings/effective.hpp"
#include "settings/load.hpp"
#include "settings/preset.hpp"
#include "support/catch.hpp"
#include "unit/settings/support.hpp"

#include <algorithm>
#include <string>

namespace sekisho::settings
{

using Catch::Matchers::Contains;
using test::load_with;
using test::texts_of;
using strings = std::vector<std::string>;

namespace
{

std::string printed(const loaded& from, std::string_view path)
{
    return print(from.values, find_setting(path).value());
}

environment at(std::string issuer, environment more = {})
{
    more["OIDC_ISSUER"] = std::move(issuer);
    return more;
}

} // namespace

TEST_CASE("a provider is known by its issuer", "[settings]")
{
    const auto [issuer, expected] = GENERATE(Catch::Generators::table<std::string, preset>({
        {"https://example.okta.com", preset::okta},
        {"https://example.okta.com/oauth2/default", preset::okta},
        {"https://example.oktapreview.com/oauth2/aus1234", preset::okta},
        {"https://id.example.com/oauth2/default", preset::okta},
        {"https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0", preset::entra},
        {"https://login.microsoftonline.com/common/v2.0", preset::entra},
        {"https://login.microsoftonline.com/organizations/v2.0", preset::entra},
        {"https://sts.windows.net/11111111-2222-3333-4444-555555555555/", preset::entra},
        {"https://accounts.google.com", preset::google},
        {"https://accounts.google.com/.well-known/openid-configuration", preset::google},
        {"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc", preset::cognito},
        {"https://tenant.eu.auth0.com/", preset::auth0},
        {"https://id.example.com/realms/main", preset::keycloak},
        {"https://id.example.com/auth/realms/main", preset::keycloak},
        {"https://abc.logto.app/oidc", preset::logto},
        {"https://id.example.com/oidc", preset::logto},
        {"https://auth.pingone.eu/0000/as", preset::ping},
        {"https://sso.pingidentity.com", preset::ping},
        {"https://gitlab.com", preset::gitlab},
        {"https://gitlab.example.com", preset::gitlab},
        {"https://dex.example.com/dex", preset::dex},
        {"https://id.example.com/auth/dex", preset::dex},
        {"https://fs.example.com/adfs", preset::adfs},
        {"https://github.com", preset::github},
        {"https://login.example.com", preset::generic},
        // A name that only looks like a company's belongs to whoever registered it.
        {"https://okta.com.example.com", preset::generic},
        {"https://evilgitlab.com", preset::generic},
        {"https://accounts.google.com.example.com", preset::generic},
        {"https://example.com/notrealms/main", preset::generic},
        {"not an address", preset::generic},
        {"", preset::generic},
    }));
    CAPTURE(issuer);
    CHECK(detect_preset(issuer) == expected);
}

TEST_CASE("every value of every preset can be read, says why, and changes something", "[settings]")
{
    for (const auto& each : preset_table())
    {
        CAPTURE(name_of(each.of), each.name, each.value);
        CHECK(each.why.ends_with('.'));
        const auto row = find_row("oidc." + std::string(each.name));
        REQUIRE(row.has_value());
        model values;
        values.oidc.preset = each.of;
        values.oidc.issuer = "https://id.example.com/common/v2.0";
        values.oidc.client_id = "app";
        // Conditions: one of these lets each value apply.
        auto applied = false;
        for (const auto* issuer : {"https://id.example.com/common/v2.0", "https://id.example.com"})
            for (const auto* const secret_text : {"", "hunter2"})
            {
                auto tried = values;
                tried.oidc.issuer = issuer;
                tried.oidc.client_secret = secret(secret_text);
                tried.oidc.service_account = secret_text;
                origins by;
                const auto changes = apply_presets(tried, by).at(0).changes;
                applied = applied || std::ranges::any_of(
                                         changes,
                                         [&](const preset_change& change)
                                         {
                                             return change.what.row == *row && change.why == each.why &&
                                                    change.value != table()[*row].print(values);
                                         }
                                     );
            }
        CHECK(applied);
    }
}

TEST_CASE("what a preset says stands between the default and everything that anybody set", "[settings]")
{
    const auto plain = load_with(at("https://accounts.google.com"));
    CHECK(printed(plain, "oidc.preset") == "google");
    CHECK(plain.origin_of("oidc.preset").place == "detected from the issuer");
    CHECK(printed(plain, "oidc.prompt") == "select_account");
    CHECK(plain.origin_of("oidc.prompt").place == "preset google");
    CHECK_THAT(effective(plain), Contains("= select_account  # preset google"));

    const auto own = load_with(at("https://accounts.google.com", {{"OIDC_PROMPT", "login"}}));
    CHECK(printed(own, "oidc.prompt") == "login");
    CHECK(own.origin_of("oidc.prompt").place == "environment OIDC_PROMPT");

    const auto generic = load_with(at("https://accounts.google.com", {{"OIDC_PRESET", "generic"}}));
    CHECK(printed(generic, "oidc.prompt") == "");
    CHECK(generic.presets.at(0).changes.empty());
    CHECK_FALSE(generic.presets.at(0).is_detected);

    const auto chosen = load_with(at("https://login.example.com", {{"OIDC_PRESET", "cognito"}}));
    CHECK(printed(chosen, "oidc.sign_out") == "cognito");
}

TEST_CASE("what somebody said for every provider wins over a preset's claim", "[settings]")
{
    const auto settings = load_with(
        at("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc", {{"IDENTITY_GROUPS_CLAIM", "groups"}})
    );
    const auto who = effective_providers(settings.values).at(0).identity;
    CHECK(who.groups_claim == texts{"groups"});
    CHECK(who.username_claim == texts{"cognito:username", "preferred_username"});
}

TEST_CASE("Origin at the token endpoint is as the kind of registration wants it", "[settings]")
{
    const auto issuer = GENERATE(
        as<std::string>(),
        "https://example.okta.com",
        "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0"
    );
    CHECK(load_with(at(issuer)).values.oidc.token_origin == off_on_auto::on);
    CHECK(load_with(at(issuer, {{"OIDC_CLIENT_SECRET", "x"}})).values.oidc.token_origin == off_on_auto::off);
    CHECK(
        load_with(at(issuer, {{"OIDC_ASSERTION_FILE", "/token"}})).values.oidc.token_origin ==
        off_on_auto::off
    );
}

TEST_CASE("scopes are added only where the server knows them", "[settings]")
{
    CHECK(printed(load_with(at("https://example.okta.com")), "oidc.scopes").contains("groups"));
    CHECK_FALSE(
        printed(load_with(at("https://example.okta.com/oauth2/default")), "oidc.scopes").contains("groups")
    );
    CHECK(printed(load_with(at("https://abc.logto.app/oidc")), "oidc.scopes").contains("roles"));
    CHECK_FALSE(printed(load_with(at("https://id.example.com/oidc")), "oidc.scopes").contains("roles"));
}

TEST_CASE("Entra for many tenants needs to know whose, and believes no tenant's e-mail address", "[settings]")
{
    const auto open = load_with(at("https://login.microsoftonline.com/common/v2.0"));
    REQUIRE(open.found.problems.size() == 1);
    CHECK(open.found.problems[0].setting == "oidc.tenants");
    const auto closed = load_with(
        at("https://login.microsoftonline.com/common/v2.0",
           {{"OIDC_TENANTS", "11111111-2222-3333-4444-555555555555"}})
    );
    CHECK(texts_of(closed.found.problems) == strings{});
    CHECK(closed.values.oidc.issuer_check == issuer_check::tenant_template);
    const auto who = effective_providers(closed.values).at(0).identity;
    CHECK(who.email_claim == texts{"/verified_primary_email/0"}); // nOAuth
    CHECK(who.user_claim == texts{"sub"});
    const auto single =
        load_with(at("https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0"));
    CHECK(single.values.oidc.issuer_check == issuer_check::exact);
    CHECK(effective_providers(single.values).at(0).identity.user_claim == texts{"oid", "sub"});
}

TEST_CASE(
    "Keycloak's roles are those of this client, by a pointer that any client id fits into", "[settings]"
)
{
    const auto settings =
        load_with(at("https://id.example.com/realms/main", {{"OIDC_CLIENT_ID", "a/b.c~d"}}));
    const auto who = effective_providers(settings.values).at(0).identity;
    const std::string of_client = "/resource_access/a~1b.c~0d/roles";
    CHECK(
        who.roles_claim ==
        texts{
            of_client, "realm_access.roles", "access_token?:" + of_client, "access_token?:realm_access.roles"
        }
    );
    CHECK(who.group_paths == path_groups::strip_slash);
}

TEST_CASE("a refresh token is asked for while sessions are renewed, whatever else is asked for", "[settings]")
{
    const std::string entra = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0";
    const auto [more, expected] = GENERATE(Catch::Generators::table<environment, texts>({
        {{}, {"offline_access"}},
        {{{"OIDC_SCOPES", "openid email"}}, {"offline_access"}},
        {{{"OIDC_REFRESH_SCOPES", "openid"}}, {"openid"}},
        {{{"SESSION_REFRESH", "false"}}, {}},
    }));
    const auto settings = load_with(at(entra, more));
    CHECK(effective_providers(settings.values).at(0).oidc.refresh_scopes == expected);
}

TEST_CASE("GitHub needs its secret and nothing else", "[settings]")
{
    const auto settings = load_with(at("https://github.com", {{"OIDC_CLIENT_SECRET", "x"}}));
    CHECK(texts_of(settings.found.problems) == strings{});
    CHECK(settings.values.oidc.token_endpoint->text() == "https://github.com/login/oauth/access_token");
    CHECK_FALSE(settings.values.oidc.api_url.has_value());
    CHECK(is_oauth_only(settings.values.oidc));
    for (const auto& [name, value] : environment{{"OIDC_MAX_AGE", "1h"}, {"OIDC_ACR_VALUES", "mfa"}})
    {
        CAPTURE(name);
        const auto asked = load_with(at("https://github.com", {{"OIDC_CLIENT_SECRET", "x"}, {name, value}}));
        REQUIRE(asked.found.problems.size() == 1);
        CHECK_THAT(asked.found.problems[0].message, Contains("without an ID token"));
    }
    const auto own =
        load_with(at("https://git.example.com/", {{"OIDC_PRESET", "github"}, {"OIDC_CLIENT_SECRET", "x"}}));
    CHECK(texts_of(own.found.problems) == strings{});
    CHECK(own.values.oidc.api_url->text() == "https://git.example.com/api/v3");
    CHECK(load_with(at("https://github.com")).found.problems.at(0).setting == "oidc.client_secret");
}

TEST_CASE("each provider has its own preset, and the report tells what it changed", "[settings]")
{
    const auto settings =
        load_with({{"PROVIDERS_G_ISSUER", "https://accounts.google.com"}, {"PROVIDERS_G_CLIENT_ID", "x"}});
    REQUIRE(settings.presets.size() == 2);
    CHECK(settings.presets[0].preset == preset::generic);
    CHECK(settings.presets[1].provider == "g");
    CHECK(
        changes_of(settings.presets[1].changes) ==
        "providers.g.sign_out = none, providers.g.prompt = select_account, "
        "providers.g.email_verified = require, providers.g.extra_parameters = access_type=offline, "
        "providers.g.username_claim = preferred_username, email"
    );
    CHECK(settings.values.oidc.prompt.empty());
}

} // namespace sekisho::settings

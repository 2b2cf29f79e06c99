// SPDX-License-Identifier: Apache-2.0
// What each provider is asked for by nothing but its preset: scopes that others refuse, and what gives
// refresh tokens.
#include "flow/preset_house.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;
using namespace sekisho::test;

TEST_CASE("each provider is asked for what it has, and never for what it refuses", "[flow]")
{
    // Refused: `groups` by Cognito, Google and Entra; `offline_access` by Google, GitLab and, without the
    // grant, by Okta and PingOne.
    const auto [name, issuer, scope, prompt, access_type] =
        GENERATE(table<std::string, std::string, std::string, std::string, std::string>({
            {"okta", "https://acme.okta.com", "openid profile email groups", "", ""},
            {"okta", "https://acme.okta.com/oauth2/default", "openid profile email", "", ""},
            {"entra",
             "https://login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0",
             "openid profile email offline_access",
             "",
             ""},
            {"google", "https://accounts.google.com", "openid profile email", "select_account", "offline"},
            {"cognito",
             "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc",
             "openid profile email",
             "",
             ""},
            {"auth0", "https://acme.auth0.com/", "openid profile email offline_access", "", ""},
            {"keycloak", "https://sso.acme.example/realms/staff", "openid profile email", "", ""},
            {"logto",
             "https://acme.logto.app/oidc",
             "openid profile email roles offline_access",
             "consent",
             ""},
            {"ping", "https://auth.pingone.eu/8eaef023/as", "openid profile email", "", ""},
            {"gitlab", "https://gitlab.com", "openid profile email", "", ""},
            {"gitlab", "https://acme.example/gitlab", "openid profile email", "", ""},
            {"dex", "https://sso.acme.example/dex", "openid profile email groups offline_access", "", ""},
            {"adfs", "https://sso.acme.example/adfs", "openid profile email", "", ""},
            {"generic", "https://id.acme.example", "openid profile email", "", ""},
        }));
    CAPTURE(name, issuer);
    preset_house at(written(name, {{"OIDC_ISSUER", issuer}, {"OIDC_PRESET", name}}));
    const auto there = at.here.leave().provider_address.text();
    CHECK(parameter_of(there, "scope") == scope);
    CHECK(parameter_of(there, "prompt") == prompt);
    CHECK(parameter_of(there, "access_type") == access_type);
}

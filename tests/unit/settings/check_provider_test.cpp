// SPDX-License-Identifier: Apache-2.0
#include "settings/load.hpp"
#include "support/catch.hpp"
#include "unit/settings/support.hpp"

#include <string>

namespace sekisho::settings
{
namespace
{

using Catch::Matchers::Contains;
using test::load_with;

struct rule_case
{
    environment changes;
    std::string setting;
    std::string message;
};

void check_one(const std::vector<finding>& found, const rule_case& expected)
{
    CAPTURE(expected.setting, test::texts_of(found));
    REQUIRE(found.size() == 1);
    CHECK(found[0].setting == expected.setting);
    CHECK_THAT(found[0].message, Contains(expected.message));
}

} // namespace

TEST_CASE("a provider's settings that cannot work together are refused, each with what to do", "[settings]")
{
    const auto expected = GENERATE(values<rule_case>({
        {{{"OIDC_AUTH_METHOD", "hybrid"}, {"OIDC_RESPONSE_MODE", "query"}},
         "oidc.response_mode",
         "code id_token"},
        {{{"OIDC_AUTH_METHOD", "hybrid"}, {"OIDC_RESPONSE_MODE", "query.jwt"}},
         "oidc.response_mode",
         "query.jwt cannot carry the tokens of code id_token"},
        {{{"OIDC_RESPONSE_MODE", "form_post.jwt"}, {"SERVER_PUBLIC_URL", "http://app.example.com"}},
         "oidc.response_mode",
         "needs https"},
        {{{"OIDC_REQUEST_OBJECT", "signed"}}, "oidc.request_object", "oidc.signing_key"},
        {{{"OIDC_REQUEST_OBJECT", "encrypted"}}, "oidc.request_object", "encrypted needs oidc.signing_key"},
        {{{"OIDC_REQUEST_OBJECT", "encrypted"}, {"OIDC_SIGNING_KEY", "/k"}, {"OIDC_EXTRA_PARAMETERS", "sub=x"}
         },
         "oidc.extra_parameters",
         "is encrypted"},
        {{{"OIDC_REQUEST_OBJECT", "encrypted"}, {"OIDC_SIGNING_KEY", "/k"}, {"OIDC_ID_TOKEN_SIGNATURE", "tls"}
         },
         "oidc.request_object",
         "none of its keys count"},
        {{{"OIDC_REQUEST_OBJECT", "encrypted"},
          {"OIDC_SIGNING_KEY", "/k"},
          {"OIDC_PRESET", "github"},
          {"OIDC_CLIENT_SECRET", "x"}},
         "oidc.request_object",
         "GitHub and GitLab have none"},
        {{{"OIDC_REQUEST_OBJECT", "signed"}, {"OIDC_SIGNING_KEY", "/k"}, {"OIDC_EXTRA_PARAMETERS", "sub=x"}},
         "oidc.extra_parameters",
         "sub cannot be a parameter"},
        {{{"OIDC_REQUEST_OBJECT", "signed"},
          {"OIDC_SIGNING_KEY", "/k"},
          {"ACCESS_STEP_UP", "/a parameter=sub:x"}},
         "access.step_up",
         "cannot be one while"},
        {{{"OIDC_AUTH_METHOD", "id_token token"}, {"ACCESS_STEP_UP", "/a scope=read"}},
         "oidc.auth_method",
         "where it can be changed; use pkce"},
        {{{"OIDC_PUSHED_AUTHORIZATION", "always"},
          {"OIDC_DISCOVERY", "false"},
          {"OIDC_AUTHORIZATION_ENDPOINT", "https://a.example.com/a"},
          {"OIDC_TOKEN_ENDPOINT", "https://a.example.com/t"},
          {"OIDC_JWKS_FILE", "/k"}},
         "oidc.pushed_authorization_request_endpoint",
         "pushed_authorization is always"},
        {{{"OIDC_PUSHED_AUTHORIZATION_REQUEST_ENDPOINT", "http://idp.example.com/par"}},
         "oidc.pushed_authorization_request_endpoint",
         "plain http"},
        {{{"OIDC_AUTH_METHOD", "code token"}, {"SERVER_PUBLIC_URL", "http://app.example.com"}},
         "oidc.auth_method",
         "needs https"},
        {{{"OIDC_CLIENT_AUTHENTICATION", "client_secret_jwt"}},
         "oidc.client_authentication",
         "client_secret is not set"},
        {{{"OIDC_CLIENT_AUTHENTICATION", "private_key_jwt"}}, "oidc.client_authentication", "signing_key"},
        {{{"OIDC_CLIENT_AUTHENTICATION", "tls_client_auth"}},
         "oidc.client_authentication",
         "client_certificate"},
        {{{"OIDC_CLIENT_AUTHENTICATION", "self_signed_tls_client_auth"}},
         "oidc.client_authentication",
         "client_certificate"},
        {{{"OIDC_SIGNING_KEY", "/k"}, {"OIDC_ASSERTION_FILE", "/a"}}, "oidc.assertion_file", "signing_key"},
        {{{"OIDC_SIGNING_KEY_ALGORITHM", "RS256"}}, "oidc.signing_key_algorithm", "oidc.signing_key"},
        {{{"OIDC_SIGNING_KEY", "/k"}, {"OIDC_SIGNING_KEY_ALGORITHM", "HS256"}},
         "oidc.signing_key_algorithm",
         "EdDSA"},
        {{{"OIDC_REQUIRE_ENCRYPTION", "true"}}, "oidc.require_encryption", "oidc.decryption_key"},
        {{{"OIDC_SIGNING_KEY", "/k"}, {"OIDC_DECRYPTION_KEY", "/k"}},
         "oidc.decryption_key",
         "make one for each"},
        {{{"OIDC_DPOP_KEY", "/k"}, {"OIDC_AUTH_METHOD", "implicit"}}, "oidc.dpop_key", "no access token"},
        {{{"OIDC_DPOP_KEY", "/k"}, {"OIDC_AUTH_METHOD", "code token"}},
         "oidc.dpop_key",
         "code token; use pkce"},
        {{{"OIDC_DPOP_KEY", "/k"}, {"OIDC_SIGNING_KEY", "/k"}}, "oidc.dpop_key", "is also oidc.signing_key"},
        {{{"OIDC_DPOP_KEY", "/k"}, {"OIDC_DECRYPTION_KEY", "/k"}},
         "oidc.dpop_key",
         "is also oidc.decryption_key"},
        {{{"OIDC_EXTRA_PARAMETERS", "dpop_jkt=x"}}, "oidc.extra_parameters", "dpop_jkt"},
        {{{"OIDC_SIGNING_CERTIFICATE", "/c"}}, "oidc.signing_certificate", "oidc.signing_key"},
        {{{"OIDC_CLIENT_CERTIFICATE", "/c"}}, "oidc.client_certificate", "oidc.client_key"},
        {{{"OIDC_CLIENT_KEY", "/k"}}, "oidc.client_key", "oidc.client_certificate"},
        {{{"OIDC_DISCOVERY", "false"},
          {"OIDC_TOKEN_ENDPOINT", "https://a.example.com/t"},
          {"OIDC_JWKS_FILE", "/k"}},
         "oidc.authorization_endpoint",
         "is not set"},
        {{{"OIDC_DISCOVERY", "false"},
          {"OIDC_AUTHORIZATION_ENDPOINT", "https://a.example.com/a"},
          {"OIDC_JWKS_FILE", "/k"}},
         "oidc.token_endpoint",
         "is not set"},
        {{{"OIDC_DISCOVERY", "false"},
          {"OIDC_AUTHORIZATION_ENDPOINT", "https://a.example.com/a"},
          {"OIDC_TOKEN_ENDPOINT", "https://a.example.com/t"}},
         "oidc.jwks_uri",
         "jwks_file"},
        {{{"OIDC_DISCOVERY", "false"},
          {"OIDC_AUTHORIZATION_ENDPOINT", "https://a.example.com/a"},
          {"OIDC_TOKEN_ENDPOINT", "https://a.example.com/t"},
          {"OIDC_JWKS_FILE", "/k"},
          {"OIDC_USERINFO", "always"}},
         "oidc.userinfo_endpoint",
         "userinfo is always"},
        {{{"OIDC_DISCOVERY", "false"},
          {"OIDC_AUTHORIZATION_ENDPOINT", "https://a.example.com/a"},
          {"OIDC_TOKEN_ENDPOINT", "https://a.example.com/t"},
          {"OIDC_JWKS_FILE", "/k"},
          {"OIDC_SIGN_OUT", "standard"}},
         "oidc.end_session_endpoint",
         "sign_out is standard"},
        {{{"OIDC_JWKS_FILE", "/k"}, {"OIDC_JWKS_URI", "https://a.example.com/k"}},
         "oidc.jwks_file",
         "oidc.jwks_uri"},
        {{{"OIDC_TOKEN_ENDPOINT", "http://a.example.com/t"}}, "oidc.token_endpoint", "plain http"},
        {{{"OIDC_SIGNED_JWKS_URI", "https://a.example.com/k.jwt"}},
         "oidc.signed_jwks_uri",
         "needs oidc.signed_jwks_keys"},
        {{{"OIDC_SIGNED_JWKS_KEYS", "/s"}, {"OIDC_SIGNED_JWKS_URI", "http://a.example.com/k.jwt"}},
         "oidc.signed_jwks_uri",
         "plain http"},
        {{{"OIDC_SIGNED_JWKS_KEYS", "/s"}, {"OIDC_JWKS_URI", "https://a.example.com/k"}},
         "oidc.jwks_uri",
         "only the signed set counts"},
        {{{"OIDC_SIGNED_JWKS_KEYS", "/s"}, {"OIDC_JWKS_FILE", "/k"}},
         "oidc.jwks_file",
         "oidc.signed_jwks_keys"},
        {{{"OIDC_SIGNED_JWKS_KEYS", "/s"},
          {"OIDC_DISCOVERY", "false"},
          {"OIDC_AUTHORIZATION_ENDPOINT", "https://a.example.com/a"},
          {"OIDC_TOKEN_ENDPOINT", "https://a.example.com/t"}},
         "oidc.signed_jwks_uri",
         "nothing says where"},
        {{{"OIDC_METADATA_URL", "http://a.example.com/m"}}, "oidc.metadata_url", "plain http"},
        {{{"OIDC_METADATA_URL", "https://a.example.com/m"},
          {"OIDC_DISCOVERY", "false"},
          {"OIDC_AUTHORIZATION_ENDPOINT", "https://a.example.com/a"},
          {"OIDC_TOKEN_ENDPOINT", "https://a.example.com/t"},
          {"OIDC_JWKS_FILE", "/k"}},
         "oidc.metadata_url",
         "no document is asked for"},
        {{{"OIDC_BACK_CHANNEL_URL", "http://a.example.com"}}, "oidc.back_channel_url", "plain http"},
        {{{"OIDC_BACK_CHANNEL_URL", "https://a.example.com/x"}}, "oidc.back_channel_url", "only"},
        {{{"OIDC_ISSUER_CHECK", "tenant_template"}}, "oidc.tenants", "anybody with a Microsoft account"},
        {{{"OIDC_ISSUER_CHECK", "tenant_template"}, {"OIDC_TENANTS", "example.com"}},
         "oidc.tenants",
         "is not a tenant's id"},
        {{{"OIDC_GROUPS_FROM", "google"}, {"OIDC_SERVICE_ACCOUNT_ACTOR", "a@example.com"}},
         "oidc.groups_from",
         "oidc.service_account"},
        {{{"OIDC_GROUPS_FROM", "google"}, {"OIDC_SERVICE_ACCOUNT", "/k"}},
         "oidc.groups_from",
         "oidc.service_account_actor"},
        {{{"OIDC_EXTRA_PARAMETERS", "redirect_uri=https://evil.example.com"}},
         "oidc.extra_parameters",
         "belongs to the protocol"},
        {{{"OIDC_EXTRA_PARAMETERS", "prompt=login"}}, "oidc.extra_parameters", "oidc.prompt"},
        {{{"OIDC_LOGIN_PARAMETERS", "redirect_uri"}}, "oidc.login_parameters", "redirect_uri"},
        {{{"OIDC_LOGIN_PARAMETERS", "return_to"}}, "oidc.login_parameters", "return_to"},
        {{{"OIDC_DISPLAY", "large"}}, "oidc.display", "popup"},
        {{{"OIDC_EMAIL_DOMAINS", "@example.com"}}, "oidc.email_domains", "example.com"},
        {{{"OIDC_HOSTS", "https://a.example.com"}}, "oidc.hosts", "is not a host name"},
        {{{"OIDC_CLAIM_HOSTS", "a/b"}}, "oidc.claim_hosts", "is not a host name"},
        {{{"OIDC_PATHS", "staff"}}, "oidc.paths", "/staff/*"},
        {{{"OIDC_LOGO", "https://a.example.com/logo.svg"}}, "oidc.logo", "must be a file"},
        {{{"IDENTITY_USERNAME_PATTERN", "(a"}}, "identity.username_pattern", "RE2"},
        {{{"IDENTITY_USERNAME_PATTERN", "a"}, {"IDENTITY_USERNAME_REPLACEMENT", "\\1"}},
         "identity.username_replacement",
         "does not fit"},
        {{{"IDENTITY_GROUPS_INCLUDE", "/[/"}}, "identity.groups_include", "RE2"},
        {{{"IDENTITY_GROUPS_EXCLUDE", "/(?=a)/"}}, "identity.groups_exclude", "RE2"},
        {{{"IDENTITY_LOWERCASE", "name"}}, "identity.lowercase", "username"},
        {{{"IDENTITY_GROUPS_SEPARATOR", "; "}}, "identity.groups_separator", "more than one ASCII character"},
        {{{"IDENTITY_GROUPS_SEPARATOR", "、"}}, "identity.groups_separator", "more than one ASCII character"},
        {{{"IDENTITY_NAME_HEADER", "X-Forwarded-User"}}, "identity.name_header", "used by"},
        {{{"ACCESS_STEP_UP", "/a* acr=x"}}, "access.step_up", "is not a path"},
        {{{"SERVER_JWKS_PATH", "/oidc/login"}}, "server.jwks_path", "same as server.login_path"},
    }));
    check_one(load_with(expected.changes).found.problems, expected);
}

TEST_CASE("a provider's settings that have no effect or are weak are warned about", "[settings]")
{
    const auto expected = GENERATE(values<rule_case>({
        {{{"OIDC_CLIENT_AUTHENTICATION", "client_secret_jwt"}, {"OIDC_CLIENT_SECRET", "short"}},
         "oidc.client_secret",
         "guess it"},
        {{{"OIDC_CLIENT_AUTHENTICATION", "none"}, {"OIDC_SIGNING_KEY", "/k"}},
         "oidc.client_authentication",
         "not sent"},
        {{{"OIDC_TENANTS", "11111111-2222-3333-4444-555555555555"}}, "oidc.tenants", "tenant_template"},
        {{{"OIDC_SERVICE_ACCOUNT", "/k"}}, "oidc.service_account", "google"},
        {{{"OIDC_API_URL", "https://a.example.com"}}, "oidc.api_url", "no effect"},
        {{{"OIDC_HOSTED_DOMAINS", "example.com"}}, "oidc.hosted_domains", "Google"},
        {{{"OIDC_USERINFO_TOKEN", "query"}}, "oidc.userinfo_token", "logs"},
        {{{"OIDC_DPOP_KEY", "/k"}, {"OIDC_GROUPS_FROM", "microsoft"}},
         "oidc.dpop_key",
         "oidc_directory_failure"},
        {{{"OIDC_DPOP_KEY", "/k"}, {"IDENTITY_ACCESS_TOKEN_HEADER", "X-Access-Token"}},
         "oidc.dpop_key",
         "identity.access_token_header"},
        {{{"OIDC_DPOP_KEY", "/k"}, {"IDENTITY_AUTHORIZATION", "access_token"}},
         "oidc.dpop_key",
         "identity.authorization"},
        {{{"IDENTITY_USERNAME_REPLACEMENT", "x"}}, "identity.username_replacement", "username_pattern"},
        {{{"IDENTITY_GROUPS_INCLUDE", "/staff/*"}, {"IDENTITY_GROUP_PATHS", "last"}},
         "identity.groups_include",
         "write \"staff/*\""},
        {{{"OIDC_ISSUER", "https://sso.example.com/realms/a"}, {"IDENTITY_GROUPS_EXCLUDE", "hr,/staff"}},
         "identity.groups_exclude",
         "\"/staff\" meets no group"},
        {{{"IDENTITY_GROUPS_INCLUDE", "Staff,hr"}, {"IDENTITY_LOWERCASE", "groups"}},
         "identity.groups_include",
         "small"},
        {{{"IDENTITY_GROUPS_INCLUDE", "/^a{1,3}$/"}}, "identity.groups_include", "if a comma cut it"},
        {{{"OIDC_ISSUER", "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0"},
          {"OIDC_RESOURCE", "https://api.example.com"}},
         "oidc.resource",
         "AADSTS901002"},
        {{{"PROVIDERS_B_ISSUER", "https://b.example.com"},
          {"PROVIDERS_B_CLIENT_ID", "x"},
          {"PROVIDERS_B_LABEL", "Us"},
          {"OIDC_LABEL", "Us"},
          {"IDENTITY_EXTRA_HEADERS", "X-Issuer: iss"}},
         "providers.b.label",
         "tell them apart"},
    }));
    const auto settings = load_with(expected.changes);
    CHECK(settings.is_usable());
    check_one(settings.found.warnings, expected);
}

TEST_CASE("a key for DPoP goes with OpenID Connect and a token in the header only", "[settings]")
{
    const auto expected = GENERATE(values<rule_case>({
        {{{"OIDC_PRESET", "github"}}, "oidc.dpop_key", "GitHub and GitLab bind no tokens"},
        {{{"OIDC_USERINFO_TOKEN", "body"}}, "oidc.dpop_key", "oidc.userinfo_token header"},
    }));
    auto changes = expected.changes;
    changes["OIDC_DPOP_KEY"] = "/k";
    auto found = load_with(changes).found.problems; // a preset may have more to say
    std::erase_if(found, [&](const finding& each) { return each.setting != expected.setting; });
    check_one(found, expected);
}

TEST_CASE("a provider that is all addresses, and one that shows a certificate, are complete", "[settings]")
{
    const auto changes = GENERATE(values<environment>({
        {{"OIDC_DISCOVERY", "false"},
         {"OIDC_AUTHORIZATION_ENDPOINT", "https://a.example.com/a"},
         {"OIDC_AUTH_METHOD", "implicit"},
         {"OIDC_JWKS_URI", "https://a.example.com/k"}},
        {{"OIDC_CLIENT_CERTIFICATE", "/c"},
         {"OIDC_CLIENT_KEY", "/k"},
         {"OIDC_CLIENT_AUTHENTICATION", "tls_client_auth"}},
        {{"OIDC_ASSERTION_FILE", "/a"},
         {"OIDC_AUTH_METHOD", "code"},
         {"OIDC_CLIENT_AUTHENTICATION", "private_key_jwt"}},
    }));
    const auto settings = load_with(changes);
    CHECK(test::texts_of(settings.found.problems) == std::vector<std::string>{});
    CHECK(test::texts_of(settings.found.warnings) == std::vector<std::string>{});
}

TEST_CASE("scopes that paths demand need an answer that nobody in between can change", "[settings]")
{
    const environment with = GENERATE(values<environment>({
        {{"OIDC_AUTH_METHOD", "id_token token"},
         {"OIDC_RESPONSE_MODE", "jwt"},
         {"ACCESS_STEP_UP", "/a scope=read"}},
        {{"OIDC_AUTH_METHOD", "hybrid"}, {"ACCESS_STEP_UP", "/a scope=read"}},
        {{"ACCESS_STEP_UP", "/a scope=read parameter=prompt:consent"}},
        {{"OIDC_AUTH_METHOD", "id_token token"}, {"ACCESS_STEP_UP", "/a acr=mfa parameter=x:y"}},
    }));
    const auto found = load_with(with).found.problems;
    CAPTURE(test::texts_of(found));
    CHECK(found.empty());
}

TEST_CASE("a group filter is not warned about where some group may meet it", "[settings]")
{
    const auto changes = GENERATE(values<environment>({
        {{"IDENTITY_GROUPS_INCLUDE", "/staff/*,/Tokyo (all)/C++"}}, // slashes are kept
        {{"IDENTITY_GROUPS_INCLUDE", "/^staff/"}, {"IDENTITY_GROUP_PATHS", "last"}},
        {{"IDENTITY_GROUPS_INCLUDE", "/^Staff/"}, {"IDENTITY_LOWERCASE", "groups"}
        }, // an expression may say (?i)
        {{"IDENTITY_GROUPS_INCLUDE", "Staff"}, {"IDENTITY_LOWERCASE", "email"}},
        {{"IDENTITY_GROUPS_INCLUDE", "/staff"},
         {"OIDC_GROUP_PATHS", "last"},
         {"PROVIDERS_B_ISSUER", "https://b.example.com"}, // has its slashes
         {"PROVIDERS_B_CLIENT_ID", "x"},
         {"IDENTITY_EXTRA_HEADERS", "X-Issuer: iss"}},
    }));
    CHECK(test::texts_of(load_with(changes).found.warnings).empty());
}

} // namespace sekisho::settings

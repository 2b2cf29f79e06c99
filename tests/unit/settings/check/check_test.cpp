// SPDX-License-Identifier: Apache-2.0
#include "settings/check/check.hpp"
#include "support/catch.hpp"
#include "unit/settings/support.hpp"

#include <string>

namespace sekisho::settings
{

using Catch::Matchers::Contains;
using test::load_with;
using test::texts_of;

struct rule_case
{
    environment changes;
    std::string setting; // that the finding is about
    std::string message; // part of it
};

void check_one(const std::vector<finding>& findings, const rule_case& expected)
{
    CAPTURE(expected.changes, texts_of(findings));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].setting == expected.setting);
    CHECK_THAT(findings[0].message, Contains(expected.message));
}

TEST_CASE("settings that cannot work are refused with the reason and what to do", "[settings]")
{
    const auto expected = GENERATE(values<rule_case>({
        {{{"OIDC_ISSUER", ""}}, "oidc.issuer", "set OIDC_ISSUER"},
        {{{"OIDC_ISSUER", "login.example.com"}}, "oidc.issuer", "https://login.example.com"},
        {{{"OIDC_ISSUER", "http://login.example.com"}}, "oidc.issuer", "plain http"},
        {{{"OIDC_CLIENT_ID", ""}}, "oidc.client_id", "set OIDC_CLIENT_ID"},
        {{{"OIDC_AUTH_METHOD", "code"}}, "oidc.auth_method", "use pkce"},
        {{{"OIDC_CLIENT_AUTHENTICATION", "client_secret_basic"}}, "oidc.client_authentication", "is not set"},
        {{{"OIDC_AUTH_METHOD", "implicit"}, {"OIDC_RESPONSE_MODE", "query"}},
         "oidc.response_mode",
         "use form_post"},
        {{{"OIDC_AUTH_METHOD", "implicit"}, {"OIDC_USERINFO", "always"}}, "oidc.userinfo", "access token"},
        {{{"OIDC_AUTH_METHOD", "implicit"}, {"IDENTITY_AUTHORIZATION", "access_token"}},
         "identity.authorization",
         "use auth_method pkce"},
        {{{"OIDC_AUTH_METHOD", "implicit"}, {"IDENTITY_ACCESS_TOKEN_HEADER", "X-Token"}},
         "identity.access_token_header",
         "use auth_method pkce"},
        {{{"OIDC_SIGNING_ALGORITHMS", "none"}}, "oidc.signing_algorithms", "\"none\" is none of RS256"},
        {{{"OIDC_SIGNING_ALGORITHMS", "rs256"}}, "oidc.signing_algorithms", "RS256"},
        {{{"OIDC_SIGNING_ALGORITHMS", "HS256"}}, "oidc.signing_algorithms", "keyed by oidc.client_secret"},
        {{{"OIDC_SCOPES", "profile email"}}, "oidc.scopes", "openid is missing"},
        {{{"OIDC_AUTH_METHOD", "id_token token"}, {"OIDC_RESPONSE_MODE", "query"}},
         "oidc.response_mode",
         "use form_post"},
        {{{"OIDC_CLAIMS", "email"}}, "oidc.claims", "is no JSON"},
        {{{"OIDC_CLAIMS", "[]"}}, "oidc.claims", "is no JSON object but: array"},
        {{{"OIDC_CLAIMS", R"({"email":null})"}}, "oidc.claims", "neither id_token nor userinfo"},
        {{{"OIDC_CLAIMS", R"({"userinfo":[]})"}}, "oidc.claims", "userinfo is no JSON object but: array"},
        {{{"OIDC_EXTRA_PARAMETERS", "claims={}"}}, "oidc.extra_parameters", "oidc.claims"},
        {{{"OIDC_PROMPT", "please"}}, "oidc.prompt", "select_account"},
        {{{"OIDC_PROMPT", "select_account please"}}, "oidc.prompt", "\"please\" is not one of"},
        {{{"OIDC_PROMPT", "login none"}}, "oidc.prompt", "cannot stand beside"},
        {{{"OIDC_EXTRA_PARAMETERS", "scope=groups"}}, "oidc.extra_parameters", "belongs to the protocol"},
        {{{"OIDC_EXTRA_PARAMETERS", "registration={}"}}, "oidc.extra_parameters", "belongs to the protocol"},
        {{{"ACCESS_STEP_UP", "/a parameter=scope:x"}}, "access.step_up", "belongs to the protocol"},
        {{{"ACCESS_STEP_UP", "/a parameter=max_age:5"}}, "access.step_up", "is a demand"},
        {{{"OIDC_LOGIN_PARAMETERS", "registration"}}, "oidc.login_parameters", "cannot be handed on"},
        {{{"OIDC_RESPONSE_ISSUER", "github"}}, "oidc.response_issuer", "no http or https address"},
        {{{"OIDC_SIGN_OUT_LANDING", "home"}}, "oidc.sign_out_landing", "neither a path"},
        {{{"OIDC_SIGN_OUT_LANDING", "//evil.example"}}, "oidc.sign_out_landing", "neither a path"},
        {{{"SERVER_LISTEN", ":8080, :8080"}}, "server.listen", "listed twice"},
        {{{"SERVER_PUBLIC_URL", "https://app.example.com/here"}},
         "server.public_url",
         "https://app.example.com (the gate"},
        {{{"SERVER_TLS_CERTIFICATE", "/a"}}, "server.tls_certificate", "server.tls_key"},
        {{{"SERVER_TLS_KEY", "/a"}}, "server.tls_key", "server.tls_certificate"},
        {{{"SERVER_ALLOWED_HOSTS", "https://a"}}, "server.allowed_hosts", "is not a host name"},
        {{{"SERVER_CALLBACK_PATH", "callback"}}, "server.callback_path", "absolute path"},
        {{{"SERVER_CALLBACK_PATH", "/a/../b"}}, "server.callback_path", "absolute path"},
        {{{"SERVER_LOGOUT_PATH", "/"}}, "server.logout_path", "absolute path"},
        {{{"SERVER_LOGOUT_PATH", "/oidc/callback"}}, "server.logout_path", "same as server.callback_path"},
        {{{"SERVER_TRUSTED_PROXIES", "10.0.0.0/33"}}, "server.trusted_proxies", "10.0.0.0/8"},
        {{{"SERVER_TRUSTED_PROXIES", "10.0.0.1/8"}}, "server.trusted_proxies", "behind its prefix"},
        {{{"SERVER_MAX_HEAD_BYTES", "1KiB"}}, "server.max_head_bytes", "at least 4KiB"},
        {{{"SERVER_WORKERS", "1025"}}, "server.workers", "at most 1024"},
        {{{"UPSTREAM_URL", ""}}, "upstream.url", "set UPSTREAM_URL"},
        {{{"UPSTREAM_URL", "http://app:3000/base"}}, "upstream.url", "http://app:3000"},
        {{{"UPSTREAM_URL", "http://127.0.0.1:8080"}}, "upstream.url", "is the gate itself"},
        {{{"SESSION_SECRET", "short"}}, "session.secret", "`sekisho secret`"},
        {{{"SESSION_SECRET_PREVIOUS", "short"}}, "session.secret_previous", "less than 32"},
        {{{"SESSION_KEEP_FORM", "2MiB"}}, "session.keep_form", "more than 1MiB"},
        {{{"SESSION_COOKIE_NAME", "a b"}}, "session.cookie_name", "character"},
        {{{"SESSION_COOKIE_NAME", "__Host-a"}, {"SESSION_COOKIE_DOMAIN", "example.com"}},
         "session.cookie_name",
         "__Secure-"},
        {{{"SESSION_COOKIE_NAME", "__Host-a"}, {"SERVER_PUBLIC_URL", "http://localhost:8080"}},
         "session.cookie_name",
         "over https only"},
        {{{"SESSION_COOKIE_DOMAIN", ".example.com"}}, "session.cookie_domain", "no leading dot"},
        {{{"SESSION_COOKIE_DOMAIN", "other.org"}}, "session.cookie_domain", "is not below other.org"},
        {{{"SESSION_KEEP_ID_TOKEN", "never"}, {"IDENTITY_AUTHORIZATION", "id_token"}},
         "session.keep_id_token",
         "send the ID token"},
        {{{"IDENTITY_USER_HEADER", "Cookie"}}, "identity.user_header", "something else"},
        {{{"IDENTITY_USER_HEADER", "Content-Type"}}, "identity.user_header", "something else"},
        {{{"IDENTITY_USER_HEADER", "X_Forwarded_For"}}, "identity.user_header", "something else"},
        {{{"IDENTITY_ACCESS_TOKEN_HEADER", "Authorization"}},
         "identity.access_token_header",
         "identity.authorization"},
        {{{"IDENTITY_USER_HEADER", "x_forwarded_email"}},
         "identity.email_header",
         "used by identity.user_header already"},
        {{{"IDENTITY_EXTRA_HEADERS", "X-A: a, x-a: b"}},
         "identity.extra_headers",
         "used by identity.extra_headers already"},
        {{{"ACCESS_PUBLIC_PATHS", "healthz"}}, "access.public_paths", "/static/*"},
        {{{"ACCESS_PUBLIC_PATHS", "/a*"}}, "access.public_paths", "\"/a*\""},
        {{{"ACCESS_PUBLIC_PATHS", "/a/../b"}}, "access.public_paths", "dot"},
        {{{"ADMIN_LISTEN", ":8080"}}, "admin.listen", "server.listen"},
        {{{"ADMIN_TOKEN", "0123456789012345678901234567890"}}, "admin.token", "at least 32 bytes"},
        {{{"ADMIN_TOKEN", "0123456789 0123456789 0123456789 "}}, "admin.token", "bearer token"},
        {{{"ADMIN_TOKEN", "================================"}}, "admin.token", "bearer token"},
    }));
    check_one(load_with(expected.changes).found.problems, expected);
}

TEST_CASE("settings that work but are weak are warned about", "[settings]")
{
    const auto expected = GENERATE(values<rule_case>({
        {{{"OIDC_ISSUER", "http://login.example.com"}, {"OIDC_ALLOW_HTTP", "true"}},
         "oidc.allow_http",
         "tests only"},
        {{{"OIDC_CLIENT_AUTHENTICATION", "none"}, {"OIDC_CLIENT_SECRET", "x"}},
         "oidc.client_authentication",
         "not sent"},
        {{{"OIDC_SIGNING_ALGORITHMS", "HS256"}, {"OIDC_CLIENT_SECRET", "x"}},
         "oidc.signing_algorithms",
         "32 bytes"},
        {{{"OIDC_PROMPT", "none"}}, "oidc.prompt", "cannot sign in"},
        {{{"OIDC_CLOCK_SKEW", "1h"}}, "oidc.clock_skew", "expired tokens"},
        {{{"SERVER_PUBLIC_URL", ""}}, "server.public_url", "https://app.example.com"},
        {{{"SERVER_PUBLIC_URL", "http://app.example.com"}}, "server.public_url", "plain http"},
        {{{"SERVER_TRUSTED_PROXIES", "0.0.0.0/0"}}, "server.trusted_proxies", "everybody"},
        {{{"SERVER_TRUSTED_PROXIES", "::/0"}}, "server.trusted_proxies", "everybody"},
        {{{"UPSTREAM_URL", "https://app:3000"}, {"UPSTREAM_VERIFY_TLS", "false"}},
         "upstream.verify_tls",
         "upstream.ca_file"},
        {{{"SESSION_SECRET", ""}}, "session.secret", "after a restart"},
        {{{"SESSION_IDLE_TIMEOUT", "2d"}}, "session.idle_timeout", "no effect"},
        {{{"IDENTITY_REQUIRE_EMAIL", "true"}, {"OIDC_SCOPES", "openid"}},
         "identity.require_email",
         "oidc.scopes"},
        {{{"IDENTITY_USER_HEADER", "off"}}, "identity.user_header", "not told"},
        {{{"ACCESS_PUBLIC_PATHS", "/*"}}, "access.public_paths", "every path"},
        {{{"ADMIN_TOKEN", "01234567890123456789012345678901"}, {"ADMIN_LISTEN", ":9090"}},
         "admin.token",
         "in the clear"},
        {{{"ADMIN_TOKEN", "01234567890123456789012345678901"}, {"ADMIN_LISTEN", "off"}},
         "admin.token",
         "of no use"},
    }));
    const auto settings = load_with(expected.changes);
    CHECK(settings.is_usable());
    check_one(settings.found.warnings, expected);
}

TEST_CASE("form_post over plain http is refused with the reason, except on localhost", "[settings]")
{
    const auto [method, mode, setting] =
        GENERATE(Catch::Generators::table<std::string, std::string, std::string>({
            {"implicit", "auto", "oidc.auth_method"},
            {"pkce", "form_post", "oidc.response_mode"},
        }));
    environment changes{
        {"OIDC_AUTH_METHOD", method},
        {"OIDC_RESPONSE_MODE", mode},
        {"SERVER_PUBLIC_URL", "http://app.example.com"}
    };
    const auto refused = load_with(changes);
    REQUIRE(refused.found.problems.size() == 1);
    CHECK(refused.found.problems[0].setting == setting);
    CHECK_THAT(refused.found.problems[0].message, Contains("SameSite=None and Secure"));
    changes["SERVER_PUBLIC_URL"] =
        GENERATE("http://localhost:8080", "http://127.0.0.1:8080", "https://app.example.com");
    CHECK(load_with(changes).is_usable());
}

TEST_CASE("what is common and right is neither refused nor warned about", "[settings]")
{
    const auto changes = GENERATE(values<environment>({
        {{"OIDC_ISSUER", "https://login.example.com/.well-known/openid-configuration"}},
        {{"OIDC_ISSUER", "https://login.microsoftonline.com/tenant/v2.0?appid=1"}},
        {{"OIDC_ISSUER", "http://localhost:4000"}},
        {{"OIDC_AUTH_METHOD", "implicit"}},
        {{"OIDC_AUTH_METHOD", "code"}, {"OIDC_CLIENT_SECRET", "x"}},
        {{"SERVER_PUBLIC_URL", "http://localhost:8080"}},
        {{"SERVER_PUBLIC_URL", ""}, {"SERVER_LISTEN", "127.0.0.1:8080, [::1]:8080"}},
        {{"SERVER_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1, 2001:db8::/32"}},
        {{"SERVER_ALLOWED_HOSTS", "a.example.com b:8443"}},
        {{"SESSION_COOKIE_DOMAIN", "example.com"}},
        {{"SESSION_SAME_SITE", "none"}},
        {{"SESSION_IDLE_TIMEOUT", "0"}},
        {{"IDENTITY_AUTHORIZATION", "access_token"}},
        {{"ACCESS_PUBLIC_PATHS", "/healthz, /static/*"}},
        {{"ADMIN_LISTEN", "off"}},
        {{"ADMIN_TOKEN", "MDEyMzQ1Njc4OS0uX34rLzAxMjM0NTY3ODkwMTI="}},
        {{"SERVER_LISTEN", "127.0.0.1:0, 127.0.0.1:0"}},
    }));
    const auto settings = load_with(changes);
    CAPTURE(changes);
    CHECK(texts_of(settings.found.problems) == std::vector<std::string>{});
    CHECK(texts_of(settings.found.warnings) == std::vector<std::string>{});
}

TEST_CASE("SameSite=None over plain http is refused", "[settings]")
{
    const auto settings =
        load_with({{"SESSION_SAME_SITE", "none"}, {"SERVER_PUBLIC_URL", "http://app.example.com"}});
    REQUIRE(settings.found.problems.size() == 1);
    CHECK(settings.found.problems[0].setting == "session.same_site");
}

TEST_CASE("a rule about a method and a path can be an item of a YAML list", "[settings]")
{
    CHECK(test::load_file("access: {public_paths: [\"GET,HEAD /public/*\", /healthz]}").is_usable());
    CHECK_FALSE(test::load_file("access: {public_paths: [\"get /public/*\"]}").is_usable());
    CHECK_FALSE(test::load_file("access: {public_paths: [\"GET \"]}").is_usable());
}

TEST_CASE("CVE-2026-76835: by default nobody's forwarded headers are believed", "[settings]")
{
    CHECK(load_with({}).values.server.trusted_proxies.empty());
}

} // namespace sekisho::settings

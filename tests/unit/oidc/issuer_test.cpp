// SPDX-License-Identifier: Apache-2.0
#include "oidc/issuer.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::oidc;
using test::has;
using test::outcome;

namespace
{

issuer_setting read(std::string_view text)
{
    return parse_issuer(text, transport::https_or_loopback).value();
}

} // namespace

TEST_CASE("an issuer is read from what people paste", "[oidc]")
{
    const auto [pasted, identifier, address] = GENERATE(table<std::string, std::string, std::string>({
        {"https://accounts.google.com",
         "https://accounts.google.com",
         "https://accounts.google.com/.well-known/openid-configuration"},
        // Auth0: the final slash belongs to the name and only the address goes without (Discovery 4).
        {"https://t.auth0.com/",
         "https://t.auth0.com/",
         "https://t.auth0.com/.well-known/openid-configuration"},
        {"https://dex.example/dex",
         "https://dex.example/dex",
         "https://dex.example/dex/.well-known/openid-configuration"},
        {"https://t.logto.app/oidc/.well-known/openid-configuration",
         "https://t.logto.app/oidc",
         "https://t.logto.app/oidc/.well-known/openid-configuration"},
        {"https://t.logto.app/oidc/.well-known/openid-configuration/",
         "https://t.logto.app/oidc",
         "https://t.logto.app/oidc/.well-known/openid-configuration"},
        {"https://login.example/tid/v2.0?appid=123",
         "https://login.example/tid/v2.0",
         "https://login.example/tid/v2.0/.well-known/openid-configuration?appid=123"},
        {"https://login.example/tid/v2.0/.well-known/openid-configuration?appid=123",
         "https://login.example/tid/v2.0",
         "https://login.example/tid/v2.0/.well-known/openid-configuration?appid=123"},
        {" https://a.example\n", "https://a.example", "https://a.example/.well-known/openid-configuration"},
        {"http://localhost:4000",
         "http://localhost:4000",
         "http://localhost:4000/.well-known/openid-configuration"},
        {"http://127.0.0.1:4000",
         "http://127.0.0.1:4000",
         "http://127.0.0.1:4000/.well-known/openid-configuration"},
        {"https://Login.Example/Tenant",
         "https://Login.Example/Tenant",
         "https://Login.Example/Tenant/.well-known/openid-configuration"},
    }));
    CAPTURE(pasted);
    const auto setting = parse_issuer(pasted, transport::https_or_loopback);
    REQUIRE(outcome(setting) == "ok");
    CHECK(setting->identifier.str() == identifier);
    CHECK(discovery_address(*setting).text() == address);
}

TEST_CASE("an issuer that cannot be one is refused with the reason", "[oidc]")
{
    const auto [pasted, reason] = GENERATE(table<std::string, std::string>({
        {"", "empty"},
        {"  ", "empty"},
        {"login.example.com", "not usable"},
        {"ftp://login.example.com", "scheme"},
        {"https://user:pass@login.example.com", "user name"},
        {"https://login.example.com/#top", "fragment"},
        {"https://login.example.com/a b", "not usable"},
        {"http://login.example.com", "oidc.allow_http"},
        {"http://localhost.evil.example", "oidc.allow_http"},
        {"https://login.example.com?a=b c", "query"},
        {"/.well-known/openid-configuration", "not usable"},
    }));
    CAPTURE(pasted);
    const auto setting = parse_issuer(pasted, transport::https_or_loopback);
    CHECK(outcome(setting) == "value_malformed at oidc.issuer");
    CHECK_THAT(test::detail(setting), Catch::Matchers::Contains(reason));
}

TEST_CASE("plain http to another machine needs permission", "[oidc]")
{
    CHECK(parse_issuer("http://idp.test", transport::plain_http_allowed));
    CHECK_FALSE(parse_issuer("http://idp.test", transport::https_or_loopback));
}

TEST_CASE("an issuer is compared byte for byte", "[oidc]")
{
    const auto [setting, received, same] = GENERATE(table<std::string, std::string, bool>({
        {"https://a.example", "https://a.example", true},
        {"https://a.example", "https://a.example/", false},
        {"https://a.example/", "https://a.example", false},
        {"https://a.example", "http://a.example", false},
        {"https://a.example", "https://A.example", false},
        {"https://a.example", "https://a.example:443", false},
        {"https://a.example/x", "https://a.example/X", false},
        {"https://a.example", "", false},
        // The query is for the discovery address; Entra's issuer does not have it.
        {"https://a.example?appid=1", "https://a.example", true},
        {"https://a.example?appid=1", "https://a.example?appid=1", true},
        {"https://a.example?appid=1", "https://a.example?appid=2", false},
        {"https://a.example", "https://a.example?appid=1", false},
        // Pasted with the well-known path, nobody can know whether the name ends with a slash (Auth0).
        {"https://a.example/.well-known/openid-configuration", "https://a.example/", true},
        {"https://a.example/.well-known/openid-configuration", "https://a.example", true},
        {"https://a.example/.well-known/openid-configuration", "https://a.example//", false},
    }));
    CAPTURE(setting, received);
    CHECK(is_named(read(setting), received) == same);
}

TEST_CASE("a template names the provider with any tenant that is let in, and only so", "[oidc]")
{
    const issuer pattern("https://login.example/{tenantid}/v2.0");
    const std::vector<std::string> tenants{"t-1", "../t-2", ""};
    const auto [received, expected] = GENERATE(table<std::string, bool>({
        {"https://login.example/t-1/v2.0", true},
        {"https://login.example/t-3/v2.0", false},
        {"https://login.example/../t-2/v2.0", false}, // no tenant's id has a slash
        {"https://login.example//v2.0", false},
        {"https://login.example/{tenantid}/v2.0", false},
        {"", false},
    }));
    CAPTURE(received);
    CHECK(names_issuer(pattern, tenants, received) == expected);
    CHECK_FALSE(names_issuer(pattern, {}, received));
    CHECK(names_issuer(issuer("https://a.example"), {}, "https://a.example"));
    CHECK_FALSE(names_issuer(issuer("https://a.example"), tenants, "https://a.example/"));
    CHECK(is_template(pattern));
    CHECK_FALSE(is_template(issuer("https://login.example/t-1/v2.0")));
}

TEST_CASE("a token's issuer names a provider for several tenants before its metadata is known", "[oidc]")
{
    auto setting = read("https://login.example/common/v2.0");
    const std::vector<std::string> tenants{"t-1", "../t-2", ""};
    const auto [received, expected] = GENERATE(table<std::string, bool>({
        {"https://login.example/t-1/v2.0", true},
        {"https://login.example/t-3/v2.0", false},
        {"https://login.example/t-1x/v2.0", false},
        {"https://login.example/x/t-1/v2.0", false},
        {"https://evil.example/t-1/v2.0", false},
        {"https://login.example/../t-2/v2.0", false},
        {"https://login.example//v2.0", false},
        {"https://login.example/{tenantid}/v2.0", false},
        {"https://sts.windows.net/t-1/", true}, // Entra's v1 tokens
        {"", false},
    }));
    CAPTURE(received);
    CHECK_FALSE(is_named(setting, tenants, received)); // an exact issuer has no tenants
    setting.rule = issuer_rule::tenant_template;
    CHECK(is_named(setting, tenants, received) == expected);
    CHECK_FALSE(is_named(setting, {}, received));
}

TEST_CASE("two issuers' difference is said in words", "[oidc]")
{
    const auto [expected, received, words] = GENERATE(table<std::string, std::string, std::string>({
        {"https://a.example", "https://a.example/", "received one has a final slash"},
        {"https://a.example/", "https://a.example", "received one has no final slash"},
        {"https://a.example", "http://a.example", "one begins with http, the other with https"},
        {"https://a.example/Realm", "https://a.example/realm", "only in upper and lower case"},
        {"https://a.example", "https://b.example", "hosts differ: \"a.example\" and \"b.example\""},
        {"https://a.example", "https://a.example:8443", "ports differ: 443 and 8443"},
        {"https://a.example/x", "https://a.example/y", "paths differ: \"/x\" and \"/y\""},
        {"https://a.example", "https://login/{tenantid}/v2.0", "tenant's own id"},
        {"https://a.example", "accounts", "from character 1 on"},
        {"https://a.example", "https://a.example ", "white space"},
        {"https://a.example", "https://a.example", "the same"},
    }));
    CAPTURE(expected, received);
    CHECK_THAT(explain_difference(expected, received), Catch::Matchers::Contains(words));
}

TEST_CASE("an explained difference cannot forge log lines", "[oidc]")
{
    const auto text =
        explain_difference("https://a.example", "https://a\r\n{\"level\":\"info\"}" + std::string(5000, 'x'));
    CHECK_FALSE(has(text, "\n"));
    CHECK_FALSE(has(text, "\r"));
    CHECK(text.size() < 600);
}

// SPDX-License-Identifier: Apache-2.0
#include "app/check/check.hpp"
#include "base/log.hpp"
#include "crypto/signing_key.hpp"
#include "http/date.hpp"
#include "support/catch.hpp"
#include "support/local_site.hpp"
#include "support/private_keys.hpp"
#include "support/temporary_file.hpp"
#include "support/test_certificates.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace sekisho::app
{

using Catch::Matchers::Contains;

namespace
{

const std::string discovery_path = "/.well-known/openid-configuration";

std::string ok(const std::string& body)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: " +
           std::string(http::format_date(wall_clock_now()).view()) +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

void be_good(test::local_site& site)
{
    const auto base = site.address();
    site.answers[discovery_path] = ok(nlohmann::json{
        {"issuer", base},
        {"authorization_endpoint", base + "/authorize"},
        {"token_endpoint", base + "/token"},
        {"jwks_uri", base + "/jwks"},
    }
                                          .dump());
    site.answers["/jwks"] = ok(test::signing_key::make("ES256").jwks({.kid = "k1"}));
}

settings::environment variables_for(const std::string& site)
{
    return {
        {"OIDC_ISSUER", site},
        {"OIDC_CLIENT_ID", "gate"},
        {"OIDC_CLIENT_SECRET", "hush"},
        {"OIDC_REQUEST_TIMEOUT", "2s"},
        {"UPSTREAM_URL", site},
        {"SERVER_PUBLIC_URL", "https://app.example.com"},
        {"SESSION_SECRET", std::string(43, 'x')},
    };
}

void add_okta(settings::environment& to, const std::string& issuer)
{
    to["PROVIDERS_OKTA_ISSUER"] = issuer;
    to["PROVIDERS_OKTA_CLIENT_ID"] = "gate";
    to["PROVIDERS_OKTA_CLIENT_SECRET"] = "hush";
    to["PROVIDERS_OKTA_REQUEST_TIMEOUT"] = "2s";
}

check_report report_on(const settings::environment& variables)
{
    log::configure(log::level::off, log::format::text);
    settings::sources from;
    from.variables = variables;
    const auto settings = settings::load(from);
    for (const auto& each : settings.found.problems)
        UNSCOPED_INFO(settings::to_text(each));
    REQUIRE(settings.is_usable());
    return examine(settings);
}

// "(none)" when there is no such finding of this provider.
std::string text_of(const check_report& report, check_code code, std::string_view provider = "default")
{
    for (const auto& each : report.findings)
        if (each.code == code && each.provider == provider)
            return each.found;
    return "(none)";
}

} // namespace

TEST_CASE("of two providers the broken one is told apart from the good one", "[app]")
{
    test::local_site good;
    be_good(good);
    good.start();
    test::local_site broken; // everything is 404
    broken.start();
    auto variables = variables_for(good.address());
    add_okta(variables, broken.address());
    const auto report = report_on(variables);
    const auto text = to_text(report);
    INFO(text);
    CHECK(status_of(report) == 1);
    CHECK(text_of(report, check_code::provider_discovery) == good.address() + discovery_path);
    CHECK(text_of(report, check_code::provider_keys) == "1 usable key");
    CHECK_THAT(text_of(report, check_code::provider_discovery_refused, "okta"), Contains("status 404"));
    CHECK(text_of(report, check_code::provider_discovery_refused) == "(none)");
    CHECK(text_of(report, check_code::provider_keys, "okta") == "(none)");
    CHECK_THAT(text, Contains("provider.discovery_refused (okta):"));
    CHECK_THAT(text, Contains("provider.keys (default): 1 usable key"));
    CHECK_THAT(text, Contains("into providers.okta.issuer"));

    const auto json = nlohmann::json::parse(to_json(report));
    const auto& findings = json["findings"];
    const auto at = std::ranges::find_if(
        findings, [](const auto& each) { return each["code"] == "provider.discovery_refused"; }
    );
    REQUIRE(at != findings.end());
    CHECK((*at)["provider"] == "okta");
    CHECK_THAT((*at)["advice"].get<std::string>(), Contains("providers.okta.issuer"));
    CHECK(json["summary"]["problems"] == 1);
}

TEST_CASE("whether sessions are renewed is told of each provider, with its own settings", "[app]")
{
    test::local_site site;
    be_good(site);
    site.start();
    auto variables = variables_for(site.address());
    variables["OIDC_PRESET"] = "keycloak";
    add_okta(variables, site.address());
    variables["PROVIDERS_OKTA_PRESET"] = "okta";
    const auto report = report_on(variables);
    CHECK(text_of(report, check_code::provider_renewal) == "a refresh token comes with every sign-in");
    CHECK(
        text_of(report, check_code::provider_renewal_unasked, "okta") ==
        "a refresh token comes with offline_access in providers.okta.scopes"
    );
    variables["SESSION_SILENT_SIGN_IN"] = "true";
    CHECK_THAT(
        text_of(report_on(variables), check_code::provider_renewal, "okta"),
        Contains("by session.silent_sign_in; ")
    );
}

TEST_CASE("a report about one provider does not name it in text", "[app]")
{
    test::local_site good;
    be_good(good);
    good.start();
    const auto report = report_on(variables_for(good.address()));
    CHECK(text_of(report, check_code::provider_keys) == "1 usable key");
    CHECK_THAT(to_text(report), Contains("provider.keys: 1 usable key") && !Contains("(default)"));
}

TEST_CASE("with discovery off nothing is discovered, and each address is looked at", "[app]")
{
    test::local_site site; // without a discovery document: asking for it would be a problem
    site.answers["/jwks"] = ok(test::signing_key::make("ES256").jwks({.kid = "k1"}));
    site.start();
    test::local_site with_tls;
    with_tls.certificate =
        test::test_authority::issue_self_signed({.dns_names = {}, .addresses = {"127.0.0.1"}});
    with_tls.start();
    auto variables = variables_for(site.address());
    variables["OIDC_DISCOVERY"] = "false";
    variables["OIDC_AUTHORIZATION_ENDPOINT"] = site.address() + "/authorize";
    variables["OIDC_TOKEN_ENDPOINT"] = with_tls.address("https") + "/token";
    variables["OIDC_JWKS_URI"] = site.address() + "/jwks";
    const auto report = report_on(variables);
    INFO(to_text(report));
    CHECK(text_of(report, check_code::provider_without_discovery) == site.address());
    CHECK(text_of(report, check_code::provider_discovery_refused) == "(none)");
    CHECK_THAT(
        text_of(report, check_code::provider_address_reachable),
        Contains("oidc.authorization_endpoint: ") && Contains("status 404")
    );
    CHECK_THAT(
        text_of(report, check_code::provider_address_unreachable),
        Contains("oidc.token_endpoint: ") && Contains("TLS with 127.0.0.1")
    );
    CHECK(text_of(report, check_code::provider_keys) == "1 usable key");
    CHECK(status_of(report) == 1);
}

TEST_CASE("discovery goes through the back channel, which is named", "[app]")
{
    test::local_site site;
    be_good(site);
    const std::string outside = "https://idp.example.com";
    site.answers[discovery_path] = ok(nlohmann::json{
        {"issuer", outside},
        {"authorization_endpoint", outside + "/authorize"},
        {"token_endpoint", outside + "/token"},
        {"jwks_uri", outside + "/jwks"},
    }
                                          .dump());
    site.start();
    auto variables = variables_for(site.address());
    variables["OIDC_ISSUER"] = outside;
    variables["OIDC_BACK_CHANNEL_URL"] = site.address();
    const auto report = report_on(variables);
    INFO(to_text(report));
    CHECK(text_of(report, check_code::provider_discovery) == site.address() + discovery_path);
    CHECK_THAT(text_of(report, check_code::provider_back_channel), Contains(site.address()));
    CHECK(text_of(report, check_code::provider_keys) == "1 usable key");
}

TEST_CASE("a client certificate that ends in five days is a warning with its date", "[app]")
{
    test::local_site good;
    be_good(good);
    good.start();
    const auto issued = test::test_authority::issue_self_signed({.valid_until = 5 * 24 * 3600 + 600});
    const test::temporary_file certificate(issued.certificate_pem);
    const test::temporary_file key(issued.key_pem);
    auto variables = variables_for(good.address());
    variables["OIDC_CLIENT_CERTIFICATE"] = certificate.path();
    variables["OIDC_CLIENT_KEY"] = key.path();
    const auto report = report_on(variables);
    INFO(to_text(report));
    CHECK_THAT(text_of(report, check_code::provider_certificate_ends), Contains("which is in 5 days"));
    CHECK(status_of(report) == 0);
}

TEST_CASE("our signing key is named by its id, and its address is among those to register", "[app]")
{
    test::local_site good;
    be_good(good);
    good.start();
    const test::temporary_file key{std::string(test::openssl_ec_pkcs8)};
    auto variables = variables_for(good.address());
    variables.erase("OIDC_CLIENT_SECRET");
    CHECK(report_on(variables).addresses.jwks_uri.empty());
    variables["OIDC_SIGNING_KEY"] = key.path();
    const auto report = report_on(variables);
    const auto text = to_text(report);
    INFO(text);
    CHECK(report.addresses.jwks_uri == "https://app.example.com/oidc/jwks");
    CHECK_THAT(text, Contains("https://app.example.com/oidc/jwks\n"));
    CHECK_THAT(
        text_of(report, check_code::provider_signing_keys),
        Contains("(ES256), published at https://app.example.com/oidc/jwks")
    );
    CHECK(text_of(report, check_code::provider_client_authentication) == "private_key_jwt");
}

TEST_CASE(
    "a key that tokens are bound to is shown by its thumbprint, with a word for providers that say nothing",
    "[app]"
)
{
    test::local_site good;
    be_good(good);
    good.start();
    const test::temporary_file key{std::string(test::openssl_ec_pkcs8)};
    auto variables = variables_for(good.address());
    CHECK(text_of(report_on(variables), check_code::provider_dpop_not_announced) == "(none)");
    variables["OIDC_DPOP_KEY"] = key.path();
    const auto report = report_on(variables);
    const auto ours = crypto::signing_key::from_pem(secret(std::string(test::openssl_ec_pkcs8))).value();
    CHECK_THAT(
        text_of(report, check_code::provider_dpop_not_announced), Contains(ours.thumbprint() + " (ES256)")
    );
    CHECK(report.addresses.jwks_uri.empty());
}

TEST_CASE("the address after a sign-out that is to be registered is the one that the settings name", "[app]")
{
    settings::model values;
    values.server.public_url = url::parse("https://app.example.com").value();
    values.oidc.issuer = "https://one.example.com";
    const auto [landing, expected] = GENERATE(table<std::string, std::string>({
        {"", "https://app.example.com/logout"},
        {"/bye", "https://app.example.com/bye"},
        {"https://app.example.com", "https://app.example.com"}, // as W&B's guide for Cognito has it
    }));
    values.oidc.sign_out_landing = landing;
    CHECK(registration_for(values).post_logout_redirect_uri == expected);
    CHECK(registration_for(values).other_landings.empty());

    values.providers.push_back({.name = "two", .oidc = {}});
    values.providers[0].oidc.issuer = "https://two.example.com";
    const auto both = registration_for(values);
    CHECK(both.post_logout_redirect_uri == "https://app.example.com/logout");
    CHECK(both.other_landings.contains("default") == !landing.empty());
    CHECK_FALSE(both.other_landings.contains("two"));
}

} // namespace sekisho::app

// SPDX-License-Identifier: Apache-2.0
#include "app/check/check.hpp"
#include "base/log.hpp"
#include "http/date.hpp"
#include "support/catch.hpp"
#include "support/local_site.hpp"
#include "support/test_certificates.hpp"
#include "support/test_keys.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <string>

namespace sekisho::app
{

using Catch::Matchers::Contains;
namespace asio = boost::asio;
using asio::ip::tcp;

namespace
{

const std::string discovery_path = "/.well-known/openid-configuration";

std::string ok(const std::string& body, std::chrono::seconds ahead = 0s)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: " +
           std::string(http::format_date(wall_clock_now() + ahead).view()) +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string discovery(const std::string& issuer, const std::string& base)
{
    return nlohmann::json{
        {"issuer", issuer},
        {"authorization_endpoint", base + "/authorize"},
        {"token_endpoint", base + "/token"},
        {"jwks_uri", base + "/jwks"},
        {"end_session_endpoint", base + "/end"},
    }
        .dump();
}

void be_good(test::local_site& provider)
{
    const auto base = provider.address();
    provider.answers[discovery_path] = ok(discovery(base, base));
    provider.answers["/jwks"] = ok(test::signing_key::make("ES256").jwks({.kid = "k1"}));
}

settings::environment variables_for(const std::string& issuer, const std::string& upstream)
{
    return {
        {"OIDC_ISSUER", issuer},
        {"OIDC_CLIENT_ID", "gate"},
        {"OIDC_REQUEST_TIMEOUT", "2s"},
        {"UPSTREAM_URL", upstream},
        {"SERVER_PUBLIC_URL", "https://app.example.com"},
        {"SESSION_SECRET", std::string(43, 'x')},
    };
}

check_report report_on(const settings::environment& variables)
{
    log::configure(log::level::off, log::format::text);
    settings::sources from;
    from.variables = variables;
    const auto settings = settings::load(from);
    REQUIRE(settings.is_usable());
    return examine(settings);
}

std::string text_of(const check_report& report, check_code code)
{
    const auto at = std::ranges::find(report.findings, code, &check_finding::code);
    return at == report.findings.end() ? "(not found)" : at->found;
}

bool has(const check_report& report, check_code code)
{
    return std::ranges::find(report.findings, code, &check_finding::code) != report.findings.end();
}

} // namespace

TEST_CASE("a good provider and a running application leave nothing to do", "[app]")
{
    test::local_site both;
    be_good(both);
    both.start();
    const auto report = report_on(variables_for(both.address(), both.address()));
    INFO(to_text(report));
    CHECK(status_of(report) == 0);
    CHECK(count(report, check_level::warning) == 0);
    CHECK(report.addresses.redirect_uri == "https://app.example.com/oidc/callback");
    CHECK(has(report, check_code::settings_usable));
    CHECK(has(report, check_code::session_secret_set));
    CHECK(text_of(report, check_code::provider_discovery) == both.address() + discovery_path);
    CHECK_THAT(text_of(report, check_code::provider_issuer), Contains(both.address()));
    CHECK(has(report, check_code::provider_clock));
    CHECK(text_of(report, check_code::provider_keys) == "1 usable key");
    CHECK(text_of(report, check_code::upstream_reachable) == both.address());
}

TEST_CASE("an issuer that differs is shown beside the configured one, with the difference", "[app]")
{
    test::local_site both;
    be_good(both);
    const auto said = both.address() + "/";
    both.answers[discovery_path] = ok(discovery(said, both.address()));
    both.start();
    const auto report = report_on(variables_for(both.address(), both.address()));
    CHECK(status_of(report) == 1);
    const auto text = text_of(report, check_code::provider_issuer_mismatch);
    CHECK_THAT(text, Contains("expected \"" + both.address() + "\", received \"" + said + "\""));
    CHECK_THAT(text, Contains("the received one has a final slash"));
    CHECK(has(report, check_code::provider_clock)); // measured all the same
}

TEST_CASE("a provider whose clock is wrong is found by the Date of its answer", "[app]")
{
    test::local_site both;
    be_good(both);
    both.answers[discovery_path] = ok(discovery(both.address(), both.address()), 10min);
    both.start();
    const auto report = report_on(variables_for(both.address(), both.address()));
    CHECK(status_of(report) == 1);
    CHECK_THAT(
        text_of(report, check_code::provider_clock_wrong), Contains("ahead of ours; oidc.clock_skew is 1m")
    );
    CHECK(has(report, check_code::provider_keys));
}

TEST_CASE("answers that are no discovery document are told apart", "[app]")
{
    test::local_site both;
    be_good(both);
    auto code = check_code::provider_discovery_unusable;
    std::string expected;
    SECTION("a page")
    {
        both.answers[discovery_path] = ok("<html>");
        expected = discovery_path + ": not valid JSON";
    }
    SECTION("a document without its keys' address")
    {
        both.answers[discovery_path] = ok(nlohmann::json{{"issuer", both.address()}}.dump());
        expected = "authorization_endpoint";
    }
    SECTION("nothing there")
    {
        both.answers.erase(discovery_path);
        code = check_code::provider_discovery_refused;
        expected = "answered with status 404";
    }
    SECTION("a redirect, which is not followed")
    {
        both.answers[discovery_path] =
            "HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n";
        code = check_code::provider_discovery_refused;
        expected = "https://elsewhere.example/";
    }
    SECTION("not even HTTP")
    {
        both.answers[discovery_path] = "SSH-2.0-OpenSSH\r\n\r\n";
        code = check_code::provider_unreachable;
        expected = both.address() + discovery_path;
    }
    both.start();
    const auto report = report_on(variables_for(both.address(), both.address()));
    INFO(to_text(report));
    CHECK(status_of(report) == 1);
    CHECK_THAT(text_of(report, code), Contains(expected));
    CHECK(has(report, check_code::upstream_reachable)); // one failure does not hide the other half
}

TEST_CASE("keys that cannot be fetched are a problem of their own", "[app]")
{
    test::local_site both;
    be_good(both);
    both.answers["/jwks"] = ok("{}");
    both.start();
    const auto report = report_on(variables_for(both.address(), both.address()));
    CHECK(has(report, check_code::provider_issuer));
    CHECK_THAT(text_of(report, check_code::provider_keys_failed), Contains(both.address() + "/jwks: "));
    CHECK(status_of(report) == 1);
}

TEST_CASE("a provider that never answers is given up at oidc.request_timeout", "[app]")
{
    test::local_site mute;
    mute.is_mute = true;
    mute.start();
    auto variables = variables_for(mute.address(), mute.address());
    variables["OIDC_REQUEST_TIMEOUT"] = "100ms";
    const auto report = report_on(variables);
    CHECK_THAT(text_of(report, check_code::provider_unreachable), Contains("timed out after 100ms"));
    CHECK(has(report, check_code::upstream_reachable));
}

TEST_CASE("a certificate that nobody vouches for is told with OpenSSL's reason", "[app]")
{
    test::local_site both;
    both.certificate = test::test_authority::issue_self_signed({.dns_names = {}, .addresses = {"127.0.0.1"}});
    both.start();
    const auto report = report_on(variables_for(both.address("https"), both.address("https")));
    INFO(to_text(report));
    CHECK_THAT(text_of(report, check_code::provider_unreachable), Contains("TLS with 127.0.0.1"));
    CHECK_THAT(text_of(report, check_code::upstream_tls_failed), Contains("certificate"));
    CHECK(status_of(report) == 1);
}

TEST_CASE("nobody at the addresses is a problem for each", "[app]")
{
    asio::io_context context;
    // Bound and not listening: nobody else can take the port meanwhile.
    tcp::socket taken(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    const auto address = "http://127.0.0.1:" + std::to_string(taken.local_endpoint().port());
    const auto report = report_on(variables_for(address, address));
    CHECK_THAT(text_of(report, check_code::provider_unreachable), Contains("no connection to 127.0.0.1"));
    CHECK_THAT(text_of(report, check_code::upstream_unreachable), Contains(address));
    CHECK(count(report, check_level::problem) == 2);
}

TEST_CASE("what serve would refuse to start with is found, and nobody is asked", "[app]")
{
    auto variables = variables_for("http://127.0.0.1:9", "http://127.0.0.1:9");
    variables["SERVER_TLS_CERTIFICATE"] = "/nowhere/certificate.pem";
    variables["SERVER_TLS_KEY"] = "/nowhere/key.pem";
    const auto report = report_on(variables);
    CHECK(status_of(report) == 1);
    CHECK_THAT(
        text_of(report, check_code::settings_unusable),
        Contains("server.tls_certificate: /nowhere/certificate.pem: No such file")
    );
    CHECK(has(report, check_code::check_incomplete));
    CHECK_FALSE(has(report, check_code::provider_unreachable));
}

TEST_CASE("a random secret, a missing host and the warnings of the settings are told once each", "[app]")
{
    test::local_site both;
    be_good(both);
    both.start();
    auto variables = variables_for(both.address(), both.address());
    variables.erase("SESSION_SECRET");
    variables.erase("SERVER_PUBLIC_URL");
    variables["OIDC_CLIENTID"] = "gate"; // misspelt
    const auto report = report_on(variables);
    INFO(to_text(report));
    CHECK(status_of(report) == 0);
    CHECK(has(report, check_code::session_secret_random));
    CHECK(has(report, check_code::register_host_unknown));
    CHECK(report.addresses.redirect_uri == "https://YOUR-HOST/oidc/callback");
    const auto told = to_text(report);
    CHECK_THAT(told, Contains("OIDC_CLIENTID"));
    CHECK(told.find("session.secret is not set") != std::string::npos);
    CHECK(told.find("session.secret: is not set") == std::string::npos);
    CHECK(told.find("server.public_url: is not set") == std::string::npos);
}

} // namespace sekisho::app

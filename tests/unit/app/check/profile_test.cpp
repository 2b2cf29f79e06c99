// SPDX-License-Identifier: Apache-2.0
// What `sekisho check` tells about a profile, a signed set of keys and a document elsewhere.
#include "app/check/check.hpp"
#include "base/log.hpp"
#include "support/catch.hpp"
#include "support/local_site.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

namespace sekisho::app
{
namespace
{

using Catch::Matchers::Contains;

std::string ok(const std::string& body)
{
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

nlohmann::json metadata_at(const std::string& base)
{
    return {
        {"issuer", base},
        {"authorization_endpoint", base + "/authorize"},
        {"token_endpoint", base + "/token"},
        {"jwks_uri", base + "/jwks"},
        {"signed_jwks_uri", base + "/keys.jwt"},
    };
}

check_report report_on(settings::environment variables, const std::string& issuer)
{
    log::configure(log::level::off, log::format::text);
    variables["OIDC_ISSUER"] = issuer;
    variables["OIDC_CLIENT_ID"] = "gate";
    variables["UPSTREAM_URL"] = issuer;
    variables["SERVER_PUBLIC_URL"] = "https://app.example.com";
    variables["SESSION_SECRET"] = std::string(43, 'x');
    const auto settings =
        settings::load({.file = {}, .variables = variables, .overrides = {}, .read_secret = {}});
    for (const auto& each : settings.found.problems)
        FAIL(settings::to_text(each));
    return examine(settings);
}

std::string text_of(const check_report& report, check_code code)
{
    const auto at = std::ranges::find(report.findings, code, &check_finding::code);
    return at == report.findings.end() ? "(not found)" : at->found;
}

} // namespace

TEST_CASE("check reads the document where it is, and a set of keys that a pinned key signed", "[app]")
{
    const test::temporary_directory disk;
    const auto signer = test::signing_key::make("ES256");
    const bool is_pinned = GENERATE(true, false);
    test::local_site both;
    both.answers["/metadata.json"] = ok(metadata_at(both.address()).dump());
    both.answers["/keys.jwt"] = ok((is_pinned ? signer : test::signing_key::make("ES256"))
                                       .sign_with_kid("", test::signing_key::make("EdDSA").jwks()));
    both.start();
    const auto report = report_on(
        {{"OIDC_METADATA_URL", both.address() + "/metadata.json"},
         {"OIDC_SIGNED_JWKS_KEYS", disk.write("signers.pem", signer.public_pem())}},
        both.address()
    );
    INFO(to_text(report));
    CHECK(text_of(report, check_code::provider_discovery) == both.address() + "/metadata.json");
    if (is_pinned)
        CHECK(
            text_of(report, check_code::provider_keys) ==
            "1 usable key, in a set signed by one of oidc.signed_jwks_keys"
        );
    else
        CHECK_THAT(
            text_of(report, check_code::provider_keys_failed),
            Contains(both.address() + "/keys.jwt: ") && Contains("made this signature")
        );
}

TEST_CASE(
    "check tells what a profile turned on, and what the provider's document does not keep of it", "[app]"
)
{
    const test::temporary_directory disk;
    const test::test_authority authority;
    const auto ours = authority.issue({.common_name = "gate"});
    test::local_site both;
    both.certificate = authority.issue({.dns_names = {}, .addresses = {"127.0.0.1"}});
    const auto base = both.address("https");
    both.answers["/.well-known/openid-configuration"] = ok(metadata_at(base).dump());
    both.start();
    const auto report = report_on(
        {{"OIDC_PROFILE", "fapi2_security"},
         {"OIDC_CA_FILE", disk.write("ca.pem", authority.pem())},
         {"OIDC_CLIENT_CERTIFICATE", disk.write("us.pem", ours.certificate_pem)},
         {"OIDC_CLIENT_KEY", disk.write("us.key", ours.key_pem)}},
        base
    );
    INFO(to_text(report));
    CHECK_THAT(text_of(report, check_code::provider_profile), Contains("pushed_authorization = always"));
    CHECK_THAT(
        text_of(report, check_code::provider_profile_unmet),
        Contains("pushed_authorization_request_endpoint") &&
            Contains("tls_client_certificate_bound_access_tokens is not true")
    );
    CHECK(status_of(report) == 1);
}

} // namespace sekisho::app

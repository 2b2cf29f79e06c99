// SPDX-License-Identifier: Apache-2.0
#include "settings/document.hpp"
#include "settings/load.hpp"
#include "settings/profile.hpp"
#include "support/catch.hpp"
#include "unit/settings/support.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace sekisho::settings
{
namespace
{

using Catch::Matchers::Contains;
using test::load_with;
using test::texts_of;

// All that somebody has to write beside the profile itself.
environment keeping(environment more = {})
{
    environment made{
        {"OIDC_PROFILE", "fapi2_security"},
        {"OIDC_SIGNING_KEY", "/k"},
        {"OIDC_CLIENT_CERTIFICATE", "/c"},
        {"OIDC_CLIENT_KEY", "/ck"},
    };
    for (const auto& [name, value] : more)
        made[name] = value;
    return made;
}

std::string printed(const loaded& from, std::string_view path)
{
    return print(from.values, find_setting(path).value());
}

struct broken_demand
{
    std::string setting; // without "oidc."
    environment changes;
    std::string section;
    std::string wish;
};

} // namespace

TEST_CASE("fapi2_security turns on what nobody set, and says so", "[settings]")
{
    const auto settings = load_with(keeping());
    CAPTURE(texts_of(settings.found.problems));
    REQUIRE(settings.is_usable());
    const auto [path, value] = GENERATE(Catch::Generators::table<std::string, std::string>({
        {"oidc.pushed_authorization", "always"},
        {"oidc.client_authentication", "private_key_jwt"},
        {"oidc.assertion_audience", "issuer"},
        {"oidc.signing_algorithms", "PS256, ES256, EdDSA"},
        {"oidc.request_object", "off"},
        {"oidc.response_mode", "auto"},
    }));
    CAPTURE(path);
    CHECK(printed(settings, path) == value);
    const auto is_changed = value != "off" && value != "auto";
    CHECK(settings.origin_of(path).place == (is_changed ? "profile fapi2_security" : "default"));
    REQUIRE(settings.profiles.size() == 1);
    CHECK(settings.profiles[0].changes.size() == 4);
    if (is_changed)
        CHECK_THAT(effective(settings), Contains("# profile fapi2_security"));
}

TEST_CASE("fapi2_message_signing has requests and answers signed beside that", "[settings]")
{
    const auto settings = load_with(keeping({{"OIDC_PROFILE", "fapi2_message_signing"}}));
    CAPTURE(texts_of(settings.found.problems));
    REQUIRE(settings.is_usable());
    CHECK(printed(settings, "oidc.request_object") == "signed");
    CHECK(printed(settings, "oidc.response_mode") == "jwt");
    CHECK(printed(settings, "oidc.pushed_authorization") == "always");
    CHECK(settings.origin_of("oidc.response_mode").place == "profile fapi2_message_signing");
    CHECK(
        changes_of(settings.profiles.at(0).changes) ==
        "oidc.pushed_authorization = always, oidc.client_authentication = private_key_jwt, "
        "oidc.assertion_audience = issuer, oidc.signing_algorithms = PS256, ES256, EdDSA, "
        "oidc.request_object = signed, oidc.response_mode = jwt"
    );
}

TEST_CASE("fapi2_message_signing lets requests be encrypted too: they are signed inside", "[settings]")
{
    const auto settings =
        load_with(keeping({{"OIDC_PROFILE", "fapi2_message_signing"}, {"OIDC_REQUEST_OBJECT", "encrypted"}}));
    CAPTURE(texts_of(settings.found.problems));
    REQUIRE(settings.is_usable());
    CHECK(printed(settings, "oidc.request_object") == "encrypted");
}

TEST_CASE("a profile decides what is auto, whoever wrote that", "[settings]")
{
    const auto settings = load_with(keeping(
        {{"OIDC_PROFILE", "fapi2_message_signing"},
         {"OIDC_PUSHED_AUTHORIZATION", "auto"},
         {"OIDC_RESPONSE_MODE", "auto"},
         {"OIDC_CLIENT_AUTHENTICATION", "auto"}}
    ));
    REQUIRE(settings.is_usable());
    CHECK(printed(settings, "oidc.pushed_authorization") == "always");
    CHECK(printed(settings, "oidc.response_mode") == "jwt");
    CHECK(printed(settings, "oidc.client_authentication") == "private_key_jwt");
}

TEST_CASE("a certificate alone may be all the proof; the metadata decides in which way", "[settings]")
{
    const auto settings = load_with(keeping({{"OIDC_SIGNING_KEY", ""}}));
    CAPTURE(texts_of(settings.found.problems));
    REQUIRE(settings.is_usable());
    CHECK(printed(settings, "oidc.client_authentication") == "auto");
}

TEST_CASE("a key for DPoP binds tokens as well as a certificate does", "[settings]")
{
    const auto settings = load_with(
        keeping({{"OIDC_CLIENT_CERTIFICATE", ""}, {"OIDC_CLIENT_KEY", ""}, {"OIDC_DPOP_KEY", "/dpop.jwk"}})
    );
    CAPTURE(texts_of(settings.found.problems));
    CHECK(settings.is_usable());
}

TEST_CASE("a profile leaves what somebody set within it", "[settings]")
{
    const auto settings = load_with(
        keeping({{"OIDC_SIGNING_ALGORITHMS", "ES256"}, {"OIDC_CLIENT_AUTHENTICATION", "tls_client_auth"}})
    );
    REQUIRE(settings.is_usable());
    CHECK(printed(settings, "oidc.signing_algorithms") == "ES256");
    CHECK(printed(settings, "oidc.client_authentication") == "tls_client_auth");
    CHECK(settings.origin_of("oidc.signing_algorithms").place == "environment OIDC_SIGNING_ALGORITHMS");
}

TEST_CASE(
    "each setting that contradicts a profile is refused with what it wants and where that stands",
    "[settings]"
)
{
    const auto broken = GENERATE(values<broken_demand>({
        {"issuer", {{"OIDC_ISSUER", "http://localhost:8080"}}, "5.2.1", "an https address"},
        {"allow_http", {{"OIDC_ALLOW_HTTP", "true"}}, "5.2.1", "false"},
        {"dpop_key",
         {{"OIDC_CLIENT_CERTIFICATE", ""}, {"OIDC_CLIENT_KEY", ""}},
         "5.3.3.1, 1",
         "tokens bound to a key"},
        {"client_secret", {{"OIDC_CLIENT_SECRET", "s3cret"}}, "5.3.3.1, 2", "no secret"},
        {"client_authentication",
         {{"OIDC_CLIENT_AUTHENTICATION", "none"}, {"OIDC_SIGNING_KEY", ""}},
         "5.3.3.1, 2",
         "private_key_jwt"},
        {"client_authentication",
         {{"OIDC_SIGNING_KEY", ""},
          {"OIDC_CLIENT_CERTIFICATE", ""},
          {"OIDC_CLIENT_KEY", ""},
          {"OIDC_DPOP_KEY", "/d"}},
         "5.3.3.1, 2",
         "private_key_jwt"},
        {"userinfo_token", {{"OIDC_USERINFO_TOKEN", "query"}}, "5.3.3.1, 3", "header"},
        {"assertion_file",
         {{"OIDC_ASSERTION_FILE", "/a"}, {"OIDC_SIGNING_KEY", ""}},
         "5.3.3.1, 5",
         "signing_key"},
        {"assertion_audience", {{"OIDC_ASSERTION_AUDIENCE", "token_endpoint"}}, "5.3.3.1, 5", "issuer"},
        {"metadata_url",
         {{"OIDC_METADATA_URL", "https://login.example.com/metadata.json"}},
         "5.3.3.1, 9",
         "RFC 8414"},
        {"metadata_url",
         {{"OIDC_METADATA_URL", "https://other.example.com/.well-known/openid-configuration"}},
         "5.3.3.1, 9",
         "RFC 8414"},
        {"authorization_endpoint",
         {{"OIDC_AUTHORIZATION_ENDPOINT", "https://a.example.com"}},
         "5.3.3.1, 9",
         "take this one out"},
        {"token_endpoint", {{"OIDC_TOKEN_ENDPOINT", "https://a.example.com"}}, "5.3.3.1, 9", "take this"},
        {"userinfo_endpoint", {{"OIDC_USERINFO_ENDPOINT", "https://a.example.com"}}, "5.3.3.1, 9", "take this"
        },
        {"jwks_uri", {{"OIDC_JWKS_URI", "https://a.example.com"}}, "5.3.3.1, 9", "take this"},
        {"end_session_endpoint",
         {{"OIDC_END_SESSION_ENDPOINT", "https://a.example.com"}},
         "5.3.3.1, 9",
         "take this"},
        {"introspection_endpoint",
         {{"OIDC_INTROSPECTION_ENDPOINT", "https://a.example.com"}},
         "5.3.3.1, 9",
         "take this"},
        {"revocation_endpoint",
         {{"OIDC_REVOCATION_ENDPOINT", "https://a.example.com"}},
         "5.3.3.1, 9",
         "take this"},
        {"pushed_authorization_request_endpoint",
         {{"OIDC_PUSHED_AUTHORIZATION_REQUEST_ENDPOINT", "https://a.example.com"}},
         "5.3.3.1, 9",
         "take this"},
        {"back_channel_url", {{"OIDC_BACK_CHANNEL_URL", "https://a.example.com"}}, "5.3.3.1, 9", "take this"},
        {"issuer_check",
         {{"OIDC_ISSUER_CHECK", "tenant_template"},
          {"OIDC_TENANTS", "11111111-2222-3333-4444-555555555555"},
          {"OIDC_ISSUER", "https://login.microsoftonline.com/common/v2.0"},
          {"OIDC_PRESET", "generic"}},
         "5.3.3.1, 11",
         "exact"},
        {"auth_method", {{"OIDC_AUTH_METHOD", "code"}}, "5.3.3.2, 1 and 3", "pkce"},
        {"auth_method", {{"OIDC_AUTH_METHOD", "implicit"}}, "5.3.3.2, 1 and 3", "pkce"},
        {"auth_method", {{"OIDC_AUTH_METHOD", "code id_token"}}, "5.3.3.2, 1 and 3", "pkce"},
        {"pushed_authorization", {{"OIDC_PUSHED_AUTHORIZATION", "never"}}, "5.3.3.2, 2", "always"},
        {"response_issuer", {{"OIDC_RESPONSE_ISSUER", "https://b.example.com"}}, "5.3.3.2, 5", "itself"},
        {"clock_skew", {{"OIDC_CLOCK_SKEW", "61s"}}, "5.3.2.1, 14", "60s or less"},
        {"signing_algorithms", {{"OIDC_SIGNING_ALGORITHMS", "ES256, RS256"}}, "5.4.1", "PS256"},
        {"signing_key_algorithm", {{"OIDC_SIGNING_KEY_ALGORITHM", "RS256"}}, "5.4.1", "PS256"},
        {"id_token_signature", {{"OIDC_ID_TOKEN_SIGNATURE", "tls"}}, "5.4.1", "required"},
        {"request_object",
         {{"OIDC_PROFILE", "fapi2_message_signing"}, {"OIDC_REQUEST_OBJECT", "off"}},
         "Message Signing, 5.3.2",
         "signed"},
        {"response_mode",
         {{"OIDC_PROFILE", "fapi2_message_signing"}, {"OIDC_RESPONSE_MODE", "query"}},
         "Message Signing, 5.4.2",
         "jwt"},
        {"response_mode",
         {{"OIDC_PROFILE", "fapi2_message_signing"}, {"OIDC_RESPONSE_MODE", "form_post.jwt"}},
         "Message Signing, 5.4.2",
         "jwt"},
    }));
    CAPTURE(broken.setting);
    const auto settings = load_with(keeping(broken.changes));
    const auto lines = texts_of(settings.found.problems);
    CAPTURE(lines);
    REQUIRE(settings.found.problems.size() == 1);
    const auto& said = settings.found.problems.front();
    CHECK(said.setting == "oidc." + broken.setting);
    CHECK_THAT(said.message, Contains(": oidc.profile fapi2_"));
    CHECK_THAT(said.message, Contains(broken.section + ")"));
    CHECK_THAT(said.message, Contains(broken.wish));
    // It is the profile that refuses it.
    auto without = broken.changes;
    without["OIDC_PROFILE"] = "none";
    CHECK(load_with(keeping(without)).is_usable());
}

TEST_CASE("without discovery a profile cannot be kept", "[settings]")
{
    const auto settings = load_with(keeping({{"OIDC_DISCOVERY", "false"}}));
    CHECK(std::ranges::any_of(
        settings.found.problems,
        [](const finding& each)
        { return each.setting == "oidc.discovery" && each.message.contains("5.3.3.1, 9"); }
    ));
}

TEST_CASE("answers do not travel in the clear under a profile, but to this machine", "[settings]")
{
    const auto [address, is_usable] = GENERATE(Catch::Generators::table<std::string, bool>({
        {"http://app.example.com", false},
        {"http://localhost:8080", true},
        {"https://app.example.com", true},
    }));
    CAPTURE(address);
    const auto settings = load_with(keeping({{"SERVER_PUBLIC_URL", address}}));
    CHECK(settings.is_usable() == is_usable);
    if (!is_usable)
        CHECK_THAT(texts_of(settings.found.problems).at(0), Contains("5.3.2.2, 8"));
}

TEST_CASE("a document at another well-known path of the issuer's host is within a profile", "[settings]")
{
    const auto settings = load_with(
        keeping({{"OIDC_METADATA_URL", "https://login.example.com/.well-known/oauth-authorization-server/a"}})
    );
    CAPTURE(texts_of(settings.found.problems));
    CHECK(settings.is_usable());
}

TEST_CASE("all contradictions are told at once", "[settings]")
{
    const auto settings = load_with(
        {{"OIDC_PROFILE", "fapi2_message_signing"},
         {"OIDC_CLIENT_SECRET", "s3cret"},
         {"OIDC_AUTH_METHOD", "code id_token"},
         {"OIDC_ALLOW_HTTP", "true"}}
    );
    std::set<std::string> told;
    for (const auto& each : settings.found.problems)
        told.insert(each.setting);
    const std::set<std::string> expected{
        "oidc.allow_http",
        "oidc.auth_method",
        "oidc.client_authentication",
        "oidc.client_secret",
        "oidc.dpop_key",
        "oidc.request_object",
    };
    CAPTURE(texts_of(settings.found.problems));
    CHECK(told == expected);
    CHECK_FALSE(texts_of(settings.found.problems).empty());
    for (const auto& each : texts_of(settings.found.problems))
        CHECK_THAT(each, !Contains("s3cret"));
}

TEST_CASE("each provider has its own profile", "[settings]")
{
    const auto settings = load_with(
        {{"PROVIDERS_BANK_ISSUER", "https://bank.example.com"},
         {"PROVIDERS_BANK_CLIENT_ID", "app"},
         {"PROVIDERS_BANK_PROFILE", "fapi2_security"},
         {"PROVIDERS_BANK_CLIENT_SECRET", "s"}}
    );
    CHECK(printed(settings, "oidc.pushed_authorization") == "auto");
    CHECK(printed(settings, "providers.bank.pushed_authorization") == "always");
    REQUIRE(settings.profiles.size() == 1);
    CHECK(settings.profiles[0].provider == "bank");
    const auto lines = texts_of(settings.found.problems);
    REQUIRE(lines.size() == 3);
    for (const auto& each : lines)
        CHECK_THAT(each, Contains("providers.bank.profile fapi2_security wants"));
}

TEST_CASE("every value that a profile turns on can be read, and every demand has a setting", "[settings]")
{
    for (const auto& each : profile_values())
    {
        CAPTURE(each.name);
        model tried;
        const setting what{row_of("oidc." + std::string(each.name)), {}};
        const raw_value text{.form = raw_value::shape::text, .items = {std::string(each.value)}};
        if (!table()[what.row].is_list)
            CHECK_FALSE(assign(tried, what, text));
    }
    for (const auto& each : profile_demands())
    {
        CAPTURE(each.name);
        CHECK(find_row("oidc." + std::string(each.name)));
        CHECK_FALSE(each.wish.empty());
    }
}

} // namespace sekisho::settings

// SPDX-License-Identifier: Apache-2.0
#include "settings/load.hpp"
#include "support/catch.hpp"
#include "unit/settings/support.hpp"

#include <algorithm>
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

} // namespace

TEST_CASE("ID tokens are believed for TLS only where TLS vouches for them, and no key could", "[settings]")
{
    const auto expected = GENERATE(values<rule_case>({
        {{{"OIDC_AUTH_METHOD", "implicit"}}, "oidc.auth_method", "through the browser"},
        {{{"OIDC_AUTH_METHOD", "id_token token"}}, "oidc.auth_method", "through the browser"},
        {{{"OIDC_AUTH_METHOD", "hybrid"}}, "oidc.auth_method", "through the browser"},
        {{{"OIDC_AUTH_METHOD", "code id_token token"}}, "oidc.auth_method", "through the browser"},
        {{{"OIDC_ALLOW_HTTP", "true"}}, "oidc.allow_http", "nothing but TLS"},
        {{{"OIDC_ISSUER", "http://localhost:8080"}}, "oidc.issuer", "nothing but TLS"},
        {{{"OIDC_TOKEN_ENDPOINT", "http://localhost/t"}}, "oidc.token_endpoint", "nothing but TLS"},
        {{{"OIDC_USERINFO_ENDPOINT", "http://localhost/u"}}, "oidc.userinfo_endpoint", "nothing but TLS"},
        {{{"OIDC_BACK_CHANNEL_URL", "http://127.0.0.1:8080"}}, "oidc.back_channel_url", "nothing but TLS"},
        {{{"OIDC_METADATA_URL", "http://localhost/m"}}, "oidc.metadata_url", "nothing but TLS"},
        {{{"OIDC_JWKS_URI", "https://idp.example/k"}}, "oidc.jwks_uri", "there are keys"},
        {{{"OIDC_JWKS_FILE", "/k"}}, "oidc.jwks_file", "there are keys"},
        {{{"OIDC_SIGNED_JWKS_KEYS", "/k"}}, "oidc.signed_jwks_keys", "there are keys"},
        {{{"OIDC_SIGNING_ALGORITHMS", "HS256"},
          {"OIDC_CLIENT_SECRET", "of more than thirty-two bytes, as RFC 7518 wants"}},
         "oidc.id_token_signature",
         "tls has no use"},
        {{{"OIDC_RESPONSE_MODE", "jwt"}}, "oidc.response_mode", "needs the provider's keys"},
        {{{"OIDC_USERINFO", "never"}}, "oidc.userinfo", "confirms who it is"},
        {{{"OIDC_DISCOVERY", "false"},
          {"OIDC_AUTHORIZATION_ENDPOINT", "https://idp.example/a"},
          {"OIDC_TOKEN_ENDPOINT", "https://idp.example/t"}},
         "oidc.userinfo_endpoint",
         "UserInfo then confirms who it is"},
    }));
    CAPTURE(expected.setting);
    auto changes = expected.changes;
    changes["OIDC_ID_TOKEN_SIGNATURE"] = "tls";
    const auto loaded = load_with(changes);
    CAPTURE(test::texts_of(loaded.found.problems));
    const auto found = std::ranges::find(loaded.found.problems, expected.setting, &finding::setting);
    REQUIRE(found != loaded.found.problems.end());
    CHECK_THAT(found->message, Contains(expected.message));
}

TEST_CASE(
    "without discovery a provider that has no keys needs none, and the start says what is lost", "[settings]"
)
{
    const auto loaded = load_with({
        {"OIDC_ID_TOKEN_SIGNATURE", "tls"},
        {"OIDC_DISCOVERY", "false"},
        {"OIDC_AUTHORIZATION_ENDPOINT", "https://idp.example/a"},
        {"OIDC_TOKEN_ENDPOINT", "https://idp.example/t"},
        {"OIDC_USERINFO_ENDPOINT", "https://idp.example/u"},
    });
    CAPTURE(test::texts_of(loaded.found.problems));
    CHECK(loaded.is_usable());
    const auto warned =
        std::ranges::find(loaded.found.warnings, "oidc.id_token_signature", &finding::setting);
    REQUIRE(warned != loaded.found.warnings.end());
    CHECK_THAT(warned->message, Contains("back-channel logout does not work"));
}

} // namespace sekisho::settings

// SPDX-License-Identifier: Apache-2.0
#include "app/composition/client.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::app;

TEST_CASE(
    "every way of client authentication that can be set is the provider folder's of the same name", "[app]"
)
{
    using from = settings::client_authentication;
    const auto [set, expected] = GENERATE(table<from, std::string>({
        {from::none, "none"},
        {from::client_secret_basic, "client_secret_basic"},
        {from::client_secret_post, "client_secret_post"},
        {from::client_secret_jwt, "client_secret_jwt"},
        {from::private_key_jwt, "private_key_jwt"},
        {from::tls_client_auth, "tls_client_auth"},
        {from::self_signed_tls_client_auth, "self_signed_tls_client_auth"},
    }));
    REQUIRE(authentication_of(set));
    CHECK(oidc::name(*authentication_of(set)) == expected);
    CHECK_FALSE(authentication_of(from::automatic));
}

TEST_CASE("the settings of keys, assertions and certificates arrive where they are used", "[app]")
{
    settings::oidc_settings set;
    set.signing_key = "keys";
    set.signing_key_algorithm = "PS256";
    set.signing_certificate = "keys.crt";
    set.assertion_file = "token";
    set.assertion_audience = settings::assertion_audience::issuer;
    set.client_certificate = "tls.crt";
    set.token_origin = settings::off_on_auto::on;
    const auto made = proofs_of(set);
    REQUIRE(test::outcome(made) == "ok");
    CHECK(made->signing_key == "keys");
    CHECK(made->signing_algorithm == crypto::algorithm::ps256);
    CHECK(made->signing_certificate == "keys.crt");
    CHECK(made->assertion_file == "token");
    CHECK(made->audience == provider::assertion_audience::issuer);
    CHECK(made->has_certificate);
    CHECK(made->sends_origin);
    const auto nothing = proofs_of({});
    REQUIRE(nothing);
    CHECK_FALSE(nothing->signing_algorithm);
    CHECK_FALSE(nothing->has_certificate);
    CHECK_FALSE(nothing->sends_origin);
}

TEST_CASE("an algorithm that no private key has is refused", "[app]")
{
    settings::oidc_settings set;
    set.signing_key_algorithm = GENERATE(as<std::string>{}, "HS256", "es256", "none");
    CHECK(test::outcome(proofs_of(set)) == "value_malformed at oidc.signing_key_algorithm");
}

// SPDX-License-Identifier: Apache-2.0
#include "crypto/decryption_key.hpp"
#include "crypto/jwe.hpp"
#include "crypto/signing_key.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/private_keys.hpp"
#include "support/test_jwe.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::crypto;
using Catch::Matchers::Contains;

namespace
{

decryption_key of_pem(std::string_view family)
{
    return decryption_key::from_pem(secret(test::private_pem(family))).value();
}

std::string reason(const result<decryption_key>& refused)
{
    CHECK(test::outcome(refused) == "value_malformed at key");
    return test::detail(refused);
}

} // namespace

TEST_CASE("a key of each kind is the same from PEM, and through its own JWK and PEM", "[crypto]")
{
    const auto family = GENERATE(as<std::string>{}, "RSA", "P-256", "P-384", "P-521", "X25519");
    const auto key = of_pem(family);
    CHECK(key.family() == family);
    CHECK(key.kid() == key.thumbprint());
    const auto again = decryption_key::from_jwk(key.private_jwk());
    REQUIRE(test::outcome(again) == "ok");
    CHECK(again->public_jwk() == key.public_jwk());
    CHECK(decryption_key::from_pem(key.private_pem())->thumbprint() == key.thumbprint());
}

TEST_CASE(
    "a public JWK is for encryption, has nothing private, and an alg where the key is bound to one",
    "[crypto]"
)
{
    const auto family = GENERATE(as<std::string>{}, "RSA", "P-256", "X25519");
    const auto jwk = of_pem(family).public_jwk();
    CHECK(jwk["use"] == "enc");
    CHECK_FALSE(jwk.contains("alg"));
    for (const auto* secret_member : {"d", "p", "q", "dp", "dq", "qi"})
        CHECK_FALSE(jwk.contains(secret_member));
    const auto alg = GENERATE(key_management::rsa_oaep_256, key_management::ecdh_es_a256kw);
    CHECK(decryption_key::generate(alg)->public_jwk()["alg"] == name(alg));
}

TEST_CASE("the thumbprint is the one of the same key that signs (RFC 7638)", "[crypto]")
{
    const secret pem{std::string(test::openssl_ec_pkcs8)};
    CHECK(decryption_key::from_pem(pem)->thumbprint() == signing_key::from_pem(pem)->thumbprint());
}

TEST_CASE("a key that cannot decrypt, or is not for that, is refused with the reason", "[crypto]")
{
    CHECK_THAT(
        reason(decryption_key::from_pem(secret(std::string(test::openssl_ec_encrypted)))),
        Contains("encrypted")
    );
    CHECK_THAT(
        reason(decryption_key::from_pem(secret(test::public_pem(test::private_pem("P-256"))))),
        Contains("public key")
    );
    CHECK_THAT(
        reason(decryption_key::from_pem(secret(std::string(test::openssl_rsa_1024)))), Contains("1024")
    );
    CHECK_THAT(reason(decryption_key::from_jwk(json::parse(test::rfc8037_ed25519))), Contains("only signs"));
    const auto [member, value, expected] = GENERATE(table<std::string, json, std::string>({
        {"use", "sig", "not \"enc\""},
        {"alg", "ES256", "none we decrypt"},
        {"alg", "RSA1_5", "none we decrypt"},
        {"alg", "RSA-OAEP", "does not go with"},
        {"d", json(), "no d"},
        {"d", "AAAA", "32 bytes"},
        {"kty", "oct", "shared secret"},
    }));
    auto jwk = of_pem("P-256").private_jwk();
    jwk[member] = value;
    CAPTURE(member, value);
    CHECK_THAT(reason(decryption_key::from_jwk(jwk)), Contains(expected));
}

TEST_CASE("an X25519 key whose halves do not belong together is refused", "[crypto]")
{
    auto jwk = of_pem("X25519").private_jwk();
    jwk["x"] = of_pem("X25519").public_jwk()["x"];
    CHECK_THAT(reason(decryption_key::from_jwk(jwk)), Contains("do not belong"));
}

TEST_CASE("a key takes the algorithms of its kind, and of them the one it is bound to", "[crypto]")
{
    using enum key_management;
    const auto rsa = of_pem("RSA");
    CHECK(rsa.takes(rsa_oaep));
    CHECK(rsa.takes(rsa_oaep_256));
    CHECK_FALSE(rsa.takes(ecdh_es));
    const auto bound = decryption_key::generate(ecdh_es_a256kw).value();
    CHECK(bound.takes(ecdh_es_a256kw));
    CHECK_FALSE(bound.takes(ecdh_es));
    CHECK_FALSE(bound.takes(rsa_oaep));
}

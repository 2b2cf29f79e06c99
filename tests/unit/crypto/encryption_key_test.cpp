// SPDX-License-Identifier: Apache-2.0
#include "crypto/decryption_key.hpp"
#include "crypto/encryption_key.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/test_jwe.hpp"

#include <nlohmann/json.hpp>

#include <string>

using namespace sekisho;
using namespace sekisho::crypto;
using Catch::Matchers::Contains;

namespace
{

json jwk_of(std::string_view family)
{
    return decryption_key::from_pem(secret(test::private_pem(family))).value().public_jwk();
}

} // namespace

TEST_CASE("a public key for encryption is read with what it says of itself", "[crypto]")
{
    const std::string family = GENERATE("RSA", "P-256", "P-384", "P-521", "X25519");
    CAPTURE(family);
    auto jwk = jwk_of(family);
    jwk["kid"] = "e1";
    jwk["nbf"] = 1'000;
    jwk["exp"] = 2'000;
    const auto key = encryption_key::from_jwk(jwk);
    REQUIRE(test::outcome(key) == "ok");
    CHECK(key->family() == family);
    CHECK(key->kid() == "e1");
    CHECK_FALSE(key->alg());
    CHECK(key->not_before() == time_point(std::chrono::seconds(1'000)));
    CHECK(key->expiry() == time_point(std::chrono::seconds(2'000)));
    CHECK(key->takes(key_management::rsa_oaep) == (family == "RSA"));
    CHECK(key->takes(key_management::ecdh_es_a128kw) == (family != "RSA"));
}

TEST_CASE("a key that is bound to an algorithm goes with no other", "[crypto]")
{
    auto jwk = jwk_of("RSA");
    jwk["alg"] = "RSA-OAEP";
    const auto key = encryption_key::from_jwk(jwk).value();
    CHECK(key.alg() == key_management::rsa_oaep);
    CHECK(key.takes(key_management::rsa_oaep));
    CHECK_FALSE(key.takes(key_management::rsa_oaep_256));
}

TEST_CASE("what is no key to encrypt to is refused with the reason", "[crypto]")
{
    const auto [family, change, reason] = GENERATE(table<std::string, std::string, std::string>({
        {"RSA", R"({"use":"sig"})", "its use is \"sig\""}, // RFC 7517, 4.2
        {"RSA", R"({"use":null})", "it has no use"},       // Core 10.2
        {"RSA", R"({"key_ops":["verify"]})", "key_ops"},   // RFC 7517, 4.3
        {"RSA", R"({"alg":"RSA1_5"})", "none we encrypt with"},
        {"RSA", R"({"alg":"ECDH-ES"})", "does not go with"},
        {"RSA", R"({"kid":7})", "kid"},
        {"RSA", R"({"nbf":"soon"})", "nbf"},
        {"P-256", R"({"alg":"RSA-OAEP-256"})", "does not go with"},
        {"P-256", R"({"x":"AAAA"})", "32 bytes"},
        {"P-256", R"({"y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})", "make no public key"
        }, // off its curve
        {"P-256", R"({"crv":"secp256k1"})", "crv"},
        {"X25519", R"({"crv":"Ed25519"})", "no curve we agree on"}, // it only signs
        {"X25519", R"({"kty":"oct","k":"AAAA"})", "no curve we agree on"},
    }));
    CAPTURE(family, change);
    auto jwk = jwk_of(family);
    jwk.update(json::parse(change));
    const auto key = encryption_key::from_jwk(jwk);
    CHECK_FALSE(key);
    CHECK_THAT(test::outcome(key) + ": " + test::detail(key), Contains(reason));
}

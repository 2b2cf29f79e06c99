// SPDX-License-Identifier: Apache-2.0
#include "crypto/key.hpp"
#include "support/catch.hpp"
#include "support/rfc_vectors.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

#include <array>

using namespace sekisho;
using namespace sekisho::crypto;
using test::signing_key;

namespace
{

result<verification_key> read(const std::string& jwk) { return verification_key::from_jwk(json::parse(jwk)); }

// A JWK with one member replaced or, with null, taken away.
result<verification_key> read_with(std::string_view jwk, const std::string& member, const json& value)
{
    auto changed = json::parse(jwk);
    if (value.is_null())
        changed.erase(member);
    else
        changed[member] = value;
    return verification_key::from_jwk(changed);
}

} // namespace

TEST_CASE("algorithms are found by their exact names only", "[crypto]")
{
    const auto [alg, text] = GENERATE(table<algorithm, std::string_view>({
        {algorithm::rs256, "RS256"}, // RFC 7518, 3.1
        {algorithm::rs384, "RS384"},
        {algorithm::rs512, "RS512"},
        {algorithm::ps256, "PS256"},
        {algorithm::ps384, "PS384"},
        {algorithm::ps512, "PS512"},
        {algorithm::es256, "ES256"},
        {algorithm::es384, "ES384"},
        {algorithm::es512, "ES512"},
        {algorithm::eddsa, "EdDSA"},     // RFC 8037, 3.1
        {algorithm::ed25519, "Ed25519"}, // RFC 9864, 2.2
        {algorithm::ed448, "Ed448"},
        {algorithm::hs256, "HS256"},
        {algorithm::hs384, "HS384"},
        {algorithm::hs512, "HS512"},
    }));
    CHECK(find_algorithm(text) == alg);
    CHECK(name(alg) == text);
    for (const auto* each : {"", "none", "None", "rs256", "RS256 ", "eddsa", "ES256K", "RS1", "dir"})
        CHECK_FALSE(find_algorithm(each));
    CHECK(is_symmetric(algorithm::hs384));
    CHECK_FALSE(is_symmetric(algorithm::rs256));
}

TEST_CASE("each algorithm takes its own kind of key and curve", "[crypto]")
{
    auto [alg, kind] = GENERATE(table<algorithm, key_kind>({
        {algorithm::rs256, key_kind::rsa},
        {algorithm::ps512, key_kind::rsa},
        {algorithm::es256, key_kind::ec_p256},
        {algorithm::es384, key_kind::ec_p384},
        {algorithm::es512, key_kind::ec_p521},
        {algorithm::eddsa, key_kind::ed25519},
        {algorithm::ed25519, key_kind::ed25519},
        {algorithm::ed448, key_kind::ed448},
        {algorithm::hs256, key_kind::symmetric},
    }));
    for (const auto other :
         {key_kind::rsa,
          key_kind::ec_p256,
          key_kind::ec_p384,
          key_kind::ec_p521,
          key_kind::ed25519,
          key_kind::symmetric})
        CHECK(goes_with(alg, other) == (other == kind));
    CHECK(goes_with(alg, key_kind::ed448) == (alg == algorithm::eddsa || alg == algorithm::ed448));
}

TEST_CASE(
    "EdDSA and the name of its curve are one algorithm to a key, and to a list that has EdDSA", "[crypto]"
)
{
    const auto [curve, says, asked, is_taken] = GENERATE(table<std::string, std::string, algorithm, bool>({
        {"Ed25519", "", algorithm::eddsa, true},
        {"Ed25519", "", algorithm::ed25519, true},
        {"Ed25519", "", algorithm::ed448, false},
        {"Ed25519", "EdDSA", algorithm::ed25519, true},
        {"Ed25519", "Ed25519", algorithm::eddsa, true},
        {"Ed25519", "EdDSA", algorithm::ed448, false},
        {"Ed448", "EdDSA", algorithm::ed448, true},
        {"Ed448", "Ed448", algorithm::ed25519, false},
        {"Ed448", "Ed448", algorithm::eddsa, true},
    }));
    CAPTURE(curve, says);
    const auto key = read(signing_key::make(curve).jwk({.kid = "", .use = "", .alg = says}));
    REQUIRE(key);
    CHECK(key->takes(asked) == is_taken);
    CHECK_FALSE(read(signing_key::make("Ed448").jwk({.kid = "", .use = "", .alg = "Ed25519"})));

    const std::array old_name{algorithm::rs256, algorithm::eddsa};
    const std::array new_name{algorithm::ed25519};
    CHECK(allows(old_name, algorithm::ed25519));
    CHECK(allows(old_name, algorithm::ed448));
    CHECK(allows(new_name, algorithm::ed25519));
    CHECK_FALSE(allows(new_name, algorithm::eddsa)); // which could be either curve
    CHECK_FALSE(allows(new_name, algorithm::ed448));
    CHECK_FALSE(allows(old_name, algorithm::es256));
}

TEST_CASE("a JWK is read with its kind, kid and alg", "[crypto]")
{
    auto [alg, kind] = GENERATE(table<std::string, key_kind>({
        {"RS256", key_kind::rsa},
        {"PS384", key_kind::rsa},
        {"ES256", key_kind::ec_p256},
        {"ES384", key_kind::ec_p384},
        {"ES512", key_kind::ec_p521},
        {"EdDSA", key_kind::ed25519},
        {"Ed25519", key_kind::ed25519},
        {"Ed448", key_kind::ed448},
    }));
    const auto key = read(signing_key::make(alg).jwk({.kid = "k1", .use = "sig", .alg = alg}));
    REQUIRE(key);
    CHECK(key->kind() == kind);
    CHECK(key->kid() == "k1");
    CHECK(key->alg() == find_algorithm(alg));
}

TEST_CASE("kid, use and alg of a JWK may be left out", "[crypto]")
{
    const auto key = read(signing_key::make_ed448().jwk({.kid = "", .use = "", .alg = ""}));
    REQUIRE(key);
    CHECK(key->kind() == key_kind::ed448);
    CHECK_FALSE(key->kid());
    CHECK_FALSE(key->alg());
}

TEST_CASE("a JWK that is for something else, or for nothing, is refused with the reason", "[crypto]")
{
    const auto es256 = test::es256_vector.jwk;
    const auto rs256 = test::rs256_vector.jwk;
    const auto eddsa = test::eddsa_vector.jwk;
    auto [jwk, member, value, reason] =
        GENERATE_COPY(table<std::string_view, std::string, json, std::string>({
            {es256, "use", "enc", "\"enc\""},
            {es256, "key_ops", json::array({"sign"}), "key_ops"},
            {es256, "kty", nullptr, "kty"},
            {es256, "kty", "oct", "\"oct\""},
            {es256, "kty", "ec", "\"ec\""},
            {es256, "kty", 7, "kty"},
            {es256, "crv", "secp256k1", "secp256k1"},
            {es256, "crv", "P-384", "48 bytes"},
            {es256, "alg", "ES384", "alg"},
            {es256, "alg", "ECDH-ES", "ECDH-ES"},
            {es256, "alg", "HS256", "alg"},
            {es256, "kid", 7, "kid"},
            {es256, "x", nullptr, "x"},
            {es256, "x", "AAAA", "32 bytes"},
            {es256, "x", "!", "base64url"},
            // RFC 7518, 6.2.1.2 with a last bit changed: off the curve.
            {es256, "x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEQ", "no public key"},
            {rs256, "n", "", "base64url"},
            {rs256, "n", "AQAB", ""},
            {rs256, "e", "Ag", ""},
            {rs256, "e", "AQ", ""},
            {rs256, "e", "AQAAAAAAAAAB", "exponent"},
            {eddsa, "crv", "X25519", "X25519"},
            {eddsa, "x", "AAAA", "32 bytes"},
        }));
    CAPTURE(member, value.dump());
    const auto key = read_with(jwk, member, value);
    REQUIRE_FALSE(key);
    CHECK(key.error().code == errc::value_malformed);
    CHECK(key.error().detail.find(reason) != std::string::npos);
}

TEST_CASE("the keys those rows spoil are good before", "[crypto]")
{
    CHECK(read(std::string(test::es256_vector.jwk)));
    CHECK(read(std::string(test::rs256_vector.jwk)));
    CHECK(read(std::string(test::eddsa_vector.jwk)));
    CHECK(read_with(test::es256_vector.jwk, "key_ops", json::array({"sign", "verify"})));
    CHECK_FALSE(verification_key::from_jwk(json::array()));
}

TEST_CASE("RSA keys begin at 2048 bits, as JWK and as PEM", "[crypto]")
{
    const auto weak = signing_key::make_rsa("RS256", 2040);
    const auto refused = read(weak.jwk());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().detail.find("2040 bits") != std::string::npos);
    CHECK_FALSE(verification_key::from_pem(weak.public_pem()));
    CHECK(read(signing_key::make("RS256").jwk()));
}

TEST_CASE("a symmetric key never comes out of a JWK", "[crypto]")
{
    CHECK_FALSE(read(signing_key::with_secret("HS256", "a client secret").jwk()));
    CHECK(verification_key::from_secret(secret("a client secret")).kind() == key_kind::symmetric);
}

TEST_CASE("a public key in PEM is read; a private one or anything else is not", "[crypto]")
{
    const auto key = signing_key::make("ES384");
    const auto read = verification_key::from_pem(key.public_pem());
    REQUIRE(read);
    CHECK(read->kind() == key_kind::ec_p384);
    CHECK_FALSE(verification_key::from_pem(key.private_pem()));
    CHECK_FALSE(verification_key::from_pem(""));
    CHECK_FALSE(verification_key::from_pem("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"));
}

// SPDX-License-Identifier: Apache-2.0
#include "crypto/signing_key.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/private_keys.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using crypto::algorithm;
using crypto::key_kind;
using crypto::signing_key;

namespace
{

result<signing_key> from_pem(std::string_view text)
{
    return signing_key::from_pem(secret(std::string(text)));
}

// A private JWK with one member replaced or, with null, taken away.
result<signing_key> from_jwk_with(std::string_view jwk, const std::string& member, const json& value)
{
    auto changed = json::parse(jwk);
    if (value.is_null())
        changed.erase(member);
    else
        changed[member] = value;
    return signing_key::from_jwk(changed);
}

} // namespace

TEST_CASE("a private key is read from each form that openssl writes, and is the same key", "[crypto]")
{
    const auto pkcs8 = from_pem(test::openssl_ec_pkcs8);
    const auto traditional = from_pem(test::openssl_ec_traditional);
    REQUIRE(pkcs8);
    REQUIRE(traditional);
    CHECK(pkcs8->kind() == key_kind::ec_p256);
    CHECK(pkcs8->kid() == traditional->kid());
    CHECK(pkcs8->public_jwk() == traditional->public_jwk());
}

TEST_CASE("RFC 7638: a key without a kid is called by its thumbprint", "[crypto]")
{
    const auto key = signing_key::from_jwk(json::parse(test::rfc8037_ed25519));
    REQUIRE(key);
    CHECK(key->thumbprint() == test::rfc8037_thumbprint); // RFC 8037, A.3
    CHECK(key->kid() == test::rfc8037_thumbprint);
    const auto named = from_jwk_with(test::rfc8037_ed25519, "kid", "mine");
    REQUIRE(named);
    CHECK(named->kid() == "mine");
    CHECK(named->thumbprint() == test::rfc8037_thumbprint);
}

TEST_CASE("each kind of key goes out as JWK and as PEM and comes back the same", "[crypto]")
{
    const auto [alg, kind] = GENERATE(table<algorithm, key_kind>({
        {algorithm::ps256, key_kind::rsa},
        {algorithm::es256, key_kind::ec_p256},
        {algorithm::es384, key_kind::ec_p384},
        {algorithm::es512, key_kind::ec_p521},
        {algorithm::eddsa, key_kind::ed25519},
    }));
    CAPTURE(crypto::name(alg));
    const auto made = signing_key::generate(alg);
    REQUIRE(made);
    CHECK(made->kind() == kind);
    const auto again = signing_key::from_jwk(made->private_jwk());
    REQUIRE(test::outcome(again) == "ok");
    CHECK(again->usual_algorithm() == alg);
    CHECK(again->public_jwk() == made->public_jwk());
    CHECK(again->private_jwk() == made->private_jwk());
    const auto from_text = from_pem(made->private_pem().reveal());
    REQUIRE(test::outcome(from_text) == "ok");
    CHECK(from_text->thumbprint() == made->thumbprint());
}

TEST_CASE("the public JWK has the public half, kid, use and alg, and nothing private", "[crypto]")
{
    const auto [jwk, members] = GENERATE(table<std::string_view, std::vector<std::string>>({
        {test::rfc7515_rsa, {"e", "kid", "kty", "n", "use"}},
        {test::rfc8037_ed25519, {"alg", "crv", "kid", "kty", "use", "x"}},
    }));
    const auto key = signing_key::from_jwk(json::parse(jwk));
    REQUIRE(test::outcome(key) == "ok");
    const auto shown = key->public_jwk();
    std::vector<std::string> names;
    for (const auto& [name, value] : shown.items())
        names.push_back(name);
    CHECK(names == members);
    CHECK(shown["use"] == "sig");
    const auto verifier = crypto::verification_key::from_jwk(shown);
    REQUIRE(verifier);
    CHECK(verifier->kid() == key->kid());
}

TEST_CASE("an Ed448 key is read from JWK and PEM", "[crypto]")
{
    const auto made = from_pem(test::signing_key::make_ed448().private_pem());
    REQUIRE(made);
    CHECK(made->kind() == key_kind::ed448);
    CHECK(made->usual_algorithm() == algorithm::eddsa);
    const auto again = signing_key::from_jwk(made->private_jwk());
    REQUIRE(again);
    CHECK(again->thumbprint() == made->thumbprint());
}

TEST_CASE("a PEM text that is no key of ours is refused with the reason", "[crypto]")
{
    const auto [text, reason] = GENERATE(table<std::string, std::string>({
        {std::string(test::openssl_ec_encrypted), "encrypted"},
        {std::string(test::openssl_rsa_1024), "1024 bits"},
        {std::string(test::openssl_secp256k1), "none of P-256, P-384 and P-521"},
        {test::signing_key::make("ES256").public_pem(), "public key"},
        {std::string(test::openssl_ec_certificate), "certificate"},
        {"", "no private key in PEM"},
        {"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "no private key in PEM"},
        {std::string(70'000, 'a'), "64 KiB"},
    }));
    CAPTURE(reason);
    const auto key = from_pem(text);
    REQUIRE(test::outcome(key) == "value_malformed at key");
    CHECK(test::has(test::detail(key), reason));
}

TEST_CASE("a JWK that is no private key of ours is refused with the reason", "[crypto]")
{
    const auto [rule, jwk, member, value, reason] =
        GENERATE(table<std::string, std::string_view, std::string, json, std::string>({
            {"RFC 7518, 6.2.2", test::rfc8037_ed25519, "d", nullptr, "it has no d"},
            {"RFC 8037, 2", test::rfc8037_ed25519, "d", "AAAA", "32 bytes"},
            {"RFC 8037, 2: another public half",
             test::rfc8037_ed25519,
             "x",
             "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURp",
             ""},
            {"RFC 8037, 2: a curve for secrets", test::rfc8037_ed25519, "crv", "X25519", "none we sign with"},
            {"RFC 7517, 4.1", test::rfc8037_ed25519, "kty", "oct", "shared secret"},
            {"RFC 7517, 4.1", test::rfc8037_ed25519, "kty", "PQ", "none of RSA"},
            {"RFC 7517, 4.2", test::rfc8037_ed25519, "use", "enc", "not \"sig\""},
            {"RFC 7517, 4.4", test::rfc8037_ed25519, "alg", "ES256", "does not go with"},
            {"RFC 7517, 4.4", test::rfc8037_ed25519, "alg", "none", "none we sign with"},
            {"RFC 7518, 6.3.2", test::rfc7515_rsa, "qi", nullptr, "qi"},
            {"RFC 7518, 6.3.2: of another key", test::rfc7515_rsa, "d", "AQAB", "do not belong"},
            {"RFC 7518, 6.3.2.7", test::rfc7515_rsa, "oth", json::array(), "two primes"},
            {"RFC 7518, 6.3.1.2", test::rfc7515_rsa, "e", "AQ", ""},
        }));
    CAPTURE(rule, member);
    const auto key = from_jwk_with(jwk, member, value);
    REQUIRE_FALSE(key);
    CHECK(key.error().code == errc::value_malformed);
    CHECK(test::has(test::detail(key), reason));
}

TEST_CASE("an EC key whose halves belong to different keys is refused", "[crypto]")
{
    const auto one = signing_key::generate(algorithm::es256).value().private_jwk();
    auto other = signing_key::generate(algorithm::es256).value().private_jwk();
    other["d"] = one["d"];
    CHECK(test::outcome(signing_key::from_jwk(other)) == "value_malformed at key");
    other["d"] = "AA";
    const auto short_one = signing_key::from_jwk(other);
    CHECK(test::has(test::detail(short_one), "32 bytes"));
}

TEST_CASE("a key is bound to an algorithm of its own kind only, and says so", "[crypto]")
{
    const auto key = signing_key::from_jwk(json::parse(test::rfc7515_rsa)).value();
    CHECK(key.usual_algorithm() == algorithm::rs256);
    const auto bound = key.used_with(algorithm::ps384);
    REQUIRE(bound);
    CHECK(bound->usual_algorithm() == algorithm::ps384);
    CHECK(bound->public_jwk()["alg"] == "PS384");
    CHECK(bound->kid() == key.kid());
    CHECK(test::outcome(key.used_with(algorithm::es256)) == "value_malformed at key");
}

TEST_CASE("no key is made for an algorithm with a shared secret", "[crypto]")
{
    CHECK(test::outcome(signing_key::generate(algorithm::hs256)) == "value_malformed at key");
}

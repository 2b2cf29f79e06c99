// SPDX-License-Identifier: Apache-2.0
// In the manner of Wycheproof: whatever can be wrong with a JWK, for each of the four uses that a key has
// here.
#include "crypto/decryption_key.hpp"
#include "crypto/encryption_key.hpp"
#include "crypto/key.hpp"
#include "crypto/signing_key.hpp"
#include "support/catch.hpp"
#include "support/test_jwe.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>
#include <vector>

using namespace sekisho;
using namespace sekisho::crypto;
using test::base64url;

namespace
{

// One use of one kind of key: a good JWK for it, and who reads it.
struct use_of_key
{
    std::string name;
    json jwk;
    std::function<bool(const json&)> takes;
};

template <class Key>
std::function<bool(const json&)> read_by()
{
    return [](const json& jwk) { return Key::from_jwk(jwk).has_value(); };
}

json private_jwk(std::string_view family)
{
    return decryption_key::from_pem(secret(test::private_pem(family))).value().private_jwk();
}

json public_half(std::string_view family)
{
    return decryption_key::from_pem(secret(test::private_pem(family))).value().public_jwk();
}

// Every use of an elliptic curve, an Edwards or Montgomery curve, and RSA.
const std::vector<use_of_key>& uses()
{
    static const std::vector<use_of_key> all{
        {"verifies, EC", json::parse(test::signing_key::make("ES256").jwk()), read_by<verification_key>()},
        {"verifies, OKP", json::parse(test::signing_key::make("EdDSA").jwk()), read_by<verification_key>()},
        {"verifies, RSA", json::parse(test::signing_key::make("RS256").jwk()), read_by<verification_key>()},
        {"signs, EC", signing_key::generate(algorithm::es256).value().private_jwk(), read_by<signing_key>()},
        {"signs, OKP", signing_key::generate(algorithm::eddsa).value().private_jwk(), read_by<signing_key>()},
        {"signs, RSA", signing_key::generate(algorithm::rs256).value().private_jwk(), read_by<signing_key>()},
        {"encrypts, EC", public_half("P-256"), read_by<encryption_key>()},
        {"encrypts, OKP", public_half("X25519"), read_by<encryption_key>()},
        {"encrypts, RSA", public_half("RSA"), read_by<encryption_key>()},
        {"decrypts, EC", private_jwk("P-256"), read_by<decryption_key>()},
        {"decrypts, OKP", private_jwk("X25519"), read_by<decryption_key>()},
        {"decrypts, RSA", private_jwk("RSA"), read_by<decryption_key>()},
    };
    return all;
}

json with(json jwk, const std::string& member, const json& value)
{
    jwk[member] = value;
    return jwk;
}

// Those that are numbers in base64url.
std::vector<std::string> numbers_in(const json& jwk)
{
    std::vector<std::string> found;
    for (const std::string member : {"n", "e", "x", "y", "d", "p", "q", "dp", "dq", "qi"})
        if (jwk.contains(member))
            found.push_back(member);
    return found;
}

} // namespace

TEST_CASE("the keys that these tables spoil are good before", "[crypto]")
{
    for (const auto& each : uses())
    {
        CAPTURE(each.name);
        CHECK(each.takes(each.jwk));
        CHECK_FALSE(numbers_in(each.jwk).empty());
    }
}

TEST_CASE("malformed base64url in any number of a key is refused, not repaired", "[crypto]")
{
    const auto& each = uses().at(GENERATE(range(std::size_t{0}, std::size_t{12})));
    for (const auto& member : numbers_in(each.jwk))
    {
        const auto good = each.jwk[member].get<std::string>();
        for (const std::string junk : {"=", "==", "\n", " ", "+", "/", ".", "%3D", "\xc3\xa4", "\\"})
            for (const auto& text :
                 {good + junk,
                  junk + good,
                  good.substr(0, good.size() / 2) + junk + good.substr(good.size() / 2)})
            {
                CAPTURE(each.name, member, text);
                CHECK_FALSE(each.takes(with(each.jwk, member, text)));
            }
        CHECK_FALSE(each.takes(with(each.jwk, member, good + std::string(1, '\0'))));
    }
}

TEST_CASE("a number of a key that is cut, empty, missing or no text is refused", "[crypto]")
{
    const auto& each = uses().at(GENERATE(range(std::size_t{0}, std::size_t{12})));
    for (const auto& member : numbers_in(each.jwk))
    {
        const auto good = each.jwk[member].get<std::string>();
        const std::vector<json> values{
            "",
            good.substr(0, good.size() - 1),
            good.substr(0, good.size() / 2),
            good.substr(1),
            json(),
            7,
            true,
            json::array({good}),
            json{{"value", good}},
        };
        for (const auto& value : values)
        {
            CAPTURE(each.name, member, value.dump());
            CHECK_FALSE(each.takes(with(each.jwk, member, value)));
        }
        auto missing = each.jwk;
        missing.erase(member);
        CHECK_FALSE(each.takes(missing));
    }
}

TEST_CASE("a number of a key that is longer than its curve's, or than any key's, is refused", "[crypto]")
{
    const auto& each = uses().at(GENERATE(range(std::size_t{0}, std::size_t{12})));
    for (const auto& member : numbers_in(each.jwk))
    {
        CAPTURE(each.name, member);
        CHECK_FALSE(each.takes(with(each.jwk, member, base64url(std::string(1 << 20, '\xff')))));
        CHECK_FALSE(each.takes(with(each.jwk, member, base64url(std::string(1025, '\xff')))));
        if (each.jwk["kty"] != "RSA") // a zero byte before a coordinate of the right size
            CHECK_FALSE(each.takes(with(each.jwk, member, "AAAA" + each.jwk[member].get<std::string>())));
    }
}

TEST_CASE("curve and key confusion: a key is read as what it says, and must be that", "[crypto]")
{
    const auto& each = uses().at(GENERATE(range(std::size_t{0}, std::size_t{12})));
    const auto kind = each.jwk["kty"].get<std::string>();
    const auto curve = each.jwk.value("crv", "");
    for (const std::string other : {"RSA", "EC", "OKP", "oct", "ec", "AKP", ""})
        if (other != kind)
        {
            CAPTURE(each.name, other);
            CHECK_FALSE(each.takes(with(each.jwk, "kty", other)));
        }
    for (const std::string other :
         {"P-256", "P-384", "P-521", "secp256k1", "Ed25519", "Ed448", "X25519", "X448", "p-256", ""})
        if (other != curve && !curve.empty())
        {
            CAPTURE(each.name, other);
            CHECK_FALSE(each.takes(with(each.jwk, "crv", other)));
        }
    CHECK_FALSE(each.takes(with(each.jwk, "kty", json::array({kind}))));
    CHECK_FALSE(each.takes(json::array({each.jwk})));
}

TEST_CASE("a key for one use is no key for another", "[crypto]")
{
    const auto& each = uses().at(GENERATE(range(std::size_t{0}, std::size_t{12})));
    const auto encrypts = each.name.starts_with("encrypts") || each.name.starts_with("decrypts");
    CAPTURE(each.name);
    CHECK_FALSE(each.takes(with(each.jwk, "use", encrypts ? "sig" : "enc")));
    CHECK_FALSE(each.takes(with(each.jwk, "use", 7)));
    CHECK_FALSE(each.takes(with(each.jwk, "alg", encrypts ? "RS256" : "RSA-OAEP")));
    CHECK_FALSE(each.takes(with(each.jwk, "alg", "none")));
    CHECK_FALSE(each.takes(with(each.jwk, "alg", "HS256")));
    CHECK_FALSE(each.takes(with(each.jwk, "alg", 7)));
    CHECK_FALSE(each.takes(with(each.jwk, "kid", 7)));
}

TEST_CASE("the two halves of a private key belong together", "[crypto]")
{
    for (const auto& each : uses())
    {
        if (!each.jwk.contains("d"))
            continue;
        CAPTURE(each.name);
        const auto is_signer = each.name.starts_with("signs");
        json other;
        if (each.jwk["kty"] == "RSA")
            other = json::parse(test::signing_key::make_rsa("RS256", 2048).jwk());
        else if (each.jwk["kty"] == "EC")
            other = public_half("P-256");
        else
            other = is_signer ? json::parse(test::signing_key::make("EdDSA").jwk()) : public_half("X25519");
        const auto* const half = each.jwk["kty"] == "RSA" ? "n" : "x";
        CHECK_FALSE(each.takes(with(each.jwk, half, other[half])));
    }
}

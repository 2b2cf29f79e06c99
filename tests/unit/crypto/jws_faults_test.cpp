// SPDX-License-Identifier: Apache-2.0
// In the manner of Wycheproof: one row per way in which a verifier has been fooled before.
#include "crypto/jws.hpp"
#include "support/catch.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

using namespace sekisho;
using namespace sekisho::crypto;
using test::base64url;
using test::signing_key;

namespace
{

const std::array<std::string, 12> algorithms{
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
    "Ed448"
};

verification_key public_half(const signing_key& key)
{
    return verification_key::from_jwk(json::parse(key.jwk())).value();
}

// The keys of this file, one for each algorithm; made once.
const signing_key& key_for(const std::string& alg)
{
    static const auto all = []
    {
        std::map<std::string, signing_key> made;
        for (const auto& each : algorithms)
            made.emplace(each, signing_key::make(each));
        return made;
    }();
    return all.at(alg);
}

compact_jws signed_by(const std::string& text)
{
    static std::string kept; // views point into it
    kept = text;
    return take_apart(kept).value();
}

bytes of_hex(std::string_view text)
{
    bytes made;
    for (std::size_t at = 0; at + 1 < text.size(); at += 2)
        made.push_back(static_cast<std::byte>(std::stoi(std::string(text.substr(at, 2)), nullptr, 16)));
    return made;
}

// r and s of a P-256 signature from their hexadecimal texts.
bytes pair_of(std::string_view r, std::string_view s)
{
    auto both = of_hex(r);
    const auto second = of_hex(s);
    both.insert(both.end(), second.begin(), second.end());
    return both;
}

constexpr std::string_view p256_order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
constexpr std::string_view zero = "0000000000000000000000000000000000000000000000000000000000000000";
constexpr std::string_view one = "0000000000000000000000000000000000000000000000000000000000000001";

// Adds the order of Ed25519's group to S (RFC 8032, 5.1.7: then S is out of range).
void add_group_order(bytes& signature)
{
    const auto order = of_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    unsigned carry = 0;
    for (std::size_t index = 0; index < order.size(); ++index)
    {
        auto& digit = signature.at(32 + index);
        carry += std::to_integer<unsigned>(digit) + std::to_integer<unsigned>(order[index]);
        digit = static_cast<std::byte>(carry & 0xffU);
        carry >>= 8U;
    }
}

} // namespace

TEST_CASE("key confusion: a key verifies under its own algorithm and under no other name", "[crypto]")
{
    // Two names of one algorithm (RFC 9864, 2.2).
    const std::set<std::pair<std::string, std::string>> same{
        {"EdDSA", "Ed25519"}, {"Ed25519", "EdDSA"}, {"Ed448", "EdDSA"}
    };
    const auto signs = GENERATE(from_range(algorithms));
    const auto says = GENERATE(from_range(algorithms));
    CAPTURE(signs, says);
    const auto& key = key_for(signs);
    const auto text = key.sign(R"({"alg":")" + says + R"("})", R"({"sub":"x"})");
    CHECK(verify(signed_by(text), public_half(key)) == (signs == says || same.contains({signs, says})));
}

TEST_CASE("key confusion: a token verifies with no key of another kind or curve", "[crypto]")
{
    const auto signs = GENERATE(as<std::string>(), "RS256", "ES256", "ES384", "ES512", "EdDSA");
    const auto jws = signed_by(key_for(signs).sign_with_kid("", "{}"));
    for (const std::string other : {"RS256", "ES256", "ES384", "ES512", "EdDSA"})
    {
        CAPTURE(signs, other);
        CHECK(verify(jws, public_half(key_for(other))) == (signs == other));
    }
}

TEST_CASE("key confusion: no public text of a key is a secret that it verifies with", "[crypto]")
{
    const auto alg = GENERATE(from_range(algorithms));
    const auto hmac = GENERATE(as<std::string>(), "HS256", "HS384", "HS512");
    const auto& key = key_for(alg);
    for (const auto& text : {key.public_pem(), key.jwk(), key.jwks()})
        CHECK_FALSE(
            verify(signed_by(signing_key::with_secret(hmac, text).sign_with_kid("", "{}")), public_half(key))
        );
}

TEST_CASE("length: a signature that is cut anywhere, or goes on, is refused", "[crypto]")
{
    const auto alg = GENERATE(from_range(algorithms));
    CAPTURE(alg);
    const auto key = public_half(key_for(alg));
    auto jws = signed_by(key_for(alg).sign_with_kid("", "{}"));
    const auto good = jws.signature;
    for (std::size_t size = 0; size < good.size(); ++size)
    {
        jws.signature.assign(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size));
        CHECK_FALSE(verify(jws, key));
    }
    for (const std::size_t more : {1U, 2U, 64U, 1024U})
    {
        jws.signature = good;
        jws.signature.resize(good.size() + more);
        CHECK_FALSE(verify(jws, key)); // zeros behind
        jws.signature = bytes(more);
        jws.signature.insert(jws.signature.end(), good.begin(), good.end());
        CHECK_FALSE(verify(jws, key)); // zeros before
    }
    jws.signature = good;
    CHECK(verify(jws, key));
}

TEST_CASE("length: a signature with any one bit changed is refused", "[crypto]")
{
    const auto alg = GENERATE(as<std::string>(), "RS256", "PS256", "ES256", "ES512", "EdDSA");
    CAPTURE(alg);
    const auto key = public_half(key_for(alg));
    auto jws = signed_by(key_for(alg).sign_with_kid("", "{}"));
    for (std::size_t index = 0; index < jws.signature.size(); ++index)
    {
        jws.signature[index] ^= static_cast<std::byte>(1U << (index % 8));
        CHECK_FALSE(verify(jws, key));
        jws.signature[index] ^= static_cast<std::byte>(1U << (index % 8));
    }
    CHECK(verify(jws, key));
}

TEST_CASE("ranges: r and s of ECDSA are from 1 to the order less 1 (FIPS 186-5, 6.4.2)", "[crypto]")
{
    const auto [rule, signature] = GENERATE(table<std::string, bytes>({
        {"CVE-2022-21449: both zero", pair_of(zero, zero)},
        {"r zero", pair_of(zero, one)},
        {"s zero", pair_of(one, zero)},
        {"r the order", pair_of(p256_order, one)},
        {"s the order", pair_of(one, p256_order)},
        {"both the order", pair_of(p256_order, p256_order)},
        {"both one", pair_of(one, one)},
        {"all bits", bytes(64, std::byte{0xff})},
    }));
    CAPTURE(rule);
    auto jws = signed_by(key_for("ES256").sign_with_kid("", "{}"));
    jws.signature = signature;
    CHECK_FALSE(verify(jws, public_half(key_for("ES256"))));
}

TEST_CASE("ranges: Ed25519's S beyond the order of the group is refused (RFC 8032, 5.1.7)", "[crypto]")
{
    auto jws = signed_by(key_for("EdDSA").sign_with_kid("", "{}"));
    REQUIRE(verify(jws, public_half(key_for("EdDSA"))));
    add_group_order(jws.signature);
    CHECK_FALSE(verify(jws, public_half(key_for("EdDSA"))));
}

TEST_CASE("curve confusion: a point is read on the curve that the key names, and must be on it", "[crypto]")
{
    const auto p256 = json::parse(key_for("ES256").jwk());
    const auto p384 = json::parse(key_for("ES384").jwk());
    const auto ed = json::parse(key_for("EdDSA").jwk());
    const auto with = [](json jwk, const std::string& name, const json& value)
    {
        jwk[name] = value;
        return jwk;
    };
    const auto [rule, jwk] = GENERATE_COPY(table<std::string, json>({
        {"P-256 as P-384", with(p256, "crv", "P-384")},
        {"P-384 as P-256", with(p384, "crv", "P-256")},
        {"P-256 as P-521", with(p256, "crv", "P-521")},
        {"P-256 as secp256k1", with(p256, "crv", "secp256k1")},
        {"P-256 as Ed25519", with(p256, "crv", "Ed25519")},
        {"Ed25519 as Ed448", with(ed, "crv", "Ed448")},
        {"Ed25519 as X25519", with(ed, "crv", "X25519")},
        {"Ed25519 as P-256", with(ed, "crv", "P-256")},
        {"EC as OKP", with(p256, "kty", "OKP")},
        {"OKP as EC", with(ed, "kty", "EC")},
        {"EC as RSA", with(p256, "kty", "RSA")},
        {"x and y the same", with(p256, "x", p256["y"])},
        {"x of P-384", with(p256, "x", p384["x"])},
        {"the point at infinity", with(with(p256, "x", std::string(43, 'A')), "y", std::string(43, 'A'))},
        {"x with a zero before it", with(p256, "x", "AA" + p256["x"].get<std::string>())},
        {"no y", with(p256, "y", nullptr)},
        {"crv is a list", with(p256, "crv", json::array({"P-256"}))},
        {"x is a number", with(p256, "x", 1)},
    }));
    CAPTURE(rule);
    const auto key = verification_key::from_jwk(jwk);
    REQUIRE_FALSE(key);
    CHECK(key.error().code == errc::value_malformed);
    CHECK_FALSE(key.error().detail.empty());
}

TEST_CASE("malformed base64url in a key's members is refused, not repaired", "[crypto]")
{
    const auto good = json::parse(key_for("ES256").jwk());
    const auto x = good["x"].get<std::string>();
    const auto change = GENERATE(
        as<std::string>(), "=", "==", "\n", " ", "+", "/", ".", "%3D", std::string(1, '\0'), "\xc3\xa4"
    );
    for (const auto& text : {x + change, change + x, x.substr(0, 20) + change + x.substr(20)})
    {
        auto jwk = good;
        jwk["x"] = text;
        CHECK_FALSE(verification_key::from_jwk(jwk));
    }
    auto cut = good;
    cut["x"] = x.substr(0, x.size() - 1);
    CHECK_FALSE(verification_key::from_jwk(cut));
}

TEST_CASE(
    "oversized: RSA keys beyond 8192 bits and exponents beyond 64 are refused before any arithmetic",
    "[crypto]"
)
{
    const auto good = json::parse(key_for("RS256").jwk());
    const auto [rule, member, value] = GENERATE(table<std::string, std::string, std::string>({
        {"a modulus of 1 MiB", "n", base64url(std::string(1 << 20, '\xff'))},
        {"a modulus of 8200 bits", "n", base64url(std::string(1025, '\xff'))},
        {"a modulus of one byte", "n", base64url("\x03")},
        {"an exponent of 9 bytes", "e", base64url(std::string(9, '\xff'))},
        {"an exponent of 1 MiB", "e", base64url(std::string(1 << 20, '\xff'))},
        {"exponent 0", "e", base64url(std::string(1, '\0'))},
        {"exponent 1", "e", base64url("\x01")},
        {"an even exponent", "e", base64url(std::string("\x01\x00\x02", 3))},
    }));
    CAPTURE(rule);
    auto jwk = good;
    jwk[member] = value;
    CHECK_FALSE(verification_key::from_jwk(jwk));
}

TEST_CASE("duplicate members of a header or of a key are refused as JSON", "[crypto]")
{
    const auto header = GENERATE(
        as<std::string>(),
        R"({"alg":"ES256","alg":"none"})",
        R"({"alg":"none","alg":"ES256"})",
        R"({"alg":"ES256","kid":"a","kid":"a"})",
        R"({"alg":"ES256","\u0061lg":"ES256"})",
        R"({"alg":"ES256","x":{"y":1,"y":2}})"
    );
    const auto text = key_for("ES256").sign(header, "{}");
    CHECK_FALSE(take_apart(text));
    CHECK_FALSE(parse_json(R"({"kty":"EC","crv":"P-256","crv":"P-384","x":"AA","y":"AA"})"));
}

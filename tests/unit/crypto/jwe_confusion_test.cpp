// SPDX-License-Identifier: Apache-2.0
// In the manner of Wycheproof, as jwe_faults_test.cpp: texts that are spelled wrongly, too long or too deep,
// and headers that name another algorithm, curve or length than was used.
#include "crypto/jwe.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/test_jwe.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <string>
#include <vector>

using namespace sekisho;
using namespace sekisho::crypto;
using Catch::Matchers::Contains;
using test::base64url;

namespace
{

const std::string& pem_of(const std::string& family)
{
    static const std::string p256 = test::private_pem("P-256");
    static const std::string rsa = test::private_pem("RSA");
    return family == "RSA" ? rsa : p256;
}

result<secret> opened(std::string_view text, const std::string& family)
{
    const auto jwe = take_apart_encrypted(text);
    if (!jwe)
        return std::unexpected(jwe.error());
    return decrypt(*jwe, std::array{decryption_key::from_pem(secret(pem_of(family))).value()});
}

std::vector<std::string> parts_of(const std::string& text)
{
    std::vector<std::string> parts{""};
    for (const auto each : text)
        if (each == '.')
            parts.emplace_back();
        else
            parts.back().push_back(each);
    return parts;
}

std::string joined(const std::vector<std::string>& parts)
{
    std::string text = parts.front();
    for (std::size_t index = 1; index < parts.size(); ++index)
        text.append(".").append(parts[index]);
    return text;
}

// Five parts in A128GCM's sizes, with this header, key and content.
std::string
with_header(std::string_view header, std::string_view key = "AAAA", std::string_view content = "AAAA")
{
    return base64url(header) + "." + std::string(key) + "." + base64url(std::string(12, 'i')) + "." +
           std::string(content) + "." + base64url(std::string(16, 't'));
}

const std::string rsa_header = R"({"alg":"RSA-OAEP","enc":"A128GCM"})";

} // namespace

TEST_CASE("key confusion: a header that names another algorithm than was used opens nothing", "[crypto]")
{
    const auto [family, used, named] = GENERATE(table<std::string, std::string, std::string>({
        {"RSA", "RSA-OAEP", "RSA-OAEP-256"},
        {"RSA", "RSA-OAEP-256", "RSA-OAEP"},
        {"P-256", "ECDH-ES+A128KW", "ECDH-ES+A256KW"},
        {"P-256", "ECDH-ES+A256KW", "ECDH-ES+A128KW"},
        {"P-256", "ECDH-ES+A128KW", "ECDH-ES"},
        {"P-256", "ECDH-ES", "ECDH-ES+A128KW"},
        {"P-256", "ECDH-ES+A128KW", "RSA-OAEP"},
        {"P-256", "ECDH-ES", "dir"},
        {"RSA", "RSA-OAEP", "ECDH-ES+A128KW"},
        {"RSA", "RSA-OAEP", "RSA1_5"},
        {"RSA", "RSA-OAEP", "A128KW"},
        {"RSA", "RSA-OAEP", "dir"},
    }));
    CAPTURE(used, named);
    // The header is written, and authenticated, with the wrong name: nobody has changed it on the way.
    test::jwe_plan plan{used, "A128GCM", test::public_pem(pem_of(family))};
    CHECK(opened(test::encrypt("x", plan), family));
    plan.header = json{{"alg", named}}.dump();
    CHECK_FALSE(opened(test::encrypt("x", plan), family));
}

TEST_CASE("length confusion: a header that names another encryption than was used opens nothing", "[crypto]")
{
    const std::array<std::string, 4> all{"A128GCM", "A256GCM", "A128CBC-HS256", "A256CBC-HS512"};
    const auto used = GENERATE_COPY(from_range(all));
    const auto named = GENERATE_COPY(from_range(all));
    const auto [family, alg] =
        GENERATE(table<std::string, std::string>({{"RSA", "RSA-OAEP-256"}, {"P-256", "ECDH-ES"}}));
    CAPTURE(used, named, alg);
    test::jwe_plan plan{alg, used, test::public_pem(pem_of(family))};
    plan.header = json{{"enc", named}}.dump();
    CHECK(opened(test::encrypt("x", plan), family).has_value() == (used == named));
}

TEST_CASE("key confusion: a key that verifies or signs decrypts nothing", "[crypto]")
{
    auto jwk = decryption_key::from_pem(secret(pem_of("P-256"))).value().private_jwk();
    REQUIRE(decryption_key::from_jwk(jwk));
    jwk["use"] = "sig";
    CHECK_FALSE(decryption_key::from_jwk(jwk));
    CHECK_FALSE(decryption_key::from_jwk(json::parse(test::signing_key::with_secret("HS256", "s").jwk())));
}

TEST_CASE(
    "curve confusion: the sender's key is read on the curve that it names, and must be on it", "[crypto]"
)
{
    const auto p256 = decryption_key::from_pem(secret(pem_of("P-256"))).value().public_jwk();
    const auto x25519 = decryption_key::from_pem(secret(test::private_pem("X25519"))).value().public_jwk();
    const auto with = [](json jwk, const std::string& name, const json& value)
    {
        jwk[name] = value;
        return jwk;
    };
    const auto [rule, epk] = GENERATE_COPY(table<std::string, json>({
        {"P-256 as P-384", with(p256, "crv", "P-384")},
        {"P-256 as P-521", with(p256, "crv", "P-521")},
        {"P-256 as secp256k1", with(p256, "crv", "secp256k1")},
        {"P-256 as X25519", with(p256, "crv", "X25519")},
        {"EC as OKP", with(p256, "kty", "OKP")},
        {"X25519 as P-256", with(x25519, "crv", "P-256")},
        {"X25519 as X448", with(x25519, "crv", "X448")},
        {"X25519 as Ed25519", with(x25519, "crv", "Ed25519")},
        {"OKP as EC", with(x25519, "kty", "EC")},
        {"x and y the same", with(p256, "x", p256["y"])},
        {"no y", with(p256, "y", nullptr)},
        {"x with zeros before it", with(p256, "x", "AAAA" + p256["x"].get<std::string>())},
        {"x cut", with(p256, "x", p256["x"].get<std::string>().substr(0, 42))},
        {"x padded", with(p256, "x", p256["x"].get<std::string>() + "=")},
        {"x is a number", with(p256, "x", 1)},
        {"crv is a list", with(p256, "crv", json::array({"P-256"}))},
        {"a list of keys", json::array({p256})},
        {"no key", json()},
    }));
    CAPTURE(rule);
    const auto header = [](const json& key)
    { return json{{"alg", "ECDH-ES+A128KW"}, {"enc", "A128GCM"}, {"epk", key}}.dump(); };
    REQUIRE(take_apart_encrypted(with_header(header(p256))));
    CHECK(test::outcome(take_apart_encrypted(with_header(header(epk)))) == "value_malformed at jwe");
}

TEST_CASE("malformed base64url in any of the five parts is refused, not repaired", "[crypto]")
{
    const test::jwe_plan plan{"ECDH-ES+A128KW", "A128CBC-HS256", test::public_pem(pem_of("P-256"))};
    const auto good = parts_of(test::encrypt("content", plan));
    REQUIRE(opened(joined(good), "P-256"));
    const auto part = GENERATE(range(std::size_t{0}, std::size_t{5}));
    const auto junk = GENERATE(
        as<std::string>{}, "=", "==", "\n", " ", "+", "/", "%3D", "\xc3\xa4", "\\", std::string(1, '\0')
    );
    const auto& text = good[part];
    for (const auto& spoiled :
         {text + junk, junk + text, text.substr(0, text.size() / 2) + junk + text.substr(text.size() / 2)})
    {
        auto parts = good;
        parts[part] = spoiled;
        CAPTURE(part, spoiled);
        CHECK(test::outcome(take_apart_encrypted(joined(parts))) == "value_malformed at jwe");
    }
}

TEST_CASE("a text that is cut anywhere opens nothing", "[crypto]")
{
    const test::jwe_plan plan{"ECDH-ES+A128KW", "A128GCM", test::public_pem(pem_of("P-256"))};
    const auto text = test::encrypt("content", plan);
    REQUIRE(opened(text, "P-256"));
    for (std::size_t size = 0; size < text.size(); ++size)
        CHECK_FALSE(opened(text.substr(0, size), "P-256"));
    for (std::size_t size = 1; size < text.size(); ++size)
        CHECK_FALSE(opened(text.substr(size), "P-256"));
}

TEST_CASE("a JWE may have 96 KiB and not a byte more", "[crypto]")
{
    constexpr std::size_t most = 96 * std::size_t{1024};
    // A key of as many characters as leave the content a length that base64url can have.
    for (const auto* const key : {"AA", "AAA", "AAAA"})
    {
        const auto room = most - with_header(rsa_header, key, "").size();
        if (room % 4 == 1 || room % 4 == 0) // one more would be no length that it can have
            continue;
        CHECK(take_apart_encrypted(with_header(rsa_header, key, std::string(room, 'A'))));
        const auto refused = take_apart_encrypted(with_header(rsa_header, key, std::string(room + 1, 'A')));
        CHECK_THAT(test::detail(refused), Contains("96 KiB"));
        return;
    }
    FAIL("no length fits");
}

TEST_CASE("a header of more than 16 KiB, or nested deeply, is refused before it is read", "[crypto]")
{
    const auto header = [](std::size_t size)
    { return R"({"alg":"RSA-OAEP","enc":"A128GCM","x":")" + std::string(size, 'x') + "\"}"; };
    CHECK(take_apart_encrypted(with_header(header(16'000))));
    CHECK_THAT(test::detail(take_apart_encrypted(with_header(header(17'000)))), Contains("header"));
    const auto nested = [](std::size_t depth)
    {
        return R"({"alg":"RSA-OAEP","enc":"A128GCM","x":)" + std::string(depth, '[') +
               std::string(depth, ']') + "}";
    };
    CHECK(take_apart_encrypted(with_header(nested(6))));
    CHECK_THAT(test::detail(take_apart_encrypted(with_header(nested(9)))), Contains("nested"));
    CHECK_FALSE(take_apart_encrypted(with_header(std::string(10'000, '[')))); // CVE-2026-48042
}

TEST_CASE("the parties of an agreement may have 1,024 bytes each and not one more", "[crypto]")
{
    const auto epk = decryption_key::from_pem(secret(pem_of("P-256"))).value().public_jwk();
    const auto* const member = GENERATE("apu", "apv");
    const auto header = [&](std::size_t size)
    {
        json made{{"alg", "ECDH-ES+A128KW"}, {"enc", "A128GCM"}, {"epk", epk}};
        made[member] = base64url(std::string(size, 'a'));
        return made.dump();
    };
    CHECK(take_apart_encrypted(with_header(header(1024))));
    CHECK_THAT(test::detail(take_apart_encrypted(with_header(header(1025)))), Contains("1,024 bytes"));
}

TEST_CASE(
    "duplicate members of a header, at whatever depth and in whatever spelling, are refused", "[crypto]"
)
{
    const auto header = GENERATE(
        as<std::string>{},
        R"({"alg":"RSA-OAEP","alg":"RSA-OAEP","enc":"A128GCM"})",
        R"({"alg":"RSA-OAEP","enc":"A128GCM","enc":"A256GCM"})",
        R"({"alg":"RSA-OAEP","enc":"A128GCM","kid":"a","kid":"a"})",
        R"({"alg":"RSA-OAEP","enc":"A128GCM","\u0061lg":"dir"})",
        R"({"alg":"ECDH-ES+A128KW","enc":"A128GCM","epk":{"kty":"EC","crv":"P-256","crv":"P-384","x":"A","y":"A"}})",
        R"({"alg":"RSA-OAEP","enc":"A128GCM","x":[{"y":1,"y":2}]})"
    );
    CHECK_THAT(test::detail(take_apart_encrypted(with_header(header))), Contains("same name"));
}

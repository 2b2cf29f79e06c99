// SPDX-License-Identifier: Apache-2.0
// In the manner of Wycheproof: one row per way in which decryption has been fooled before.
#include "crypto/jwe.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/test_jwe.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <functional>
#include <set>

using namespace sekisho;
using namespace sekisho::crypto;
using Catch::Matchers::Contains;

namespace
{

struct recipient
{
    std::string pem;
    decryption_key key;

    explicit recipient(std::string_view family)
        : pem(test::private_pem(family)), key(decryption_key::from_pem(secret(pem)).value())
    {
    }
    std::string encrypt(std::string_view alg, std::string_view enc, std::string_view plain = "content") const
    {
        return test::encrypt(plain, {std::string(alg), std::string(enc), test::public_pem(pem)});
    }
};

result<secret> opened(std::string_view text, const decryption_key& key)
{
    const auto jwe = take_apart_encrypted(text);
    if (!jwe)
        return std::unexpected(jwe.error());
    return decrypt(*jwe, std::array{key});
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
    std::string text;
    for (const auto& each : parts)
        text.append(text.empty() && &each == &parts.front() ? "" : ".").append(each);
    return text;
}

// One bit of the middle byte of one part changed.
std::string flipped(const std::string& text, std::size_t part)
{
    auto parts = parts_of(text);
    auto bytes = base64url_decode(parts.at(part)).value();
    bytes.at(bytes.size() / 2) ^= std::byte{1};
    parts.at(part) = base64url_encode(bytes);
    return joined(parts);
}

} // namespace

TEST_CASE("one bit changed anywhere is refused with one and the same error", "[crypto]")
{
    const auto [alg, family] = GENERATE(table<std::string, std::string>({
        {"RSA-OAEP", "RSA"},
        {"RSA-OAEP-256", "RSA"},
        {"ECDH-ES+A128KW", "P-256"},
        {"ECDH-ES+A256KW", "X25519"},
    }));
    const auto enc = GENERATE(as<std::string>{}, "A128GCM", "A256GCM", "A128CBC-HS256", "A256CBC-HS512");
    CAPTURE(alg, enc);
    const recipient ours(family);
    const auto text = ours.encrypt(alg, enc);
    REQUIRE(opened(text, ours.key));
    std::set<std::string> told;
    for (const std::size_t part : {1U, 2U, 3U, 4U}) // key, vector, content, tag
    {
        const auto refused = opened(flipped(text, part), ours.key);
        CAPTURE(part);
        REQUIRE_FALSE(refused);
        told.insert(test::outcome(refused) + test::detail(refused));
    }
    CHECK(told.size() == 1); // RFC 7516, 11.5: which of them it was is nobody's business
}

TEST_CASE("a header that was changed on the way is refused, for it is authenticated", "[crypto]")
{
    const recipient ours("P-256");
    const auto enc = GENERATE(as<std::string>{}, "A128GCM", "A128CBC-HS256");
    auto parts = parts_of(ours.encrypt("ECDH-ES+A128KW", enc));
    auto header = json::parse(as_text(base64url_decode(parts[0]).value()));
    header["kid"] = "another";
    parts[0] = base64url_encode(as_bytes(header.dump()));
    CHECK(test::outcome(opened(joined(parts), ours.key)) == "value_malformed at jwe");
}

TEST_CASE("a point off its curve never meets our key (RFC 7518, 8.1; CVE-2017-16007)", "[crypto]")
{
    const recipient ours("P-256");
    test::jwe_plan plan{"ECDH-ES", "A128GCM", test::public_pem(ours.pem)};
    plan.epk = GENERATE(
        as<std::string>{},
        // y of RFC 7518, C with its last bit changed
        R"({"kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0","y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFppo"})",
        // the origin
        R"({"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})",
        // coordinates beyond the field
        R"({"kty":"EC","crv":"P-256","x":"__________________________________________8","y":"__________________________________________8"})"
    );
    const auto read = take_apart_encrypted(test::encrypt("x", plan));
    REQUIRE_FALSE(read);
    CHECK_THAT(read.error().detail, Contains("epk"));
}

TEST_CASE("an X25519 key of small order agrees on nothing (RFC 8037, 3.2; RFC 7748, 6.1)", "[crypto]")
{
    const recipient ours("X25519");
    test::jwe_plan plan{"ECDH-ES", "A128GCM", test::public_pem(ours.pem)};
    plan.epk = R"({"kty":"OKP","crv":"X25519","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})";
    // What a sender gets that knows the outcome beforehand: all zeros through the KDF.
    plan.content_key = std::string(16, '\0');
    CHECK(test::outcome(opened(test::encrypt("x", plan), ours.key)) == "value_malformed at jwe");
}

TEST_CASE("a sender's key on another curve than ours is for none of our keys", "[crypto]")
{
    const recipient ours("P-256");
    const recipient other("P-384");
    const auto text = other.encrypt("ECDH-ES", "A128GCM");
    CHECK(test::outcome(opened(text, ours.key)) == "value_malformed at jwe.key");
}

TEST_CASE("parts of another length than the algorithm has are refused before any key is used", "[crypto]")
{
    const recipient ours("P-256");
    const auto enc = GENERATE(as<std::string>{}, "A256GCM", "A256CBC-HS512");
    const auto good = parts_of(ours.encrypt("ECDH-ES+A256KW", enc));
    const auto [part, value] = GENERATE(table<std::size_t, std::string>({
        {1, ""},                     // no key where there has to be one
        {2, ""},                     // no vector
        {2, "AAAAAAAAAAA"},          // 64 bits
        {4, ""},                     // no tag
        {4, "AAAA"},                 // a tag that can be guessed
        {4, "AAAAAAAAAAAAAAAAAAAA"}, // 120 bits
    }));
    auto parts = good;
    parts.at(part) = value;
    CAPTURE(enc, part, value);
    CHECK(take_apart_encrypted(joined(parts)).has_value() == false);
}

TEST_CASE("ECDH-ES has no encrypted key (RFC 7516, 5.2, step 10)", "[crypto]")
{
    const recipient ours("P-256");
    auto parts = parts_of(ours.encrypt("ECDH-ES", "A128GCM"));
    parts[1] = "AAAA";
    CHECK_THAT(test::detail(take_apart_encrypted(joined(parts))), Contains("no encrypted key"));
}

TEST_CASE("a wrapped key of another size than the encryption wants is as good as none", "[crypto]")
{
    const auto [alg, family] =
        GENERATE(table<std::string, std::string>({{"ECDH-ES+A128KW", "P-256"}, {"RSA-OAEP-256", "RSA"}}));
    const recipient ours(family);
    test::jwe_plan plan{alg, "A128GCM", test::public_pem(ours.pem)};
    plan.content_key = std::string(GENERATE(24U, 32U), 'k');
    CHECK(test::outcome(opened(test::encrypt("x", plan), ours.key)) == "value_malformed at jwe");
}

TEST_CASE("cut, padded, spelled otherwise or too long is refused", "[crypto]")
{
    const recipient ours("P-256");
    const auto text = ours.encrypt("ECDH-ES+A128KW", "A128CBC-HS256");
    REQUIRE(opened(text, ours.key));
    using change = std::function<std::string(const std::string&)>;
    const auto how = GENERATE(values<change>({
        [](const std::string& good) { return good.substr(0, good.size() - 4); },
        [](const std::string& good) { return good.substr(0, good.rfind('.')); },
        [](const std::string& good) { return good + "."; },
        [](const std::string& good) { return good + "="; },
        [](const std::string& good) { return good + "\n"; },
        [](const std::string& good) { return " " + good; },
        [](const std::string& good) { return "A" + good; },
        [](const std::string& good) { return good.substr(0, good.size() - 1) + "/"; },
        [](const std::string& good) { return good + std::string(100'000, 'A'); },
    }));
    CHECK_FALSE(opened(how(text), ours.key));
}

TEST_CASE("content that is no whole number of blocks under CBC is refused", "[crypto]")
{
    const recipient ours("P-256");
    auto parts = parts_of(ours.encrypt("ECDH-ES+A128KW", "A128CBC-HS256"));
    parts[3] = GENERATE(as<std::string>{}, "", "AAAA");
    CHECK_FALSE(opened(joined(parts), ours.key));
}

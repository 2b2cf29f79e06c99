// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"
#include "crypto/jwe.hpp"
#include "crypto/jwe_encrypt.hpp"
#include "support/catch.hpp"
#include "support/fixed_random.hpp"
#include "support/outcome.hpp"
#include "support/test_jwe.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

using namespace sekisho;
using namespace sekisho::crypto;

namespace
{

const decryption_key& recipient(const std::string& family)
{
    static std::map<std::string, decryption_key> made;
    const auto known = made.find(family);
    if (known != made.end())
        return known->second;
    return made.emplace(family, decryption_key::from_pem(secret(test::private_pem(family))).value())
        .first->second;
}

encryption_key public_half(const decryption_key& of)
{
    return encryption_key::from_jwk(of.public_jwk()).value();
}

std::string opened(std::string_view text, const decryption_key& key)
{
    const auto jwe = take_apart_encrypted(text);
    if (!jwe)
        return "refused: " + jwe.error().detail;
    const auto content = decrypt(*jwe, std::vector{key});
    return content ? std::string(content->reveal()) : "refused: " + content.error().detail;
}

json header_of(std::string_view text)
{
    const auto first = base64url_decode(text.substr(0, text.find('.'))).value();
    return json::parse(as_text(first));
}

} // namespace

TEST_CASE(
    "what is encrypted by any algorithm and encryption opens for whom it is, and nobody else", "[crypto]"
)
{
    const auto [alg, family] = GENERATE(table<key_management, std::string>({
        {key_management::rsa_oaep, "RSA"},
        {key_management::rsa_oaep_256, "RSA"},
        {key_management::ecdh_es, "P-256"},
        {key_management::ecdh_es, "P-384"},
        {key_management::ecdh_es, "P-521"},
        {key_management::ecdh_es, "X25519"},
        {key_management::ecdh_es_a128kw, "P-256"},
        {key_management::ecdh_es_a128kw, "P-384"},
        {key_management::ecdh_es_a128kw, "P-521"},
        {key_management::ecdh_es_a128kw, "X25519"},
        {key_management::ecdh_es_a256kw, "P-256"},
        {key_management::ecdh_es_a256kw, "P-384"},
        {key_management::ecdh_es_a256kw, "P-521"},
        {key_management::ecdh_es_a256kw, "X25519"},
    }));
    using enum content_encryption;
    const auto enc = GENERATE(a128gcm, a256gcm, a128cbc_hs256, a256cbc_hs512);
    const std::string plain(GENERATE(as<std::size_t>{}, 0U, 1U, 16U, 5000U), 'x');
    CAPTURE(name(alg), family, name(enc), plain.size());
    const auto& key = recipient(family);
    const auto text = encrypt_compact(plain, public_half(key), {alg, enc, "JWT"}, system_random());
    REQUIRE(test::outcome(text) == "ok");
    CHECK(opened(*text, key) == plain);
    const auto other = decryption_key::generate(alg).value();
    CHECK(opened(*text, other).starts_with("refused"));
}

TEST_CASE("the header says what a recipient needs and nothing else", "[crypto]")
{
    const auto& key = recipient("P-256");
    const auto text = encrypt_compact(
                          "x",
                          public_half(key),
                          {key_management::ecdh_es, content_encryption::a256gcm, "JWT"},
                          system_random()
    )
                          .value();
    auto header = header_of(text);
    CHECK(header["epk"].size() == 4); // kty, crv, x, y: no private half
    header.erase("epk");
    CHECK(header == json{{"alg", "ECDH-ES"}, {"enc", "A256GCM"}, {"kid", key.kid()}, {"cty", "JWT"}});

    auto nameless = recipient("RSA").public_jwk();
    nameless.erase("kid");
    const auto plain = encrypt_compact(
                           "x",
                           encryption_key::from_jwk(nameless).value(),
                           {key_management::rsa_oaep_256, content_encryption::a128gcm},
                           system_random()
    )
                           .value();
    CHECK(header_of(plain) == json{{"alg", "RSA-OAEP-256"}, {"enc", "A128GCM"}});
}

TEST_CASE("key and vector of the content are new for each text, and the sender's key is", "[crypto]")
{
    const auto& key = recipient("X25519");
    const encryption_plan plan{key_management::ecdh_es_a128kw, content_encryption::a128gcm};
    test::fixed_random random;
    const auto one = encrypt_compact("x", public_half(key), plan, random).value();
    CHECK(random.calls() == 2);
    const auto two = encrypt_compact("x", public_half(key), plan, random).value();
    CHECK(random.calls() == 4);
    const auto left = take_apart_encrypted(one).value();
    const auto right = take_apart_encrypted(two).value();
    CHECK(left.vector != right.vector);
    CHECK(left.encrypted_key != right.encrypted_key);
    CHECK(header_of(one)["epk"] != header_of(two)["epk"]);
}

TEST_CASE("an algorithm that does not go with the key encrypts nothing", "[crypto]")
{
    const auto [alg, family] = GENERATE(table<key_management, std::string>({
        {key_management::rsa_oaep_256, "P-256"},
        {key_management::ecdh_es, "RSA"},
    }));
    const auto text = encrypt_compact(
        "x", public_half(recipient(family)), {alg, content_encryption::a256gcm}, system_random()
    );
    CHECK(test::outcome(text) == "value_malformed at jwe");
}

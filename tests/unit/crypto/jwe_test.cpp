// SPDX-License-Identifier: Apache-2.0
#include "crypto/jwe.hpp"
#include "support/catch.hpp"
#include "support/jwe_vectors.hpp"
#include "support/outcome.hpp"
#include "support/test_jwe.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

#include <map>

using namespace sekisho;
using namespace sekisho::crypto;
using Catch::Matchers::Contains;

namespace
{

decryption_key key_of(std::string_view pem)
{
    return decryption_key::from_pem(secret(std::string(pem))).value();
}

const std::string& pem_of(const std::string& family)
{
    static std::map<std::string, std::string> made;
    const auto [place, is_new] = made.try_emplace(family);
    if (is_new)
        place->second = test::private_pem(family);
    return place->second;
}

result<secret> opened(std::string_view text, const std::vector<decryption_key>& keys)
{
    const auto jwe = take_apart_encrypted(text);
    if (!jwe)
        return std::unexpected(jwe.error());
    return decrypt(*jwe, keys);
}

std::string plain_of(const result<secret>& content)
{
    return content ? std::string(content->reveal()) : "refused: " + content.error().detail;
}

// A text of five good parts whose header is this.
std::string with_header(std::string_view header)
{
    return test::base64url(header) + ".AAAA." + test::base64url(std::string(12, 'i')) + ".AAAA." +
           test::base64url(std::string(16, 't'));
}

} // namespace

TEST_CASE("what the RFCs print encrypted is decrypted", "[crypto]")
{
    const auto vector = GENERATE(test::rfc7516_a1, test::rfc7520_5_4, test::rfc7520_5_5);
    INFO(vector.section);
    const auto key = decryption_key::from_jwk(json::parse(vector.jwk)).value();
    CHECK(plain_of(opened(vector.jwe, {key})) == vector.plain);
}

TEST_CASE("RFC 7518, C: the key that Alice and Bob agree on opens what it encrypted", "[crypto]")
{
    const auto bob = decryption_key::from_jwk(json::parse(
        R"({"kty":"EC","crv":"P-256","x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",)"
        R"("y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck","d":"VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw"})"
    ));
    REQUIRE(test::outcome(bob) == "ok");
    const auto derived = base64url_decode("VqqN6vgjbSBcIijNcacQGg").value();
    test::jwe_plan plan{"ECDH-ES", "A128GCM", test::public_pem(pem_of("P-256"))};
    plan.content_key = std::string(as_text(derived));
    plan.epk = R"({"kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0",)"
               R"("y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps"})";
    plan.header = R"({"apu":"QWxpY2U","apv":"Qm9i"})";
    CHECK(plain_of(opened(test::encrypt("hello", plan), {*bob})) == "hello");
    plan.header = R"({"apu":"QWxpY2U","apv":"Qm9j"})"; // the parties are part of the key
    CHECK_FALSE(opened(test::encrypt("hello", plan), {*bob}));
}

TEST_CASE(
    "every algorithm with every encryption opens for the one it is for, and for nobody else", "[crypto]"
)
{
    const auto [alg, family] = GENERATE(table<std::string, std::string>({
        {"RSA-OAEP", "RSA"},
        {"RSA-OAEP-256", "RSA"},
        {"ECDH-ES", "P-256"},
        {"ECDH-ES", "P-384"},
        {"ECDH-ES", "P-521"},
        {"ECDH-ES", "X25519"},
        {"ECDH-ES+A128KW", "P-256"},
        {"ECDH-ES+A128KW", "X25519"},
        {"ECDH-ES+A256KW", "P-384"},
    }));
    const auto enc = GENERATE(as<std::string>{}, "A128GCM", "A256GCM", "A128CBC-HS256", "A256CBC-HS512");
    CAPTURE(alg, family, enc);
    const std::string plain(GENERATE(as<std::size_t>{}, 0U, 1U, 16U, 5000U), 'x');
    const auto text = test::encrypt(plain, {alg, enc, test::public_pem(pem_of(family))});
    CHECK(plain_of(opened(text, {key_of(pem_of(family))})) == plain);
    if (family == "RSA")
        return;
    const auto other = key_of(test::private_pem(family));
    CHECK(test::outcome(opened(text, {other})) == "value_malformed at jwe");
    CHECK(plain_of(opened(text, {other, key_of(pem_of(family))})) == plain); // one of several
}

TEST_CASE("a key is chosen by kid; a kid that none of ours has leaves those of the algorithm", "[crypto]")
{
    auto jwk = key_of(pem_of("P-256")).private_jwk();
    jwk["kid"] = "named";
    const auto named = decryption_key::from_jwk(jwk).value();
    const auto other = key_of(test::private_pem("P-256"));
    test::jwe_plan plan{"ECDH-ES", "A128GCM", test::public_pem(pem_of("P-256"))};
    plan.header = R"({"kid":"named"})";
    CHECK(opened(test::encrypt("x", plan), {other, named}));
    plan.header = R"({"kid":"theirs"})";
    CHECK(opened(test::encrypt("x", plan), {other, named}));
    plan.header = json{{"kid", other.kid()}}.dump();
    CHECK_FALSE(opened(test::encrypt("x", plan), {other, named}));
}

TEST_CASE("no key for the algorithm, its curve or what the key is bound to is told as such", "[crypto]")
{
    auto jwk = key_of(pem_of("P-256")).private_jwk();
    jwk["alg"] = "ECDH-ES+A256KW";
    const auto bound = decryption_key::from_jwk(jwk).value();
    const auto text = test::encrypt("x", {"ECDH-ES", "A128GCM", test::public_pem(pem_of("P-256"))});
    for (const auto& keys :
         {std::vector<decryption_key>(), {bound}, {key_of(pem_of("RSA"))}, {key_of(pem_of("P-384"))}})
        CHECK(test::outcome(opened(text, keys)) == "value_malformed at jwe.key");
    CHECK_THAT(test::detail(opened(text, {bound})), Contains("none of our 1 keys is for ECDH-ES on P-256"));
}

TEST_CASE("a header that asks for what we refuse says which", "[crypto]")
{
    const auto [header, expected] = GENERATE(table<std::string, std::string>({
        {R"({"alg":"RSA1_5","enc":"A128GCM"})", "RSA1_5"},                 // RFC 8017, 7.2
        {R"({"alg":"dir","enc":"A128GCM"})", "alg is none we decrypt"},    // RFC 7518, 4.5
        {R"({"alg":"A128KW","enc":"A128GCM"})", "alg is none we decrypt"}, // RFC 7518, 4.4
        {R"({"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2c":9999999})", "alg is none we decrypt"},
        {R"({"alg":"none","enc":"A128GCM"})", "alg is none we decrypt"},
        {R"({"alg":"rsa-oaep","enc":"A128GCM"})", "alg is none we decrypt"}, // exact case
        {R"({"alg":"RSA-OAEP","enc":"A192GCM"})", "enc is none we decrypt"},
        {R"({"alg":"RSA-OAEP","enc":"none"})", "enc is none we decrypt"},
        {R"({"alg":"RSA-OAEP"})", "enc"},
        {R"({"enc":"A128GCM"})", "alg"},
        {R"({"alg":7,"enc":"A128GCM"})", "alg"},
        {R"({"alg":"RSA-OAEP","enc":"A128GCM","zip":"DEF"})", "zip"},             // RFC 7516, 4.1.3
        {R"({"alg":"RSA-OAEP","enc":"A128GCM","crit":["exp"],"exp":1})", "crit"}, // RFC 7516, 4.1.13
        {R"({"alg":"RSA-OAEP","alg":"RSA-OAEP-256","enc":"A128GCM"})", "header"}, // RFC 7516, 4
        {R"({"alg":"RSA-OAEP","enc":"A128GCM","kid":1})", "kid"},
        {R"({"alg":"ECDH-ES+A128KW","enc":"A128GCM"})", "no epk"},
        {R"({"alg":"ECDH-ES+A128KW","enc":"A128GCM","epk":"x"})", "object"},
        {R"({"alg":"ECDH-ES+A128KW","enc":"A128GCM","epk":{"kty":"RSA","n":"AQ","e":"AQAB","crv":"P-256"}})",
         "no curve"},
        {R"({"alg":"ECDH-ES+A128KW","enc":"A128GCM","epk":{"kty":"OKP","crv":"Ed25519","x":"AAAA"}})",
         "no curve"},
        {R"({"alg":"ECDH-ES+A128KW","enc":"A128GCM","epk":{"kty":"OKP","crv":"X25519","x":"AAAA"}})",
         "32 bytes"},
        {R"({"alg":"ECDH-ES+A128KW","enc":"A128GCM","epk":{"kty":"EC","crv":"P-256","x":"AQ","y":"AQ"}})",
         "32 bytes"},
        {R"([])", "object"},
        {R"({"alg":"RSA-OAEP","enc":"A128GCM"} )"
         "x",
         "header"},
    }));
    CAPTURE(header);
    const auto read = take_apart_encrypted(with_header(header));
    CHECK(read.has_value() == false);
    CHECK_THAT(test::detail(read), Contains(expected));
}

TEST_CASE("RFC 7516, A.2 and A.3 use algorithms that we refuse", "[crypto]")
{
    CHECK_THAT(test::detail(take_apart_encrypted(test::rfc7516_a2)), Contains("RSA1_5"));
    CHECK_THAT(test::detail(take_apart_encrypted(test::rfc7516_a3)), Contains("none we decrypt"));
}

TEST_CASE("five parts make a JWE, three a JWS", "[crypto]")
{
    const auto [text, expected] = GENERATE(table<std::string, bool>({
        {"a.b.c.d.e", true},
        {"....", true},
        {"a.b.c", false},
        {"a.b.c.d", false},
        {"a.b.c.d.e.f", false},
        {"", false},
        {R"({"protected":"..."})", false},
    }));
    CHECK(is_encrypted(text) == expected);
    if (!expected)
        CHECK_THAT(test::detail(take_apart_encrypted(text)), Contains("five parts"));
}

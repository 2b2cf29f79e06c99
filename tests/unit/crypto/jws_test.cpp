// SPDX-License-Identifier: Apache-2.0
#include "crypto/jws.hpp"
#include "support/catch.hpp"
#include "support/rfc_vectors.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::crypto;
using test::base64url;
using test::signing_key;

namespace
{

verification_key public_half(const signing_key& key)
{
    return verification_key::from_jwk(json::parse(key.jwk())).value();
}

bool verifies(const std::string& text, const verification_key& key)
{
    const auto jws = take_apart(text);
    return jws && verify(*jws, key);
}

std::string with_header(std::string_view header) { return base64url(header) + ".e30.AAAA"; }

std::string reason(const result<compact_jws>& refused)
{
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::value_malformed);
    return refused.error().detail;
}

} // namespace

TEST_CASE(
    "the signatures the RFCs print verify, and no longer with one byte of the input changed", "[crypto]"
)
{
    const auto vector = GENERATE(
        test::rs256_vector, test::es256_vector, test::es512_vector, test::ps384_vector, test::eddsa_vector
    );
    INFO(vector.section);
    const auto key = verification_key::from_jwk(json::parse(vector.jwk)).value();
    auto jws = take_apart(vector.jws).value();
    CHECK(verify(jws, key));
    std::string input(jws.signing_input);
    input.back() ^= 1;
    jws.signing_input = input;
    CHECK_FALSE(verify(jws, key));
}

TEST_CASE("RFC 7515, A.1: an HMAC verifies with its secret only", "[crypto]")
{
    const auto secret_bytes = base64url_decode(test::hs256_key).value();
    const auto jws = take_apart(test::hs256_jws).value();
    CHECK(jws.typ == "JWT");
    CHECK(verify(jws, verification_key::from_secret(secret(std::string(as_text(secret_bytes))))));
    CHECK_FALSE(verify(jws, verification_key::from_secret(secret("another secret"))));
    CHECK_FALSE(verify(jws, verification_key::from_secret(secret())));
}

TEST_CASE("an empty secret verifies nothing, not even what an empty secret signed", "[crypto]")
{
    const auto text = signing_key::with_secret("HS256", "").sign_with_kid("", "{}");
    CHECK_FALSE(verifies(text, verification_key::from_secret(secret())));
}

TEST_CASE("each algorithm verifies with its key, and with no other", "[crypto]")
{
    const auto alg = GENERATE(
        as<std::string>{},
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
    );
    const auto key = signing_key::make(alg);
    const auto text = key.sign_with_kid("k", R"({"sub":"x"})");
    CHECK(verifies(text, public_half(key)));
    CHECK(verifies(text, verification_key::from_pem(key.public_pem()).value()));
    const auto other = alg.starts_with("RS") || alg.starts_with("PS") ? signing_key::make_rsa(alg, 2048)
                                                                      : signing_key::make(alg);
    CHECK_FALSE(verifies(text, public_half(other)));
}

TEST_CASE("Ed448 goes by the name EdDSA, too", "[crypto]")
{
    const auto key = signing_key::make_ed448();
    CHECK(verifies(key.sign_with_kid("", "{}"), public_half(key)));
    CHECK_FALSE(verifies(key.sign_with_kid("", "{}"), public_half(signing_key::make("EdDSA"))));
}

TEST_CASE("a header that names the curve is of that curve (RFC 9864)", "[crypto]")
{
    const auto [says, with, is_good] = GENERATE(table<std::string, std::string, bool>({
        {"Ed25519", "Ed25519", true},
        {"EdDSA", "Ed25519", true},
        {"Ed448", "Ed448", true},
        {"EdDSA", "Ed448", true},
        {"Ed25519", "Ed448", false},
        {"Ed448", "Ed25519", false},
    }));
    const auto key = signing_key::make(with);
    CHECK(verifies(key.as(says).sign_with_kid("", "{}"), public_half(key)) == is_good);
}

TEST_CASE("the payload is any bytes and comes out as it went in", "[crypto]")
{
    const std::string payload("\0\xff.{}\n", 6);
    const auto jws =
        take_apart(signing_key::with_secret("HS512", "s").sign_with_kid("the kid", payload)).value();
    CHECK(as_text(jws.payload) == payload);
    CHECK(jws.alg == algorithm::hs512);
    CHECK(jws.kid == "the kid");
    CHECK_FALSE(jws.typ);
}

TEST_CASE("CVE-2026-33322: HS256 signed with the RSA public key's text is refused", "[crypto]")
{
    const auto rsa = signing_key::make("RS256");
    const auto forged =
        signing_key::with_secret("HS256", rsa.public_pem()).sign_with_kid("", R"({"sub":"admin"})");
    CHECK_FALSE(verifies(forged, public_half(rsa)));
    CHECK_FALSE(verifies(forged, verification_key::from_pem(rsa.public_pem()).value()));
    // The signature itself is right: with that text as a secret it verifies.
    CHECK(verifies(forged, verification_key::from_secret(secret(rsa.public_pem()))));
}

TEST_CASE("a header that names another algorithm than the signature is refused", "[crypto]")
{
    auto [signs, says] = GENERATE(table<std::string, std::string>({
        {"RS256", "PS256"},
        {"PS256", "RS256"},
        {"RS256", "RS384"},
        {"PS512", "PS256"},
        {"ES256", "ES384"},
        {"ES384", "ES256"},
        {"ES256", "EdDSA"},
        {"EdDSA", "ES256"},
        {"RS256", "ES256"},
    }));
    const auto key = signing_key::make(signs);
    CHECK_FALSE(verifies(key.sign(R"({"alg":")" + says + R"("})", "{}"), public_half(key)));
    CHECK(verifies(key.sign(R"({"alg":")" + signs + R"("})", "{}"), public_half(key)));
}

TEST_CASE("ES256's hash signed on P-384 is refused", "[crypto]")
{
    const auto key = signing_key::make("ES384").as("ES256");
    CHECK_FALSE(verifies(key.sign_with_kid("", "{}"), public_half(key)));
}

TEST_CASE("a key whose JWK names an algorithm verifies no other, though its kind would", "[crypto]")
{
    const auto key = signing_key::make("RS256");
    const auto pinned =
        verification_key::from_jwk(json::parse(key.jwk({.kid = "", .use = "", .alg = "PS256"}))).value();
    CHECK_FALSE(verifies(key.sign_with_kid("", "{}"), pinned));
    CHECK(verifies(key.as("PS256").sign_with_kid("", "{}"), pinned));
}

TEST_CASE("an ECDSA signature must be r and s of full size: DER, cut, longer or zero is refused", "[crypto]")
{
    const auto key = signing_key::make("ES256");
    const auto verifier = public_half(key);
    auto jws = take_apart(test::es256_vector.jws).value();
    const auto vector_key = verification_key::from_jwk(json::parse(test::es256_vector.jwk)).value();
    const auto good = jws.signature;
    REQUIRE(verify(jws, vector_key));

    jws.signature = good;
    jws.signature.pop_back();
    CHECK_FALSE(verify(jws, vector_key));
    jws.signature = good;
    jws.signature.push_back(std::byte{0});
    CHECK_FALSE(verify(jws, vector_key));
    jws.signature = good;
    jws.signature.insert(jws.signature.begin(), std::byte{0});
    jws.signature.insert(jws.signature.begin() + 33, std::byte{0});
    CHECK_FALSE(verify(jws, vector_key));
    // The same r and s as DER: 30 len 02 20 r 02 21 00 s (s has its high bit set in A.3).
    bytes der{std::byte{0x30}, std::byte{0x45}, std::byte{0x02}, std::byte{0x20}};
    der.insert(der.end(), good.begin(), good.begin() + 32);
    der.insert(der.end(), {std::byte{0x02}, std::byte{0x21}, std::byte{0x00}});
    der.insert(der.end(), good.begin() + 32, good.end());
    jws.signature = der;
    CHECK_FALSE(verify(jws, vector_key));
    jws.signature = bytes(64); // CVE-2022-21449: r = s = 0
    CHECK_FALSE(verify(jws, vector_key));
    jws.signature = {};
    CHECK_FALSE(verify(jws, vector_key));
    jws.signature = good;
    CHECK(verify(jws, vector_key));
    CHECK_FALSE(verify(jws, verifier));
}

TEST_CASE("a PSS signature whose salt is not as long as the digest is refused", "[crypto]")
{
    const auto key = signing_key::make("PS256");
    CHECK_FALSE(verifies(key.sign_with_salt(20, "{}"), public_half(key)));
    CHECK(verifies(key.sign_with_salt(32, "{}"), public_half(key)));
}

TEST_CASE("none is no algorithm, however it is spelled", "[crypto]")
{
    const auto spelling = GENERATE(as<std::string>{}, "none", "None", "NONE", "nOnE", "", "HS256 ");
    const auto header = base64url(R"({"alg":")" + spelling + R"("})");
    CHECK(reason(take_apart(header + ".e30.")).find("alg") != std::string::npos);
    CHECK(reason(take_apart(header + ".e30.AAAA")).find("alg") != std::string::npos);
}

TEST_CASE("what is not a strict compact JWS is refused with the reason", "[crypto]")
{
    const auto good = with_header(R"({"alg":"HS256"})");
    REQUIRE(take_apart(good));
    auto [text, why] = GENERATE_COPY(table<std::string, std::string>({
        {"", "three parts"},
        {".", "three parts"},
        {"..", "header"},
        {"...", "three parts"},
        {"e30.e30", "three parts"},
        {good + ".", "three parts"},
        {good + ".AAAA.AAAA", "three parts"}, // a JWE has five
        {"e30.e30.AAAA", "alg"},
        {good + "=", "signature"},
        {good + "\n", "signature"},
        {" " + good, "header"},
        {base64url(R"({"alg":"HS256"})") + ".e3 0.AAAA", "payload"},
        {base64url(R"({"alg":"HS256"})") + ".e31.AAAA", "payload"}, // trailing bits
        {base64url(R"({"alg":"HS256"})") + ".e30.AAB", "signature"},
        {base64url(R"({"alg":"HS256"})") + ".e30.AA+/", "signature"},
        {with_header(R"(["alg","HS256"])"), "object"},
        {with_header(R"({"alg":"HS256"}})"), "header"},
        {with_header(R"({"alg":5})"), "alg"},
        {with_header(R"({"alg":null})"), "alg"},
        {with_header(R"({"alg":"HS256","alg":"HS256"})"), "same name"},
        {with_header(R"({"alg":"HS256","kid":"a","kid":"b"})"), "same name"},
        {with_header(R"({"alg":"HS256","al\u0067":"none"})"), "same name"},
        {with_header(R"({"alg":"HS256","crit":["exp"]})"), "crit"},
        {with_header(R"({"alg":"HS256","crit":[]})"), "crit"},
        {with_header(R"({"alg":"HS256","crit":null})"), "crit"},
        {with_header(R"({"alg":"HS256","b64":false})"), "b64"},
        {with_header(R"({"alg":"HS256","b64":true})"), "b64"},
        {with_header(R"({"alg":"HS256","kid":7})"), "kid"},
        {with_header(R"({"alg":"HS256","typ":{}})"), "typ"},
        {with_header("{\"alg\":\"HS256\",\"kid\":\"\xff\"}"), "header"},
    }));
    CAPTURE(text);
    CHECK(reason(take_apart(text)).find(why) != std::string::npos);
}

TEST_CASE("CVE-2026-48042: a header of nested brackets gets a clean error", "[crypto]")
{
    CHECK(reason(take_apart(with_header(std::string(40'000, '[')))).find("nested") != std::string::npos);
}

TEST_CASE("a JWS may have 64 KiB and not a byte more", "[crypto]")
{
    const auto start = base64url(R"({"alg":"HS256"})") + ".e30.";
    const auto room = 64 * std::size_t{1024} - start.size();
    const auto rest = room % 4 == 1 ? std::size_t{0} : room; // a length base64url can have
    REQUIRE(rest == room);
    CHECK(take_apart(start + std::string(rest, 'A')));
    CHECK(reason(take_apart(start + std::string(rest + 1, 'A'))).find("64 KiB") != std::string::npos);
}

TEST_CASE("keys inside the header are no reason to trust anything", "[crypto]")
{
    const auto attacker = signing_key::make("ES256");
    const auto provider = signing_key::make("ES256");
    const auto text = attacker.sign(
        R"({"alg":"ES256","jwk":)" + attacker.jwk() +
            R"(,"jku":"https://attacker.example/keys","x5u":"https://a.example"})",
        "{}"
    );
    REQUIRE(take_apart(text));
    CHECK_FALSE(verifies(text, public_half(provider)));
}

// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/jws.hpp"
#include "oidc/dpop.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::oidc;

namespace
{

const time_point noon{std::chrono::seconds(1'790'000'000)};

// The key of RFC 9449's examples; the private half is not in the RFC.
const std::string key_of_the_rfc = R"({"kty":"EC","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
    "y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA","crv":"P-256"})";

json header_of(std::string_view proof)
{
    return json::parse(as_text(base64url_decode(proof.substr(0, proof.find('.'))).value()));
}

} // namespace

TEST_CASE("a proof says what RFC 9449, 4.2 wants, and the key in it made it", "[oidc]")
{
    const auto alg = GENERATE(crypto::algorithm::es256, crypto::algorithm::eddsa, crypto::algorithm::ps256);
    const auto key = crypto::signing_key::generate(alg).value();
    const auto target = url::parse("https://server.example.com/token?x=1").value();
    const secret none;
    const auto proof = make_dpop_proof({"POST", target, none, "", "jti-1", noon}, key, alg);
    REQUIRE(proof);
    const auto header = header_of(*proof);
    CHECK(header["typ"] == "dpop+jwt");
    CHECK(header["alg"] == crypto::name(alg));
    CHECK_FALSE(header.contains("kid"));
    for (const auto* member : {"d", "p", "q", "kid", "use", "alg"})
        CHECK_FALSE(header["jwk"].contains(member));
    const auto jws = crypto::take_apart(*proof).value();
    CHECK(crypto::verify(jws, crypto::verification_key::from_jwk(header["jwk"]).value()));
    CHECK(
        json::parse(as_text(jws.payload)) ==
        json{
            {"jti", "jti-1"},
            {"htm", "POST"},
            {"htu", "https://server.example.com/token"},
            {"iat", 1'790'000'000}
        }
    );
}

TEST_CASE("a token and a nonce are in the proof when there are any (RFC 9449, 4.2)", "[oidc]")
{
    const auto key = crypto::signing_key::generate(crypto::algorithm::es256).value();
    const auto target = url::parse("https://resource.example.org/protectedresource").value();
    // The token and its hash of RFC 9449, 7.1
    const secret token(std::string("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"));
    const auto proof =
        make_dpop_proof({"GET", target, token, "n-1", "j", noon}, key, crypto::algorithm::es256);
    REQUIRE(proof);
    const auto jws = crypto::take_apart(*proof).value();
    const auto claims = json::parse(as_text(jws.payload));
    CHECK(claims["ath"] == "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo");
    CHECK(claims["nonce"] == "n-1");
}

TEST_CASE("the RFC's own proof reads as ours do, and our thumbprint of its key is the one of 6.1", "[oidc]")
{
    // RFC 9449, 4.1
    const std::string_view proof =
        "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZ"
        "OX"
        "pDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsIm"
        "Ny"
        "diI6IlAtMjU2In19."
        "eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4Y"
        "W1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-"
        "FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiO"
        "SsX0x7NVY-FNyJK70nfbV37xRZT3Lg";
    const auto jws = crypto::take_apart(proof).value();
    const auto theirs = crypto::verification_key::from_jwk(json::parse(key_of_the_rfc)).value();
    CHECK(crypto::verify(jws, theirs));
    const auto payload = json::parse(as_text(jws.payload));

    const auto key = crypto::signing_key::generate(crypto::algorithm::es256).value();
    const auto target = url::parse("https://server.example.com/token").value();
    const auto now = from_numeric_date(payload["iat"].get<double>());
    const secret none;
    const auto ours = make_dpop_proof(
        {"POST", target, none, "", payload["jti"].get<std::string>(), now}, key, crypto::algorithm::es256
    );
    REQUIRE(ours);
    CHECK(json::parse(as_text(crypto::take_apart(*ours)->payload)) == payload);
    auto header = header_of(*ours);
    const auto example = header_of(proof);
    CHECK(header["jwk"].size() == example["jwk"].size());
    header["jwk"] = example["jwk"];
    CHECK(header == example);
}

TEST_CASE("the thumbprint is the dpop_jkt of RFC 9449, 10", "[oidc]")
{
    const auto key = crypto::signing_key::generate(crypto::algorithm::es256).value();
    const auto public_half = key.public_jwk();
    const auto canonical = json{
        {"crv", public_half["crv"]},
        {"kty", public_half["kty"]},
        {"x", public_half["x"]},
        {"y", public_half["y"]},
    };
    const auto thumbprint = [](const json& jwk)
    { return base64url_encode(crypto::hash(crypto::digest::sha256, as_bytes(jwk.dump()))); };
    CHECK(thumbprint(json::parse(key_of_the_rfc)) == "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"); // 6.1
    CHECK(key.thumbprint() == thumbprint(canonical));
}

TEST_CASE("the algorithm is the key's, and one that the provider does not take is refused", "[oidc]")
{
    const auto [alg, supported, expected] =
        GENERATE(table<crypto::algorithm, std::vector<std::string>, std::string>({
            {crypto::algorithm::es256, {}, "ES256"},
            {crypto::algorithm::es256, {"RS256", "ES256"}, "ES256"},
            {crypto::algorithm::es256, {"RS256", "EdDSA"}, ""},
            {crypto::algorithm::es256, {"ES384"}, ""},
            {crypto::algorithm::eddsa, {"EdDSA"}, "EdDSA"},
            {crypto::algorithm::ps256, {"RS256"}, ""}, // the key says what it is for
            {crypto::algorithm::ps256, {"PS256"}, "PS256"},
        }));
    const auto key = crypto::signing_key::generate(alg).value();
    const auto chosen = choose_dpop_algorithm(key, supported);
    CHECK(chosen.has_value() == !expected.empty());
    if (chosen)
        CHECK(crypto::name(*chosen) == expected);
    else
        CHECK(chosen.error().where == "oidc.dpop_key");
}

TEST_CASE("an RSA key that names no algorithm signs with the one that is listed", "[oidc]")
{
    auto jwk = crypto::signing_key::generate(crypto::algorithm::rs256).value().private_jwk();
    jwk.erase("alg");
    const auto key = crypto::signing_key::from_jwk(jwk).value();
    const std::vector<std::string> only{"ES256", "PS384"};
    CHECK(choose_dpop_algorithm(key, only) == crypto::algorithm::ps384);
}

TEST_CASE("a refusal of the proof is told from one of the token (RFC 9449, 7.1)", "[oidc]")
{
    CHECK(refused_proof(R"(Bearer, DPoP error="use_dpop_nonce", error_description="x")") == "use_dpop_nonce");
    CHECK(refused_proof(R"(DPoP error="invalid_dpop_proof")") == "invalid_dpop_proof");
    CHECK(refused_proof(R"(DPoP error="invalid_token", algs="ES256")").empty());
    CHECK(refused_proof("").empty());
}

TEST_CASE("a server asks for its nonce in one of two ways (RFC 9449, 8 and 9)", "[oidc]")
{
    const auto [status, challenge, body, wants] = GENERATE(table<int, std::string, std::string, bool>({
        {400, "", R"({"error":"use_dpop_nonce"})", true},
        {401, "", R"({"error":"use_dpop_nonce"})", true},
        {401, R"(DPoP error="use_dpop_nonce", error_description="x")", "", true},
        {200, R"(DPoP error="use_dpop_nonce")", R"({"error":"use_dpop_nonce"})", false},
        {400, "", R"({"error":"invalid_dpop_proof"})", false},
        {400, "", R"({"error":["use_dpop_nonce"]})", false},
        {400, "", "use_dpop_nonce", false},
        {401, R"(DPoP error="invalid_token")", "", false},
        {500, "", R"({"error":"use_dpop_nonce"})", false},
    }));
    CAPTURE(status, challenge, body);
    CHECK(wants_dpop_nonce(status, challenge, body) == wants);
}

TEST_CASE("a nonce has the characters of RFC 9449, 8.1 and a bound", "[oidc]")
{
    CHECK(is_dpop_nonce("eyJ7S_zG.eyJH0-Z.HX4w-7v"));
    CHECK(is_dpop_nonce(std::string(1024, 'x')));
    for (const std::string text : {"", "a b", "a\"b", "a\\b", "a\r\nb", "\x7f", "\xc3\xa4"})
        CHECK_FALSE(is_dpop_nonce(text));
    CHECK_FALSE(is_dpop_nonce(std::string(1025, 'x')));
}

// SPDX-License-Identifier: Apache-2.0
#include "crypto/jws.hpp"
#include "crypto/jws_sign.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/private_keys.hpp"
#include "support/rfc_vectors.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using crypto::algorithm;
using crypto::signing_key;

namespace
{

const secret shared("a secret both of them know, long enough for HS512: sixty-four bytes.");

// A key for the algorithm, and what verifies it.
struct pair
{
    signing_key signer;
    crypto::verification_key verifier;
};

pair keys_for(algorithm alg)
{
    if (crypto::is_symmetric(alg))
        return {signing_key::from_secret(shared), crypto::verification_key::from_secret(shared)};
    const auto key = test::signing_key::make(crypto::name(alg));
    return {
        signing_key::from_pem(secret(key.private_pem())).value(),
        crypto::verification_key::from_jwk(json::parse(key.jwk())).value()
    };
}

std::string_view signing_input(std::string_view jws) { return jws.substr(0, jws.rfind('.')); }
std::string_view signature(std::string_view jws) { return jws.substr(jws.rfind('.') + 1); }

} // namespace

TEST_CASE("what is signed verifies, and with one byte changed it does not", "[crypto]")
{
    const auto alg = GENERATE(values(
        {algorithm::rs256,
         algorithm::rs384,
         algorithm::rs512,
         algorithm::ps256,
         algorithm::ps384,
         algorithm::ps512,
         algorithm::es256,
         algorithm::es384,
         algorithm::es512,
         algorithm::eddsa,
         algorithm::hs256,
         algorithm::hs384,
         algorithm::hs512}
    ));
    CAPTURE(crypto::name(alg));
    const auto keys = keys_for(alg);
    auto text = crypto::sign_compact({.alg = alg, .kid = "k"}, R"({"sub":"x"})", keys.signer);
    REQUIRE(text);
    const auto jws = crypto::take_apart(*text);
    REQUIRE(test::outcome(jws) == "ok");
    CHECK(jws->alg == alg);
    CHECK(crypto::verify(*jws, keys.verifier));
    CHECK(as_text(jws->payload) == R"({"sub":"x"})");

    auto changed = *text;
    const auto at = changed.find('.') + 1;
    changed[at] = changed[at] == 'e' ? 'f' : 'e';
    const auto forged = crypto::take_apart(changed);
    REQUIRE(forged);
    CHECK_FALSE(crypto::verify(*forged, keys.verifier));
}

TEST_CASE("the RFCs' own keys make the RFCs' own signatures", "[crypto]")
{
    const auto [vector, jwk, alg] = GENERATE(table<test::rfc_vector, std::string_view, algorithm>({
        {test::rs256_vector, test::rfc7515_rsa, algorithm::rs256},
        {test::eddsa_vector, test::rfc8037_ed25519, algorithm::eddsa},
    }));
    CAPTURE(vector.section);
    const auto key = signing_key::from_jwk(json::parse(jwk));
    REQUIRE(test::outcome(key) == "ok");
    const auto made = crypto::sign(alg, *key, signing_input(vector.jws));
    REQUIRE(made);
    CHECK(base64url_encode(*made) == signature(vector.jws));
}

TEST_CASE("RFC 7515, A.1: HS256 over the bytes of the secret", "[crypto]")
{
    const auto bytes = base64url_decode(test::hs256_key).value();
    const auto key = signing_key::from_secret(secret(std::string(as_text(bytes))));
    const auto made = crypto::sign(algorithm::hs256, key, signing_input(test::hs256_jws));
    REQUIRE(made);
    CHECK(base64url_encode(*made) == signature(test::hs256_jws));
}

TEST_CASE("RFC 7518, 3.4: r and s have the size of the order, however small they are", "[crypto]")
{
    const auto [alg, size] = GENERATE(table<algorithm, std::size_t>({
        {algorithm::es256, 64},
        {algorithm::es384, 96},
        {algorithm::es512, 132},
    }));
    const auto key = signing_key::generate(alg).value();
    // About one in 128 of these has a leading zero byte in r or s.
    for (int round = 0; round < 300; ++round)
        REQUIRE(crypto::sign(alg, key, "text " + std::to_string(round))->size() == size);
}

TEST_CASE("the header has what it was given and no empty member", "[crypto]")
{
    const auto key = signing_key::generate(algorithm::eddsa).value();
    const auto header_of = [&](const crypto::jws_header& header)
    {
        const auto text = crypto::sign_compact(header, "{}", key).value();
        return json::parse(as_text(base64url_decode(text.substr(0, text.find('.'))).value()));
    };
    CHECK(header_of({.alg = algorithm::eddsa}) == json{{"alg", "EdDSA"}});
    CHECK(
        header_of({algorithm::eddsa, "k", "JWT", "one", "two"}) ==
        json{{"alg", "EdDSA"}, {"kid", "k"}, {"typ", "JWT"}, {"x5t", "one"}, {"x5t#S256", "two"}}
    );
}

TEST_CASE("an algorithm signs with its own kind of key only, and nobody's secret is empty", "[crypto]")
{
    const auto ec = signing_key::generate(algorithm::es384).value();
    for (const auto alg : {algorithm::es256, algorithm::es512, algorithm::rs256, algorithm::hs384})
        CHECK(test::outcome(crypto::sign(alg, ec, "x")) == "value_malformed at jws.sign");
    const auto text = signing_key::from_secret(shared);
    CHECK(test::outcome(crypto::sign(algorithm::es256, text, "x")) == "value_malformed at jws.sign");
    const auto empty = signing_key::from_secret(secret());
    CHECK(test::outcome(crypto::sign(algorithm::hs256, empty, "x")) == "value_malformed at jws.sign");
}

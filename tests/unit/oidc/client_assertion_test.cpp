// SPDX-License-Identifier: Apache-2.0
#include "crypto/jws.hpp"
#include "oidc/client_assertion.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/private_keys.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::oidc;
using crypto::algorithm;

namespace
{

constexpr std::int64_t noon = 1'790'000'000;
const time_point now{std::chrono::seconds(noon)};

assertion_claims claims()
{
    return {
        .client = client_id("our-client"), .audience = "https://idp.example/token", .jti = "j-1", .now = now
    };
}

crypto::signing_key key()
{
    return crypto::signing_key::from_pem(secret(std::string(test::openssl_ec_pkcs8))).value();
}

json header_of(const secret& jwt)
{
    const auto text = std::string(jwt.reveal());
    return json::parse(as_text(base64url_decode(text.substr(0, text.find('.'))).value()));
}

std::string jwt_with(const std::string& payload) { return "e30." + test::base64url(payload) + ".c2ln"; }

} // namespace

TEST_CASE("RFC 7523, 3: an assertion says who, to whom, once and for a minute", "[oidc]")
{
    const auto made = make_client_assertion(claims(), {key(), algorithm::es256});
    REQUIRE(test::outcome(made) == "ok");
    const auto jws = crypto::take_apart(made->reveal());
    REQUIRE(jws);
    CHECK(crypto::verify(*jws, crypto::verification_key::from_jwk(key().public_jwk()).value()));
    CHECK(
        json::parse(as_text(jws->payload)) ==
        json{
            {"iss", "our-client"},
            {"sub", "our-client"},
            {"aud", "https://idp.example/token"},
            {"jti", "j-1"},
            {"iat", noon},
            {"exp", noon + 60},
        }
    );
    CHECK(header_of(*made) == json{{"alg", "ES256"}, {"kid", key().kid()}, {"typ", "JWT"}});
}

TEST_CASE("with a certificate the header has both of its thumbprints", "[oidc]")
{
    const auto shown = crypto::thumbprints_for(test::openssl_ec_certificate, key());
    REQUIRE(shown);
    const auto made = make_client_assertion(claims(), {key(), algorithm::es256, *shown});
    REQUIRE(made);
    CHECK(header_of(*made)["x5t"] == test::openssl_ec_x5t);
    CHECK(header_of(*made)["x5t#S256"] == test::openssl_ec_x5t_s256);
}

TEST_CASE("an algorithm of another kind of key is refused", "[oidc]")
{
    CHECK(
        test::outcome(make_client_assertion(claims(), {key(), algorithm::rs256})) ==
        "value_malformed at jws.sign"
    );
}

TEST_CASE("the algorithm is the key's, unless the provider lists others", "[oidc]")
{
    using names = std::vector<std::string>;
    const auto rsa = crypto::signing_key::from_jwk(json::parse(test::rfc7515_rsa)).value();
    const auto ed = crypto::signing_key::from_jwk(json::parse(test::rfc8037_ed25519)).value();
    const auto text = crypto::signing_key::from_secret(secret("s"));
    const auto [rule, which, supported, expected] =
        GENERATE_COPY(table<std::string, crypto::signing_key, names, algorithm>({
            {"nothing listed", rsa, {}, algorithm::rs256},
            {"listed", rsa, {"PS256", "RS256"}, algorithm::rs256},
            {"only others listed", rsa, {"ES256", "PS256", "PS512"}, algorithm::ps256},
            {"none of its kind listed", rsa, {"ES256"}, algorithm::rs256},
            {"bound to one", rsa.used_with(algorithm::ps384).value(), {"PS256"}, algorithm::ps384},
            {"listed by its curve alone", ed, {"Ed25519"}, algorithm::ed25519},
            {"listed by its curve, and bound to EdDSA",
             ed.used_with(algorithm::eddsa).value(),
             {"Ed25519"},
             algorithm::ed25519},
            {"listed as EdDSA, and bound to its curve",
             ed.used_with(algorithm::ed25519).value(),
             {"EdDSA"},
             algorithm::eddsa},
            {"another curve listed", ed, {"Ed448"}, algorithm::eddsa},
            {"a shared secret", text, {}, algorithm::hs256},
            {"a shared secret", text, {"RS256", "HS512"}, algorithm::hs512},
        }));
    CAPTURE(rule);
    CHECK(choose_algorithm(which, supported) == expected);
}

TEST_CASE("an assertion of somebody else is passed on without the white space of its file", "[oidc]")
{
    const auto payload = GENERATE(
        as<std::string>{},
        R"({"exp":1790000001})",
        "{}",
        R"({"exp":1790000001,"nbf":1790000060})",
        R"({"aud":["x"],"kubernetes.io":{}})"
    );
    const auto jwt = jwt_with(payload);
    const auto taken = accept_foreign_assertion(" \n" + jwt + "\r\n", now);
    REQUIRE(test::outcome(taken) == "ok");
    CHECK(taken->reveal() == jwt);
}

TEST_CASE("an assertion of somebody else that can be of no use is refused with the reason", "[oidc]")
{
    const auto [file, reason] = GENERATE(table<std::string, std::string>({
        {"", "empty"},
        {" \n", "empty"},
        {"not a token", "three parts"},
        {"a.b", "three parts"},
        {"a.b.c.d", "three parts"},
        {"a.!.c", "base64url"},
        {"a.W10.c", "no JSON object"},
        {jwt_with("{"), "no JSON object"},
        {jwt_with(R"({"exp":1790000000})"), "expired at 2026-09-21T14:13:20Z"},
        {jwt_with(R"({"exp":"soon"})"), "not a number"},
        {jwt_with(R"({"nbf":1790000061})"), "valid only from 2026-09-21T14:14:21Z"},
    }));
    CAPTURE(file);
    const auto taken = accept_foreign_assertion(file, now);
    CHECK(test::outcome(taken) == "value_malformed at client_assertion");
    CHECK_THAT(test::detail(taken), Catch::Matchers::Contains(reason));
}

// SPDX-License-Identifier: Apache-2.0
#include "oidc/id_token.hpp"
#include "oidc/signed_key_set.hpp"
#include "support/catch.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <string>

using namespace sekisho;
using namespace std::chrono_literals;
using test::signing_key;

namespace
{

constexpr std::int64_t noon = 1'790'000'000;

struct fixture
{
    signing_key signer = signing_key::make("ES256");
    signing_key inside = signing_key::make("EdDSA");
    oidc::issuer_setting issuer =
        oidc::parse_issuer("https://op.example", oidc::transport::https_or_loopback).value();
    std::vector<crypto::algorithm> algorithms = oidc::asymmetric_algorithms();
    time_point now{std::chrono::seconds(noon)};

    nlohmann::json payload() const
    {
        return {
            {"iss", "https://op.example"},
            {"sub", "https://op.example"},
            {"iat", noon},
            {"exp", noon + 3600},
            {"keys", {nlohmann::json::parse(inside.jwk({.kid = "k1"}))}}
        };
    }
    std::string
    signed_by(const signing_key& by, const nlohmann::json& what, const std::string& typ = "jwk-set+jwt") const
    {
        nlohmann::json header{{"alg", by.algorithm()}, {"kid", "s1"}};
        if (!typ.empty())
            header["typ"] = typ;
        return by.sign(header.dump(), what.dump());
    }
    result<oidc::key_set> open(const std::string& jwt) const
    {
        const auto signers = oidc::key_set::from_file(signer.jwks({.kid = "s1"})).value();
        return oidc::open_signed_key_set(jwt, {issuer, signers, algorithms, 60s}, now);
    }
};

} // namespace

TEST_CASE("a set that a pinned key signed counts, with its own end", "[oidc]")
{
    const auto typ = GENERATE(as<std::string>{}, "jwk-set+jwt", "application/JWK-Set+jwt", "JWT", "");
    fixture the;
    const auto got = the.open("\n" + the.signed_by(the.signer, the.payload(), typ) + " \n");
    REQUIRE(got);
    CHECK(got->keys().size() == 1);
    CHECK(got->keys().front().kid() == "k1");
    CHECK(got->expiry() == the.now + 3600s + 60s);
}

TEST_CASE("a set says who and when only if it wants to", "[oidc]")
{
    const auto name = GENERATE(as<std::string>{}, "iss", "sub", "iat", "exp");
    fixture the;
    auto payload = the.payload();
    payload.erase(name);
    const auto got = the.open(the.signed_by(the.signer, payload));
    REQUIRE(got);
    CHECK(got->expiry().has_value() == (name != "exp"));
}

TEST_CASE("pinned keys in PEM, which have no kid, may have signed any set", "[oidc]")
{
    fixture the;
    const auto signers = oidc::key_set::from_file(the.signer.public_pem()).value();
    CHECK(oidc::open_signed_key_set(
        the.signed_by(the.signer, the.payload()), {the.issuer, signers, the.algorithms, 60s}, the.now
    ));
}

TEST_CASE("a set whose claims are not those of this provider, now, is refused", "[oidc]")
{
    const auto [name, value, where] = GENERATE(table<std::string, nlohmann::json, std::string>({
        {"iss", "https://other.example", "signed_jwks.iss"},
        {"iss", "https://op.example/", "signed_jwks.iss"},
        {"iss", 5, "signed_jwks.iss"},
        {"sub", "https://other.example", "signed_jwks.sub"},
        {"sub", "", "signed_jwks.sub"},
        {"iat", noon + 61, "signed_jwks.iat"},
        {"exp", noon - 60, "signed_jwks.exp"}, // stale, the clock's difference allowed
        {"exp", "tomorrow", "signed_jwks.exp"},
        {"keys", nlohmann::json::array(), "key_set"},
        {"keys", "none", "key_set"},
    }));
    CAPTURE(name, value);
    fixture the;
    auto payload = the.payload();
    payload[name] = value;
    const auto got = the.open(the.signed_by(the.signer, payload));
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_key_fetch_failure);
    CHECK(std::string(got.error().where) == where);
}

TEST_CASE("a set that no pinned key signed asymmetrically is refused", "[oidc]")
{
    using making = std::function<std::string(const fixture&)>;
    const auto [what, made, where] = GENERATE(table<std::string, making, std::string>({
        {"another key under the same kid",
         [](const fixture& the) { return the.signed_by(signing_key::make("ES256"), the.payload()); },
         "signed_jwks.signature"},
        {"a key that is in the set itself",
         [](const fixture& the) { return the.inside.sign_with_kid("k1", the.payload().dump()); },
         "signed_jwks.signature"},
        {"HS256 with the public key for the secret",
         [](const fixture& the)
         { return the.signed_by(signing_key::with_secret("HS256", the.signer.public_pem()), the.payload()); },
         "signed_jwks.alg"},
        {"none",
         [](const fixture& the)
         {
             return test::base64url(R"({"alg":"none","typ":"jwk-set+jwt"})") + "." +
                    test::base64url(the.payload().dump()) + ".";
         },
         "signed_jwks"},
        {"another kid than the pinned one's",
         [](const fixture& the) { return the.signer.sign_with_kid("s2", the.payload().dump()); },
         "signed_jwks.signature"},
        {"another purpose",
         [](const fixture& the) { return the.signed_by(the.signer, the.payload(), "entity-statement+jwt"); },
         "signed_jwks.typ"},
        {"a plain set", [](const fixture& the) { return the.inside.jwks({.kid = "k1"}); }, "signed_jwks"},
        {"nothing", [](const fixture&) { return std::string(); }, "signed_jwks"},
    }));
    CAPTURE(what);
    const fixture the;
    const auto got = the.open(made(the));
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_key_fetch_failure);
    CHECK(std::string(got.error().where) == where);
}

TEST_CASE("a set under an algorithm that is not allowed is refused although the key is pinned", "[oidc]")
{
    fixture the;
    the.signer = signing_key::make("RS256");
    const auto jwt = the.signed_by(the.signer, the.payload());
    CHECK(the.open(jwt));
    the.algorithms = {crypto::algorithm::ps256, crypto::algorithm::es256};
    const auto got = the.open(jwt);
    REQUIRE_FALSE(got);
    CHECK(std::string(got.error().where) == "signed_jwks.alg");
}

TEST_CASE("a set can be had without keys of a kind, and says which are missing", "[oidc]")
{
    const auto left_out = signing_key::make_ed448();
    const auto text = R"({"keys":[)" + left_out.jwk({.kid = "448"}) + "," +
                      signing_key::make("EdDSA").jwk({.kid = "25519"}) + "]}";
    const auto fewer = oidc::key_set::parse(text)->without(crypto::key_kind::ed448, "not here");
    REQUIRE(fewer.keys().size() == 1);
    CHECK(fewer.keys().front().kid() == "25519");
    REQUIRE(fewer.skipped().size() == 1);
    CHECK(fewer.skipped().front() == "kid \"448\": not here");
}

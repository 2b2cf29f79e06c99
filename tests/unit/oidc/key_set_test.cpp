// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "oidc/key_set.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::oidc;
using test::outcome;
using test::signing_key;

namespace
{

test::jwk_members named(std::string kid) { return {.kid = std::move(kid), .use = "sig", .alg = ""}; }

std::string set_of(const std::vector<std::string>& jwks)
{
    std::string text = R"({"keys":[)";
    for (const auto& each : jwks)
        text += (text.ends_with('[') ? "" : ",") + each;
    return text + "]}";
}

json changed(const std::string& jwk, std::string_view member, json value)
{
    auto copy = json::parse(jwk);
    copy[std::string(member)] = std::move(value);
    return copy;
}

} // namespace

TEST_CASE("unusable keys are skipped with a reason and the good ones stay", "[oidc]")
{
    const auto good = signing_key::make("ES256");
    const auto good_jwk = good.jwk({.kid = "good", .alg = "ES256"});
    const auto bad = GENERATE_COPY(
        R"({"kty":"XYZ","kid":"bad"})"_json.dump(),                                    // unknown type
        changed(good_jwk, "use", "enc").dump(),                                        // for encryption
        changed(good_jwk, "crv", "secp256k1").dump(),                                  // unknown curve
        changed(good_jwk, "x", std::string(43, 'A')).dump(),                           // off its curve
        R"({"kty":"oct","k":"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"})"_json.dump(), // a shared secret
        signing_key::make_rsa("RS256", 1024).jwk(named("small")),                      // RSA below 2048 bits
        std::string("7"),
        std::string("null"),
        std::string("[]"),
        std::string("{}")
    );
    CAPTURE(bad);
    const auto set = key_set::parse(set_of({bad, good_jwk}));
    REQUIRE(outcome(set) == "ok");
    CHECK(set->keys().size() == 1);
    CHECK(set->keys().front().kid() == "good");
    REQUIRE(set->skipped().size() == 1);
    CHECK_THAT(set->skipped().front(), Catch::Matchers::StartsWith("key 1"));
}

TEST_CASE(
    "keys for encryption are kept apart: they verify nothing, and those that verify encrypt nothing", "[oidc]"
)
{
    const auto good_jwk = signing_key::make("ES256").jwk({.kid = "sig", .use = "sig", .alg = ""});
    const auto rsa = signing_key::make_rsa("RS256", 2048).jwk(named("enc"));
    const auto set = key_set::parse(set_of({changed(rsa, "use", "enc").dump(), good_jwk})).value();
    CHECK(set.keys().size() == 1);
    CHECK(set.choose("enc", crypto::algorithm::rs256).empty());
    REQUIRE(set.encryption_keys().size() == 1);
    CHECK(set.encryption_keys().front().kid() == "enc");
    auto unsaid = json::parse(rsa);
    unsaid.erase("use");
    CHECK(key_set::parse(set_of({unsaid.dump(), good_jwk})).value().encryption_keys().empty()); // Core 10.2
    CHECK(
        outcome(key_set::parse(set_of({changed(rsa, "use", "enc").dump()}))) ==
        "oidc_key_fetch_failure at key_set"
    );
}

TEST_CASE("a set without a usable key is an error that has the reasons", "[oidc]")
{
    const auto small = signing_key::make_rsa("RS256", 1024).jwk(named("small"));
    const auto set = key_set::parse(set_of({small}));
    CHECK(outcome(set) == "oidc_key_fetch_failure at key_set");
    CHECK_THAT(test::detail(set), Catch::Matchers::Contains("\"small\""));
    CHECK(outcome(key_set::parse(set_of({}))) == "oidc_key_fetch_failure at key_set");
}

TEST_CASE("what is no JWK set is refused", "[oidc]")
{
    const auto text = GENERATE(
        std::string(""),
        std::string("[]"),
        std::string("{}"),
        std::string(R"({"keys":{}})"),
        std::string(R"({"keys":null})"),
        std::string(R"({"keys":[],"keys":[]})"),
        set_of({R"({"kty":"EC","crv":"P-256","crv":"P-384","x":"AA","y":"AA"})"}),
        set_of({signing_key::make("ES256").jwk(named("k")), R"({"kty":"EC","\u006bty":"oct"})"}),
        std::string("<html>")
    );
    CHECK(outcome(key_set::parse(text)) == "oidc_key_fetch_failure at key_set");
}

TEST_CASE("CVE-2026-48042: a key set nested a million deep is a clean error", "[oidc]")
{
    CHECK(
        outcome(key_set::parse(R"({"keys":)" + std::string(1'000'000, '['))) ==
        "oidc_key_fetch_failure at key_set"
    );
}

TEST_CASE("a key set of a thousand keys is cut, not searched", "[oidc]")
{
    const auto jwk = signing_key::make("ES256").jwk(named("k"));
    const auto set = key_set::parse(set_of(std::vector<std::string>(1000, jwk)));
    REQUIRE(outcome(set) == "ok");
    CHECK(set->keys().size() == 128);
    CHECK(set->skipped().size() == 1);
}

TEST_CASE("keys are chosen by kid, type and algorithm", "[oidc]")
{
    using enum crypto::algorithm;
    const auto rsa = signing_key::make("RS256");
    const auto p256 = signing_key::make("ES256");
    const auto p384 = signing_key::make("ES384");
    const auto set = key_set::parse(set_of({
        rsa.jwk(named("one")),
        p256.jwk(named("one")), // the same kid for another type is allowed (RFC 7517, 4.5)
        p384.jwk({.kid = "two", .alg = "ES384"}),
        rsa.jwk({.kid = "ps", .alg = "PS256"}),
        p256.jwk({}), // no kid
    }));
    REQUIRE(outcome(set) == "ok");
    const auto [kid, alg, count] =
        GENERATE(table<std::optional<std::string>, crypto::algorithm, std::size_t>({
            {"one", rs256, 1},
            {"one", es256, 1},
            {"one", es384, 0},
            {"two", es384, 1},
            {"two", es256, 0}, // the curve does not go with it
            {"ps", ps256, 1},
            {"ps", rs256, 0},         // the key says it is for PS256 only
            {"unknown", rs256, 0},    // OIDCCClientTestSigningKeyRotation: the moment to fetch again
            {"ONE", rs256, 0},        // case matters
            {std::nullopt, rs256, 1}, // OIDCCClientTestKidAbsentSingleJwks
            {std::nullopt, es256, 2}, // OIDCCClientTestKidAbsentMultipleMatchingKeysInJwks: all are tried
            {"one", hs256, 0},        // CVE-2026-33322: never a public key as a shared secret
            {std::nullopt, hs256, 0},
        }));
    CAPTURE(kid.value_or("(none)"), crypto::name(alg));
    CHECK(set->choose(kid, alg).size() == count);
}

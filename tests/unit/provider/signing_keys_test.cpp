// SPDX-License-Identifier: Apache-2.0
#include "base/log.hpp"
#include "provider/signing_keys.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/private_keys.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using provider::signing_keys;

namespace
{

const time_point noon{std::chrono::seconds(1'790'000'000)};

// A private JWK that signs from then on.
std::string jwk(const std::string& kid, time_point signs_from)
{
    auto key = crypto::signing_key::generate(crypto::algorithm::eddsa).value().private_jwk();
    key["kid"] = kid;
    key["nbf"] = to_numeric_date(signs_from);
    return key.dump();
}

std::vector<std::string> kids(const std::vector<crypto::signing_key>& keys)
{
    std::vector<std::string> names;
    for (const auto& each : keys)
        names.push_back(each.kid());
    return names;
}

struct quiet
{
    quiet() { log::configure(log::level::off, log::format::text); }
};

struct fixture : quiet
{
    test::temporary_directory disk;

    signing_keys
    of(std::string where, std::string certificate = {}, std::optional<crypto::algorithm> alg = {}) const
    {
        provider::client_proofs proofs;
        proofs.signing_key = std::move(where);
        proofs.signing_certificate = std::move(certificate);
        proofs.signing_algorithm = alg;
        return signing_keys(proofs);
    }
};

} // namespace

TEST_CASE("a key is read from a PEM or a JWK file, whatever the file is called", "[provider]")
{
    fixture the;
    const auto name = GENERATE(as<std::string>{}, "key", "key.pem", "key.jwk");
    const auto text = GENERATE(as<std::string>{}, std::string(test::openssl_ec_pkcs8), jwk("mine", noon));
    auto keys = the.of(the.disk.write(name, text));
    const auto signer = keys.at(noon);
    REQUIRE(test::outcome(signer) == "ok");
    CHECK(kids(keys.published(noon)) == std::vector{signer->key.kid()});
}

TEST_CASE("in a directory the newest key that may sign does, and its neighbours are published", "[provider]")
{
    fixture the;
    the.disk.write("1.jwk", jwk("done", noon - 5h));
    the.disk.write("2.jwk", jwk("old", noon - 3h));
    the.disk.write("3.jwk", jwk("current", noon - 1min));
    the.disk.write("4.jwk", jwk("next", noon + 1h));
    the.disk.write(".5.jwk", jwk("being written", noon - 1s));
    the.disk.write("notes.txt", "not a key");
    auto keys = the.of(the.disk.path());
    CHECK(keys.at(noon)->key.kid() == "current");
    CHECK(kids(keys.published(noon)) == std::vector<std::string>{"current", "next", "old"});
    CHECK(keys.at(noon + 1h)->key.kid() == "next");
    CHECK(kids(keys.published(noon + 1h)) == std::vector<std::string>{"next", "current"});
}

TEST_CASE("files that change are read again without a restart", "[provider]")
{
    fixture the;
    the.disk.write("1.jwk", jwk("first", noon - 1h));
    auto keys = the.of(the.disk.path());
    CHECK(keys.at(noon)->key.kid() == "first");
    the.disk.write("2.jwk", jwk("second", noon));
    CHECK(keys.at(noon + 1s)->key.kid() == "second");
    std::filesystem::remove(the.disk.file("2.jwk"));
    CHECK(keys.at(noon + 2s)->key.kid() == "first");
}

TEST_CASE("what cannot be read any more does not take the keys away that sign", "[provider]")
{
    fixture the;
    const auto name = the.disk.write("key.jwk", jwk("mine", noon));
    auto keys = the.of(name);
    CHECK(keys.at(noon)->key.kid() == "mine");
    the.disk.write("key.jwk", "{\"kty\":");
    CHECK(keys.at(noon + 1s)->key.kid() == "mine");
    std::filesystem::remove(name);
    CHECK(keys.at(noon + 2s)->key.kid() == "mine");
    the.disk.write("key.jwk", jwk("other", noon));
    CHECK(keys.at(noon + 3s)->key.kid() == "other");
}

TEST_CASE("a key file that was missing at first is found when it comes", "[provider]")
{
    fixture the;
    auto keys = the.of(the.disk.file("key.jwk"));
    CHECK(test::outcome(keys.at(noon)) == "value_malformed at oidc.signing_key");
    CHECK(keys.published(noon).empty());
    the.disk.write("key.jwk", jwk("late", noon));
    CHECK(keys.at(noon + 1s)->key.kid() == "late");
}

TEST_CASE("what is wrong with key files is told with their names", "[provider]")
{
    fixture the;
    const auto [text, reason] = GENERATE(table<std::string, std::string>({
        {"", "the file is empty"},
        {std::string(test::openssl_ec_encrypted), "encrypted"},
        {std::string(test::openssl_rsa_1024), "1024 bits"},
        {"{}", "kty"},
        {R"({"nbf":"soon")", ""},
        {R"({"kty":"OKP","crv":"Ed25519","crv":"Ed448","d":"AA"})", "same name"},
        {std::string(70'000, ' '), "64 KiB"},
    }));
    CAPTURE(text.substr(0, 80));
    const auto name = the.disk.write("key.pem", text);
    const auto is_directory = GENERATE(false, true);
    auto keys = the.of(is_directory ? the.disk.path() : name);
    const auto signer = keys.at(noon);
    CHECK(test::outcome(signer) == "value_malformed at oidc.signing_key");
    CHECK_THAT(test::detail(signer), Catch::Matchers::Contains(name));
    CHECK_THAT(test::detail(signer), Catch::Matchers::Contains(reason));
}

TEST_CASE("an empty directory says what makes a first key", "[provider]")
{
    fixture the;
    auto keys = the.of(the.disk.path());
    CHECK_THAT(test::detail(keys.at(noon)), Catch::Matchers::Contains("sekisho key generate"));
}

TEST_CASE("a key that cannot be used leaves the others of its directory in use", "[provider]")
{
    fixture the;
    the.disk.write("1.jwk", jwk("good", noon));
    the.disk.write("2.pem", test::openssl_secp256k1);
    auto keys = the.of(the.disk.path());
    CHECK(keys.at(noon)->key.kid() == "good");
}

TEST_CASE(
    "the algorithm of the setting binds the key, and a key it does not go with is refused", "[provider]"
)
{
    fixture the;
    const auto name = the.disk.write("key.jwk", test::rfc7515_rsa);
    auto keys = the.of(name, {}, crypto::algorithm::ps256);
    REQUIRE(keys.at(noon));
    CHECK(keys.at(noon)->key.usual_algorithm() == crypto::algorithm::ps256);
    CHECK(keys.published(noon).front().public_jwk()["alg"] == "PS256");
    auto wrong = the.of(name, {}, crypto::algorithm::es256);
    CHECK(test::outcome(wrong.at(noon)) == "value_malformed at oidc.signing_key");
    CHECK_THAT(test::detail(wrong.at(noon)), Catch::Matchers::Contains("oidc.signing_key_algorithm"));
}

TEST_CASE("with a certificate file the signing key comes with its thumbprints, or is refused", "[provider]")
{
    fixture the;
    const auto key = the.disk.write("key.pem", test::openssl_ec_pkcs8);
    const auto certificate = the.disk.write("key.crt", test::openssl_ec_certificate);
    auto keys = the.of(key, certificate);
    const auto signer = keys.at(noon);
    REQUIRE(test::outcome(signer) == "ok");
    REQUIRE(signer->certificate);
    CHECK(signer->certificate->x5t == test::openssl_ec_x5t);

    auto without = the.of(the.disk.write("other.jwk", jwk("other", noon)), certificate);
    CHECK(test::outcome(without.at(noon)) == "value_malformed at oidc.signing_certificate");
    CHECK_THAT(test::detail(without.at(noon)), Catch::Matchers::Contains(certificate));
    auto missing = the.of(key, the.disk.file("none.crt"));
    CHECK(test::outcome(missing.at(noon)) == "value_malformed at oidc.signing_certificate");
}

TEST_CASE("under a profile a key signs with the algorithm that it allows, and is published so", "[provider]")
{
    using crypto::algorithm;
    const auto [made_for, expected] = GENERATE(table<algorithm, std::string>({
        {algorithm::rs256, "PS256"},
        {algorithm::es256, "ES256"},
        {algorithm::eddsa, "EdDSA"},
    }));
    fixture the;
    provider::client_proofs proofs;
    proofs.signing_key =
        the.disk.write("key.pem", crypto::signing_key::generate(made_for).value().private_pem().reveal());
    proofs.allowed = {algorithm::ps256, algorithm::es256, algorithm::eddsa};
    signing_keys keys(proofs);
    const auto signer = keys.at(noon);
    REQUIRE(test::outcome(signer) == "ok");
    CHECK(crypto::name(signer->key.usual_algorithm()) == expected);
    CHECK(keys.published(noon).front().public_jwk()["alg"] == expected);
}

TEST_CASE("a key that a profile has no algorithm for is refused, whatever the provider lists", "[provider]")
{
    using crypto::algorithm;
    const auto text = GENERATE(
        as<std::string>{},
        crypto::signing_key::generate(algorithm::es384).value().private_jwk().dump(),
        crypto::signing_key::generate(algorithm::rs256)->used_with(algorithm::rs256)->private_jwk().dump(),
        test::signing_key::make_ed448().private_pem()
    );
    fixture the;
    provider::client_proofs proofs;
    proofs.signing_key = the.disk.write("key", text);
    proofs.allowed = {algorithm::ps256, algorithm::es256, algorithm::eddsa};
    signing_keys keys(proofs);
    const auto signer = keys.at(noon);
    REQUIRE_FALSE(signer);
    CHECK(signer.error().detail.find("oidc.profile allows PS256, ES256, EdDSA") != std::string::npos);
    proofs.allowed.clear();
    CHECK(signing_keys(proofs).at(noon));
}

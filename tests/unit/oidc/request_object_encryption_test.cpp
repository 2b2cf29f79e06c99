// SPDX-License-Identifier: Apache-2.0
#include "crypto/decryption_key.hpp"
#include "crypto/jwe.hpp"
#include "oidc/request_object_encryption.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/test_jwe.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace sekisho;
using namespace sekisho::oidc;
using Catch::Matchers::Contains;

namespace
{

const time_point now{std::chrono::seconds(1'800'000'000)};

crypto::encryption_key key_of(std::string_view family, const json& more = json::object())
{
    auto jwk = crypto::decryption_key::from_pem(secret(test::private_pem(family))).value().public_jwk();
    jwk["kid"] = family;
    jwk.update(more);
    return crypto::encryption_key::from_jwk(jwk).value();
}

std::string chosen(const result<object_encryption>& how)
{
    if (!how)
        return "refused: " + how.error().detail;
    std::string text(crypto::name(how->alg));
    return text + " " + std::string(crypto::name(how->enc)) + " " + how->key.kid().value_or("");
}

using names = std::vector<std::string>;

} // namespace

TEST_CASE(
    "the algorithms are those that the provider announces and its keys go with, the best first", "[oidc]"
)
{
    const auto [managements, encryptions, expected] = GENERATE(table<names, names, std::string>({
        {{"RSA1_5", "RSA-OAEP", "RSA-OAEP-256"}, {"A128GCM", "A256GCM"}, "RSA-OAEP-256 A256GCM RSA"},
        {{"RSA-OAEP"}, {"A128CBC-HS256", "A128GCM"}, "RSA-OAEP A128GCM RSA"},
        {{"ECDH-ES", "ECDH-ES+A256KW"}, {"A256CBC-HS512", "A128CBC-HS256"}, "ECDH-ES A256CBC-HS512 P-256"},
        {{"ECDH-ES+A128KW"}, {"A128CBC-HS256"}, "ECDH-ES+A128KW A128CBC-HS256 P-256"},
        {{"ECDH-ES+A192KW", "ECDH-ES+A256KW"}, {"A192GCM", "A256GCM"}, "ECDH-ES+A256KW A256GCM P-256"},
        {{}, {}, "RSA-OAEP-256 A128CBC-HS256 RSA"}, // OpenID Connect Registration 1.0, 2
        {{}, {"A256GCM"}, "RSA-OAEP-256 A256GCM RSA"},
        {{"RSA1_5", "A128KW", "dir"}, {"A256GCM"}, "refused: request_object_encryption_alg_values_supported"},
        {{"RSA-OAEP"}, {"A192GCM"}, "refused: request_object_encryption_enc_values_supported"},
    }));
    metadata provider;
    provider.request_object_key_managements = managements;
    provider.request_object_content_encryptions = encryptions;
    const std::vector keys{key_of("RSA"), key_of("P-256")};
    CHECK_THAT(chosen(choose_object_encryption(keys, provider, now)), Catch::Matchers::StartsWith(expected));
}

TEST_CASE("the newest key that is good now counts, and one that is bound only for its algorithm", "[oidc]")
{
    metadata provider;
    provider.request_object_key_managements = {"RSA-OAEP", "RSA-OAEP-256"};
    provider.request_object_content_encryptions = {"A256GCM"};
    const auto second = to_numeric_date(now);
    const auto first = key_of("RSA", {{"kid", "first"}});
    const auto older = key_of("RSA", {{"kid", "older"}, {"nbf", second - 20}});
    const auto newer = key_of("RSA", {{"kid", "newer"}, {"nbf", second - 10}});
    const auto later = key_of("RSA", {{"kid", "later"}, {"nbf", second + 1}});
    const auto over = key_of("RSA", {{"kid", "over"}, {"nbf", second - 5}, {"exp", second}});
    const auto bound = key_of("RSA", {{"kid", "bound"}, {"nbf", second}, {"alg", "RSA-OAEP"}});
    const auto last = [&](std::vector<crypto::encryption_key> keys)
    { return chosen(choose_object_encryption(keys, provider, now)); };
    CHECK(last({first, key_of("RSA")}) == "RSA-OAEP-256 A256GCM first");
    CHECK(last({first, older, newer, later, over}) == "RSA-OAEP-256 A256GCM newer");
    CHECK(last({newer, bound}) == "RSA-OAEP A256GCM bound");
    CHECK_THAT(last({later, over}), Contains("all expired, or for later"));
    CHECK_THAT(last({}), Contains("has no key for encryption"));
    provider.request_object_key_managements = {"RSA-OAEP-256"};
    CHECK(last({newer, bound}) == "RSA-OAEP-256 A256GCM newer");
}

TEST_CASE("the object inside is the signed one, and the JWE says that it is a JWT", "[oidc]")
{
    const auto ours = crypto::decryption_key::from_pem(secret(test::private_pem("P-256"))).value();
    const object_encryption how{
        crypto::encryption_key::from_jwk(ours.public_jwk()).value(),
        crypto::key_management::ecdh_es,
        crypto::content_encryption::a256gcm
    };
    const auto text = encrypt_request_object("a.b.c", how, crypto::system_random()).value();
    const auto jwe = crypto::take_apart_encrypted(text).value();
    CHECK(jwe.kid == ours.kid());
    CHECK(json::parse(as_text(base64url_decode(jwe.header).value()))["cty"] == "JWT");
    CHECK(crypto::decrypt(jwe, std::vector{ours})->reveal() == "a.b.c");
    CHECK(to_text(how) == "ECDH-ES, A256GCM, kid \"" + ours.kid() + "\"");
}

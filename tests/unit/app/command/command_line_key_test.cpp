// SPDX-License-Identifier: Apache-2.0
#include "app/command/command_line.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::app;

namespace
{

command parsed(const std::vector<std::string>& arguments)
{
    const auto made = parse_command_line(arguments);
    if (!made)
        FAIL(made.error().complaint);
    return *made;
}

} // namespace

TEST_CASE("sekisho key has three things to do", "[app]")
{
    const auto shown = parsed({"key", "--oidc.signing_key=keys"});
    CHECK(shown.what == action::key);
    CHECK(shown.key.what == key_action::show);
    CHECK(shown.request.overrides.size() == 1);

    const auto generated = parsed({"key", "generate", "--alg", "EdDSA", "--out", "keys/"});
    CHECK(generated.what == action::key);
    CHECK(generated.key.what == key_action::generate);
    CHECK(generated.key.alg == crypto::algorithm::eddsa);
    CHECK(generated.key.where == "keys/");

    const auto rotated = parsed({"key", "rotate", "keys", "--publish", "90m"});
    CHECK(rotated.what == action::key);
    CHECK(rotated.key.what == key_action::rotate);
    CHECK(rotated.key.where == "keys");
    CHECK(rotated.key.publication == std::chrono::minutes(90));
    CHECK_FALSE(rotated.key.alg);
}

TEST_CASE("sekisho key generate makes a key that decrypts when its algorithm is one of those", "[app]")
{
    const auto made = parsed({"key", "generate", "--alg", "ECDH-ES+A256KW"});
    CHECK(made.key.decrypts == crypto::key_management::ecdh_es_a256kw);
    CHECK(made.key.where == "decryption-key.jwk");
    CHECK(parsed({"key", "generate", "--alg", "RSA-OAEP", "--out", "keys/"}).key.where == "keys/");
    CHECK_FALSE(parsed({"key", "generate", "--alg", "ES256"}).key.decrypts);
}

TEST_CASE("what is not said of a key has a value", "[app]")
{
    CHECK(parsed({"key", "generate"}).key.where == "signing-key.jwk");
    CHECK(parsed({"key", "rotate", "keys"}).key.publication == std::chrono::hours(1));
}

TEST_CASE("a key command that cannot be understood says what was expected", "[app]")
{
    const auto [arguments, reason] = GENERATE(table<std::vector<std::string>, std::string>({
        {{"key", "generate", "--alg", "HS256"}, "expected RS256"},
        {{"key", "generate", "--alg", "es256"}, "expected RS256"},
        {{"key", "generate", "--alg", "RSA1_5"}, "RSA-OAEP-256"},
        {{"key", "rotate"}, "directory"},
        {{"key", "rotate", "keys", "--publish", "soon"}, "--publish soon"},
    }));
    const auto made = parse_command_line(arguments);
    REQUIRE_FALSE(made);
    CHECK(made.error().status == status_unusable);
    CHECK_THAT(made.error().complaint, Catch::Matchers::Contains(reason));
}

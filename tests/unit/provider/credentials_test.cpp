// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"
#include "crypto/jws.hpp"
#include "provider/credentials.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/private_keys.hpp"
#include "support/temporary_directory.hpp"
#include "unit/provider/fixture.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using oidc::client_authentication;

namespace
{

struct fixture : test::provider_fixture
{
    test::temporary_directory disk;
    oidc::metadata metadata =
        oidc::parse_metadata(test::discovery_document, what.issuer, what.transport, what.flow).value();

    fixture() { what.client_secret = secret(); }

    result<oidc::client_credentials> ask()
    {
        const auto with = services();
        provider::credentials proofs(what, with);
        return proofs.for_request(metadata);
    }
    void write_key() { what.proofs.signing_key = disk.write("key.pem", test::openssl_ec_pkcs8); }
    std::string assertion_expiring(std::int64_t when)
    {
        return key.sign_with_kid("theirs", R"({"iss":"cluster","exp":)" + std::to_string(when) + "}");
    }
};

json claims_of(const secret& jwt)
{
    return json::parse(as_text(crypto::take_apart(jwt.reveal()).value().payload));
}

} // namespace

TEST_CASE("an assertion is for the token endpoint, or for the issuer when set so", "[provider]")
{
    const auto [audience, expected] = GENERATE(table<provider::assertion_audience, std::string>({
        {provider::assertion_audience::token_endpoint, "https://op.example/token"},
        {provider::assertion_audience::issuer, "https://op.example"},
    }));
    fixture the;
    the.write_key();
    the.what.proofs.audience = audience;
    const auto made = the.ask();
    REQUIRE(test::outcome(made) == "ok");
    CHECK(made->method == client_authentication::private_key_jwt);
    const auto claims = claims_of(made->assertion);
    CHECK(claims["aud"] == expected);
    CHECK(claims["iss"] == "gate");
    CHECK(claims["sub"] == "gate");
    CHECK(claims["iat"] == test::noon);
    CHECK(claims["exp"] == test::noon + 60);
}

TEST_CASE("an assertion is for the provider's own name of its endpoint, wherever it is asked", "[provider]")
{
    fixture the;
    the.write_key();
    the.what.proofs.has_certificate = true;
    the.what.reach.back_channel = url::parse("https://inside.example").value();
    the.metadata.mtls.token_endpoint = url::parse("https://mtls.example/token").value();
    CHECK(claims_of(the.ask()->assertion)["aud"] == "https://op.example/token");
}

TEST_CASE("no two assertions are the same one", "[provider]")
{
    fixture the;
    the.write_key();
    const auto with = the.services();
    provider::credentials proofs(the.what, with);
    const auto first = claims_of(proofs.for_request(the.metadata)->assertion);
    const auto second = claims_of(proofs.for_request(the.metadata)->assertion);
    CHECK(first["jti"] != second["jti"]);
    CHECK(base64url_decode(first["jti"].get<std::string>())->size() == 32);
}

TEST_CASE("client_secret_jwt is signed with the secret in an algorithm the provider lists", "[provider]")
{
    fixture the;
    the.what.client_secret = secret("a shared secret of enough bytes for HS512, which are sixty-four ....");
    the.what.authentication = client_authentication::client_secret_jwt;
    the.metadata.token_endpoint_auth_algorithms = {"ES256", "HS384"};
    const auto made = the.ask();
    REQUIRE(test::outcome(made) == "ok");
    const auto jws = crypto::take_apart(made->assertion.reveal());
    CHECK(jws->alg == crypto::algorithm::hs384);
    CHECK(crypto::verify(*jws, crypto::verification_key::from_secret(the.what.client_secret)));
    CHECK_FALSE(jws->kid);
}

TEST_CASE("an assertion from a file is read at each use", "[provider]")
{
    fixture the;
    const auto first = the.assertion_expiring(test::noon + 60);
    the.what.proofs.assertion_file = the.disk.write("token", first + "\n");
    const auto with = the.services();
    provider::credentials proofs(the.what, with);
    CHECK(proofs.for_request(the.metadata)->assertion.reveal() == first);
    const auto second = the.assertion_expiring(test::noon + 120);
    the.disk.write("token", second);
    CHECK(proofs.for_request(the.metadata)->assertion.reveal() == second);
    the.now += std::chrono::seconds(120);
    const auto late = proofs.for_request(the.metadata);
    CHECK(test::outcome(late) == "oidc_code_exchange_failure at oidc.assertion_file");
    CHECK_THAT(test::detail(late), Catch::Matchers::Contains("expired at"));
}

TEST_CASE("an assertion goes before a key, for the key may be there for something else", "[provider]")
{
    fixture the;
    the.write_key();
    const auto text = the.assertion_expiring(test::noon + 60);
    the.what.proofs.assertion_file = the.disk.write("token", text);
    CHECK(the.ask()->assertion.reveal() == text);
}

TEST_CASE("files that cannot be used are told with setting and name, at start and at use", "[provider]")
{
    fixture the;
    const auto [setting, text] = GENERATE(table<std::string, std::optional<std::string>>({
        {"oidc.assertion_file", std::nullopt},
        {"oidc.assertion_file", ""},
        {"oidc.assertion_file", "password"},
        {"oidc.signing_key", std::nullopt},
        {"oidc.signing_key", "password"},
    }));
    const auto name = text ? the.disk.write("file", *text) : the.disk.file("file");
    (setting == "oidc.signing_key" ? the.what.proofs.signing_key : the.what.proofs.assertion_file) = name;
    const auto got = the.ask();
    CHECK(test::outcome(got) == "oidc_code_exchange_failure at " + setting);
    CHECK_THAT(test::detail(got), Catch::Matchers::Contains(name));
    const auto problems = the.make().credential_problems();
    REQUIRE(problems.size() == 1);
    CHECK(problems.front().where == setting);
    CHECK_THAT(problems.front().detail, Catch::Matchers::Contains(name));
}

TEST_CASE("nothing is wrong with good files, or without any", "[provider]")
{
    fixture the;
    CHECK(the.make().credential_problems().empty());
    the.write_key();
    the.what.proofs.assertion_file = the.disk.write("token", the.assertion_expiring(test::noon + 60));
    CHECK(the.make().credential_problems().empty());
    REQUIRE(the.made->published_keys().size() == 1);
}

// SPDX-License-Identifier: Apache-2.0
// What a sign-in tells of the access token's claims.
#include "provider/verification.hpp"
#include "support/catch.hpp"
#include "unit/provider/fixture.hpp"

using namespace sekisho;
using test::provider_fixture;

namespace
{

std::string tokens(const provider_fixture& the, const std::string& access_token)
{
    return R"({"access_token":")" + access_token + R"(","token_type":"Bearer","id_token":")" +
           the.id_token() + "\"}";
}

result<provider::verified_sign_in> sign_in_with(provider_fixture& the, const std::string& access_token)
{
    the.http.answer_json(test::discovery_document);
    the.http.answer_json(tokens(the, access_token));
    the.http.answer_json(the.jwks());
    return the.sign_in(the.make());
}

} // namespace

TEST_CASE("the access token is looked into when the identity needs it, at no further call", "[provider]")
{
    provider_fixture the;
    the.what.reads_access_token = true;
    const auto got = sign_in_with(the, the.key.sign_with_kid("k1", R"({"roles":["r"]})"));
    REQUIRE(got);
    REQUIRE(got->access_token_claims);
    CHECK(got->access_token_claims->texts("roles") == std::vector<std::string>{"r"});
    CHECK(got->claims.find("roles") == nullptr); // nothing of it gets among the ID token's claims
    CHECK(the.http.calls() == 3);
}

TEST_CASE("an access token that nobody needs to read is not looked into", "[provider]")
{
    provider_fixture the;
    const auto got = sign_in_with(the, the.key.sign_with_kid("k1", R"({"roles":["r"]})"));
    REQUIRE(got);
    REQUIRE_FALSE(got->access_token_claims);
    CHECK(got->access_token_claims.error().detail == "was not looked into");
}

TEST_CASE("an opaque or foreign access token does not end the sign-in, but tells nothing", "[provider]")
{
    provider_fixture the;
    the.what.reads_access_token = true;
    const auto foreign = test::signing_key::make("ES256").sign_with_kid("k1", R"({"roles":["admin"]})");
    const auto token = GENERATE_COPY(std::string("opaque"), foreign);
    const auto got = sign_in_with(the, token);
    REQUIRE(got);
    CHECK_FALSE(got->access_token_claims);
}

namespace
{

// Signed with a key that the provider began to use a moment ago, after the ID token's.
struct rotated
{
    rotated()
    {
        the.what.reads_access_token = true;
        the.http.answer_json(test::discovery_document);
        the.http.answer_json(tokens(the, next.sign_with_kid("k2", R"({"roles":["r"]})")));
        the.http.answer_json(the.jwks());
    }
    provider_fixture the;
    test::signing_key next = test::signing_key::make("ES256");
};

} // namespace

TEST_CASE("an access token under a key that is new has the keys fetched again, once", "[provider]")
{
    rotated of;
    of.the.http.answer_json(of.next.jwks({.kid = "k2", .use = "sig", .alg = {}}));
    const auto got = of.the.sign_in(of.the.make());
    REQUIRE(got);
    REQUIRE(got->access_token_claims);
    CHECK(got->access_token_claims->texts("roles") == std::vector<std::string>{"r"});
    CHECK(of.the.asked("/jwks") == 2);
}

TEST_CASE("an access token under a key that nobody publishes tells nothing", "[provider]")
{
    rotated of;
    of.the.http.answer_json(of.the.jwks());
    const auto got = of.the.sign_in(of.the.make());
    REQUIRE(got);
    REQUIRE_FALSE(got->access_token_claims);
    CHECK(got->access_token_claims.error().code == errc::value_malformed);
    CHECK(of.the.asked("/jwks") == 2);
}

TEST_CASE("new keys that cannot be fetched are an outage, not an access token without claims", "[provider]")
{
    rotated of;
    of.the.http.answer(fail(errc::oidc_provider_unavailable, "net", "timed out"));
    const auto got = of.the.sign_in(of.the.make());
    REQUIRE(got);
    REQUIRE_FALSE(got->access_token_claims);
    CHECK(got->access_token_claims.error().code == errc::oidc_key_fetch_failure);
}

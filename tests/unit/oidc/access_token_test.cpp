// SPDX-License-Identifier: Apache-2.0
#include "oidc/access_token.hpp"
#include "oidc/id_token.hpp"
#include "support/catch.hpp"
#include "support/test_keys.hpp"

#include <string>

using namespace sekisho;
using test::signing_key;

namespace
{

const std::string payload = R"({"iss":"http://fs.example/adfs/services/trust","roles":["r"]})";

oidc::key_set published(const signing_key& key)
{
    return oidc::key_set::parse(key.jwks({.kid = "k1", .use = "sig", .alg = {}})).value();
}

result<oidc::claims> read(const std::string& token, const oidc::key_set& keys)
{
    return oidc::read_access_token(secret(token), oidc::asymmetric_algorithms(), keys);
}

} // namespace

TEST_CASE("the claims of an access token that the provider signed are read", "[oidc]")
{
    const auto key = signing_key::make("ES256");
    const auto inside = read(key.sign_with_kid("k1", payload), published(key));
    REQUIRE(inside);
    CHECK(inside->texts("roles") == std::vector<std::string>{"r"});
    CHECK(read(key.sign_with_kid("", payload), published(key))); // without kid every key is tried
}

TEST_CASE("an access token that is not the provider's, or no JWT, is unreadable for a reason", "[oidc]")
{
    static const auto key = signing_key::make("ES256"); // one for all rows, which are made once
    const auto other = signing_key::make("ES256");
    const auto good = key.sign_with_kid("k1", payload);
    const auto by_secret = signing_key::with_secret("HS256", key.public_pem());
    const auto [token, reason] = GENERATE_COPY(table<std::string, std::string>({
        {"", "is missing"},
        {"opaque", "is not a signed JWT"},
        {"a.b.c.d.e", "is not a signed JWT"}, // encrypted
        {other.sign_with_kid("k1", payload), "was signed by none"},
        {key.sign_with_kid("k2", payload), "was signed by none"},
        {good.substr(0, good.rfind('.') + 1), "was signed by none"},
        {good.substr(0, good.size() - 8) + "AAAAAAAA", "was signed by none"},
        {key.sign(R"({"alg":"none"})", payload), "is not a signed JWT"},
        {by_secret.sign_with_kid("k1", payload), "is signed with HS256"}, // key confusion
        {key.sign_with_kid("k1", "[1]"), "holds no JSON object"},
        {key.sign_with_kid("k1", "x"), "holds no JSON object"},
    }));
    CAPTURE(token);
    const auto inside = read(token, published(key));
    REQUIRE_FALSE(inside);
    CHECK(inside.error().code == errc::value_malformed);
    CHECK(inside.error().detail.starts_with(reason));
}

TEST_CASE("an algorithm that is not allowed signs no access token either", "[oidc]")
{
    const auto key = signing_key::make("ES256");
    const std::vector allowed{crypto::algorithm::rs256};
    const auto inside =
        oidc::read_access_token(secret(key.sign_with_kid("k1", payload)), allowed, published(key));
    REQUIRE_FALSE(inside);
    CHECK(inside.error().detail == "is signed with ES256, which is not allowed");
}

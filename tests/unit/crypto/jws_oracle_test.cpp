// SPDX-License-Identifier: Apache-2.0
// cpp-jwt is somebody else's reading of the same RFCs: each must accept what the other signs.
#include "crypto/jws.hpp"
#include "support/catch.hpp"
#include "support/test_keys.hpp"

#include <jwt/jwt.hpp>
#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::crypto;
using test::signing_key;

namespace
{

struct pair
{
    signing_key signer;
    std::string private_text;
    std::string public_text;
    verification_key verifier;
};

pair make(const std::string& alg)
{
    if (alg.starts_with("HS"))
    {
        const std::string value = "a secret both of them know, long enough";
        return {
            signing_key::with_secret(alg, value), value, value, verification_key::from_secret(secret(value))
        };
    }
    const auto key = signing_key::make(alg);
    return {
        key, key.private_pem(), key.public_pem(), verification_key::from_jwk(json::parse(key.jwk())).value()
    };
}

} // namespace

TEST_CASE("what cpp-jwt signs verifies here, and what the test keys sign verifies there", "[crypto]")
{
    const auto alg = GENERATE(
        as<std::string>{}, "RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "HS256", "HS384", "HS512"
    );
    const auto keys = make(alg);
    INFO(alg);

    jwt::jwt_object theirs{
        jwt::params::algorithm(alg),
        jwt::params::secret(keys.private_text),
        jwt::params::payload({{"sub", "x"}})
    };
    const std::string text = theirs.signature();
    const auto jws = take_apart(text);
    REQUIRE(jws);
    CHECK(verify(*jws, keys.verifier));

    const auto ours = keys.signer.sign(R"({"alg":")" + alg + R"(","typ":"JWT"})", R"({"sub":"y"})");
    std::error_code failure;
    const auto decoded = jwt::decode(
        ours,
        jwt::params::algorithms({alg}),
        failure,
        jwt::params::secret(keys.public_text),
        jwt::params::verify(true)
    );
    CHECK_FALSE(failure);
    CHECK(decoded.payload().get_claim_value<std::string>("sub") == "y");
}

TEST_CASE("what cpp-jwt refuses for its signature is refused here", "[crypto]")
{
    const auto alg = GENERATE(as<std::string>{}, "RS256", "RS512", "ES256", "ES384", "HS256", "HS512");
    const auto change = GENERATE(as<std::string>{}, "another payload", "another key", "cut");
    CAPTURE(alg, change);
    const auto keys = make(alg);
    const auto other = alg.starts_with("HS")
                           ? signing_key::with_secret(alg, "another secret, long enough too")
                       : alg.starts_with("RS") ? signing_key::make_rsa(alg, 2048)
                                               : signing_key::make(alg);
    const auto& signer = change == "another key" ? other : keys.signer;
    auto text = signer.sign(R"({"alg":")" + alg + R"(","typ":"JWT"})", R"({"sub":"y"})");
    if (change == "another payload")
        text.replace(text.find('.') + 1, 2, "fy"); // the first byte of "{"
    if (change == "cut") // not all of it: cpp-jwt reads beyond the end of an empty one
        text.erase(text.size() - 4);
    std::error_code failure;
    jwt::decode(
        text,
        jwt::params::algorithms({alg}),
        failure,
        jwt::params::secret(keys.public_text),
        jwt::params::verify(true)
    );
    CHECK(failure);
    const auto jws = take_apart(text);
    CHECK_FALSE((jws && verify(*jws, keys.verifier)));
}

// SPDX-License-Identifier: Apache-2.0
#include "app/check/dpop.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

namespace sekisho::app
{

TEST_CASE("the key that tokens are bound to is held against what the provider takes", "[app]")
{
    using list = std::vector<std::string>;
    const auto [supported, code, words] = GENERATE(table<list, std::string, std::string>({
        {{"RS256", "ES256"}, "provider.dpop", "the provider takes \"RS256\", \"ES256\""},
        {{}, "provider.dpop_not_announced", "no dpop_signing_alg_values_supported"},
        {{"RS256"}, "provider.dpop_unsupported", "signs with ES256, and the provider takes \"RS256\""},
    }));
    const auto key = crypto::signing_key::generate(crypto::algorithm::es256).value();
    oidc::metadata metadata;
    metadata.dpop_algorithms = supported;
    const auto found = judge_dpop(&metadata, key);
    CHECK(describe(found.code).name == code);
    CHECK_THAT(found.found, Catch::Matchers::Contains(words));
    const auto is_unfit = code == "provider.dpop_unsupported";
    CHECK((found.found.find(key.thumbprint()) == std::string::npos) == is_unfit);
}

TEST_CASE("without discovery the key is shown, and nothing is said of the provider", "[app]")
{
    const auto key = crypto::signing_key::generate(crypto::algorithm::eddsa).value();
    const auto found = judge_dpop(nullptr, key);
    CHECK(found.code == check_code::provider_dpop);
    CHECK(found.found == "tokens are bound to the key " + key.thumbprint() + " (EdDSA)");
}

} // namespace sekisho::app

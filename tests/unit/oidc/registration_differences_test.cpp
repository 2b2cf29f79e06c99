// SPDX-License-Identifier: Apache-2.0
#include "oidc/registration_differences.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using nlohmann::json;
using oidc::difference_weight;

TEST_CASE("what the provider changed is told, by what it means", "[oidc]")
{
    const auto [asked, registered, weight, text] =
        GENERATE(table<json, json, difference_weight, std::string>({
            {{{"redirect_uris", {"https://a/cb"}}},
             {{"redirect_uris", {"https://b/cb"}}},
             difference_weight::problem,
             "nobody can come back"},
            {{{"token_endpoint_auth_method", "client_secret_basic"}},
             {{"token_endpoint_auth_method", "client_secret_post"}},
             difference_weight::problem,
             "oidc.client_authentication"},
            {{{"response_types", {"code id_token"}}},
             {{"response_types", {"code"}}},
             difference_weight::problem,
             "oidc.auth_method"},
            {{{"id_token_signed_response_alg", "ES256"}},
             {{"id_token_signed_response_alg", "RS256"}},
             difference_weight::problem,
             "oidc.signing_algorithms"},
            {json::object(),
             {{"id_token_signed_response_alg", "HS256"}},
             difference_weight::problem,
             "oidc.signing_algorithms"},
            {{{"scope", "openid email groups"}},
             {{"scope", "email openid"}},
             difference_weight::note,
             "groups"},
            {{{"grant_types", {"authorization_code", "refresh_token"}}},
             {{"grant_types", {"authorization_code"}}},
             difference_weight::note,
             "renewal"},
            {{{"backchannel_logout_uri", "https://a/b"}},
             json::object(),
             difference_weight::note,
             "does not have it"},
            {{{"dpop_bound_access_tokens", true}},
             {{"dpop_bound_access_tokens", false}},
             difference_weight::note,
             "registered is \"false\""},
        }));
    CAPTURE(asked.dump(), registered.dump());
    const auto found = oidc::differences(asked, registered);
    REQUIRE(found.size() == 1);
    CHECK(found[0].weight == weight);
    CHECK(found[0].text.contains(text));
}

TEST_CASE("what is the same in other words is no difference", "[oidc]")
{
    const auto [asked, registered] = GENERATE(table<json, json>({
        {{{"scope", "openid email"}}, {{"scope", "email openid profile"}}},
        {{{"grant_types", {"a", "b"}}}, {{"grant_types", {"b", "a"}}}},
        {{{"redirect_uris", {"https://a/cb"}}}, {{"redirect_uris", {"https://a/cb", "https://a/more"}}}},
        {{{"client_name", "mine"}}, {{"client_name", "theirs"}}},
        {json::object(), {{"id_token_signed_response_alg", "RS256"}, {"subject_type", "public"}}},
    }));
    CAPTURE(asked.dump(), registered.dump());
    CHECK(oidc::differences(asked, registered).empty());
}

TEST_CASE("what a provider says cannot forge a line", "[oidc]")
{
    const auto found = oidc::differences({{"scope", "a"}}, {{"scope", "b\nproblem: x"}});
    REQUIRE(found.size() == 1);
    CHECK(found[0].text.find('\n') == std::string::npos);
}

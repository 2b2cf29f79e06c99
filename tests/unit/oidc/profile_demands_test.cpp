// SPDX-License-Identifier: Apache-2.0
#include "oidc/profile_demands.hpp"
#include "support/catch.hpp"

#include <functional>

namespace sekisho::oidc
{
namespace
{

using Catch::Matchers::Contains;

metadata keeping()
{
    metadata made;
    made.issuer = issuer("https://op.example");
    made.pushed_authorization_request_endpoint = url::parse("https://op.example/par").value();
    made.certificate_bound_tokens = support::yes;
    return made;
}

profile_demands wanting()
{
    return {
        .name = "fapi2_security",
        .algorithms = {crypto::algorithm::ps256, crypto::algorithm::es256, crypto::algorithm::eddsa},
        .authentication = {client_authentication::private_key_jwt},
    };
}

} // namespace

TEST_CASE(
    "a provider that announces little meets a profile, for lists that are missing say nothing", "[oidc]"
)
{
    CHECK(unmet(keeping(), wanting()).empty());
    auto all = wanting();
    all.requests = request_form::signed_jwt;
    all.answers = response_form::signed_jwt;
    CHECK(unmet(keeping(), all).empty());
    CHECK(check(keeping(), all));
}

TEST_CASE("each thing that a provider shows not to keep is said, with its section", "[oidc]")
{
    using change = std::function<void(metadata&, profile_demands&)>;
    const auto [make, said, section] = GENERATE(table<change, std::string, std::string>({
        {[](metadata& of, profile_demands&) { of.pushed_authorization_request_endpoint.reset(); },
         "pushed_authorization_request_endpoint",
         "5.3.2.2, 2"},
        {[](metadata& of, profile_demands&) { of.code_challenge_methods = {"plain"}; }, "S256", "5.3.2.2, 5"},
        {[](metadata& of, profile_demands&) { of.response_iss = support::no; },
         "authorization_response_iss_parameter_supported",
         "5.3.2.2, 7"},
        {[](metadata& of, profile_demands&) { of.token_endpoint_auth_methods = {"client_secret_basic"}; },
         "private_key_jwt",
         "5.3.2.1, 6"},
        {[](metadata& of, profile_demands&) { of.certificate_bound_tokens = support::unknown; },
         "tls_client_certificate_bound_access_tokens",
         "5.3.2.1, 4"},
        {[](metadata& of, profile_demands&) { of.certificate_bound_tokens = support::no; },
         "tls_client_certificate_bound_access_tokens",
         "5.3.2.1, 4"},
        {[](metadata& of, profile_demands&) { of.id_token_signing_algorithms = {"RS256", "ES384"}; },
         "id_token_signing_alg_values_supported",
         "5.4.1"},
        {[](metadata& of, profile_demands& by)
         {
             by.requests = request_form::signed_jwt;
             of.request_object_algorithms = {"RS256"};
         },
         "request_object_signing_alg_values_supported",
         "5.4.1"},
        {[](metadata& of, profile_demands& by)
         {
             by.answers = response_form::signed_jwt;
             of.response_modes = {"query", "form_post"};
         },
         "does not list jwt",
         "Message Signing, 5.4.1"},
        {[](metadata& of, profile_demands& by)
         {
             by.answers = response_form::signed_jwt;
             of.response_algorithms = {"RS256"};
         },
         "authorization_signing_alg_values_supported",
         "5.4.1"},
    }));
    auto shown = keeping();
    auto wanted = wanting();
    make(shown, wanted);
    const auto found = unmet(shown, wanted);
    REQUIRE(found.size() == 1);
    CHECK_THAT(found.front(), Contains(said));
    CHECK_THAT(found.front(), Contains(section));
}

TEST_CASE("what another way makes needless is not demanded", "[oidc]")
{
    using change = std::function<void(metadata&, profile_demands&)>;
    const auto make = GENERATE(values<change>({
        [](metadata& of, profile_demands& by) // the key proves it
        {
            by.binding = token_binding::dpop;
            of.certificate_bound_tokens = support::no;
        },
        [](metadata& of, profile_demands& by) // `iss` is inside the JWT
        {
            by.answers = response_form::signed_jwt;
            of.response_iss = support::no;
        },
        [](metadata& of, profile_demands&) { of.response_algorithms = {"RS256"}; },
        [](metadata& of, profile_demands&) { of.id_token_signing_algorithms = {"RS256", "PS256"}; },
    }));
    auto shown = keeping();
    auto wanted = wanting();
    make(shown, wanted);
    CHECK(unmet(shown, wanted).empty());
}

TEST_CASE("all that is not kept is one error", "[oidc]")
{
    const auto refused = check(metadata(), wanting());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::oidc_metadata_fetch_failure);
    CHECK(refused.error().where == unmet_profile);
    CHECK_THAT(refused.error().detail, Contains("fapi2_security"));
    CHECK_THAT(refused.error().detail, Contains("pushed_authorization_request_endpoint"));
    CHECK_THAT(refused.error().detail, Contains("tls_client_certificate_bound_access_tokens"));
}

} // namespace sekisho::oidc

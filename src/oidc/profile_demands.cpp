// SPDX-License-Identifier: Apache-2.0
#include "oidc/profile_demands.hpp"

#include <algorithm>
#include <string_view>

namespace sekisho::oidc
{
namespace
{

bool lists(const std::vector<std::string>& announced, std::string_view value)
{
    return std::ranges::find(announced, value) != announced.end();
}

class examination
{
public:
    examination(const metadata& provider, const profile_demands& demands)
        : provider_(provider), demands_(demands)
    {
    }

    std::vector<std::string> run()
    {
        look_at_requests();
        look_at_answers();
        look_at_client();
        lack_algorithms("id_token_signing_alg_values_supported", provider_.id_token_signing_algorithms);
        return std::move(found_);
    }

private:
    void look_at_requests()
    {
        if (!provider_.pushed_authorization_request_endpoint)
            found_.emplace_back(
                "there is no pushed_authorization_request_endpoint (FAPI 2.0 Security Profile, 5.3.2.2, 2)"
            );
        if (!provider_.code_challenge_methods.empty() && !lists(provider_.code_challenge_methods, "S256"))
            found_.emplace_back(
                "code_challenge_methods_supported does not list S256 (FAPI 2.0 Security Profile, 5.3.2.2, 5)"
            );
        if (demands_.requests == request_form::signed_jwt)
            lack_algorithms(
                "request_object_signing_alg_values_supported", provider_.request_object_algorithms
            );
    }

    void look_at_answers()
    {
        if (demands_.answers == response_form::plain && provider_.response_iss == support::no)
            found_.emplace_back(
                "authorization_response_iss_parameter_supported is false (FAPI 2.0 Security Profile, "
                "5.3.2.2, 7)"
            );
        if (demands_.answers == response_form::plain)
            return;
        if (!provider_.response_modes.empty() && !lists(provider_.response_modes, "jwt"))
            found_.emplace_back("response_modes_supported does not list jwt (FAPI 2.0 Message Signing, 5.4.1)"
            );
        lack_algorithms("authorization_signing_alg_values_supported", provider_.response_algorithms);
    }

    void look_at_client()
    {
        const auto& announced = provider_.token_endpoint_auth_methods;
        const auto is_listed = [&](client_authentication each) { return lists(announced, name(each)); };
        if (!announced.empty() && std::ranges::none_of(demands_.authentication, is_listed))
        {
            std::string wanted;
            for (const auto each : demands_.authentication)
                wanted.append(wanted.empty() ? "" : " or ").append(name(each));
            found_.push_back(
                "token_endpoint_auth_methods_supported does not list " + wanted +
                " (FAPI 2.0 Security Profile, 5.3.2.1, 6)"
            );
        }
        if (demands_.binding == token_binding::certificate &&
            provider_.certificate_bound_tokens != support::yes)
            found_.emplace_back(
                "tls_client_certificate_bound_access_tokens is not true, so that tokens are not bound to "
                "oidc.client_certificate (FAPI 2.0 Security Profile, 5.3.2.1, 4 and 5)"
            );
    }

    void lack_algorithms(std::string_view member, const std::vector<std::string>& announced)
    {
        const auto is_listed = [&](crypto::algorithm each) { return lists(announced, crypto::name(each)); };
        if (announced.empty() || std::ranges::any_of(demands_.algorithms, is_listed))
            return;
        std::string wanted;
        for (const auto each : demands_.algorithms)
            wanted.append(wanted.empty() ? "" : ", ").append(crypto::name(each));
        found_.push_back(
            std::string(member) + " lists none of " + wanted + " (FAPI 2.0 Security Profile, 5.4.1)"
        );
    }

    const metadata& provider_;
    const profile_demands& demands_;
    std::vector<std::string> found_;
};

} // namespace

std::vector<std::string> unmet(const metadata& provider, const profile_demands& demands)
{
    return examination(provider, demands).run();
}

result<void> check(const metadata& provider, const profile_demands& demands)
{
    std::string all;
    for (const auto& each : unmet(provider, demands))
        all.append(all.empty() ? "" : "; ").append(each);
    if (all.empty())
        return {};
    return fail(
        errc::oidc_metadata_fetch_failure,
        unmet_profile,
        "the provider does not show what oidc.profile " + demands.name + " wants: " + all
    );
}

} // namespace sekisho::oidc

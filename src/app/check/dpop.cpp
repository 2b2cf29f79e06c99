// SPDX-License-Identifier: Apache-2.0
#include "app/check/dpop.hpp"

#include "oidc/dpop.hpp"
#include "oidc/foreign.hpp"

#include <span>
#include <string>

namespace sekisho::app
{

check_finding judge_dpop(const oidc::metadata* announced, const crypto::signing_key& key)
{
    std::span<const std::string> supported;
    if (announced != nullptr)
        supported = announced->dpop_algorithms;
    const auto alg = oidc::choose_dpop_algorithm(key, supported);
    if (!alg)
        return {check_code::provider_dpop_unsupported, alg.error().detail};
    auto text =
        "tokens are bound to the key " + key.thumbprint() + " (" + std::string(crypto::name(*alg)) + ")";
    if (announced == nullptr)
        return {check_code::provider_dpop, std::move(text)};
    if (supported.empty())
        return {
            check_code::provider_dpop_not_announced,
            text + ", and the provider has no dpop_signing_alg_values_supported"
        };
    return {check_code::provider_dpop, text + "; the provider takes " + oidc::in_quotes(supported)};
}

} // namespace sekisho::app

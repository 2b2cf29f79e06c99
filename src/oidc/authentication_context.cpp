// SPDX-License-Identifier: Apache-2.0
#include "oidc/authentication_context.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sekisho::oidc
{

bool satisfies(const claims& id_token, std::span<const std::string> acr_values)
{
    if (acr_values.empty())
        return true;
    const auto acr = id_token.object().find("acr"); // by its very name: a path would let "a.b" answer for it
    if (acr == id_token.object().end() || !acr->is_string())
        return false;
    const auto& given = acr->get_ref<const std::string&>();
    return !given.empty() && std::ranges::find(acr_values, given) != acr_values.end();
}

} // namespace sekisho::oidc

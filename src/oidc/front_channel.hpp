// SPDX-License-Identifier: Apache-2.0
#pragma once
// The provider's front-channel logout call (Front-Channel Logout 1.0, 2).

#include "base/result.hpp"
#include "oidc/names.hpp"

#include <optional>
#include <span>
#include <string>

namespace sekisho::oidc
{

struct front_channel_logout
{
    std::optional<oidc::issuer> issuer; // whose it says it is; Entra leaves it out
    std::optional<std::string> sid;     // at least one of the two is there
};

// nullopt: neither `iss` nor `sid` is there. Whether the issuer is one of ours is for the caller. Errors:
// oidc_parameter_duplicated, value_too_large (a sid over 512 bytes, an iss over 2,048).
result<std::optional<front_channel_logout>> parse_front_channel_logout(std::span<const parameter> received);

} // namespace sekisho::oidc

// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a profile of the settings (FAPI 2.0) demands of the provider and of our own keys while we run.

#include "oidc/profile_demands.hpp"
#include "settings/model.hpp"

#include <optional>

namespace sekisho::app
{

// nullopt: no profile is set. The settings have been held against it already (settings/profile).
std::optional<oidc::profile_demands> demands_of(const settings::oidc_settings& from);

} // namespace sekisho::app

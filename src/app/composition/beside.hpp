// SPDX-License-Identifier: Apache-2.0
#pragma once
// The ways in that no provider takes part in, by the settings.

#include "base/secret.hpp"
#include "gateway/endpoint/without_provider.hpp"
#include "settings/model.hpp"

#include <memory>
#include <vector>

namespace sekisho::app
{

struct beside_ground
{
    std::shared_ptr<gateway::local_restore> local; // null while local.restore is off
    std::shared_ptr<gateway::emergency_attempts> attempts;
    net::executor blocking;
    const std::vector<secret>& secrets; // the current one first
};

gateway::without_provider without_provider_of(const settings::model& from, beside_ground on);

} // namespace sekisho::app

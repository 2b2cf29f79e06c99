// SPDX-License-Identifier: Apache-2.0
#pragma once
// The rules a value must keep beyond its form, and the rules between settings. No effects: files and the
// network are looked at by `sekisho check`.

#include "settings/finding.hpp"
#include "settings/model.hpp"
#include "settings/setting.hpp"

namespace sekisho::settings
{

// Rules about values that could not be read are passed over.
findings check(const model& values, const origins& by);

} // namespace sekisho::settings

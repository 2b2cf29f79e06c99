// SPDX-License-Identifier: Apache-2.0
#pragma once
// What `sekisho check` says about a preset or a profile: what it sets. Pure.

#include "app/check/finding.hpp"
#include "settings/preset.hpp"
#include "settings/profile.hpp"

namespace sekisho::app
{

// "default is google, by its issuer; it sets in oidc: sign_out = none, prompt = select_account; why:
// docs/providers/google.md". In one line, however much it sets: the reasons stand in the guide.
check_finding preset_finding(const settings::applied_preset& of);

// "default keeps fapi2_security; it sets in oidc: pushed_authorization = always, …; why: docs/fapi.md".
check_finding profile_finding(const settings::applied_profile& of);

} // namespace sekisho::app

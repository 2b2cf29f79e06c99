// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whether sessions of one provider will be renewed: by refresh tokens, by signing in again silently, or not.
// Pure.

#include "app/check/finding.hpp"
#include "oidc/metadata.hpp"
#include "provider/configuration.hpp"
#include "settings/model.hpp"

namespace sekisho::app
{

struct renewal_question
{
    const oidc::metadata* announced = nullptr; // nullptr: discovery is off, nothing is announced
    const provider::configuration& what;
    settings::preset ways = settings::preset::generic; // whose, after presets were applied
    const settings::session_settings& session;
};

// What can be expected, and the setting that changes it. A document without grant_types_supported announces
// no refresh tokens (Discovery 1.0, 3; RFC 8414, 2), unless its scopes_supported has offline_access or the
// preset knows better.
check_finding judge_renewal(const renewal_question& asked);

} // namespace sekisho::app

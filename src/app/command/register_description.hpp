// SPDX-License-Identifier: Apache-2.0
#pragma once
// The settings as the client that is registered.

#include "app/command/command_line.hpp"
#include "app/composition/provider.hpp"
#include "oidc/metadata.hpp"
#include "oidc/registration.hpp"
#include "settings/model.hpp"

namespace sekisho::app
{

// What `sekisho check` says is to be registered, and what the provider is to know beside it. Errors:
// value_malformed; `where` is the setting, the detail what to do.
result<oidc::client_description> describe_client(
    const settings::model& values,
    live_provider& at,
    const oidc::metadata& metadata,
    const register_request& wanted
);

} // namespace sekisho::app

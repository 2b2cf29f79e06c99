// SPDX-License-Identifier: Apache-2.0
#pragma once
// One provider's settings as the directory that completes its sign-ins.

#include "app/composition/provider_reach.hpp"
#include "provider/completion.hpp"
#include "provider/configuration.hpp"
#include "provider/services.hpp"
#include "settings/model.hpp"

#include <memory>

namespace sekisho::app
{

// OAuth 2.0 for GitHub, and for GitLab when oidc.scopes has no openid; else OpenID Connect.
provider::protocol protocol_of(const settings::oidc_settings& from);

// Null: the tokens and UserInfo say all there is. `made` has name, issuer, transport and protocol. Error:
// value_malformed, `where` is the setting's own name without its provider ("service_account").
result<std::unique_ptr<provider::completion>> completion_of(
    const settings::oidc_settings& from,
    const provider::configuration& made,
    const provider::services& with,
    const file_reader& read
);

} // namespace sekisho::app

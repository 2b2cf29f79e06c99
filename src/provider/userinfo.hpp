// SPDX-License-Identifier: Apache-2.0
#pragma once
// The UserInfo endpoint asked about one person: plain, signed and encrypted answers.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "net/task.hpp"
#include "oidc/claims.hpp"
#include "oidc/metadata.hpp"
#include "oidc/names.hpp"
#include "provider/verification_parts.hpp"

#include <memory>
#include <string>

namespace sekisho::provider
{

// On `home`. Asks once and notes the outcome in the journal, if there is one. Error: oidc_userinfo_failure,
// also for an answer about somebody else; at oidc::refused_token when the endpoint takes the token no more.
net::task<result<oidc::claims>> userinfo(
    verification_parts parts,
    std::shared_ptr<const oidc::metadata> metadata,
    secret access_token,
    oidc::subject person
);

// Providers end a JWT with a line break now and then.
std::string trimmed(std::string text);

} // namespace sekisho::provider

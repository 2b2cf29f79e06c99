// SPDX-License-Identifier: Apache-2.0
#pragma once
// A signed authorization response (JARM), held against the keys of the provider that its sign-in was sent to.

#include "base/result.hpp"
#include "net/task.hpp"
#include "oidc/names.hpp"
#include "provider/registry.hpp"
#include "provider/verification_parts.hpp"

#include <string>

namespace sekisho::provider
{

// What is signed inside of an encrypted answer (JARM 2.2), with a key of whichever provider: whose it is, is
// known by its state, which is inside too. A text that is not encrypted as it is. Errors:
// oidc_generic_token_failure at "response.encryption" when it cannot be decrypted, at "response" when there
// is no JWS inside.
result<std::string> signed_response(const registry& all, std::string response);

// On `home`. The parameters inside. Errors: those of oidc::validate_response, oidc_key_fetch_failure, and
// those of the metadata.
net::task<result<oidc::parameters>> open_response(verification_parts parts, std::string jwt);

} // namespace sekisho::provider

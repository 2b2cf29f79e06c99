// SPDX-License-Identifier: Apache-2.0
#pragma once
// A signed authorization response (JARM), held against the keys of the provider that its sign-in was sent to.

#include "base/result.hpp"
#include "net/task.hpp"
#include "oidc/names.hpp"
#include "provider/verification_parts.hpp"

#include <string>

namespace sekisho::provider
{

// On `home`. The parameters inside. Errors: those of oidc::validate_response, oidc_key_fetch_failure, and
// those of the metadata.
net::task<result<oidc::parameters>> open_response(verification_parts parts, std::string jwt);

} // namespace sekisho::provider

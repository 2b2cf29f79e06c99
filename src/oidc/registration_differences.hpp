// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a provider registered, held against what was asked for: it may change whatever it likes (RFC 7591,
// 3.2.1).

#include "base/json.hpp"
#include "oidc/registration_response.hpp"

#include <vector>

namespace sekisho::oidc
{

// Both are client metadata. In the order of `asked`; secrets are in neither.
std::vector<registration_difference> differences(const json& asked, const json& registered);

} // namespace sekisho::oidc

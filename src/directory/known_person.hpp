// SPDX-License-Identifier: Apache-2.0
#pragma once
// Claims as the adapters read and complete them.

#include "directory/answer_cache.hpp"
#include "oidc/claims.hpp"

#include <string>
#include <vector>

namespace sekisho::directory
{

// Whom verified claims are about.
person person_of(const oidc::claims& known);

// The claims with `groups` as it was looked up instead of whatever they said of groups: the claim itself, the
// references Entra puts in its place (`_claim_names.groups`, `hasgroups`).
oidc::claims with_groups(const oidc::claims& known, const std::vector<std::string>& groups);

} // namespace sekisho::directory

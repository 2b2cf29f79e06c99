// SPDX-License-Identifier: Apache-2.0
#pragma once
// Finds a claim by the name an administrator writes: "email", "realm_access.roles",
// "https://example.com/groups".

#include "base/json.hpp"

#include <string_view>

namespace sekisho::identity
{

// A member of exactly that name wins; otherwise each dot may step into an object, the longest first step
// first. nullptr: there is none. JSON null counts as none.
const json* find_claim(const json& claims, std::string_view path);

} // namespace sekisho::identity

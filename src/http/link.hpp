// SPDX-License-Identifier: Apache-2.0
#pragma once
// The Link field (RFC 8288): where the next page of a list is.

#include "base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sekisho::http
{

// The target, as it is written, of the first link in a field's value whose `rel` has this relation type;
// nullopt: there is none. Relation types compare without case, and only a link's first `rel` counts (3.3).
// Error: value_malformed for a value that is no list of links.
result<std::optional<std::string>> linked(std::string_view value, std::string_view relation);

} // namespace sekisho::http

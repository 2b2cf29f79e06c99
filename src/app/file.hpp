// SPDX-License-Identifier: Apache-2.0
#pragma once
// Files that settings name: certificates, keys, bundles of authorities.

#include "base/result.hpp"

#include <string>

namespace sekisho::app
{

// The whole file, at most 1 MiB. Error: value_malformed, the detail is the system's reason.
result<std::string> read_file(const std::string& name);

} // namespace sekisho::app

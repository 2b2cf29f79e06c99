// SPDX-License-Identifier: Apache-2.0
#pragma once
// The command that prints a secret, taken apart as it is started: no shell is between.

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sekisho::settings
{

// The program, an absolute path, and its arguments: parted by spaces and tabs, which belong to an argument
// between ' and ' or " and ". Nothing else has a meaning: no variables, no backslashes. Error:
// value_malformed; the detail reads on from "the command …".
result<std::vector<std::string>> command_words(std::string_view command);

} // namespace sekisho::settings

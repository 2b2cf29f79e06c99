// SPDX-License-Identifier: Apache-2.0
#pragma once
// What `sekisho config` prints.

#include <string>

namespace sekisho::app
{

// docs/errors.md: every code with its status, what lies behind it and what to do.
std::string errors_reference();

} // namespace sekisho::app

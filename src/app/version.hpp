// SPDX-License-Identifier: Apache-2.0
#pragma once
// What this program is and what it was built with.

#include <string>

namespace sekisho::app
{

// "sekisho 0.1.0", then a line each for the compiler and the libraries.
std::string version_text();

} // namespace sekisho::app

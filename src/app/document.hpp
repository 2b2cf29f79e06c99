// SPDX-License-Identifier: Apache-2.0
#pragma once
// What `sekisho config` prints.

#include "pages/language.hpp"

#include <string>

namespace sekisho::app
{

// docs/errors.md, and the same in other languages: every code with its status, what lies behind it and what
// to do.
std::string errors_reference(pages::language in);

} // namespace sekisho::app

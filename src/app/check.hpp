// SPDX-License-Identifier: Apache-2.0
#pragma once
// `sekisho check`: composes everything without starting it, asks the provider and says what it finds.

#include "app/command_line.hpp"
#include "settings/load.hpp"

namespace sekisho::app
{

// `settings` are usable; their warnings belong into the report, which goes to standard output. Returns the
// exit status.
int check(const settings::loaded& settings, report_format format);

} // namespace sekisho::app

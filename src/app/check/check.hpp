// SPDX-License-Identifier: Apache-2.0
#pragma once
// `sekisho check`: composes everything without starting it, asks the providers and says what it finds.

#include "app/check/report.hpp"
#include "app/command/command_line.hpp"
#include "settings/load.hpp"

namespace sekisho::app
{

// All that is to be registered: the address of our keys only where a provider's settings have a key.
registration registration_for(const settings::model& values);

// Asks the providers and the application on the calling thread; ends within the time-outs of the settings
// (only a name server may take longer, as long as the system lets it). `settings` are usable.
check_report examine(const settings::loaded& settings, test_ticket ticket = test_ticket::shown);

// Prints the report, in which the warnings of the settings are too, to standard output. Returns the exit
// status.
int check(const settings::loaded& settings, report_format format, test_ticket ticket);

} // namespace sekisho::app

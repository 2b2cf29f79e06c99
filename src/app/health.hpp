// SPDX-License-Identifier: Apache-2.0
#pragma once
// `sekisho health`: asks the running gate's admin listener how it is, for a container's HEALTHCHECK.

#include "app/command/command_line.hpp"
#include "settings/model.hpp"

#include <string>

namespace sekisho::app
{

struct health_report
{
    int status = 0;   // for the shell: 0 well, else status_failed
    std::string text; // one line for people
};

// Takes a few seconds at most. A listener on every address is asked on the loopback address.
health_report ask_health(const settings::admin_settings& admin, probe about);

} // namespace sekisho::app

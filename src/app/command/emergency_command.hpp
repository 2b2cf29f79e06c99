// SPDX-License-Identifier: Apache-2.0
#pragma once
// `sekisho emergency`: who may come in beside the provider.

#include "app/command/command_line.hpp"
#include "settings/model.hpp"

#include <functional>
#include <string>

namespace sekisho::app
{

struct emergency_report
{
    int status = 0;
    std::string text;
};

// Does it, at `now`, with the file of the settings. `ask_password` gives what somebody types (asked only for
// emergency_action::password). The text holds the invitation's link, or the address of the codes' secret: it
// is for the terminal, and is told once.
emergency_report change_emergency(
    const emergency_request& wanted,
    const settings::model& with,
    time_point now,
    const std::function<result<secret>()>& ask_password
);

// Reads a password from the terminal without showing it, twice; from anything else its first line. Error:
// value_malformed: the two differ, or there was none.
result<secret> read_password_from_terminal();

} // namespace sekisho::app

// SPDX-License-Identifier: Apache-2.0
#pragma once
// `sekisho session`: asks the running gate who has a session, and ends sessions.

#include "app/command/command_line.hpp"
#include "base/time.hpp"
#include "settings/model.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace sekisho::app
{

struct session_report
{
    int status = 0; // for the shell
    std::string text;
};

// Asks a person at the terminal; false: they would rather not, or nobody is there.
using confirmation = std::function<bool(std::string_view question)>;

// `now` is for ages in the table; as JSON the gate's answer stands as it is. `confirm` is asked before
// everybody's sessions end, unless the request is sure. What failed is in the text, with status_failed.
session_report ask_for_sessions(
    const session_request& wanted,
    const settings::admin_settings& at,
    report_format format,
    time_point now,
    const confirmation& confirm
);

// A question to the person at the terminal; false without one.
bool confirm_at_terminal(std::string_view question);

} // namespace sekisho::app

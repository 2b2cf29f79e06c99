// SPDX-License-Identifier: Apache-2.0
#pragma once
// `sekisho register`: this client registered at its provider (RFC 7591), changed and taken away (RFC 7592).

#include "app/command/command_line.hpp"
#include "base/time.hpp"

#include <string>

namespace sekisho::app
{

struct register_report
{
    int status = 0;
    std::string output; // for standard output: what to set, fit for a file of variables
    std::string told;   // for standard error: what was done, what the provider changed, what failed
};

// Asks the provider on the calling thread, each thing once; ends within its time-outs. What failed, or was
// registered in a way that sign-in does not work with, is status_failed; settings that cannot be used are
// status_unusable. Without a directory the output has the client's secret.
register_report register_client(const register_request& wanted, const settings_request& from, time_point now);

} // namespace sekisho::app

// SPDX-License-Identifier: Apache-2.0
#pragma once
// The program, without its process: what main() calls.

namespace sekisho::app
{

// Returns the exit status: 0, status_failed or status_unusable (app/command/command_line).
int run(int argc, char** argv);

} // namespace sekisho::app

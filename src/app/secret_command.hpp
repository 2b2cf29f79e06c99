// SPDX-License-Identifier: Apache-2.0
#pragma once
// A program that prints a secret, run while the settings are read.

#include "base/result.hpp"
#include "settings/reading.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace sekisho::app
{

struct command_limits
{
    std::chrono::milliseconds time = std::chrono::seconds(10); // until the program has ended
    std::size_t output = 64 * 1024;                            // bytes
};

// Starts the program words[0], an absolute path, with the others as its arguments and without a shell, and
// waits for it: what it wrote to standard output. It has PATH, HOME and LANG of `variables` and nothing else
// of them, nothing to read, no file of ours, and a process group of its own, which is killed when a limit is
// reached. Error: value_malformed; the detail says how it ended and has the first line that it wrote to
// standard error.
result<std::string> run_secret_command(
    const std::vector<std::string>& words,
    const settings::environment& variables,
    const command_limits& limits = {}
);

} // namespace sekisho::app

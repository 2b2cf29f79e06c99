// SPDX-License-Identifier: Apache-2.0
#pragma once
// The only place that reads the configuration file, the environment and the files of secrets, and that runs
// the commands that print secrets.

#include "app/command/command_line.hpp"
#include "settings/load.hpp"

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace sekisho::app
{

// The variables of this process.
settings::environment process_environment();

// What becomes of settings whose value a command prints.
enum class secret_commands : std::uint8_t
{
    are_run,
    are_left_alone, // they are problems then: for what needs no secret
};

class settings_source
{
public:
    // Without a file in the request SEKISHO_CONFIG names it; without that there is none.
    explicit settings_source(
        settings_request request, settings::environment variables = process_environment()
    );

    // Reads everything anew: at start and at each reload. A file that cannot be read is a problem. Takes as
    // long as the commands that print secrets (app/secret_command). From any thread.
    settings::loaded load(secret_commands which = secret_commands::are_run) const;

    // The files that load() reads at the moment, whether they can be read or not.
    std::set<std::string> files() const;

private:
    using read_file = std::function<result<std::string>(const std::string& name)>;
    using run_command = std::function<result<std::string>(const std::vector<std::string>& words)>;
    settings::loaded load_with(const read_file& read, run_command run) const;

    settings_request request_;
    settings::environment variables_;
};

// "2 problems in the settings:" and a line for each; then the warnings likewise. Empty when there is nothing
// to say.
std::string describe(const settings::findings& found);

// One warning event per warning, for the log of a running gate.
void log_warnings(const settings::findings& found);

} // namespace sekisho::app

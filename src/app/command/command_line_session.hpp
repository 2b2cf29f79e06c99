// SPDX-License-Identifier: Apache-2.0
#pragma once
// The part of the command line that is `sekisho session …`.

#include <optional>
#include <string>

namespace CLI
{
class App;
}

namespace sekisho::app
{

struct session_request;

// Adds the actions of `session` to it; they fill `into`. Gives the one that lists, for its further options.
CLI::App& add_session_actions(CLI::App& session, session_request& into);

// What is wrong with it as a whole; nullopt: nothing.
std::optional<std::string> complaint_about(const session_request& wanted);

// An id may begin with "-", which looks like an option: such an argument as the option that it stands for,
// any other as it is.
std::string as_argument(std::string argument);

} // namespace sekisho::app

// SPDX-License-Identifier: Apache-2.0
#pragma once
// The part of the command line that is `sekisho register …`.

#include <optional>
#include <string>

namespace CLI
{
class App;
}

namespace sekisho::app
{

struct register_request;

// Adds the options to it; they fill `into`.
void add_register_options(CLI::App& to, register_request& into);

// What is wrong with it as a whole; nullopt: nothing.
std::optional<std::string> complaint_about(const register_request& wanted);

} // namespace sekisho::app

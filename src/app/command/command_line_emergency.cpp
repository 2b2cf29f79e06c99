// SPDX-License-Identifier: Apache-2.0
#include "app/command/command_line_emergency.hpp"

#include "app/command/command_line.hpp"

#include <CLI/CLI.hpp>

namespace sekisho::app
{
namespace
{

CLI::App* add_action(
    CLI::App& emergency, emergency_request& into, emergency_action what, const char* name, const char* meaning
)
{
    auto* made = emergency.add_subcommand(name, meaning);
    made->fallthrough();
    made->set_help_flag("-h,--help", "Print this help");
    made->callback([&into, what] { into.what = what; });
    if (what != emergency_action::list)
        made->add_option("name", into.name, "The person")->required();
    return made;
}

} // namespace

void add_emergency_actions(CLI::App& emergency, emergency_request& into)
{
    emergency.require_subcommand(0, 1);
    add_action(emergency, into, emergency_action::list, "list", "Who is registered, with what");
    auto* invite = add_action(
        emergency, into, emergency_action::invite, "invite", "Print a link that registers one passkey"
    );
    invite->add_option("--base-url", into.base_url, "Of the link [server.public_url]");
    add_action(
        emergency,
        into,
        emergency_action::password,
        "password",
        "Set a password, and print the secret of its codes"
    );
    add_action(emergency, into, emergency_action::remove, "remove", "Forget a person");
}

} // namespace sekisho::app

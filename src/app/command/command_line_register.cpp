// SPDX-License-Identifier: Apache-2.0
#include "app/command/command_line_register.hpp"

#include "app/command/command_line.hpp"

#include <CLI/CLI.hpp>

namespace sekisho::app
{

void add_register_options(CLI::App& to, register_request& into)
{
    to.add_option(
          "-o,--out",
          into.directory,
          "Directory to write client_id and client_secret to, with what changes them later; run again it "
          "updates the client [print them]"
    )
        ->type_name("DIR");
    to.add_option("--name", into.client_name, "The client's name at the provider [host of server.public_url]")
        ->type_name("NAME");
    to.add_option("--provider", into.provider, "Which of several providers (providers.NAME)")
        ->type_name("NAME");
    to.add_flag_callback(
        "--inline-keys",
        [&into] { into.keys = register_keys::inline_set; },
        "Send our public keys themselves, not their address"
    );
    to.add_flag("--force", into.is_anew, "Register a new client although one is kept in DIR");
    auto* show = to.add_flag_callback(
        "--print", [&into] { into.what = register_action::show; }, "Show the request without sending it"
    );
    to.add_flag_callback(
          "--delete", [&into] { into.what = register_action::remove; }, "Take the client that DIR keeps away"
    )
        ->excludes(show);
}

std::optional<std::string> complaint_about(const register_request& wanted)
{
    if (wanted.what == register_action::remove && wanted.directory.empty())
        return "register --delete needs --out=DIR, which says which client";
    if (wanted.is_anew && wanted.what == register_action::remove)
        return "register takes one of --force and --delete";
    return std::nullopt;
}

} // namespace sekisho::app

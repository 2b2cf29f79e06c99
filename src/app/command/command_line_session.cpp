// SPDX-License-Identifier: Apache-2.0
#include "app/command/command_line_session.hpp"

#include "app/command/command_line.hpp"

#include <CLI/CLI.hpp>

#include <cstddef>
#include <string_view>

namespace sekisho::app
{
namespace
{

CLI::App* add_action(CLI::App& session, session_request& into, const char* name, const char* meaning)
{
    auto* made = session.add_subcommand(name, meaning);
    made->fallthrough();
    made->set_help_flag("-h,--help", "Print this help");
    const auto what = std::string_view(name) == "end" ? session_action::end : session_action::list;
    made->callback([&into, what] { into.what = what; });
    return made;
}

} // namespace

CLI::App& add_session_actions(CLI::App& session, session_request& into)
{
    session.require_subcommand(0, 1);
    auto* list = add_action(session, into, "list", "Who has a session, the last used first");
    list->add_option("--user", into.user, "Only those of this user id");
    auto* end = add_action(session, into, "end", "End a session, all of a user, or everybody's");
    end->add_option("id,--id", into.id, "The session, as list shows it");
    end->add_option("--user", into.user, "All sessions of this user id");
    end->add_flag_callback(
        "--everybody", [&into] { into.whom = session_request::scope::everybody; }, "All sessions there are"
    );
    end->add_flag("--yes", into.is_sure, "Do not ask whether everybody is meant");
    return *list;
}

std::optional<std::string> complaint_about(const session_request& wanted)
{
    if (wanted.what == session_action::list)
        return std::nullopt;
    const auto all = wanted.whom == session_request::scope::everybody ? 1 : 0;
    const auto named = (wanted.id.empty() ? 0 : 1) + (wanted.user.empty() ? 0 : 1) + all;
    if (named == 1)
        return std::nullopt;
    return "session end takes one of these: the id of a session, --user=U or --everybody";
}

std::string as_argument(std::string argument)
{
    constexpr std::size_t size_of_id = 43; // 256 bits as base64url
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    if (argument.size() != size_of_id || !argument.starts_with('-') ||
        argument.find_first_not_of(letters) != std::string::npos)
        return argument;
    return "--id=" + argument;
}

} // namespace sekisho::app

// SPDX-License-Identifier: Apache-2.0
#include "app/command/session_command.hpp"

#include "app/command/admin_client.hpp"
#include "app/command/session_table.hpp"
#include "base/encoding.hpp"
#include "base/json.hpp"
#include "http/authorization.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <iostream>
#include <unistd.h>
#include <utility>

namespace sekisho::app
{
namespace
{

session_report failed(std::string text) { return {.status = status_failed, .text = text.append("\n")}; }

std::string target_of(const session_request& wanted)
{
    std::string target = "/sessions";
    if (!wanted.id.empty())
        return target.append("/").append(percent_encode(wanted.id));
    if (!wanted.user.empty())
        return target.append("?user=").append(form_encode(wanted.user));
    return wanted.whom == session_request::scope::everybody ? target.append("?everybody=true") : target;
}

// What the gate says is wrong, in its own words where it has any.
std::string detail_of(std::string_view body)
{
    const auto parsed = parse_json(body);
    if (!parsed || !parsed->is_object())
        return {};
    const auto found = parsed->find("detail");
    return found != parsed->end() && found->is_string() ? found->get<std::string>() : std::string();
}

session_report explain(const admin_reply& reply, const settings::admin_settings& at)
{
    const auto gate = "the gate at " + admin_place(at);
    switch (reply.status)
    {
    case 401:
        return failed(gate + " does not take this admin.token: it has another one");
    case 404:
        return failed(
            gate + " has no admin.token, so nobody can ask for its sessions; set it there, and SIGHUP"
        );
    case 429:
        return failed(gate + " was asked with wrong tokens too often; try again in a minute");
    default:
        break;
    }
    const auto detail = detail_of(reply.body);
    return failed(gate + " answers " + std::to_string(reply.status) + (detail.empty() ? "" : ": " + detail));
}

session_report count_of(std::string_view body)
{
    const auto parsed = parse_json(body);
    if (!parsed || !parsed->is_object() || !parsed->contains("ended"))
        return failed("the gate's answer cannot be read");
    const auto& ended = parsed->at("ended");
    if (!ended.is_number_unsigned())
        return failed("the gate's answer cannot be read");
    const auto count = ended.get<std::uint64_t>();
    if (count == 0)
        return {.status = 0, .text = "no such session is known; should one come back, it is not let in\n"};
    return {
        .status = 0, .text = std::to_string(count) + (count == 1 ? " session" : " sessions") + " ended\n"
    };
}

} // namespace

session_report ask_for_sessions(
    const session_request& wanted,
    const settings::admin_settings& at,
    report_format format,
    time_point now,
    const confirmation& confirm
)
{
    if (at.token.empty())
        return failed(
            "admin.token is not set: set the same one here and for the gate; `sekisho secret` prints one"
        );
    if (!http::parse_bearer("Bearer " + std::string(at.token.reveal())))
        return failed("admin.token has characters that cannot be sent as a bearer token");
    const auto ends = wanted.what == session_action::end;
    if (ends && wanted.whom == session_request::scope::everybody && !wanted.is_sure &&
        !confirm("End the session of everybody?"))
        return failed("nothing was ended; --yes says that it is meant");
    constexpr std::chrono::seconds patience(60); // there may be many
    const auto reply = ask_admin(
        at,
        {.method = ends ? "DELETE" : "GET",
         .target = target_of(wanted),
         .token = at.token,
         .patience = patience}
    );
    if (!reply)
        return failed(reply.error());
    if (reply->status != 200)
        return explain(*reply, at);
    if (format == report_format::json)
        return {.status = 0, .text = reply->body + "\n"};
    if (ends)
        return count_of(reply->body);
    auto table = session_table(reply->body, now);
    if (!table)
        return failed("the gate's answer cannot be read");
    return {.status = 0, .text = *std::move(table)};
}

bool confirm_at_terminal(std::string_view question)
{
    if (::isatty(STDIN_FILENO) == 0)
        return false;
    std::cerr << question << " [y/N] " << std::flush;
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

} // namespace sekisho::app

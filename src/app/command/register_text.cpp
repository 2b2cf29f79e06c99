// SPDX-License-Identifier: Apache-2.0
#include "app/command/register_text.hpp"

#include "oidc/foreign.hpp"
#include "settings/table.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace sekisho::app
{
namespace
{

// "OIDC_CLIENT_ID", or "PROVIDERS_OKTA_CLIENT_ID".
std::string variable(const registration_told& told, std::string_view name)
{
    auto made = settings::environment_name(told.section + std::string(name));
    std::ranges::replace(made, '-', '_');
    return made;
}

std::string file_in(const registration_told& told, std::string_view name)
{
    return (std::filesystem::absolute(told.directory).lexically_normal() / name).string();
}

std::string line(const std::string& name, std::string_view value)
{
    return std::string(name).append("=").append(value).append("\n");
}

std::string files_to_name(const registration_told& told, const kept_client& client)
{
    auto text = line(variable(told, "client_id_file"), file_in(told, "client_id"));
    if (!client.client_secret.empty())
        text += line(variable(told, "client_secret_file"), file_in(told, "client_secret"));
    return text;
}

std::string values_to_set(const registration_told& told, const kept_client& client)
{
    auto text = line(variable(told, "client_id"), client.id);
    if (!client.client_secret.empty())
        text += line(variable(told, "client_secret"), client.client_secret.reveal());
    if (!client.client_uri.empty())
        text += "# To change it later (RFC 7592):\n# registration_client_uri " + client.client_uri +
                "\n# registration_access_token " + std::string(client.access_token.reveal()) + "\n";
    return text;
}

std::string lifetime_of(const oidc::registered_client& answer, time_point now)
{
    if (!answer.secret_expires)
        return {};
    const auto when = format_time(*answer.secret_expires);
    return *answer.secret_expires <= now ? "warning: the client secret has ended at " + when + " already\n"
                                         : "note: the client secret ends at " + when +
                                               "; run `sekisho register` again before, for a new one\n";
}

} // namespace

std::string describe_request(const request_told& what, const json& body)
{
    std::string text(what.method);
    text.append(" ").append(what.address).append("\nContent-Type: application/json\n");
    if (what.proof == request_proof::token)
        text += "Authorization: Bearer (not shown)\n";
    return text + "\n" + body.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string what_to_set(const registration_told& told, const kept_client& client)
{
    return told.directory.empty() ? values_to_set(told, client) : files_to_name(told, client);
}

std::string describe_registration(
    const registration_told& told, const kept_client& client, const oidc::registered_client& answer
)
{
    std::string text =
        told.kind == registration_kind::updated ? "updated the client " : "registered the client ";
    text += oidc::in_quotes(client.id) + "\n";
    for (const auto& each : answer.differences)
        text.append(each.weight == oidc::difference_weight::problem ? "problem: " : "note: ")
            .append(each.text)
            .append("\n");
    if (client.client_uri.empty() || client.access_token.empty())
        text += "note: the provider gave no address and token to change this client later (RFC 7592)\n";
    return text + lifetime_of(answer, told.now);
}

bool has_problem(const oidc::registered_client& answer)
{
    return std::ranges::any_of(
        answer.differences, [](const auto& each) { return each.weight == oidc::difference_weight::problem; }
    );
}

} // namespace sekisho::app

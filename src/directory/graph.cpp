// SPDX-License-Identifier: Apache-2.0
#include "directory/graph.hpp"

#include "oidc/claim_sources.hpp"

#include <nlohmann/json.hpp>

namespace sekisho::directory
{
namespace
{

constexpr std::string_view where = "graph.groups";

std::string_view advice(int status, const reason&)
{
    if (status == 401)
        return "the access token is not for Microsoft Graph: ask for User.Read in oidc.scopes and for no "
               "other "
               "API's scopes, and leave oidc.resource empty; in a national cloud set oidc.api_url";
    if (status == 403)
        return "grant the application the delegated permission User.Read of Microsoft Graph "
               "(GroupMember.Read.All where that is not enough) with admin consent, and ask for it in "
               "oidc.scopes";
    return {};
}

} // namespace

const dialect graph_dialect{where, advice};

bool has_too_many_groups(const oidc::claims& known) { return oidc::is_kept_elsewhere(known, "groups"); }

result<url> graph_groups_address(const url& base)
{
    // The cast to groups leaves directory roles out; it is an advanced query, which needs $count and
    // ConsistencyLevel. Only `id`: names need a further permission, and tokens have ids.
    return address_below(
        base, "/v1.0/me/transitiveMemberOf/microsoft.graph.group?$count=true&$select=id&$top=999", where
    );
}

http::owned_fields graph_fields(const secret& access_token)
{
    return {
        {"Authorization", "Bearer " + std::string(access_token.reveal())},
        {"Accept", "application/json"},
        {"ConsistencyLevel", "eventual"},
        {"User-Agent", "sekisho"},
    };
}

result<page> read_graph_groups(const net::incoming_response& answer, const url& asked)
{
    const auto body = answered_json(answer, where);
    if (!body)
        return std::unexpected(body.error());
    const auto entries = body->is_object() ? body->find("value") : body->end();
    if (!body->is_object() || entries == body->end())
        return fail(errc::oidc_directory_failure, where, "the answer has no member \"value\"");
    auto ids = values_of_entries(*entries, text_of_entry("id"), where);
    if (!ids)
        return std::unexpected(ids.error());
    page made{std::move(*ids), std::nullopt};
    const auto link = body->find("@odata.nextLink");
    if (link == body->end() || link->is_null())
        return made;
    if (!link->is_string())
        return fail(errc::oidc_directory_failure, where, "@odata.nextLink is not a text");
    auto next = next_address(link->get_ref<const std::string&>(), asked, where);
    if (!next)
        return std::unexpected(next.error());
    made.next = std::move(*next);
    return made;
}

} // namespace sekisho::directory

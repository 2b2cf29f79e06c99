// SPDX-License-Identifier: Apache-2.0
#include "directory/google.hpp"

#include "base/encoding.hpp"
#include "oidc/foreign.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace sekisho::directory
{
namespace
{

constexpr auto meaning = errc::oidc_directory_failure;
constexpr std::string_view where = "google.groups";
constexpr std::size_t longest_token = 4096;

std::string_view token_advice(int, const reason& why)
{
    if (why.code == "unauthorized_client")
        return "delegate domain-wide: Admin console, Security, API controls, Domain-wide delegation; the "
               "client id "
               "is the service account's number, the scope "
               "https://www.googleapis.com/auth/admin.directory.group.readonly";
    if (why.code == "invalid_grant")
        return "is oidc.service_account_actor an administrator of this Workspace, is the key still valid, "
               "and is "
               "this machine's clock right?";
    return {};
}

std::string_view advice(int status, const reason&)
{
    if (status == 403)
        return "enable the Admin SDK API in the service account's project, and let "
               "oidc.service_account_actor be "
               "an administrator who may read groups";
    if (status == 404)
        return "the person is not in this Workspace: let in only your own with oidc.hosted_domains";
    return {};
}

result<page> read_groups(const net::incoming_response& answer, const url& first)
{
    const auto body = answered_json(answer, where);
    if (!body)
        return std::unexpected(body.error());
    if (!body->is_object())
        return fail(meaning, where, "the answer is no JSON object");
    page made;
    // Without `groups`: there are none. So it has to be told from another API's answer.
    if (const auto kind = body->find("kind"); kind == body->end() || *kind != "admin#directory#groups")
        return fail(
            meaning,
            where,
            "the answer is no list of groups: expected the kind admin#directory#groups, received " +
                (kind == body->end()
                     ? "none"
                     : oidc::in_quotes(kind->is_string() ? kind->get<std::string>() : kind->dump(), 64))
        );
    if (const auto groups = body->find("groups"); groups != body->end())
    {
        auto addresses = values_of_entries(*groups, text_of_entry("email"), where);
        if (!addresses)
            return std::unexpected(addresses.error());
        made.values = std::move(*addresses);
    }
    const auto token = body->find("nextPageToken");
    if (token == body->end() || token->is_null() || *token == "")
        return made;
    if (!token->is_string() || token->get_ref<const std::string&>().size() > longest_token)
        return fail(meaning, where, "nextPageToken is not a text, or very long");
    const auto& text = token->get_ref<const std::string&>();
    auto next = url::parse(with_query_parameter(first.text(), "pageToken", text));
    if (!next)
        return fail(meaning, where, "nextPageToken is unusable: " + next.error().detail);
    made.next = std::move(*next);
    return made;
}

} // namespace

const dialect google_token_dialect{"google.token", token_advice};
const dialect google_dialect{where, advice};

http::owned_fields google_fields(const secret& access_token)
{
    return {
        {"Authorization", "Bearer " + std::string(access_token.reveal())},
        {"Accept", "application/json"},
        {"User-Agent", "sekisho"},
    };
}

result<url> google_groups_address(const url& base, const oidc::subject& who)
{
    return address_below(
        base, "/admin/directory/v1/groups?maxResults=200&userKey=" + percent_encode(who.view()), where
    );
}

page_reader google_groups_reader(url first)
{
    return [first = std::move(first)](const net::incoming_response& answer, const url&)
    { return read_groups(answer, first); };
}

} // namespace sekisho::directory

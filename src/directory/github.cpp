// SPDX-License-Identifier: Apache-2.0
#include "directory/github.hpp"

#include "oidc/foreign.hpp"
#include "provider/caller.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace sekisho::directory
{
namespace
{

constexpr auto meaning = errc::oidc_directory_failure;
constexpr std::string_view where = "github";

std::string_view advice(int status, const reason&)
{
    if (status == 401)
        return "GitHub does not take the access token: is oidc.api_url the API of the same GitHub?";
    if (status == 403 || status == 404)
        return "have oidc.scopes read:user, user:email and read:org; a GitHub App needs the account "
               "permission "
               "\"Email addresses\" and the organisation permission \"Members\", both read-only";
    return {};
}

std::unexpected<error> unusable(const error& inner) { return fail(meaning, where, inner.detail); }

struct scope_need
{
    std::string_view asked;
    std::array<std::string_view, 3> any_of;
};

constexpr scope_need email_scope{"user:email", {"user:email", "user", "user"}};
constexpr scope_need group_scope{"read:org", {"read:org", "write:org", "admin:org"}};

bool has_scope(std::string_view granted, const scope_need& need)
{
    return std::ranges::any_of(need.any_of, [&](auto each) { return http::has_token(granted, each); });
}

// "org/team".
result<std::optional<std::string>> team_name(const json_object& team)
{
    const auto slug = team.text("slug");
    if (!slug)
        return std::unexpected(slug.error());
    const auto* const owner = team.find("organization");
    if (owner == nullptr)
        return fail(meaning, where, "a team without its organisation: no member organization");
    const auto organisation = json_object::of(*owner, where);
    if (!organisation)
        return std::unexpected(organisation.error());
    auto login = organisation->text("login");
    if (!login)
        return std::unexpected(login.error());
    if (login->empty() || slug->empty())
        return fail(meaning, where, "a team without a name: its slug or its organisation's login is empty");
    return login->append("/").append(*slug);
}

bool is_primary_and_verified(const json_object& address)
{
    const auto primary = address.optional_bool("primary");
    const auto verified = address.optional_bool("verified");
    return primary && verified && primary->value_or(false) && verified->value_or(false);
}

result<std::optional<std::string>> verified_address(const json_object& address)
{
    auto text = address.text("email");
    if (!text)
        return std::unexpected(text.error());
    if (text->empty() || !is_primary_and_verified(address))
        return std::nullopt;
    return std::move(*text);
}

} // namespace

const dialect github_dialect{where, advice};

http::owned_fields github_fields(const secret& access_token)
{
    return {
        {"Authorization", "Bearer " + std::string(access_token.reveal())},
        {"Accept", "application/vnd.github+json"},
        {"X-GitHub-Api-Version", "2022-11-28"},
        {"User-Agent", "sekisho"}, // GitHub refuses callers without a name
    };
}

result<json> read_github_user(const net::incoming_response& answer, const oidc::issuer& issuer)
{
    const auto body = answered_json(answer, where);
    if (!body)
        return std::unexpected(body.error());
    const auto user = json_object::of(*body, where);
    if (!user)
        return unusable(user.error());
    const auto* const id = user->find("id");
    if (id == nullptr || !id->is_number_unsigned() || *id == 0)
        return fail(
            meaning,
            where,
            std::string("/user: expected a positive whole number for id, received ") +
                (id == nullptr ? "none" : id->type_name())
        );
    const auto login = user->text("login");
    if (!login || login->empty())
        return login ? fail(meaning, where, "/user has an empty login") : unusable(login.error());
    json made{{"iss", issuer.str()}, {"sub", id->dump()}, {"preferred_username", *login}};
    constexpr std::array<std::pair<const char*, const char*>, 3> others{
        {{"name", "name"}, {"avatar_url", "picture"}, {"html_url", "profile"}}
    };
    for (const auto& [theirs, ours] : others)
    {
        const auto text = user->optional_text(theirs);
        if (!text)
            return unusable(text.error());
        if (*text && !(*text)->empty())
            made[ours] = **text;
    }
    return made;
}

result<page> read_github_emails(const net::incoming_response& answer, const url& asked)
{
    return linked_list(answer, asked, verified_address, where);
}

result<page> read_github_organisations(const net::incoming_response& answer, const url& asked)
{
    return linked_list(answer, asked, text_of_entry("login"), where);
}

result<page> read_github_teams(const net::incoming_response& answer, const url& asked)
{
    return linked_list(answer, asked, team_name, where);
}

result<void> check_github_scopes(const net::incoming_response& answer, github_groups groups)
{
    constexpr std::string_view field = "X-OAuth-Scopes";
    const bool is_said = std::ranges::any_of(
        answer.fields, [&](const auto& each) { return http::equal_names(each.first, field); }
    );
    if (!is_said)
        return {};
    const auto granted = provider::field_of(answer, field);
    std::string missing;
    if (!has_scope(granted, email_scope))
        missing = email_scope.asked;
    if (groups == github_groups::wanted && !has_scope(granted, group_scope))
        missing.append(missing.empty() ? "" : " and ").append(group_scope.asked);
    if (missing.empty())
        return {};
    return fail(
        meaning,
        where,
        "the access token lacks the scope " + missing + ", it has " + oidc::in_quotes(granted) +
            "; add what is missing to oidc.scopes"
    );
}

std::string github_hidden_organisations(const net::incoming_response& answer)
{
    constexpr std::string_view mark = "partial-results";
    const auto said = provider::field_of(answer, "X-GitHub-SSO");
    if (!said.starts_with(mark))
        return {};
    const auto list = said.find("organizations=");
    return list == std::string_view::npos ? "unnamed" : std::string(said.substr(list + 14, 200));
}

} // namespace sekisho::directory

// SPDX-License-Identifier: Apache-2.0
#include "directory/gitlab.hpp"

#include "oidc/foreign.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace sekisho::directory
{
namespace
{

constexpr auto meaning = errc::oidc_directory_failure;
constexpr std::string_view where = "gitlab";

std::string_view advice(int status, const reason&)
{
    if (status == 401)
        return "GitLab does not take the access token: is oidc.api_url the same GitLab?";
    if (status == 403)
        return "tick read_api (and read_user where there is no openid) at the application's scopes in "
               "GitLab, "
               "and have the same in oidc.scopes";
    return {};
}

// "https://HOST/api/v4" is what people paste as well.
result<url> below(const url& base, std::string_view rest)
{
    const bool has_version = base.path().ends_with("/api/v4") || base.path().ends_with("/api/v4/");
    return address_below(base, (has_version ? "" : "/api/v4") + std::string(rest), where);
}

std::unexpected<error> unusable(const error& inner) { return fail(meaning, where, inner.detail); }

result<void> check_active(const json_object& user)
{
    const auto state = user.optional_text("state");
    if (!state)
        return unusable(state.error());
    if (*state && **state != "active")
        return fail(meaning, where, "the account is not active but " + oidc::in_quotes(**state, 32));
    return {};
}

result<void> copy_texts(const json_object& user, json& into)
{
    constexpr std::array<std::pair<const char*, const char*>, 4> members{
        {{"name", "name"}, {"email", "email"}, {"avatar_url", "picture"}, {"web_url", "profile"}}
    };
    for (const auto& [theirs, ours] : members)
    {
        const auto text = user.optional_text(theirs);
        if (!text)
            return unusable(text.error());
        if (*text && !(*text)->empty())
            into[ours] = **text;
    }
    const auto confirmed = user.optional_text("confirmed_at");
    if (!confirmed)
        return unusable(confirmed.error());
    if (into.contains("email"))
        into["email_verified"] = confirmed->has_value() && !(*confirmed)->empty();
    return {};
}

} // namespace

const dialect gitlab_dialect{where, advice};

http::owned_fields gitlab_fields(const secret& access_token)
{
    return {
        {"Authorization", "Bearer " + std::string(access_token.reveal())},
        {"Accept", "application/json"},
        {"User-Agent", "sekisho"},
    };
}

result<url> gitlab_user_address(const url& base) { return below(base, "/user"); }

result<url> gitlab_groups_address(const url& base)
{
    return below(base, "/groups?min_access_level=10&order_by=id&sort=asc&per_page=100");
}

result<json> read_gitlab_user(const net::incoming_response& answer, const oidc::issuer& issuer)
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
    const auto name = user->text("username");
    if (!name || name->empty())
        return name ? fail(meaning, where, "/user has an empty username") : unusable(name.error());
    if (const auto active = check_active(*user); !active)
        return std::unexpected(active.error());
    json made{{"iss", issuer.str()}, {"sub", id->dump()}, {"preferred_username", *name}};
    if (const auto copied = copy_texts(*user, made); !copied)
        return std::unexpected(copied.error());
    return made;
}

result<page> read_gitlab_groups(const net::incoming_response& answer, const url& asked)
{
    return linked_list(answer, asked, text_of_entry("full_path"), where);
}

} // namespace sekisho::directory

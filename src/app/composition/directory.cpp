// SPDX-License-Identifier: Apache-2.0
#include "app/composition/directory.hpp"

#include "directory/github_completion.hpp"
#include "directory/gitlab_completion.hpp"
#include "directory/google_completion.hpp"
#include "directory/graph_completion.hpp"
#include "settings/effective.hpp"

#include <string_view>
#include <utility>

namespace sekisho::app
{
namespace
{

using made_completion = result<std::unique_ptr<provider::completion>>;

// What one of them is made from.
struct ingredients
{
    const settings::oidc_settings& from;
    const provider::configuration& made;
    const provider::services& with;
    const file_reader& read;
};

url base_of(const ingredients& have, std::string_view public_one)
{
    return have.from.api_url ? *have.from.api_url : url::parse(public_one).value();
}

bool is_github(const settings::oidc_settings& from)
{
    return from.groups_from == settings::group_source::github || from.preset == settings::preset::github;
}

bool is_gitlab(const settings::oidc_settings& from)
{
    return from.groups_from == settings::group_source::gitlab || from.preset == settings::preset::gitlab;
}

made_completion graph_of(const ingredients& have)
{
    return std::make_unique<directory::graph_completion>(
        have.made.name,
        have.with,
        directory::graph_settings{.base = base_of(have, "https://graph.microsoft.com")}
    );
}

made_completion google_of(const ingredients& have)
{
    const auto& from = have.from;
    if (from.service_account.empty() || from.service_account_actor.empty())
        return fail(
            errc::value_malformed,
            from.service_account.empty() ? "service_account" : "service_account_actor",
            "groups_from google needs both service_account (its key file) and service_account_actor (the "
            "administrator it acts for)"
        );
    const auto text = have.read(from.service_account);
    if (!text)
        return fail(errc::value_malformed, "service_account", text.error().detail);
    auto account = directory::parse_service_account(secret(*text), have.made.transport);
    if (!account)
        return fail(errc::value_malformed, "service_account", account.error().detail);
    return std::make_unique<directory::google_completion>(
        have.made.name,
        have.with,
        directory::google_settings{
            .base = base_of(have, "https://admin.googleapis.com"),
            .account = std::move(*account),
            .actor = from.service_account_actor
        }
    );
}

made_completion github_of(const ingredients& have)
{
    return std::make_unique<directory::github_completion>(
        have.made.name,
        have.with,
        directory::github_settings{
            .base = base_of(have, "https://api.github.com"),
            .issuer = have.made.issuer.identifier,
            .groups = have.from.groups_from == settings::group_source::github
                          ? directory::github_groups::wanted
                          : directory::github_groups::unwanted
        }
    );
}

made_completion gitlab_of(const ingredients& have)
{
    return std::make_unique<directory::gitlab_completion>(
        have.made.name,
        have.with,
        directory::gitlab_settings{
            .base = base_of(have, have.made.issuer.identifier.view()),
            .issuer = have.made.issuer.identifier,
            .groups = have.from.groups_from == settings::group_source::gitlab
                          ? directory::gitlab_groups::wanted
                          : directory::gitlab_groups::unwanted
        }
    );
}

} // namespace

provider::protocol protocol_of(const settings::oidc_settings& from)
{
    return settings::is_oauth_only(from) ? provider::protocol::oauth2 : provider::protocol::openid_connect;
}

made_completion completion_of(
    const settings::oidc_settings& from,
    const provider::configuration& made,
    const provider::services& with,
    const file_reader& read
)
{
    const ingredients have{from, made, with, read};
    const bool needs_person = made.protocol == provider::protocol::oauth2;
    if (from.groups_from == settings::group_source::microsoft)
        return graph_of(have);
    if (from.groups_from == settings::group_source::google)
        return google_of(have);
    if (is_github(from) && (needs_person || from.groups_from == settings::group_source::github))
        return github_of(have);
    if (is_gitlab(from) && (needs_person || from.groups_from == settings::group_source::gitlab))
        return gitlab_of(have);
    return nullptr;
}

} // namespace sekisho::app

// SPDX-License-Identifier: Apache-2.0
#include "directory/gitlab_completion.hpp"

#include "directory/gitlab.hpp"
#include "directory/known_person.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace sekisho::directory
{

gitlab_completion::gitlab_completion(std::string provider_name, provider::services with, gitlab_settings what)
    : what_(std::move(what)), api_(std::move(provider_name), std::move(with), what_.limits),
      cache_(what_.cache_life)
{
}

net::task<result<oidc::claims>> gitlab_completion::complete(oidc::claims known, secret access_token)
{
    if (access_token.empty())
        co_return fail(
            errc::oidc_directory_failure,
            gitlab_dialect.where,
            "this sign-in has no access token to ask GitLab with: set oidc.auth_method to pkce or code"
        );
    lookup asking(api_, gitlab_dialect, gitlab_fields(access_token));
    if (known.subject().empty())
    {
        auto who = co_await person(asking);
        if (!who)
            co_return who;
        known = std::move(*who);
    }
    if (what_.groups == gitlab_groups::unwanted)
        co_return known;
    auto all = co_await completed_groups(asking, std::move(known));
    co_return all;
}

net::task<result<oidc::claims>> gitlab_completion::person(lookup& asking)
{
    auto address = gitlab_user_address(what_.base);
    if (!address)
        co_return std::unexpected(address.error());
    auto answer = co_await asking.get(std::move(*address));
    if (!answer)
        co_return std::unexpected(answer.error());
    auto made = read_gitlab_user(*answer, what_.issuer);
    if (!made)
        co_return std::unexpected(made.error());
    co_return oidc::claims::of(std::move(*made), gitlab_dialect.where);
}

net::task<result<oidc::claims>> gitlab_completion::completed_groups(lookup& asking, oidc::claims known)
{
    const auto who = person_of(known);
    if (const auto cached = cache_.find(who, api_.services.steady_now()))
        co_return with_groups(known, *cached);
    auto first = gitlab_groups_address(what_.base);
    if (!first)
        co_return std::unexpected(first.error());
    auto groups = co_await asking.all_pages(std::move(*first), read_gitlab_groups);
    if (!groups)
        co_return std::unexpected(groups.error());
    cache_.put(who, *groups, api_.services.steady_now());
    co_return with_groups(known, *groups);
}

} // namespace sekisho::directory

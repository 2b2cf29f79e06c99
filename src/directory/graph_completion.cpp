// SPDX-License-Identifier: Apache-2.0
#include "directory/graph_completion.hpp"

#include "directory/graph.hpp"
#include "directory/known_person.hpp"

#include <utility>

namespace sekisho::directory
{

graph_completion::graph_completion(std::string provider_name, provider::services with, graph_settings what)
    : what_(std::move(what)), api_(std::move(provider_name), std::move(with), what_.limits),
      cache_(what_.cache_life)
{
}

net::task<result<oidc::claims>> graph_completion::complete(oidc::claims known, secret access_token)
{
    if (!has_too_many_groups(known))
        co_return known;
    const auto who = person_of(known);
    if (const auto cached = cache_.find(who, api_.services.steady_now()))
        co_return with_groups(known, *cached);
    auto groups = co_await ask(std::move(access_token));
    if (!groups)
        co_return std::unexpected(groups.error());
    cache_.put(who, *groups, api_.services.steady_now());
    co_return with_groups(known, *groups);
}

net::task<result<std::vector<std::string>>> graph_completion::ask(secret access_token)
{
    if (access_token.empty())
        co_return fail(
            errc::oidc_directory_failure,
            graph_dialect.where,
            "the person is in too many groups for a token, and this sign-in has no access token to ask Graph "
            "with: set oidc.auth_method to pkce or code"
        );
    auto first = graph_groups_address(what_.base);
    if (!first)
        co_return std::unexpected(first.error());
    lookup asking(api_, graph_dialect, graph_fields(access_token));
    auto groups = co_await asking.all_pages(std::move(*first), read_graph_groups);
    co_return groups;
}

} // namespace sekisho::directory

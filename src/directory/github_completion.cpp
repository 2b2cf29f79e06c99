// SPDX-License-Identifier: Apache-2.0
#include "directory/github_completion.hpp"

#include "base/log.hpp"

#include <nlohmann/json.hpp>

#include <iterator>
#include <utility>

namespace sekisho::directory
{
namespace
{

// The same reader, with a word in the log about what the answer keeps back.
page_reader telling(page_reader read, std::string provider_name)
{
    return [read = std::move(read),
            name = std::move(provider_name)](const net::incoming_response& answer, const url& asked)
    {
        if (const auto hidden = github_hidden_organisations(answer); !hidden.empty())
            log::warning(
                "provider.directory_partial", {{"provider", name}, {"organizations_without_sso", hidden}}
            );
        return read(answer, asked);
    };
}

} // namespace

github_completion::github_completion(std::string provider_name, provider::services with, github_settings what)
    : what_(std::move(what)), api_(std::move(provider_name), std::move(with), what_.limits)
{
}

net::task<result<oidc::claims>> github_completion::complete(oidc::claims, secret access_token)
{
    lookup asking(api_, github_dialect, github_fields(access_token));
    auto made = co_await person(asking);
    if (!made)
        co_return std::unexpected(made.error());
    if (what_.groups == github_groups::wanted)
    {
        auto all = co_await groups(asking);
        if (!all)
            co_return std::unexpected(all.error());
        (*made)["groups"] = std::move(*all);
    }
    co_return oidc::claims::of(std::move(*made), github_dialect.where);
}

net::task<result<json>> github_completion::person(lookup& asking)
{
    auto address = address_below(what_.base, "/user", github_dialect.where);
    if (!address)
        co_return std::unexpected(address.error());
    auto answer = co_await asking.get(std::move(*address));
    if (!answer)
        co_return std::unexpected(answer.error());
    if (const auto scopes = check_github_scopes(*answer, what_.groups); !scopes)
        co_return std::unexpected(scopes.error());
    auto made = read_github_user(*answer, what_.issuer);
    if (!made)
        co_return made;
    auto addresses = co_await list(asking, "/user/emails", read_github_emails);
    if (!addresses)
        co_return std::unexpected(addresses.error());
    if (!addresses->empty())
    {
        (*made)["email"] = addresses->front();
        (*made)["email_verified"] = true;
    }
    co_return made;
}

net::task<result<std::vector<std::string>>> github_completion::groups(lookup& asking)
{
    auto all = co_await list(asking, "/user/orgs", read_github_organisations);
    if (!all)
        co_return all;
    auto teams = co_await list(asking, "/user/teams", read_github_teams);
    if (!teams)
        co_return teams;
    std::ranges::move(*teams, std::back_inserter(*all));
    co_return all;
}

net::task<result<std::vector<std::string>>>
github_completion::list(lookup& asking, std::string path, page_reader read)
{
    auto first = address_below(what_.base, path.append("?per_page=100"), github_dialect.where);
    if (!first)
        co_return std::unexpected(first.error());
    auto all =
        co_await asking.all_pages(std::move(*first), telling(std::move(read), api_.calls.provider_name()));
    co_return all;
}

} // namespace sekisho::directory

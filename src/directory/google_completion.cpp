// SPDX-License-Identifier: Apache-2.0
#include "directory/google_completion.hpp"

#include "directory/google.hpp"
#include "directory/known_person.hpp"

#include <utility>

namespace sekisho::directory
{
namespace
{

constexpr std::chrono::seconds spare{60}; // a token is not used in its last minute

} // namespace

google_completion::google_completion(std::string provider_name, provider::services with, google_settings what)
    : what_(std::move(what)), api_(std::move(provider_name), std::move(with), what_.limits),
      cache_(what_.cache_life)
{
}

net::task<result<oidc::claims>> google_completion::complete(oidc::claims known, secret)
{
    const auto who = person_of(known);
    if (const auto cached = cache_.find(who, api_.services.steady_now()))
        co_return with_groups(known, *cached);
    auto groups = co_await ask(who.subject);
    if (!groups)
        co_return std::unexpected(groups.error());
    cache_.put(who, *groups, api_.services.steady_now());
    co_return with_groups(known, *groups);
}

net::task<result<std::vector<std::string>>> google_completion::ask(oidc::subject who)
{
    auto first = google_groups_address(what_.base, who);
    if (!first)
        co_return std::unexpected(first.error());
    auto access = co_await token();
    if (!access)
        co_return std::unexpected(access.error());
    lookup asking(api_, google_dialect, google_fields(*access));
    auto groups = co_await asking.all_pages(*first, google_groups_reader(*first));
    if (!groups)
        token_ = secret(); // it may have been revoked: the next sign-in takes a new one
    co_return groups;
}

net::task<result<secret>> google_completion::token()
{
    if (!token_.empty() && api_.services.steady_now() < token_end_)
        co_return token_;
    auto granted = co_await fetch_token();
    if (!granted)
        co_return std::unexpected(granted.error());
    token_ = granted->value;
    token_end_ = api_.services.steady_now() + granted->life - spare;
    co_return token_;
}

net::task<result<granted_token>> google_completion::fetch_token()
{
    auto form = grant_form(what_.account, what_.actor, api_.services.now());
    if (!form)
        co_return fail(errc::oidc_directory_failure, google_token_dialect.where, form.error().detail);
    lookup asking(api_, google_token_dialect, {{"Accept", "application/json"}, {"User-Agent", "sekisho"}});
    auto answer = co_await asking.post(what_.account.token_address, std::move(*form));
    if (!answer)
        co_return std::unexpected(answer.error());
    co_return read_granted_token(answer->body);
}

} // namespace sekisho::directory

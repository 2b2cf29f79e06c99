// SPDX-License-Identifier: Apache-2.0
#include "provider/provider.hpp"

#include "net/run_on.hpp"
#include "provider/authorization_address.hpp"
#include "provider/logout_check.hpp"
#include "provider/response_check.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::provider
{

provider::provider(configuration what, services with, std::unique_ptr<completion> completes)
    : what_(std::move(what)), with_(std::move(with)), calls_(what_, with_), metadata_(what_, with_, calls_),
      keys_(what_, with_, calls_, metadata_), credentials_(what_, with_), decrypts_(what_.decryption_key),
      channel_(what_, calls_, credentials_), completes_(std::move(completes))
{
}

net::task<result<std::shared_ptr<const oidc::metadata>>> provider::metadata()
{
    if (auto known = metadata_.peek())
        co_return known;
    auto outcome = co_await net::run_on(with_.home, metadata_.get());
    co_return outcome;
}

net::task<result<std::shared_ptr<const oidc::key_set>>> provider::keys()
{
    if (auto known = keys_.peek())
        co_return known;
    auto outcome = co_await net::run_on(with_.home, keys_.get());
    co_return outcome;
}

net::task<result<std::string>> provider::authorization_address(
    std::shared_ptr<const oidc::metadata> metadata,
    oidc::authorization_request request,
    std::shared_ptr<journal> record
)
{
    auto thumbprint = credentials_.dpop().thumbprint(*metadata);
    if (!thumbprint)
        co_return std::unexpected(
            translated(thumbprint.error(), errc::oidc_login_error, thumbprint.error().where)
        );
    request.dpop_jkt = std::move(*thumbprint);
    if (goes_plainly(what_, *metadata))
        co_return oidc::to_url(metadata->authorization_endpoint, request);
    auto work = sekisho::provider::authorization_address(
        {what_, with_, channel_, credentials_, pushed_, keys_},
        std::move(metadata),
        std::move(request),
        std::move(record)
    );
    auto outcome = co_await net::run_on(with_.home, std::move(work));
    co_return outcome;
}

net::task<result<oidc::parameters>> provider::open_response(std::string jwt)
{
    auto work = sekisho::provider::open_response(parts(), std::move(jwt));
    auto outcome = co_await net::run_on(with_.home, std::move(work));
    co_return outcome;
}

net::task<result<verified_sign_in>>
provider::verify(oidc::authorization_grant grant, sign_in_expectations expected)
{
    auto work = sekisho::provider::verify(parts(), std::move(grant), std::move(expected));
    auto outcome = co_await net::run_on(with_.home, std::move(work));
    co_return outcome;
}

net::task<result<renewed_sign_in>> provider::renew(secret refresh_token, renewal_expectations expected)
{
    auto work = sekisho::provider::renew(parts(), std::move(refresh_token), std::move(expected));
    auto outcome = co_await net::run_on(with_.home, std::move(work));
    co_return outcome;
}

net::task<result<renewed_sign_in>> provider::recheck(secret access_token, renewal_expectations expected)
{
    auto work = sekisho::provider::recheck(parts(), std::move(access_token), std::move(expected));
    auto outcome = co_await net::run_on(with_.home, std::move(work));
    co_return outcome;
}

net::task<result<void>> provider::revoke(secret token, oidc::token_hint what)
{
    if (token.empty())
        co_return result<void>();
    auto known = co_await metadata();
    if (!known)
        co_return std::unexpected(
            translated(known.error(), errc::oidc_revocation_failure, "revocation_endpoint")
        );
    auto work = channel_.revoke(std::move(*known), std::move(token), what);
    auto outcome = co_await net::run_on(with_.home, std::move(work));
    co_return outcome;
}

net::task<result<oidc::logout_token>> provider::check_logout_token(std::string token)
{
    auto work = sekisho::provider::check_logout_token(parts(), std::move(token));
    auto outcome = co_await net::run_on(with_.home, std::move(work));
    co_return outcome;
}

std::vector<error> provider::credential_problems()
{
    auto found = credentials_.problems();
    if (const auto keys = all_decryption_keys(); !keys)
        found.push_back(keys.error());
    return found;
}

net::task<void> provider::run()
{
    const auto waiting = std::make_shared<net::wake_up>(with_.home);
    waiting_ = waiting;
    while (!is_stopping_)
    {
        co_await metadata_.refresh_if_due();
        if (what_.protocol == protocol::openid_connect)
            co_await keys_.refresh_if_due();
        if (is_stopping_)
            break;
        waiting->expires_after(idle_time());
        auto [woken] = co_await waiting->async_wait(net::in_tuple);
        if (woken)
            break;
    }
}

void provider::stop()
{
    is_stopping_ = true;
    if (const auto waiting = waiting_.lock())
        waiting->cancel();
}

std::chrono::milliseconds provider::idle_time() const
{
    auto next = metadata_.next_attempt();
    if (metadata_.peek() && what_.protocol == protocol::openid_connect)
        next = std::min(next, keys_.next_attempt());
    constexpr steady_time::duration longest = std::chrono::hours(1); // what is given is never due
    const auto left = std::min(next - with_.steady_now(), longest);
    return std::max(std::chrono::ceil<std::chrono::milliseconds>(left), std::chrono::milliseconds(1));
}

} // namespace sekisho::provider

// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_out/token_revocation.hpp"

#include "base/log.hpp"

#include <string>
#include <utility>

namespace sekisho::gateway
{
namespace
{

// It owns all it needs: the request is over before it is.
net::task<void> revoke(
    std::shared_ptr<provider::provider> at, secret refresh_token, secret access_token, std::string request_id
)
{
    // The refresh token first: with it, providers take back the access tokens that came of it (RFC
    // 7009, 2.1).
    auto refresh = co_await at->revoke(std::move(refresh_token), oidc::token_hint::refresh_token);
    if (!refresh)
        log::failure(
            "token_not_revoked", refresh.error(), {{"provider", at->name()}, {"request_id", request_id}}
        );
    auto access = co_await at->revoke(std::move(access_token), oidc::token_hint::access_token);
    if (!access)
        log::failure(
            "token_not_revoked", access.error(), {{"provider", at->name()}, {"request_id", request_id}}
        );
}

} // namespace

void revoke_tokens(std::shared_ptr<provider::provider> at, const context& about, const background& later)
{
    if (!about.session || !at || at->settings().revokes != provider::revocation::at_sign_out)
        return;
    const auto& here = about.session->value;
    if (here.refresh_token.empty() && here.access_token.empty())
        return;
    later(
        "revoke tokens",
        revoke(std::move(at), here.refresh_token, here.access_token, std::string(about.request_id))
    );
}

} // namespace sekisho::gateway

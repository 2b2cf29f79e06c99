// SPDX-License-Identifier: Apache-2.0
#include "provider/back_channel.hpp"

#include "oidc/client_authentication.hpp"
#include "oidc/userinfo.hpp"

#include <utility>

namespace sekisho::provider
{
namespace
{

net::outgoing_request to_call(oidc::form_request form)
{
    auto text = oidc::body(form);
    return {
        .method = "POST",
        .target = std::move(form.endpoint),
        .fields = std::move(form.fields),
        .body = std::move(text)
    };
}

} // namespace

net::task<result<oidc::token_response>>
back_channel::redeem(std::shared_ptr<const oidc::metadata> metadata, oidc::code_grant grant)
{
    constexpr auto meaning = errc::oidc_code_exchange_failure;
    if (!metadata->token_endpoint)
        co_return fail(meaning, "token_endpoint", "the provider's metadata has no token_endpoint");
    const auto method = oidc::choose_client_authentication(
        what_.authentication, what_.client_secret, metadata->token_endpoint_auth_methods
    );
    if (!method)
        co_return std::unexpected(method.error());
    const oidc::client_credentials client{what_.client, what_.client_secret, *method};
    auto request = to_call(oidc::code_request(*metadata->token_endpoint, client, grant));
    auto answer = co_await calls_.send(call::token, std::move(request));
    if (!answer)
        co_return std::unexpected(translated(answer.error(), meaning, "token_endpoint"));
    const auto need =
        what_.protocol == protocol::oauth2 ? oidc::id_token_need::optional : oidc::id_token_need::required;
    co_return oidc::parse_token_response(
        answer->status, field_of(*answer, "Content-Type"), answer->body, need
    );
}

net::task<result<oidc::claims>> back_channel::userinfo(
    std::shared_ptr<const oidc::metadata> metadata, secret access_token, oidc::subject expected
)
{
    constexpr auto meaning = errc::oidc_userinfo_failure;
    if (!metadata->userinfo_endpoint)
        co_return fail(
            meaning,
            "userinfo_endpoint",
            "the provider's metadata has no userinfo_endpoint: set oidc.userinfo to auto or never"
        );
    net::outgoing_request request{
        .method = "GET",
        .target = *metadata->userinfo_endpoint,
        .fields = oidc::userinfo_fields(access_token),
        .body = {}
    };
    auto answer = co_await calls_.send(call::userinfo, std::move(request));
    if (!answer)
        co_return std::unexpected(translated(answer.error(), meaning, "userinfo_endpoint"));
    co_return oidc::parse_userinfo(answer->status, field_of(*answer, "Content-Type"), answer->body, expected);
}

} // namespace sekisho::provider

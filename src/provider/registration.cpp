// SPDX-License-Identifier: Apache-2.0
#include "provider/registration.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace sekisho::provider
{
namespace
{

net::task<result<net::incoming_response>> ask(caller& calls, oidc::registration_request request)
{
    net::outgoing_request outgoing{
        .method = std::string(request.method),
        .target = std::move(request.endpoint),
        .fields = std::move(request.fields),
        .body = std::move(request.body)
    };
    auto answer = co_await calls.send(call::registration, std::move(outgoing));
    if (!answer)
        co_return std::unexpected(
            translated(answer.error(), errc::oidc_provider_unavailable, "registration_endpoint")
        );
    co_return answer;
}

} // namespace

net::task<result<oidc::registered_client>>
create_client(caller& calls, url endpoint, json metadata, secret initial_access_token)
{
    auto answer = co_await ask(calls, oidc::register_client(endpoint, metadata, initial_access_token));
    if (!answer)
        co_return std::unexpected(answer.error());
    co_return oidc::read_registration(
        answer->status, answer->body, oidc::registration_step::creation, metadata
    );
}

net::task<result<oidc::registered_client>>
update_client(caller& calls, oidc::kept_registration client, json metadata)
{
    auto answer = co_await ask(calls, oidc::update_client(client, metadata));
    if (!answer)
        co_return std::unexpected(answer.error());
    co_return oidc::read_registration(
        answer->status, answer->body, oidc::registration_step::update, metadata
    );
}

net::task<result<void>> delete_client(caller& calls, oidc::kept_registration client)
{
    auto answer = co_await ask(calls, oidc::delete_client(client));
    if (!answer)
        co_return std::unexpected(answer.error());
    co_return oidc::read_deletion(answer->status, answer->body);
}

} // namespace sekisho::provider

// SPDX-License-Identifier: Apache-2.0
#include "provider/authorization_address.hpp"

#include "oidc/pushed_request.hpp"
#include "oidc/query.hpp"
#include "oidc/request_object.hpp"

#include <utility>

namespace sekisho::provider
{
namespace
{

bool signs(const configuration& what) noexcept { return is_signed(what.wishes.object); }

using metadata_ptr = std::shared_ptr<const oidc::metadata>;

// Never without the encryption that was wished for: where it cannot be done there is no request.
net::task<result<std::string>> sealed(address_parts parts, metadata_ptr metadata, std::string object)
{
    if (parts.what.wishes.object != request_object::encrypted)
        co_return object;
    auto keys = co_await parts.keys.get();
    if (!keys)
        co_return std::unexpected(translated(keys.error(), errc::oidc_login_error, "oidc.request_object"));
    co_return parts.proofs.encrypted_object(object, *metadata, **keys);
}

net::task<result<oidc::parameters>>
what_is_said(address_parts parts, metadata_ptr metadata, const oidc::authorization_request& request)
{
    if (!signs(parts.what))
        co_return oidc::parameters_of(request);
    auto object = parts.proofs.request_object(*metadata, request);
    if (!object)
        co_return std::unexpected(object.error());
    auto ready = co_await sealed(parts, metadata, std::move(*object));
    if (!ready)
        co_return std::unexpected(ready.error());
    co_return oidc::with_request_object(request, std::move(*ready));
}

// RFC 9126, 3: inside a pushed request nothing stands beside the object.
oidc::parameters only_object(oidc::parameters all)
{
    std::erase_if(all, [](const oidc::parameter& each) { return each.name != "request"; });
    return all;
}

net::task<result<oidc::pushed_response>>
push(address_parts parts, metadata_ptr metadata, oidc::parameters said, std::shared_ptr<journal> record)
{
    if (auto free = parts.limit.begin(parts.with.steady_now()); !free)
        co_return std::unexpected(free.error());
    auto answer = co_await parts.channel.push(std::move(metadata), std::move(said), record.get());
    auto outcome = answer ? result<void>() : std::unexpected(answer.error());
    parts.limit.finished(outcome, parts.with.steady_now());
    co_return answer;
}

} // namespace

bool pushes(const configuration& what, const oidc::metadata& metadata) noexcept
{
    if (what.wishes.pushed == pushing::automatic)
        return metadata.requires_pushed_requests == oidc::support::yes;
    return what.wishes.pushed == pushing::always;
}

bool goes_plainly(const configuration& what, const oidc::metadata& metadata) noexcept
{
    return !signs(what) && !pushes(what, metadata);
}

bool is_hidden_from_browser(const configuration& what, const oidc::metadata& metadata) noexcept
{
    return pushes(what, metadata) || what.wishes.object == request_object::encrypted;
}

net::task<result<std::string>> authorization_address(
    address_parts parts,
    std::shared_ptr<const oidc::metadata> metadata,
    oidc::authorization_request request,
    std::shared_ptr<journal> record
)
{
    auto said = co_await what_is_said(parts, metadata, request);
    if (!said)
        co_return std::unexpected(said.error());
    const auto& endpoint = metadata->authorization_endpoint;
    if (!pushes(parts.what, *metadata))
        co_return oidc::with_parameters(endpoint, *said);
    if (signs(parts.what))
        said = only_object(std::move(*said));
    auto pushed = co_await push(parts, metadata, std::move(*said), std::move(record));
    if (!pushed)
        co_return std::unexpected(pushed.error());
    co_return oidc::with_parameters(
        endpoint, oidc::by_reference(request.client, std::move(pushed->request_uri))
    );
}

} // namespace sekisho::provider

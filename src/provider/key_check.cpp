// SPDX-License-Identifier: Apache-2.0
#include "provider/key_check.hpp"

#include <algorithm>

namespace sekisho::provider
{
namespace
{

bool may_have_new_key(const configuration& what, const oidc::jwt_header& header)
{
    return !crypto::is_symmetric(header.alg) &&
           std::ranges::find(what.algorithms, header.alg) != what.algorithms.end();
}

} // namespace

net::task<result<oidc::claims>> with_provider_keys(
    verification_parts parts, oidc::jwt_header header, std::string_view bad_signature, key_attempt attempt
)
{
    const auto with_set = [&](const oidc::key_set& keys)
    { return attempt(oidc::choose_keys(header, keys, parts.what.client_secret)); };
    if (!may_have_new_key(parts.what, header))
        co_return with_set({});
    auto keys = co_await parts.keys.get();
    if (!keys)
        co_return std::unexpected(keys.error());
    auto claims = with_set(**keys);
    if (claims || claims.error().where != bad_signature)
        co_return claims;
    auto newer = co_await parts.keys.newer_than(*keys);
    if (!newer)
        co_return std::unexpected(newer.error());
    if (*newer == *keys)
        co_return claims;
    co_return with_set(**newer);
}

} // namespace sekisho::provider

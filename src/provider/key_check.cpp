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

// A provider that publishes none is not asked for keys, so what only they could check is refused.
result<oidc::claims> without_keys(result<oidc::claims> claims, std::string_view bad_signature)
{
    if (!claims && claims.error().where == bad_signature)
        claims.error().detail += "; oidc.id_token_signature is tls, so no key of this provider is known";
    return claims;
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
    if (parts.what.signature == signature_need::believed_for_tls)
        co_return without_keys(with_set({}), bad_signature);
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

// SPDX-License-Identifier: Apache-2.0
#include "oidc/access_token.hpp"

#include "base/encoding.hpp"
#include "crypto/jws.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace sekisho::oidc
{
namespace
{

constexpr std::string_view where = "access_token";

std::unexpected<error> unreadable(std::string fault)
{
    return fail(errc::value_malformed, where, std::move(fault));
}

} // namespace

result<claims>
read_access_token(const secret& access_token, std::span<const crypto::algorithm> allowed, const key_set& keys)
{
    if (access_token.empty())
        return unreadable("is missing");
    const auto jws = crypto::take_apart(access_token.reveal());
    if (!jws)
        return unreadable("is not a signed JWT (" + jws.error().detail + ")");
    if (crypto::is_symmetric(jws->alg) || std::ranges::find(allowed, jws->alg) == allowed.end())
        return unreadable("is signed with " + std::string(crypto::name(jws->alg)) + ", which is not allowed");
    const auto candidates = keys.choose(jws->kid, jws->alg);
    if (std::ranges::none_of(candidates, [&](const auto& key) { return crypto::verify(*jws, key); }))
        return fail(
            errc::value_malformed,
            candidates.empty() ? unknown_access_token_key : where,
            "was signed by none of the provider's published keys"
        );
    auto inside = claims::parse(as_text(jws->payload), where);
    if (!inside)
        return unreadable("holds no JSON object");
    return inside;
}

} // namespace sekisho::oidc

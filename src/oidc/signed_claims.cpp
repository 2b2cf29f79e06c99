// SPDX-License-Identifier: Apache-2.0
#include "oidc/signed_claims.hpp"

#include "base/encoding.hpp"
#include "crypto/jws.hpp"
#include "oidc/foreign.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::oidc
{
namespace
{

std::string listed(std::span<const crypto::algorithm> all)
{
    std::string text;
    for (const auto each : all)
        text.append(text.empty() ? "" : ", ").append(crypto::name(each));
    return text.empty() ? "none" : text;
}

result<crypto::compact_jws>
take_apart_allowed(std::string_view jwt, const token_kind& kind, std::span<const crypto::algorithm> allowed)
{
    auto jws = crypto::take_apart(jwt);
    if (!jws)
        return translated(jws.error(), kind.failure, kind.where);
    if (!crypto::allows(allowed, jws->alg))
        return fail(
            kind.failure,
            kind.alg,
            "is " + std::string(crypto::name(jws->alg)) + ", allowed are: " + listed(allowed)
        );
    return jws;
}

} // namespace

std::vector<crypto::verification_key>
choose_keys(const jwt_header& header, const key_set& keys, const secret& client_secret)
{
    if (!crypto::is_symmetric(header.alg))
        return keys.choose(header.kid, header.alg);
    if (client_secret.empty())
        return {};
    return {crypto::verification_key::from_secret(client_secret)};
}

result<jwt_header> inspect(std::string_view jwt, const token_kind& kind)
{
    const auto jws = crypto::take_apart(jwt);
    if (!jws)
        return translated(jws.error(), kind.failure, kind.where);
    return jwt_header{jws->alg, jws->kid};
}

result<signed_claims> read_signed_claims(
    std::string_view jwt,
    const token_kind& kind,
    std::span<const crypto::algorithm> allowed,
    std::span<const crypto::verification_key> keys
)
{
    const auto jws = take_apart_allowed(jwt, kind, allowed);
    if (!jws)
        return std::unexpected(jws.error());
    const auto key = std::ranges::find_if(
        keys, [&](const crypto::verification_key& each) { return crypto::verify(*jws, each); }
    );
    if (key == keys.end())
        return fail(
            kind.failure,
            kind.signature,
            std::string(crypto::name(jws->alg)) + ", kid " + in_quotes(jws->kid.value_or(""), 64) +
                ": none of " + std::to_string(keys.size()) + " keys made this signature"
        );
    auto received = claims::parse(as_text(jws->payload), kind.where);
    if (!received)
        return translated(received.error(), kind.failure, kind.where);
    return signed_claims{std::move(*received), jws->alg, *key, jws->typ};
}

result<believed_claims>
read_believed_claims(std::string_view jwt, const token_kind& kind, std::span<const crypto::algorithm> allowed)
{
    const auto jws = take_apart_allowed(jwt, kind, allowed);
    if (!jws)
        return std::unexpected(jws.error());
    if (crypto::is_symmetric(jws->alg))
        return fail(
            kind.failure,
            kind.alg,
            "is " + std::string(crypto::name(jws->alg)) + ", which the client secret checks"
        );
    auto received = claims::parse(as_text(jws->payload), kind.where);
    if (!received)
        return translated(received.error(), kind.failure, kind.where);
    return believed_claims{std::move(*received), jws->alg, jws->typ};
}

} // namespace sekisho::oidc

// SPDX-License-Identifier: Apache-2.0
#include "provider/id_token_check.hpp"

#include "provider/key_check.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace sekisho::provider
{
namespace
{

// The scheme that is dialled counts, not the one that the metadata says.
result<void>
check_dialled(const configuration& what, const std::optional<url>& address, std::string_view name)
{
    if (!address)
        return {};
    const auto dialled = address_for_us(what.reach, what.issuer, *address);
    if (dialled.is_https())
        return {};
    return fail(
        errc::oidc_generic_token_failure,
        oidc::bad_signature,
        "is not checked (oidc.id_token_signature is tls), and " + std::string(name) + " is called at " +
            dialled.origin() + ", without TLS"
    );
}

// Core 3.1.3.7, 6. What UserInfo says has to be as good, for it is what confirms the token.
result<void> check_way(const configuration& what, const oidc::metadata& metadata)
{
    for (const auto* const address : {&metadata.token_endpoint, &metadata.mtls.token_endpoint})
        if (auto good = check_dialled(what, *address, "token_endpoint"); !good)
            return good;
    for (const auto* const address : {&metadata.userinfo_endpoint, &metadata.mtls.userinfo_endpoint})
        if (auto good = check_dialled(what, *address, "userinfo_endpoint"); !good)
            return good;
    return {};
}

// Keyed by our own secret: then there is a key after all.
bool has_our_key(const configuration& what, const oidc::jwt_header& header)
{
    return crypto::is_symmetric(header.alg) &&
           std::ranges::find(what.algorithms, header.alg) != what.algorithms.end();
}

result<oidc::claims> check_believed(
    const verification_parts& parts,
    const received_id_token& token,
    const oidc::id_token_expectations& expected
)
{
    if (token.from != id_token_origin::token_endpoint)
        return fail(
            errc::oidc_generic_token_failure,
            oidc::bad_signature,
            "cannot be checked (oidc.id_token_signature is tls), and the token came through the browser"
        );
    if (const auto good = check_way(parts.what, *token.metadata); !good)
        return std::unexpected(good.error());
    return oidc::validate_believed_id_token(token.text, expected, parts.with.now());
}

} // namespace

bool is_believed(const configuration& what, std::string_view id_token, id_token_origin from)
{
    if (what.signature != signature_need::believed_for_tls || from != id_token_origin::token_endpoint)
        return false;
    const auto header = oidc::inspect(id_token);
    return header && !has_our_key(what, *header);
}

net::task<result<oidc::claims>>
check_id_token(verification_parts parts, received_id_token token, oidc::id_token_expectations expected)
{
    const auto header = oidc::inspect(token.text);
    if (!header)
        co_return std::unexpected(header.error());
    if (parts.what.signature == signature_need::believed_for_tls && !has_our_key(parts.what, *header))
        co_return check_believed(parts, token, expected);
    key_attempt attempt = [&](std::span<const crypto::verification_key> keys)
    { return oidc::validate_id_token(token.text, expected, keys, parts.with.now()); };
    auto claims = co_await with_provider_keys(parts, *header, oidc::bad_signature, std::move(attempt));
    co_return claims;
}

} // namespace sekisho::provider

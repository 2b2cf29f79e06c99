// SPDX-License-Identifier: Apache-2.0
#include "provider/response_check.hpp"

#include "crypto/jwe.hpp"
#include "oidc/response_jwt.hpp"
#include "provider/decryption.hpp"
#include "provider/key_check.hpp"
#include "provider/token_expectations.hpp"

#include <utility>

namespace sekisho::provider
{

result<std::string> signed_response(const registry& all, std::string response)
{
    if (!crypto::is_encrypted(response))
        return response;
    auto inside = without_encryption(std::move(response), decryption_keys_of(all), encrypted_response);
    if (!inside)
        return inside;
    if (const auto header = oidc::inspect_response(*inside); !header)
        return std::unexpected(header.error());
    return inside;
}

net::task<result<oidc::parameters>> open_response(verification_parts parts, std::string jwt)
{
    const auto header = oidc::inspect_response(jwt);
    if (!header)
        co_return std::unexpected(header.error());
    auto metadata = co_await parts.metadata.get();
    if (!metadata)
        co_return std::unexpected(metadata.error());
    const auto expected = token_expectations(parts.what, **metadata);
    oidc::parameters inside;
    key_attempt attempt = [&](std::span<const crypto::verification_key> keys) -> result<oidc::claims>
    {
        auto valid = oidc::validate_response(jwt, expected, keys, parts.with.now());
        if (!valid)
            return std::unexpected(valid.error());
        inside = *std::move(valid);
        return oidc::claims(); // all of it is in the parameters
    };
    auto outcome =
        co_await with_provider_keys(parts, *header, oidc::bad_response_signature, std::move(attempt));
    if (!outcome)
        co_return std::unexpected(outcome.error());
    co_return inside;
}

} // namespace sekisho::provider

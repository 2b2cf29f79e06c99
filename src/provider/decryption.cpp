// SPDX-License-Identifier: Apache-2.0
#include "provider/decryption.hpp"

#include "crypto/jwe.hpp"
#include "oidc/foreign.hpp"

#include <utility>

namespace sekisho::provider
{
namespace
{

std::unexpected<error> refused(const encrypted_kind& kind, std::string detail)
{
    return fail(kind.failure, kind.where, std::move(detail));
}

std::string how(const crypto::compact_jwe& jwe)
{
    return std::string(name(jwe.alg)) + ", " + std::string(name(jwe.enc)) + ", kid " +
           oidc::in_quotes(jwe.kid.value_or(""), 64);
}

} // namespace

result<std::string> without_encryption(
    std::string text, const result<std::vector<crypto::decryption_key>>& keys, const encrypted_kind& kind
)
{
    if (!crypto::is_encrypted(text))
        return text;
    if (!keys)
        return refused(kind, keys.error().detail);
    const auto jwe = crypto::take_apart_encrypted(text);
    if (!jwe)
        return refused(kind, jwe.error().detail);
    if (keys->empty())
        return refused(
            kind,
            "is encrypted (" + how(*jwe) +
                "), and there is no key to decrypt it: set oidc.decryption_key, or have the provider send it "
                "without encryption"
        );
    const auto content = crypto::decrypt(*jwe, *keys);
    if (!content)
        return refused(
            kind,
            how(*jwe) + ": " + content.error().detail +
                "; does the provider have the key that we publish now (server.jwks_path)?"
        );
    return std::string(content->reveal());
}

result<std::string>
signed_id_token(std::string id_token, const configuration& what, decryption_keys& keys, time_point now)
{
    if (what.encryption == encryption_need::required && !crypto::is_encrypted(id_token))
        return refused(
            encrypted_id_token,
            "is not encrypted, which oidc.require_encryption demands: register an encryption algorithm for "
            "ID "
            "tokens at the provider"
        );
    return without_encryption(std::move(id_token), keys.all(now), encrypted_id_token);
}

} // namespace sekisho::provider

// SPDX-License-Identifier: Apache-2.0
#include "oidc/request_object_encryption.hpp"

#include "crypto/jwe_encrypt.hpp"
#include "oidc/foreign.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace sekisho::oidc
{
namespace
{

constexpr std::string_view where = "request_object.encryption";

// Most wanted first. OAEP with SHA-1 is as good here, but not allowed everywhere.
constexpr std::array managements{
    crypto::key_management::rsa_oaep_256,
    crypto::key_management::rsa_oaep,
    crypto::key_management::ecdh_es,
    crypto::key_management::ecdh_es_a256kw,
    crypto::key_management::ecdh_es_a128kw,
};
constexpr std::array encryptions{
    crypto::content_encryption::a256gcm,
    crypto::content_encryption::a128gcm,
    crypto::content_encryption::a256cbc_hs512,
    crypto::content_encryption::a128cbc_hs256,
};

template <class Algorithm>
bool lists(const std::vector<std::string>& names, Algorithm one)
{
    return std::ranges::find(names, crypto::name(one)) != names.end();
}

bool is_good(const crypto::encryption_key& key, time_point now)
{
    return key.not_before().value_or(now) <= now && (!key.expiry() || *key.expiry() > now);
}

std::vector<crypto::encryption_key> newest_first(std::span<const crypto::encryption_key> keys, time_point now)
{
    std::vector<crypto::encryption_key> made;
    for (const auto& each : keys)
    {
        // nullopt is less than every time.
        const auto place = std::ranges::upper_bound(
            made, each.not_before(), std::ranges::greater(), &crypto::encryption_key::not_before
        );
        if (is_good(each, now))
            made.insert(place, each);
    }
    return made;
}

std::optional<crypto::key_management>
algorithm_for(const crypto::encryption_key& key, const std::vector<std::string>& announced)
{
    for (const auto each : managements)
        if (key.takes(each) && (announced.empty() || lists(announced, each)))
            return each;
    return std::nullopt;
}

std::optional<crypto::content_encryption> encryption_of(const std::vector<std::string>& announced)
{
    if (announced.empty())
        return crypto::content_encryption::a128cbc_hs256;
    const auto* const found =
        std::ranges::find_if(encryptions, [&](auto each) { return lists(announced, each); });
    return found == encryptions.end() ? std::nullopt : std::optional(*found);
}

std::string described(std::span<const crypto::encryption_key> keys)
{
    std::string text;
    for (const auto& each : keys)
    {
        text.append(text.empty() ? "" : ", ").append(each.family());
        if (each.alg())
            text.append(" for ").append(crypto::name(*each.alg()));
    }
    return text;
}

} // namespace

result<object_encryption> choose_object_encryption(
    std::span<const crypto::encryption_key> keys, const metadata& provider, time_point now
)
{
    const auto good = newest_first(keys, now);
    if (good.empty())
        return fail(
            errc::value_malformed,
            where,
            keys.empty() ? "the provider's key set has no key for encryption (use \"enc\") that we can use"
                         : "the provider's keys for encryption are all expired, or for later"
        );
    const auto enc = encryption_of(provider.request_object_content_encryptions);
    if (!enc)
        return fail(
            errc::value_malformed,
            where,
            "request_object_encryption_enc_values_supported is " +
                in_quotes(provider.request_object_content_encryptions) + "; ours are " +
                crypto::content_encryption_names()
        );
    for (const auto& each : good)
        if (const auto alg = algorithm_for(each, provider.request_object_key_managements))
            return object_encryption{each, *alg, *enc};
    return fail(
        errc::value_malformed,
        where,
        "request_object_encryption_alg_values_supported is " +
            in_quotes(provider.request_object_key_managements) + ", of which none is ours (" +
            crypto::key_management_names() + ") and goes with a key of the provider's for encryption (" +
            described(good) + ")"
    );
}

result<std::string> encrypt_request_object(
    std::string_view signed_object, const object_encryption& how, crypto::random_source& random
)
{
    return crypto::encrypt_compact(signed_object, how.key, {how.alg, how.enc, "JWT"}, random);
}

std::string to_text(const object_encryption& how)
{
    std::string text(crypto::name(how.alg));
    text.append(", ").append(crypto::name(how.enc));
    if (how.key.kid())
        text += ", kid " + in_quotes(*how.key.kid(), 64);
    return text;
}

} // namespace sekisho::oidc

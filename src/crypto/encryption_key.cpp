// SPDX-License-Identifier: Apache-2.0
#include "crypto/encryption_key.hpp"

#include "crypto/agreement.hpp"
#include "crypto/jwk_key.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace sekisho::crypto
{
namespace
{

// RFC 7517, 4.2 and 4.3.
result<void> meant_for_encrypting(const json_object& jwk)
{
    const auto use = jwk.optional_text("use");
    if (!use)
        return std::unexpected(use.error());
    if (*use != "enc")
        return refused_key(*use ? fmt::format("its use is \"{}\", not \"enc\"", **use) : "it has no use");
    const auto operations = jwk.optional_texts("key_ops");
    if (!operations)
        return std::unexpected(operations.error());
    const auto encrypts = [](const std::string& each)
    { return each == "encrypt" || each == "wrapKey" || each == "deriveKey" || each == "deriveBits"; };
    if (!operations->empty() && std::ranges::none_of(*operations, encrypts))
        return refused_key("its key_ops do not let us encrypt");
    return {};
}

result<evp_key> read_jwk(const json_object& jwk)
{
    const auto kty = jwk.text("kty");
    if (!kty)
        return std::unexpected(kty.error());
    if (*kty == "RSA")
        return read_public_key(jwk);
    auto made = read_agreement_key(jwk);
    if (!made)
        return std::unexpected(made.error());
    return std::move(made->key);
}

result<std::optional<time_point>> read_time(const json_object& jwk, std::string_view member)
{
    const auto seconds = jwk.optional_number(member);
    if (!seconds)
        return std::unexpected(seconds.error());
    return *seconds ? std::optional(from_numeric_date(**seconds)) : std::nullopt;
}

} // namespace

result<void> encryption_key::read_purpose(const json_object& jwk)
{
    const auto alg = jwk.optional_text("alg");
    if (!alg)
        return std::unexpected(alg.error());
    if (!*alg)
        return {};
    const auto known = find_key_management(**alg);
    if (!known)
        return refused_key(
            fmt::format("its alg \"{}\" is none we encrypt with ({})", **alg, key_management_names())
        );
    if (!takes(*known))
        return refused_key("its alg does not go with its kty and crv");
    alg_ = known;
    return {};
}

result<encryption_key> encryption_key::from_jwk(const json& jwk)
{
    const auto members = json_object::of(jwk, "key");
    if (!members)
        return std::unexpected(members.error());
    if (const auto meant = meant_for_encrypting(*members); !meant)
        return std::unexpected(meant.error());
    auto key = read_jwk(*members);
    if (!key)
        return std::unexpected(key.error());
    const auto family = encryption_family(**key);
    if (!family)
        return std::unexpected(family.error());
    encryption_key made;
    made.family_ = *family;
    if (const auto fine = made.read_purpose(*members); !fine)
        return std::unexpected(fine.error());
    auto kid = members->optional_text("kid");
    if (!kid)
        return std::unexpected(kid.error());
    made.kid_ = std::move(*kid);
    for (const auto& [member, place] :
         {std::pair("nbf", &encryption_key::not_before_), std::pair("exp", &encryption_key::expiry_)})
    {
        const auto when = read_time(*members, member);
        if (!when)
            return std::unexpected(when.error());
        made.*place = *when;
    }
    made.native_ = std::make_shared<const native>(std::move(*key));
    return made;
}

bool encryption_key::takes(key_management alg) const noexcept
{
    return is_agreement(alg) == (family_ != rsa_family) && (!alg_ || *alg_ == alg);
}

} // namespace sekisho::crypto

// SPDX-License-Identifier: Apache-2.0
#include "crypto/decryption_key.hpp"

#include "crypto/agreement.hpp"
#include "crypto/jwk_key.hpp"
#include "crypto/private_jwk.hpp"
#include "crypto/private_pem.hpp"

#include <nlohmann/json.hpp>

#include <fmt/format.h>
#include <utility>

namespace sekisho::crypto
{
namespace
{

result<evp_key> read_jwk(const json_object& jwk)
{
    const auto kty = jwk.optional_text("kty");
    const auto crv = jwk.optional_text("crv");
    if (kty && *kty == "OKP" && crv && *crv == "X25519")
        return read_private_x25519(jwk);
    return read_private_key(jwk);
}

} // namespace

result<decryption_key> decryption_key::of(native key)
{
    const auto family = encryption_family(*key.key);
    if (!family)
        return std::unexpected(family.error());
    decryption_key made;
    made.family_ = *family;
    made.native_ = std::make_shared<const native>(std::move(key));
    made.kid_ = made.thumbprint();
    return made;
}

result<decryption_key> decryption_key::from_pem(const secret& pem)
{
    auto key = read_private_pem(pem);
    if (!key)
        return std::unexpected(key.error());
    return of({std::move(*key)});
}

result<decryption_key> decryption_key::from_jwk(const json& jwk)
{
    const auto members = json_object::of(jwk, "key");
    if (!members)
        return std::unexpected(members.error());
    if (const auto meant = meant_for(*members, "enc"); !meant)
        return std::unexpected(meant.error());
    auto key = read_jwk(*members);
    if (!key)
        return std::unexpected(key.error());
    auto made = of({std::move(*key)});
    if (!made)
        return made;
    const auto alg = members->optional_text("alg");
    if (!alg)
        return std::unexpected(alg.error());
    if (*alg)
    {
        made->alg_ = find_key_management(**alg);
        if (!made->alg_)
            return refused_key(
                fmt::format("its alg \"{}\" is none we decrypt ({})", **alg, key_management_names())
            );
        if (!made->takes(*made->alg_))
            return refused_key("its alg does not go with its kty and crv");
    }
    auto kid = kid_of(*members, made->kid_);
    if (!kid)
        return std::unexpected(kid.error());
    made->kid_ = std::move(*kid);
    return made;
}

result<decryption_key> decryption_key::generate(key_management alg)
{
    // RSA as strong as P-256 (NIST SP 800-57, 5.6.1.1).
    auto made = of({evp_key(is_agreement(alg) ? EVP_EC_gen("P-256") : EVP_RSA_gen(3072))});
    if (made)
        made->alg_ = alg;
    return made;
}

bool decryption_key::takes(key_management alg) const noexcept
{
    return is_agreement(alg) == (family_ != rsa_family) && (!alg_ || *alg_ == alg);
}

json decryption_key::public_jwk() const
{
    auto jwk = public_members(*native_->key);
    jwk["kid"] = kid_;
    jwk["use"] = "enc";
    if (alg_)
        jwk["alg"] = name(*alg_);
    return jwk;
}

json decryption_key::private_jwk() const
{
    auto jwk = public_jwk();
    jwk.update(private_members(*native_->key));
    return jwk;
}

secret decryption_key::private_pem() const { return write_private_pem(*native_->key); }

std::string decryption_key::thumbprint() const { return thumbprint_of(*native_->key); }

} // namespace sekisho::crypto

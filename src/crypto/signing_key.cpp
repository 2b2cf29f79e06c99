// SPDX-License-Identifier: Apache-2.0
#include "crypto/signing_key.hpp"

#include "crypto/jwk_key.hpp"
#include "crypto/native_key.hpp"
#include "crypto/private_jwk.hpp"
#include "crypto/private_pem.hpp"

#include <nlohmann/json.hpp>

#include <fmt/format.h>
#include <utility>

namespace sekisho::crypto
{
namespace
{

result<std::optional<algorithm>> algorithm_of(const json_object& jwk, key_kind kind)
{
    const auto name = jwk.optional_text("alg");
    if (!name)
        return std::unexpected(name.error());
    if (!*name)
        return std::nullopt;
    const auto alg = find_algorithm(**name);
    if (!alg)
        return refused_key(fmt::format("its alg \"{}\" is none we sign with", **name));
    if (!goes_with(*alg, kind))
        return refused_key("its alg does not go with its kty and crv");
    return alg;
}

evp_key new_key(algorithm alg)
{
    switch (alg)
    {
    case algorithm::es256:
        return evp_key(EVP_EC_gen("P-256"));
    case algorithm::es384:
        return evp_key(EVP_EC_gen("P-384"));
    case algorithm::es512:
        return evp_key(EVP_EC_gen("P-521"));
    case algorithm::eddsa:
    case algorithm::ed25519:
        return evp_key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    case algorithm::ed448:
        return evp_key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED448"));
    default:
        return evp_key(EVP_RSA_gen(3072)); // as strong as ES256 (NIST SP 800-57, 5.6.1.1)
    }
}

} // namespace

result<signing_key> signing_key::of(verification_key::native key)
{
    const auto kind = kind_of(*key.key);
    if (!kind)
        return std::unexpected(kind.error());
    signing_key made;
    made.kind_ = *kind;
    made.native_ = std::make_shared<const verification_key::native>(std::move(key));
    made.kid_ = made.thumbprint();
    return made;
}

result<signing_key> signing_key::from_pem(const secret& pem)
{
    auto key = read_private_pem(pem);
    if (!key)
        return std::unexpected(key.error());
    return of({std::move(*key), secret()});
}

result<signing_key> signing_key::from_jwk(const json& jwk)
{
    const auto members = json_object::of(jwk, "key");
    if (!members)
        return std::unexpected(members.error());
    if (const auto meant = meant_for(*members, "sig"); !meant)
        return std::unexpected(meant.error());
    auto key = read_private_key(*members);
    if (!key)
        return std::unexpected(key.error());
    auto made = of({std::move(*key), secret()});
    if (!made)
        return made;
    const auto alg = algorithm_of(*members, made->kind_);
    if (!alg)
        return std::unexpected(alg.error());
    made->alg_ = *alg;
    auto kid = kid_of(*members, made->kid_);
    if (!kid)
        return std::unexpected(kid.error());
    made->kid_ = std::move(*kid);
    return made;
}

signing_key signing_key::from_secret(const secret& value)
{
    signing_key made;
    made.kind_ = key_kind::symmetric;
    made.native_ = std::make_shared<const verification_key::native>(evp_key(), value);
    return made;
}

result<signing_key> signing_key::generate(algorithm alg)
{
    if (is_symmetric(alg))
        return refused_key(fmt::format("{} signs with a shared secret, not with a private key", name(alg)));
    auto made = of({new_key(alg), secret()});
    if (made)
        made->alg_ = alg;
    return made;
}

result<signing_key> signing_key::used_with(algorithm alg) const
{
    if (!goes_with(alg, kind_))
        return refused_key(fmt::format("{} does not go with this kind of key", name(alg)));
    auto made = *this;
    made.alg_ = alg;
    return made;
}

algorithm signing_key::usual_algorithm() const noexcept
{
    if (alg_)
        return *alg_;
    switch (kind_)
    {
    case key_kind::rsa:
        break;
    case key_kind::ec_p256:
        return algorithm::es256;
    case key_kind::ec_p384:
        return algorithm::es384;
    case key_kind::ec_p521:
        return algorithm::es512;
    case key_kind::ed25519:
    case key_kind::ed448:
        return algorithm::eddsa;
    case key_kind::symmetric:
        return algorithm::hs256;
    }
    return algorithm::rs256;
}

json signing_key::public_jwk() const
{
    auto jwk = public_members(*native_->key);
    jwk["kid"] = kid_;
    jwk["use"] = "sig";
    // An RSA key that nobody has bound to one algorithm may sign with the one its peer lists.
    if (alg_ || kind_ != key_kind::rsa)
        jwk["alg"] = name(usual_algorithm());
    return jwk;
}

json signing_key::private_jwk() const
{
    auto jwk = public_jwk();
    jwk.update(private_members(*native_->key));
    return jwk;
}

secret signing_key::private_pem() const { return write_private_pem(*native_->key); }

std::string signing_key::thumbprint() const { return thumbprint_of(*native_->key); }

} // namespace sekisho::crypto

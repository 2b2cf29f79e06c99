// SPDX-License-Identifier: Apache-2.0
#include "crypto/signing_key.hpp"

#include "crypto/hash.hpp"
#include "crypto/jwk_key.hpp"
#include "crypto/native_key.hpp"
#include "crypto/private_jwk.hpp"
#include "crypto/private_pem.hpp"

#include <nlohmann/json.hpp>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <fmt/format.h>
#include <utility>

namespace sekisho::crypto
{
namespace
{

// RFC 7517, 4.2.
result<void> meant_for_signing(const json_object& jwk)
{
    const auto use = jwk.optional_text("use");
    if (!use)
        return std::unexpected(use.error());
    if (*use && **use != "sig")
        return refused_key(fmt::format("its use is \"{}\", not \"sig\"", **use));
    return {};
}

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
        return evp_key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
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
    if (const auto meant = meant_for_signing(*members); !meant)
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
    auto kid = members->optional_text("kid");
    if (!kid)
        return std::unexpected(kid.error());
    if (*kid && !(*kid)->empty())
        made->kid_ = std::move(**kid);
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

secret signing_key::private_pem() const
{
    const memory_bio sink(BIO_new(BIO_s_secmem()));
    PEM_write_bio_PKCS8PrivateKey(sink.get(), native_->key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    char* text = nullptr;
    const auto size = BIO_get_mem_data(sink.get(), &text);
    return secret(std::string(text, static_cast<std::size_t>(size)));
}

std::string signing_key::thumbprint() const
{
    // Members in the order of their names and without white space, as RFC 7638, 3 wants them: so does
    // to_text().
    const auto canonical = to_text(public_members(*native_->key));
    return base64url_encode(hash(digest::sha256, as_bytes(canonical)));
}

} // namespace sekisho::crypto

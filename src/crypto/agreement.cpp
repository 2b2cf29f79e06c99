// SPDX-License-Identifier: Apache-2.0
#include "crypto/agreement.hpp"

#include "base/secret.hpp"
#include "crypto/jwk_key.hpp"
#include "crypto/private_jwk.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace sekisho::crypto
{
namespace
{

constexpr std::string_view montgomery = "X25519";

const unsigned char* raw(const bytes& data) { return reinterpret_cast<const unsigned char*>(data.data()); }

result<evp_key> read_x25519(const json_object& jwk)
{
    const auto x = key_octets(jwk, "x");
    if (!x)
        return std::unexpected(x.error());
    evp_key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, raw(*x), x->size()));
    if (!key)
        return refused_key("x must have 32 bytes for X25519");
    return key;
}

} // namespace

result<std::string_view> encryption_family(EVP_PKEY& key)
{
    if (EVP_PKEY_get_base_id(&key) == EVP_PKEY_X25519)
        return "X25519";
    const auto kind = kind_of(key);
    if (!kind)
        return std::unexpected(kind.error());
    switch (*kind)
    {
    case key_kind::rsa:
        return rsa_family;
    case key_kind::ec_p256:
        return "P-256";
    case key_kind::ec_p384:
        return "P-384";
    case key_kind::ec_p521:
        return "P-521";
    case key_kind::ed25519:
    case key_kind::ed448:
    case key_kind::symmetric:
        break;
    }
    return refused_key("an Ed25519 or Ed448 key only signs; RSA, P-256, P-384, P-521 and X25519 decrypt");
}

result<agreement_key> read_agreement_key(const json_object& jwk)
{
    const auto kty = jwk.text("kty");
    if (!kty)
        return std::unexpected(kty.error());
    auto crv = jwk.text("crv");
    if (!crv)
        return std::unexpected(crv.error());
    const auto is_octets = *kty == "OKP" && *crv == montgomery;
    if (!is_octets && *kty != "EC")
        return refused_key("a key for no curve we agree on: P-256, P-384, P-521 and X25519 are");
    auto key = is_octets ? read_x25519(jwk) : read_public_key(jwk);
    if (!key)
        return std::unexpected(key.error());
    return agreement_key{std::move(*key), std::move(*crv)};
}

result<evp_key> read_private_x25519(const json_object& jwk)
{
    auto d = key_octets(jwk, "d");
    if (!d)
        return std::unexpected(d.error());
    evp_key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, raw(*d), d->size()));
    wipe(d->data(), d->size());
    if (!key)
        return refused_key("d must have 32 bytes for X25519");
    const auto x = jwk.text("x");
    if (!x)
        return std::unexpected(x.error());
    if (*x != public_members(*key)["x"].get<std::string>())
        return refused_key("its private members do not belong to its public ones");
    return key;
}

} // namespace sekisho::crypto

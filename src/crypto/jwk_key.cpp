// SPDX-License-Identifier: Apache-2.0
#include "crypto/jwk_key.hpp"

#include "base/encoding.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace sekisho::crypto
{
namespace
{

const unsigned char* raw(byte_view data) { return reinterpret_cast<const unsigned char*>(data.data()); }

std::unexpected<error> refused(std::string_view reason) { return refused_key(reason); }

result<bytes> octets(const json_object& jwk, std::string_view member) { return key_octets(jwk, member); }

// Builds and checks a key; a point off its curve is refused here (EVP_PKEY_public_check).
result<evp_key> build(const char* type, OSSL_PARAM_BLD* builder)
{
    const parameters built(OSSL_PARAM_BLD_to_param(builder));
    const evp_key_context context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* made = nullptr;
    if (!built || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, built.get()) != 1)
        return refused("its members make no public key");
    evp_key key(made);
    const evp_key_context check(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    if (!check || EVP_PKEY_public_check(check.get()) != 1)
        return refused("its public key is invalid");
    return key;
}

big_number number(byte_view data)
{
    return big_number(BN_bin2bn(raw(data), static_cast<int>(data.size()), nullptr));
}

// RFC 7518, 6.3.1.
result<evp_key> read_rsa(const json_object& jwk)
{
    const auto modulus = octets(jwk, "n");
    if (!modulus)
        return std::unexpected(modulus.error());
    const auto exponent = octets(jwk, "e");
    if (!exponent)
        return std::unexpected(exponent.error());
    if (modulus->size() > 1025 || exponent->size() > 8)
        return refused("an RSA key of more than 8192 bits or with an exponent of more than 64");
    const auto n = number(*modulus);
    const auto e = number(*exponent);
    const parameter_builder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    return build("RSA", builder.get());
}

constexpr std::array curves{
    curve{"P-256", "prime256v1", 32},
    curve{"P-384", "secp384r1", 48},
    curve{"P-521", "secp521r1", 66},
};

// RFC 7518, 6.2.1: each coordinate has the full size of the curve's field.
result<evp_key> read_ec(const json_object& jwk, std::string_view crv)
{
    const auto* const known = find_curve(crv);
    if (known == nullptr)
        return refused(fmt::format("its crv \"{}\" is none we verify with", crv));
    const auto x = octets(jwk, "x");
    if (!x)
        return std::unexpected(x.error());
    const auto y = octets(jwk, "y");
    if (!y)
        return std::unexpected(y.error());
    if (x->size() != known->size || y->size() != known->size)
        return refused(fmt::format("x and y must have {} bytes each", known->size));
    bytes point{std::byte{POINT_CONVERSION_UNCOMPRESSED}};
    point.insert(point.end(), x->begin(), x->end());
    point.insert(point.end(), y->begin(), y->end());
    const parameter_builder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, known->group, 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    return build("EC", builder.get());
}

// RFC 8037, 2.
result<evp_key> read_edwards(const json_object& jwk, std::string_view crv)
{
    if (crv != "Ed25519" && crv != "Ed448")
        return refused(fmt::format("its crv \"{}\" is none we verify with", crv));
    const auto x = octets(jwk, "x");
    if (!x)
        return std::unexpected(x.error());
    const auto type = crv == "Ed448" ? EVP_PKEY_ED448 : EVP_PKEY_ED25519;
    evp_key key(EVP_PKEY_new_raw_public_key(type, nullptr, raw(*x), x->size()));
    if (!key)
        return refused("x must have 32 bytes for Ed25519 and 57 for Ed448");
    return key;
}

result<key_kind> rsa_kind(EVP_PKEY& key)
{
    const auto bits = EVP_PKEY_get_bits(&key);
    if (bits < 2048 || bits > 8192)
        return refused(fmt::format("an RSA key of {} bits; from 2048 to 8192 are accepted", bits));
    BIGNUM* value = nullptr;
    EVP_PKEY_get_bn_param(&key, OSSL_PKEY_PARAM_RSA_E, &value);
    const big_number exponent(value);
    if (!exponent || BN_is_odd(exponent.get()) == 0 || BN_is_one(exponent.get()) == 1 ||
        BN_num_bits(exponent.get()) > 64)
        return refused("an RSA key whose exponent is even, 1 or beyond 64 bits");
    return key_kind::rsa;
}

result<key_kind> ec_kind(EVP_PKEY& key)
{
    std::array<char, 64> group{};
    std::size_t size = 0;
    EVP_PKEY_get_utf8_string_param(&key, OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(), &size);
    const std::string_view found(group.data(), size);
    if (found == curves[0].group)
        return key_kind::ec_p256;
    if (found == curves[1].group)
        return key_kind::ec_p384;
    if (found == curves[2].group)
        return key_kind::ec_p521;
    return refused("a curve that is none of P-256, P-384 and P-521");
}

} // namespace

std::unexpected<error> refused_key(std::string_view reason)
{
    ERR_clear_error();
    return fail(errc::value_malformed, "key", std::string(reason));
}

result<bytes> key_octets(const json_object& jwk, std::string_view member)
{
    const auto text = jwk.text(member);
    if (!text)
        return std::unexpected(text.error());
    auto decoded = base64url_decode(*text);
    if (!decoded || decoded->empty())
        return refused_key(fmt::format("{} is not base64url of one byte or more", member));
    return decoded;
}

const curve* find_curve(std::string_view crv) noexcept
{
    const auto* const known = std::ranges::find(curves, crv, &curve::crv);
    return known == curves.end() ? nullptr : known;
}

result<evp_key> read_public_key(const json_object& jwk)
{
    const auto kty = jwk.text("kty");
    if (!kty)
        return std::unexpected(kty.error());
    if (*kty == "RSA")
        return read_rsa(jwk);
    if (*kty != "EC" && *kty != "OKP")
        return refused(fmt::format("its kty \"{}\" is none we verify with (RSA, EC, OKP)", *kty));
    const auto crv = jwk.text("crv");
    if (!crv)
        return std::unexpected(crv.error());
    return *kty == "EC" ? read_ec(jwk, *crv) : read_edwards(jwk, *crv);
}

result<key_kind> kind_of(EVP_PKEY& key)
{
    switch (EVP_PKEY_get_base_id(&key))
    {
    case EVP_PKEY_RSA:
        return rsa_kind(key);
    case EVP_PKEY_EC:
        return ec_kind(key);
    case EVP_PKEY_ED25519:
        return key_kind::ed25519;
    case EVP_PKEY_ED448:
        return key_kind::ed448;
    default:
        return refused("a kind of key that is none of RSA, EC, Ed25519 and Ed448");
    }
}

} // namespace sekisho::crypto

// SPDX-License-Identifier: Apache-2.0
#include "crypto/private_jwk.hpp"

#include "base/encoding.hpp"
#include "base/secret.hpp"
#include "crypto/hash.hpp"
#include "crypto/jwk_key.hpp"

#include <nlohmann/json.hpp>
#include <openssl/core_names.h>

#include <array>
#include <fmt/format.h>
#include <span>
#include <utility>

namespace sekisho::crypto
{
namespace
{

unsigned char* raw(bytes& data) { return reinterpret_cast<unsigned char*>(data.data()); }

// A number of a key, member by member.
struct numbered
{
    const char* member;    // of the JWK
    const char* parameter; // of OpenSSL
};

constexpr std::array rsa_public{numbered{"n", OSSL_PKEY_PARAM_RSA_N}, numbered{"e", OSSL_PKEY_PARAM_RSA_E}};
constexpr std::array rsa_private{
    numbered{"d", OSSL_PKEY_PARAM_RSA_D},
    numbered{"p", OSSL_PKEY_PARAM_RSA_FACTOR1},
    numbered{"q", OSSL_PKEY_PARAM_RSA_FACTOR2},
    numbered{"dp", OSSL_PKEY_PARAM_RSA_EXPONENT1},
    numbered{"dq", OSSL_PKEY_PARAM_RSA_EXPONENT2},
    numbered{"qi", OSSL_PKEY_PARAM_RSA_COEFFICIENT1},
};

result<evp_key> build(const char* type, OSSL_PARAM_BLD* builder)
{
    const parameters built(OSSL_PARAM_BLD_to_param(builder));
    const evp_key_context context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* made = nullptr;
    if (!built || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_KEYPAIR, built.get()) != 1)
        return refused_key("its members make no private key");
    evp_key key(made);
    const evp_key_context check(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    if (!check || EVP_PKEY_check(check.get()) != 1)
        return refused_key("its private members do not belong to its public ones");
    return key;
}

result<big_number> number_of(const json_object& jwk, const char* member)
{
    auto octets = key_octets(jwk, member);
    if (!octets)
        return std::unexpected(octets.error());
    if (octets->size() > 1025)
        return refused_key("an RSA key of more than 8192 bits");
    big_number number(BN_bin2bn(raw(*octets), static_cast<int>(octets->size()), BN_secure_new()));
    wipe(octets->data(), octets->size());
    return number;
}

// RFC 7518, 6.3.2: with all of p, q, dp, dq and qi; more than two primes are not for us.
result<evp_key> read_rsa(const json_object& jwk)
{
    if (jwk.has("oth"))
        return refused_key("an RSA key of more than two primes");
    const parameter_builder builder(OSSL_PARAM_BLD_new());
    std::vector<big_number> numbers; // the builder only refers to them
    const auto push = [&](std::span<const numbered> members) -> result<void>
    {
        for (const auto& [member, parameter] : members)
        {
            auto number = number_of(jwk, member);
            if (!number)
                return std::unexpected(number.error());
            OSSL_PARAM_BLD_push_BN(builder.get(), parameter, number->get());
            numbers.push_back(std::move(*number));
        }
        return {};
    };
    if (const auto pushed = push(rsa_public); !pushed)
        return std::unexpected(pushed.error());
    if (const auto pushed = push(rsa_private); !pushed)
        return std::unexpected(pushed.error());
    return build("RSA", builder.get());
}

// RFC 7518, 6.2.2: d has the full size of the curve's field as well.
result<evp_key> read_ec(const json_object& jwk, const curve& on)
{
    bytes point{std::byte{POINT_CONVERSION_UNCOMPRESSED}};
    for (const auto* member : {"x", "y"})
    {
        const auto coordinate = key_octets(jwk, member);
        if (!coordinate)
            return std::unexpected(coordinate.error());
        if (coordinate->size() != on.size)
            return refused_key(fmt::format("x, y and d must have {} bytes each", on.size));
        point.insert(point.end(), coordinate->begin(), coordinate->end());
    }
    auto d = key_octets(jwk, "d");
    if (!d)
        return std::unexpected(d.error());
    if (d->size() != on.size)
        return refused_key(fmt::format("x, y and d must have {} bytes each", on.size));
    const big_number exponent(BN_bin2bn(raw(*d), static_cast<int>(d->size()), BN_secure_new()));
    wipe(d->data(), d->size());
    const parameter_builder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, on.group, 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, exponent.get());
    return build("EC", builder.get());
}

bytes raw_half(EVP_PKEY& key, int (*get)(const EVP_PKEY*, unsigned char*, std::size_t*))
{
    std::size_t size = 0;
    get(&key, nullptr, &size);
    bytes half(size);
    get(&key, raw(half), &size);
    return half;
}

// RFC 8037, 2: the public half follows from the private one; a stated one must be it.
result<evp_key> read_edwards(const json_object& jwk, int type)
{
    auto d = key_octets(jwk, "d");
    if (!d)
        return std::unexpected(d.error());
    evp_key key(EVP_PKEY_new_raw_private_key(type, nullptr, raw(*d), d->size()));
    wipe(d->data(), d->size());
    if (!key)
        return refused_key("d must have 32 bytes for Ed25519 and 57 for Ed448");
    const auto x = key_octets(jwk, "x");
    if (!x)
        return std::unexpected(x.error());
    if (*x != raw_half(*key, EVP_PKEY_get_raw_public_key))
        return refused_key("its private members do not belong to its public ones");
    return key;
}

std::string_view octet_curve(int type)
{
    return type == EVP_PKEY_ED448 ? "Ed448" : type == EVP_PKEY_X25519 ? "X25519" : "Ed25519";
}

std::string number_text(EVP_PKEY& key, const char* parameter, std::size_t size)
{
    BIGNUM* value = nullptr;
    EVP_PKEY_get_bn_param(&key, parameter, &value);
    const big_number number(value);
    if (!number)
        return {};
    bytes octets(size != 0 ? size : static_cast<std::size_t>(BN_num_bytes(number.get())));
    BN_bn2binpad(number.get(), raw(octets), static_cast<int>(octets.size()));
    auto text = base64url_encode(octets);
    wipe(octets.data(), octets.size());
    return text;
}

const curve& curve_of(EVP_PKEY& key)
{
    const auto bits = EVP_PKEY_get_bits(&key);
    return *find_curve(bits == 256 ? "P-256" : bits == 384 ? "P-384" : "P-521");
}

} // namespace

result<evp_key> read_private_key(const json_object& jwk)
{
    const auto kty = jwk.text("kty");
    if (!kty)
        return std::unexpected(kty.error());
    if (*kty == "oct")
        return refused_key("its kty is \"oct\", a shared secret; what is needed is a private key");
    if (*kty != "RSA" && *kty != "EC" && *kty != "OKP")
        return refused_key(fmt::format("its kty \"{}\" is none of RSA, EC and OKP", *kty));
    if (!jwk.has("d"))
        return refused_key("it has no d: a public key, where the private one is needed");
    if (*kty == "RSA")
        return read_rsa(jwk);
    const auto crv = jwk.text("crv");
    if (!crv)
        return std::unexpected(crv.error());
    if (const auto* known = find_curve(*crv); known != nullptr && *kty == "EC")
        return read_ec(jwk, *known);
    if (*kty == "OKP" && (*crv == "Ed25519" || *crv == "Ed448"))
        return read_edwards(jwk, *crv == "Ed448" ? EVP_PKEY_ED448 : EVP_PKEY_ED25519);
    return refused_key(fmt::format("its crv \"{}\" is none we sign with", *crv));
}

json public_members(EVP_PKEY& key)
{
    switch (EVP_PKEY_get_base_id(&key))
    {
    case EVP_PKEY_RSA:
        return {
            {"kty", "RSA"},
            {"n", number_text(key, OSSL_PKEY_PARAM_RSA_N, 0)},
            {"e", number_text(key, OSSL_PKEY_PARAM_RSA_E, 0)},
        };
    case EVP_PKEY_EC:
    {
        const auto& on = curve_of(key);
        return {
            {"kty", "EC"},
            {"crv", on.crv},
            {"x", number_text(key, OSSL_PKEY_PARAM_EC_PUB_X, on.size)},
            {"y", number_text(key, OSSL_PKEY_PARAM_EC_PUB_Y, on.size)},
        };
    }
    default:
        return {
            {"kty", "OKP"},
            {"crv", octet_curve(EVP_PKEY_get_base_id(&key))},
            {"x", base64url_encode(raw_half(key, EVP_PKEY_get_raw_public_key))},
        };
    }
}

json private_members(EVP_PKEY& key)
{
    auto members = json::object();
    switch (EVP_PKEY_get_base_id(&key))
    {
    case EVP_PKEY_RSA:
        for (const auto& [member, parameter] : rsa_private)
            members[member] = number_text(key, parameter, 0);
        break;
    case EVP_PKEY_EC:
        members["d"] = number_text(key, OSSL_PKEY_PARAM_PRIV_KEY, curve_of(key).size);
        break;
    default:
        members["d"] = base64url_encode(raw_half(key, EVP_PKEY_get_raw_private_key));
    }
    return members;
}

std::string thumbprint_of(EVP_PKEY& key)
{
    // Members in the order of their names and without white space, as RFC 7638, 3 wants them: so does
    // to_text().
    const auto canonical = to_text(public_members(key));
    return base64url_encode(hash(digest::sha256, as_bytes(canonical)));
}

result<void> meant_for(const json_object& jwk, std::string_view use)
{
    const auto given = jwk.optional_text("use");
    if (!given)
        return std::unexpected(given.error());
    if (*given && **given != use)
        return refused_key(fmt::format("its use is \"{}\", not \"{}\"", **given, use));
    return {};
}

result<std::string> kid_of(const json_object& jwk, std::string otherwise)
{
    auto kid = jwk.optional_text("kid");
    if (!kid)
        return std::unexpected(kid.error());
    return *kid && !(*kid)->empty() ? std::move(**kid) : std::move(otherwise);
}

} // namespace sekisho::crypto

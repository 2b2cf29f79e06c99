// SPDX-License-Identifier: Apache-2.0
#include "support/test_keys.hpp"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

namespace sekisho::test
{
namespace
{

void require(bool worked, const char* step)
{
    if (!worked)
        throw std::runtime_error(std::string("test key: OpenSSL failed at ") + step);
}

const unsigned char* raw(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::shared_ptr<EVP_PKEY> owned(EVP_PKEY* key, const char* step)
{
    require(key != nullptr, step);
    return {key, EVP_PKEY_free};
}

std::shared_ptr<EVP_PKEY> new_rsa(unsigned int bits) { return owned(EVP_RSA_gen(bits), "RSA generation"); }

std::shared_ptr<EVP_PKEY> new_ec(const char* curve) { return owned(EVP_EC_gen(curve), "EC generation"); }

std::shared_ptr<EVP_PKEY> new_edwards(const char* name)
{
    return owned(EVP_PKEY_Q_keygen(nullptr, nullptr, name), "EdDSA generation");
}

std::shared_ptr<EVP_PKEY> shared_rsa()
{
    static const std::shared_ptr<EVP_PKEY> key = new_rsa(2048);
    return key;
}

const EVP_MD* digest_of(std::string_view algorithm)
{
    if (algorithm.ends_with("256"))
        return EVP_sha256();
    return algorithm.ends_with("384") ? EVP_sha384() : EVP_sha512();
}

// The size of r, of s and of each coordinate.
std::size_t coordinate_size(EVP_PKEY* key)
{
    return (static_cast<std::size_t>(EVP_PKEY_get_bits(key)) + 7) / 8;
}

std::string padded(const BIGNUM* number, std::size_t size)
{
    std::string out(size, '\0');
    require(BN_bn2binpad(number, raw(out), static_cast<int>(size)) >= 0, "padding of a number");
    return out;
}

std::string number(EVP_PKEY* key, const char* name, std::size_t size)
{
    BIGNUM* value = nullptr;
    require(EVP_PKEY_get_bn_param(key, name, &value) == 1, name);
    auto out = padded(value, size != 0 ? size : static_cast<std::size_t>(BN_num_bytes(value)));
    BN_free(value);
    return out;
}

std::string ecdsa_raw(EVP_PKEY* key, std::string_view der)
{
    const auto* cursor = raw(der);
    ECDSA_SIG* parsed = d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(der.size()));
    require(parsed != nullptr, "ECDSA signature");
    const auto size = coordinate_size(key);
    auto out = padded(ECDSA_SIG_get0_r(parsed), size) + padded(ECDSA_SIG_get0_s(parsed), size);
    ECDSA_SIG_free(parsed);
    return out;
}

constexpr int no_salt_at_all = -100; // PKCS #1 v1.5

std::string evp_sign(EVP_PKEY* key, const EVP_MD* digest, int salt_size, std::string_view input)
{
    const std::shared_ptr<EVP_MD_CTX> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_PKEY_CTX* parameters = nullptr;
    require(EVP_DigestSignInit(context.get(), &parameters, digest, nullptr, key) == 1, "signing");
    if (salt_size != no_salt_at_all)
    {
        require(EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1, "PSS");
        require(EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, salt_size) == 1, "PSS salt");
    }
    std::size_t size = 0;
    require(EVP_DigestSign(context.get(), nullptr, &size, raw(input), input.size()) == 1, "signature size");
    std::string signature(size, '\0');
    require(EVP_DigestSign(context.get(), raw(signature), &size, raw(input), input.size()) == 1, "signature");
    signature.resize(size);
    return signature;
}

std::string hmac_sign(const EVP_MD* digest, std::string_view secret, std::string_view input)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned int size = 0;
    const auto* made = HMAC(
        digest, secret.data(), static_cast<int>(secret.size()), raw(input), input.size(), out.data(), &size
    );
    require(made != nullptr, "HMAC");
    return {reinterpret_cast<const char*>(out.data()), size};
}

using pem_writer = int (*)(BIO*, EVP_PKEY*);

std::string pem(EVP_PKEY* key, pem_writer write)
{
    const std::shared_ptr<BIO> memory(BIO_new(BIO_s_mem()), BIO_free);
    require(write(memory.get(), key) == 1, "PEM");
    char* text = nullptr;
    const auto size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

std::string member(std::string_view name, std::string_view value)
{
    return std::string("\"").append(name).append("\":\"").append(value).append("\"");
}

std::string ec_members(EVP_PKEY* key)
{
    const auto size = coordinate_size(key);
    const auto curve = size == 32 ? "P-256" : size == 48 ? "P-384" : "P-521";
    return member("kty", "EC") + "," + member("crv", curve) + "," +
           member("x", base64url(number(key, OSSL_PKEY_PARAM_EC_PUB_X, size))) + "," +
           member("y", base64url(number(key, OSSL_PKEY_PARAM_EC_PUB_Y, size)));
}

std::string edwards_members(EVP_PKEY* key, const char* curve)
{
    std::string point(57, '\0');
    auto size = point.size();
    require(EVP_PKEY_get_raw_public_key(key, raw(point), &size) == 1, "raw public key");
    point.resize(size);
    return member("kty", "OKP") + "," + member("crv", curve) + "," + member("x", base64url(point));
}

std::string public_members(EVP_PKEY* key)
{
    switch (EVP_PKEY_get_base_id(key))
    {
    case EVP_PKEY_RSA:
        return member("kty", "RSA") + "," + member("n", base64url(number(key, OSSL_PKEY_PARAM_RSA_N, 0))) +
               "," + member("e", base64url(number(key, OSSL_PKEY_PARAM_RSA_E, 0)));
    case EVP_PKEY_EC:
        return ec_members(key);
    case EVP_PKEY_ED448:
        return edwards_members(key, "Ed448");
    default:
        return edwards_members(key, "Ed25519");
    }
}

} // namespace

std::string base64url(std::string_view bytes)
{
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const auto size = EVP_EncodeBlock(raw(out), raw(bytes), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(size));
    while (out.ends_with('='))
        out.pop_back();
    for (char& each : out)
        each = each == '+' ? '-' : each == '/' ? '_' : each;
    return out;
}

signing_key signing_key::make(std::string_view algorithm)
{
    signing_key made(algorithm);
    if (algorithm.starts_with("RS") || algorithm.starts_with("PS"))
        made.key_ = shared_rsa();
    else if (algorithm == "EdDSA" || algorithm == "Ed25519")
        made.key_ = new_edwards("ED25519");
    else if (algorithm == "Ed448")
        made.key_ = new_edwards("ED448");
    else if (algorithm.starts_with("ES"))
        made.key_ = new_ec(algorithm == "ES256" ? "P-256" : algorithm == "ES384" ? "P-384" : "P-521");
    require(made.key_ != nullptr, "an algorithm that has no key to make");
    return made;
}

signing_key signing_key::make_rsa(std::string_view algorithm, unsigned int bits)
{
    signing_key made(algorithm);
    made.key_ = new_rsa(bits);
    return made;
}

signing_key signing_key::make_ed448()
{
    signing_key made("EdDSA");
    made.key_ = new_edwards("ED448");
    return made;
}

signing_key signing_key::with_secret(std::string_view algorithm, std::string_view secret)
{
    signing_key made(algorithm);
    made.secret_ = secret;
    return made;
}

signing_key signing_key::as(std::string_view algorithm) const
{
    auto other = *this;
    other.algorithm_ = algorithm;
    return other;
}

std::string signing_key::jwk(const jwk_members& members) const
{
    auto out = "{" + (key_ ? public_members(key_.get())
                           : member("kty", "oct") + "," + member("k", base64url(secret_)));
    if (!members.kid.empty())
        out += "," + member("kid", members.kid);
    if (!members.use.empty())
        out += "," + member("use", members.use);
    if (!members.alg.empty())
        out += "," + member("alg", members.alg);
    return out + "}";
}

std::string signing_key::jwks(const jwk_members& members) const
{
    return "{\"keys\":[" + jwk(members) + "]}";
}

std::string signing_key::public_pem() const
{
    return pem(key_.get(), [](BIO* out, EVP_PKEY* key) { return PEM_write_bio_PUBKEY(out, key); });
}

std::string signing_key::private_pem() const
{
    return pem(
        key_.get(),
        [](BIO* out, EVP_PKEY* key)
        { return PEM_write_bio_PKCS8PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr); }
    );
}

std::string signing_key::sign_bytes(std::string_view input) const
{
    if (algorithm_.starts_with("HS"))
        return hmac_sign(digest_of(algorithm_), secret_, input);
    if (algorithm_.starts_with("Ed"))
        return evp_sign(key_.get(), nullptr, no_salt_at_all, input);
    const auto salt_size = algorithm_.starts_with("PS") ? RSA_PSS_SALTLEN_DIGEST : no_salt_at_all;
    const auto signature = evp_sign(key_.get(), digest_of(algorithm_), salt_size, input);
    return algorithm_.starts_with("ES") ? ecdsa_raw(key_.get(), signature) : signature;
}

std::string signing_key::sign(std::string_view header, std::string_view payload) const
{
    const auto input = base64url(header) + "." + base64url(payload);
    return input + "." + base64url(sign_bytes(input));
}

std::string signing_key::sign_with_kid(std::string_view kid, std::string_view payload) const
{
    auto header = "{" + member("alg", algorithm_);
    if (!kid.empty())
        header += "," + member("kid", kid);
    return sign(header + "}", payload);
}

std::string signing_key::sign_with_salt(int salt_size, std::string_view payload) const
{
    const auto input = base64url("{" + member("alg", algorithm_) + "}") + "." + base64url(payload);
    return input + "." + base64url(evp_sign(key_.get(), digest_of(algorithm_), salt_size, input));
}

} // namespace sekisho::test

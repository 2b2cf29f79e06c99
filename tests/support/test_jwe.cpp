// SPDX-License-Identifier: Apache-2.0
#include "support/test_jwe.hpp"

#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include <cstdint>
#include <memory>
#include <stdexcept>

namespace sekisho::test
{
namespace
{

using key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using key_context = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;
using cipher_context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;
using bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

void must(bool worked)
{
    if (!worked)
        throw std::runtime_error("test_jwe: OpenSSL refused");
}

unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* raw(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

key read(std::string_view pem)
{
    const bio source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
    auto* read = pem.contains("PRIVATE") ? PEM_read_bio_PrivateKey(source.get(), nullptr, nullptr, nullptr)
                                         : PEM_read_bio_PUBKEY(source.get(), nullptr, nullptr, nullptr);
    must(read != nullptr);
    return {read, EVP_PKEY_free};
}

std::string random(std::size_t size)
{
    std::string made(size, '\0');
    must(RAND_bytes(raw(made), static_cast<int>(size)) == 1);
    return made;
}

std::string number(std::uint64_t value, int size)
{
    std::string made;
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8)
        made.push_back(static_cast<char>(value >> shift));
    return made;
}

std::string mac(const EVP_MD* digest, std::string_view with, std::string_view data)
{
    std::string made(EVP_MAX_MD_SIZE, '\0');
    unsigned int size = 0;
    HMAC(digest, with.data(), static_cast<int>(with.size()), raw(data), data.size(), raw(made), &size);
    return made.substr(0, size);
}

std::string sha256(std::string_view data)
{
    std::string made(32, '\0');
    must(EVP_Digest(data.data(), data.size(), raw(made), nullptr, EVP_sha256(), nullptr) == 1);
    return made;
}

std::size_t key_size(std::string_view enc)
{
    return enc == "A128GCM" ? 16 : enc == "A256CBC-HS512" ? 64 : 32;
}

std::string oaep(EVP_PKEY& to, std::string_view alg, std::string_view plain)
{
    const auto* const digest = alg == "RSA-OAEP" ? EVP_sha1() : EVP_sha256();
    const key_context context(EVP_PKEY_CTX_new(&to, nullptr), EVP_PKEY_CTX_free);
    must(
        EVP_PKEY_encrypt_init(context.get()) == 1 &&
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING) == 1 &&
        EVP_PKEY_CTX_set_rsa_oaep_md(context.get(), digest) == 1 &&
        EVP_PKEY_CTX_set_rsa_mgf1_md(context.get(), digest) == 1
    );
    std::string made(static_cast<std::size_t>(EVP_PKEY_get_size(&to)), '\0');
    auto size = made.size();
    must(EVP_PKEY_encrypt(context.get(), raw(made), &size, raw(plain), plain.size()) == 1);
    return made.substr(0, size);
}

key another_like(EVP_PKEY& one)
{
    const key_context context(EVP_PKEY_CTX_new(&one, nullptr), EVP_PKEY_CTX_free);
    EVP_PKEY* made = nullptr;
    must(EVP_PKEY_keygen_init(context.get()) == 1 && EVP_PKEY_keygen(context.get(), &made) == 1);
    return {made, EVP_PKEY_free};
}

std::string agreed(EVP_PKEY& ours, EVP_PKEY& theirs)
{
    const key_context context(EVP_PKEY_CTX_new(&ours, nullptr), EVP_PKEY_CTX_free);
    std::size_t size = 0;
    must(
        EVP_PKEY_derive_init(context.get()) == 1 && EVP_PKEY_derive_set_peer(context.get(), &theirs) == 1 &&
        EVP_PKEY_derive(context.get(), nullptr, &size) == 1
    );
    std::string made(size, '\0');
    must(EVP_PKEY_derive(context.get(), raw(made), &size) == 1);
    return made;
}

nlohmann::json public_jwk(EVP_PKEY& one)
{
    if (EVP_PKEY_get_base_id(&one) == EVP_PKEY_X25519)
    {
        std::string x(32, '\0');
        auto size = x.size();
        must(EVP_PKEY_get_raw_public_key(&one, raw(x), &size) == 1);
        return {{"kty", "OKP"}, {"crv", "X25519"}, {"x", base64url(x)}};
    }
    std::string point(200, '\0');
    std::size_t size = 0;
    must(
        EVP_PKEY_get_octet_string_param(&one, OSSL_PKEY_PARAM_PUB_KEY, raw(point), point.size(), &size) == 1
    );
    const auto half = (size - 1) / 2;
    const auto* const crv = half == 32 ? "P-256" : half == 48 ? "P-384" : "P-521";
    return {
        {"kty", "EC"},
        {"crv", crv},
        {"x", base64url(point.substr(1, half))},
        {"y", base64url(point.substr(1 + half, half))}
    };
}

// RFC 7518, 4.6.2, without apu and apv.
std::string derived(std::string_view z, std::string_view algorithm, std::size_t size)
{
    const auto other = number(algorithm.size(), 4) + std::string(algorithm) + number(0, 4) + number(0, 4) +
                       number(size * 8, 4);
    std::string made;
    for (std::uint64_t round = 1; made.size() < size; ++round)
        made += sha256(number(round, 4) + std::string(z) + other);
    return made.substr(0, size);
}

std::string wrapped(std::string_view plain, std::string_view with)
{
    const cipher_context context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    EVP_CIPHER_CTX_set_flags(context.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    const auto* const cipher = with.size() == 16 ? EVP_aes_128_wrap() : EVP_aes_256_wrap();
    std::string made(plain.size() + 32, '\0');
    int size = 0;
    must(
        EVP_EncryptInit_ex(context.get(), cipher, nullptr, raw(with), nullptr) == 1 &&
        EVP_EncryptUpdate(context.get(), raw(made), &size, raw(plain), static_cast<int>(plain.size())) == 1
    );
    return made.substr(0, static_cast<std::size_t>(size));
}

struct sealed
{
    std::string vector;
    std::string content;
    std::string tag;
};

sealed seal(std::string_view enc, std::string_view with, std::string_view header, std::string_view plain)
{
    const auto is_gcm = enc.ends_with("GCM");
    const auto cipher_key = is_gcm ? with : with.substr(with.size() / 2);
    const auto* const cipher = enc == "A128GCM"         ? EVP_aes_128_gcm()
                               : enc == "A256GCM"       ? EVP_aes_256_gcm()
                               : enc == "A128CBC-HS256" ? EVP_aes_128_cbc()
                                                        : EVP_aes_256_cbc();
    sealed made{random(is_gcm ? 12 : 16), std::string(plain.size() + 32, '\0'), std::string(16, '\0')};
    const cipher_context context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    int size = 0;
    int rest = 0;
    must(EVP_EncryptInit_ex(context.get(), cipher, nullptr, raw(cipher_key), raw(made.vector)) == 1);
    if (is_gcm)
        must(
            EVP_EncryptUpdate(context.get(), nullptr, &rest, raw(header), static_cast<int>(header.size())) ==
            1
        );
    must(
        EVP_EncryptUpdate(
            context.get(), raw(made.content), &size, raw(plain), static_cast<int>(plain.size())
        ) == 1 &&
        EVP_EncryptFinal_ex(context.get(), raw(made.content) + size, &rest) == 1
    );
    made.content.resize(static_cast<std::size_t>(size + rest));
    if (is_gcm)
        must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, 16, made.tag.data()) == 1);
    else
    {
        const auto all = std::string(header) + made.vector + made.content + number(header.size() * 8, 8);
        const auto whole =
            mac(with.size() == 32 ? EVP_sha256() : EVP_sha512(), with.substr(0, with.size() / 2), all);
        made.tag = whole.substr(0, whole.size() / 2);
    }
    return made;
}

} // namespace

std::string encrypt(std::string_view plain, const jwe_plan& plan)
{
    const auto to = read(plan.to);
    nlohmann::json header{{"alg", plan.alg}, {"enc", plan.enc}};
    auto content_key = plan.content_key.empty() ? random(key_size(plan.enc)) : plan.content_key;
    std::string encrypted_key;
    if (plan.alg.starts_with("ECDH-ES"))
    {
        const auto ephemeral = another_like(*to);
        header["epk"] = plan.epk.empty() ? public_jwk(*ephemeral) : nlohmann::json::parse(plan.epk);
        const auto z = agreed(*ephemeral, *to);
        if (plan.alg == "ECDH-ES" && plan.content_key.empty())
            content_key = derived(z, plan.enc, key_size(plan.enc));
        if (plan.alg != "ECDH-ES")
            encrypted_key = wrapped(content_key, derived(z, plan.alg, plan.alg.contains("A128KW") ? 16 : 32));
    }
    else
        encrypted_key = oaep(*to, plan.alg, content_key);
    header.update(nlohmann::json::parse(plan.header));
    const auto text = base64url(header.dump());
    const auto made = seal(plan.enc, content_key, text, plain);
    return text + "." + base64url(encrypted_key) + "." + base64url(made.vector) + "." +
           base64url(made.content) + "." + base64url(made.tag);
}

std::string private_pem(std::string_view family)
{
    const auto write = [](EVP_PKEY* made)
    {
        const key owned(made, EVP_PKEY_free);
        const bio sink(BIO_new(BIO_s_mem()), BIO_free);
        must(
            PEM_write_bio_PKCS8PrivateKey(sink.get(), owned.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1
        );
        char* text = nullptr;
        const auto size = BIO_get_mem_data(sink.get(), &text);
        return std::string(text, static_cast<std::size_t>(size));
    };
    if (family == "RSA")
    {
        static const auto shared = write(EVP_RSA_gen(2048));
        return shared;
    }
    if (family == "X25519")
        return write(EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519"));
    return write(EVP_EC_gen(std::string(family).c_str()));
}

std::string public_pem(std::string_view private_pem)
{
    const auto owned = read(private_pem);
    const bio sink(BIO_new(BIO_s_mem()), BIO_free);
    must(PEM_write_bio_PUBKEY(sink.get(), owned.get()) == 1);
    char* text = nullptr;
    const auto size = BIO_get_mem_data(sink.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

} // namespace sekisho::test

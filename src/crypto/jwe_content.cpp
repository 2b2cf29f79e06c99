// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.hpp"
#include "crypto/jwe_parts.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace sekisho::crypto
{
namespace
{

const unsigned char* raw(byte_view data) { return reinterpret_cast<const unsigned char*>(data.data()); }
unsigned char* raw(std::string& data) { return reinterpret_cast<unsigned char*>(data.data()); }

bool begin(EVP_CIPHER_CTX* context, const compact_jwe& jwe, byte_view key)
{
    return context != nullptr &&
           EVP_DecryptInit_ex2(context, cipher_of(jwe.enc), raw(key), raw(jwe.vector), nullptr) == 1;
}

bool update(EVP_CIPHER_CTX* context, unsigned char* out, byte_view in, int& size)
{
    size = 0;
    return in.empty() || EVP_DecryptUpdate(context, out, &size, raw(in), static_cast<int>(in.size())) == 1;
}

// Taken as it is, wiped where it is not good.
std::optional<secret> kept(std::string plain, bool is_good)
{
    secret text(std::move(plain));
    return is_good ? std::optional(std::move(text)) : std::nullopt;
}

// RFC 7518, 5.3.
std::optional<secret> decrypt_gcm(const compact_jwe& jwe, byte_view key)
{
    const evp_cipher_context context(EVP_CIPHER_CTX_new());
    std::string plain(jwe.content.size() + EVP_MAX_BLOCK_LENGTH, '\0');
    auto tag = jwe.tag;
    int size = 0;
    int rest = 0;
    const auto is_good =
        begin(context.get(), jwe, key) && update(context.get(), nullptr, as_bytes(jwe.header), rest) &&
        update(context.get(), raw(plain), jwe.content, size) &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag.size()), tag.data()) ==
            1 &&
        EVP_DecryptFinal_ex(context.get(), raw(plain) + size, &rest) == 1;
    if (is_good)
        plain.resize(jwe.content.size());
    return kept(std::move(plain), is_good);
}

// RFC 7518, 5.2.2.2. The tag comes first: what it does not vouch for is not looked at, so its padding tells
// nobody anything.
std::optional<secret> decrypt_cbc(const compact_jwe& jwe, byte_view key)
{
    const auto half = key.size() / 2;
    if (!equal_in_constant_time(
            cbc_tag({jwe.enc, jwe.header, jwe.vector, jwe.content}, key.first(half)), jwe.tag
        ))
        return std::nullopt;
    const evp_cipher_context context(EVP_CIPHER_CTX_new());
    std::string plain(jwe.content.size() + EVP_MAX_BLOCK_LENGTH, '\0');
    int size = 0;
    int rest = 0;
    const auto is_good = begin(context.get(), jwe, key.subspan(half)) &&
                         update(context.get(), raw(plain), jwe.content, size) &&
                         EVP_DecryptFinal_ex(context.get(), raw(plain) + size, &rest) == 1;
    if (is_good)
        plain.resize(static_cast<std::size_t>(size + rest));
    return kept(std::move(plain), is_good);
}

} // namespace

const EVP_CIPHER* cipher_of(content_encryption enc)
{
    switch (enc)
    {
    case content_encryption::a128gcm:
        return EVP_aes_128_gcm();
    case content_encryption::a256gcm:
        return EVP_aes_256_gcm();
    case content_encryption::a128cbc_hs256:
        return EVP_aes_128_cbc();
    case content_encryption::a256cbc_hs512:
        break;
    }
    return EVP_aes_256_cbc();
}

// Steps 4 and 5.
bytes cbc_tag(const tagged_content& of, byte_view key)
{
    bytes input(as_bytes(of.header).begin(), as_bytes(of.header).end());
    input.insert(input.end(), of.vector.begin(), of.vector.end());
    input.insert(input.end(), of.content.begin(), of.content.end());
    const auto bits = std::uint64_t{of.header.size()} * 8;
    for (int shift = 56; shift >= 0; shift -= 8)
        input.push_back(static_cast<std::byte>(bits >> shift));
    const auto which = of.enc == content_encryption::a128cbc_hs256 ? digest::sha256 : digest::sha512;
    auto tag = hmac(which, key, input);
    tag.resize(tag.size() / 2);
    return tag;
}

bool is_gcm(content_encryption enc) noexcept
{
    return enc == content_encryption::a128gcm || enc == content_encryption::a256gcm;
}

std::optional<secret> decrypt_content(const compact_jwe& jwe, byte_view key)
{
    return is_gcm(jwe.enc) ? decrypt_gcm(jwe, key) : decrypt_cbc(jwe, key);
}

} // namespace sekisho::crypto
